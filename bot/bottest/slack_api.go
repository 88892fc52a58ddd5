package bottest

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// methods returns how each method is answered. They run one at a time, under
// the lock.
func (s *Slack) methods() map[string]func(slackCall) (slackAnswer, error) {
	return map[string]func(slackCall) (slackAnswer, error){
		"apps.connections.open":        s.connectionsOpen,
		"auth.test":                    s.authTest,
		"chat.delete":                  s.chatDelete,
		"chat.postEphemeral":           s.chatPostEphemeral,
		"chat.postMessage":             s.chatPostMessage,
		"chat.update":                  s.chatUpdate,
		"conversations.info":           s.conversationsInfo,
		"conversations.open":           s.conversationsOpen,
		"dnd.info":                     s.dndInfo,
		"files.completeUploadExternal": s.filesComplete,
		"files.getUploadURLExternal":   s.filesUploadURL,
		"users.conversations":          s.usersConversations,
		"users.info":                   s.usersInfo,
		"users.list":                   s.usersList,
		"views.open":                   s.viewsOpen,
		"views.publish":                s.viewsPublish,
		"views.update":                 s.viewsUpdate,
	}
}

func (s *Slack) serveMethod(w http.ResponseWriter, r *http.Request) {
	c, err := readSlackCall(r)
	failure, fails := s.count(c.method)
	if fails && !failure.After {
		failure.answer(w)
		return
	}
	var answer slackAnswer
	if err == nil {
		answer, err = s.run(c)
	}
	switch {
	case fails:
		failure.answer(w)
	case err != nil:
		s.answerRefusal(w, err)
	default:
		w.Header().Set("Date", s.config.Clock().UTC().Format(http.TimeFormat))
		if c.method == "auth.test" { // https://docs.slack.dev/authentication/installing-with-oauth
			w.Header().Set("X-OAuth-Scopes", strings.Join(slices.Sorted(maps.Keys(s.granted)), ","))
		}
		told := map[string]any{"ok": true}
		maps.Copy(told, answer)
		writeSlackJSON(w, http.StatusOK, told)
	}
}

// run calls a method, and notes why it refused.
func (s *Slack) run(c slackCall) (slackAnswer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer, err := s.authorized(c)
	if err != nil {
		s.refusals = append(s.refusals, c.method+": "+err.Error())
	}
	return answer, err
}

func (s *Slack) authorized(c slackCall) (slackAnswer, error) {
	method, known := s.methods()[c.method]
	wants := SlackBotToken
	if c.method == "apps.connections.open" {
		wants = SlackAppToken
	}
	scope := slackMethodScopes[c.method]
	switch {
	case !known:
		return nil, slackRefuse("unknown_method", c.method)
	case c.token == "":
		return nil, slackRefuse("not_authed")
	case c.token != SlackBotToken && c.token != SlackAppToken:
		return nil, slackRefuse("invalid_auth")
	case s.revoked:
		return nil, slackRefuse("token_revoked")
	case c.token != wants:
		return nil, slackRefuse("not_allowed_token_type")
	case scope != "" && !s.granted[scope]:
		return nil, &slackError{code: "missing_scope", needed: scope, messages: []string{scope}}
	}
	answer, err := method(c)
	if err == nil && scope != "" {
		s.used[scope] = true
	}
	return answer, err
}

func (s *Slack) answerRefusal(w http.ResponseWriter, err error) {
	refusal := &slackError{code: "internal_error"}
	errors.As(err, &refusal)
	told := map[string]any{"ok": false, "error": refusal.code}
	status := http.StatusOK
	switch {
	case refusal.needed != "":
		s.mu.Lock()
		told["needed"], told["provided"] = refusal.needed, s.provided()
		s.mu.Unlock()
	case refusal.status == http.StatusTooManyRequests:
		status = refusal.status
		w.Header().Set("Retry-After", strconv.Itoa(int(slackPace.Seconds())))
	case len(refusal.messages) > 0 && strings.HasPrefix(refusal.messages[0], "[ERROR]"):
		told["response_metadata"] = map[string]any{"messages": refusal.messages}
	}
	writeSlackJSON(w, status, told)
}

func writeSlackJSON(w http.ResponseWriter, status int, told any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(told) // a client that is gone has no use for it
}

// Refusals returns every request that was refused and why, such as
// "chat.postMessage: invalid_blocks: ...".
func (s *Slack) Refusals() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.refusals)
}

// Calls counts the requests to a method, refused ones too. "response_url" and
// "upload" count as methods.
func (s *Slack) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}
