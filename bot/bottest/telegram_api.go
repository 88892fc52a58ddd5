package bottest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
)

// telegramError is how Telegram refuses a call.
// Source: https://core.telegram.org/bots/api#making-requests.
type telegramError struct {
	OK          bool           `json:"ok"`
	Code        int            `json:"error_code"`
	Description string         `json:"description"`
	Parameters  map[string]any `json:"parameters,omitempty"`
}

// Error implements error.
func (e *telegramError) Error() string { return e.Description }

func telegramRefusal(code int, description string, args ...any) *telegramError {
	return &telegramError{Code: code, Description: http.StatusText(code) + ": " + fmt.Sprintf(description, args...)}
}

func telegramBad(description string, args ...any) *telegramError {
	return telegramRefusal(http.StatusBadRequest, description, args...)
}

// telegramCall is a call with its parameters.
type telegramCall struct {
	ctx    context.Context //nolint:containedctx // it is the request's
	method string
	params url.Values
	file   []byte
}

// telegramMethods are the methods that the fake knows.
var telegramMethods = map[string]func(*Telegram, telegramCall) (any, *telegramError){
	"getMe":                  (*Telegram).getMe,
	"getUpdates":             (*Telegram).getUpdates,
	"setWebhook":             (*Telegram).setWebhook,
	"deleteWebhook":          (*Telegram).deleteWebhook,
	"getWebhookInfo":         (*Telegram).getWebhookInfo,
	"sendMessage":            (*Telegram).sendMessage,
	"sendPhoto":              (*Telegram).sendPhoto,
	"editMessageText":        (*Telegram).editText,
	"editMessageReplyMarkup": (*Telegram).editMarkup,
	"answerCallbackQuery":    (*Telegram).answerQuery,
	"setMyCommands":          (*Telegram).setCommands,
}

// serve answers one call, at /bot<token>/<method>.
func (t *Telegram) serve(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", t.config.Clock().UTC().Format(http.TimeFormat))
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, named := strings.Cut(rest, "/")
	if !ok || !named {
		telegramWrite(w, nil, &telegramError{Code: http.StatusNotFound, Description: "Not Found"})
		return
	}
	call, err := telegramRead(r, method)
	if err != nil {
		telegramWrite(w, nil, telegramBad("%v", err))
		return
	}
	failure, fails := t.count(method)
	if fails && !failure.After {
		failure.answer(w)
		return
	}
	result, refused := t.answerCall(call, token)
	if fails {
		failure.answer(w)
		return
	}
	telegramWrite(w, result, refused)
}

func (t *Telegram) answerCall(call telegramCall, token string) (any, *telegramError) {
	t.mu.Lock()
	revoked := t.revoked
	t.mu.Unlock()
	if token != TelegramToken || revoked {
		return nil, &telegramError{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	}
	run := telegramMethods[call.method]
	if run == nil {
		return nil, &telegramError{Code: http.StatusNotFound, Description: "Not Found: method not found"}
	}
	result, refused := run(t, call)
	if refused != nil && refused.Code == http.StatusBadRequest && refused.Parameters == nil && !telegramUsual(refused.Description) {
		t.mu.Lock()
		t.refusals = append(t.refusals, call.method+": "+refused.Description)
		t.mu.Unlock()
	}
	return result, refused
}

// telegramUsual tells the refusals that tell of the world, not of the call.
func telegramUsual(description string) bool {
	for _, part := range []string{"not found", "is not modified", "query is too old", "TOPIC_CLOSED"} {
		if strings.Contains(description, part) {
			return true
		}
	}
	return false
}

// telegramRead reads the parameters of a call, in any of the ways that Telegram
// takes them.
func telegramRead(r *http.Request, method string) (telegramCall, error) {
	call := telegramCall{ctx: r.Context(), method: method, params: url.Values{}}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var all map[string]any
		if err := json.NewDecoder(r.Body).Decode(&all); err != nil {
			return call, err
		}
		for name, value := range all {
			if text, ok := value.(string); ok {
				call.params.Set(name, text)
				continue
			}
			raw, err := json.Marshal(value)
			if err != nil {
				return call, err
			}
			call.params.Set(name, string(raw))
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 24); err != nil { //nolint:gosec // a test's
			return call, err
		}
		call.params = r.MultipartForm.Value
		for _, files := range r.MultipartForm.File {
			file, err := files[0].Open()
			if err != nil {
				return call, err
			}
			if call.file, err = io.ReadAll(file); err != nil {
				return call, err
			}
		}
	default:
		if err := r.ParseForm(); err != nil {
			return call, err
		}
		call.params = r.Form
	}
	return call, nil
}

func telegramWrite(w http.ResponseWriter, result any, refused *telegramError) {
	w.Header().Set("Content-Type", "application/json")
	if refused != nil {
		w.WriteHeader(refused.Code)
		_ = json.NewEncoder(w).Encode(refused) // the caller may be gone
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func (t *Telegram) getMe(telegramCall) (any, *telegramError) {
	return map[string]any{
		"id": TelegramBotID, "is_bot": true, "first_name": "Fifteen", "username": TelegramBotName, "can_join_groups": true,
		"can_read_all_group_messages": !t.config.Privacy,
	}, nil
}

func (t *Telegram) answerQuery(call telegramCall) (any, *telegramError) {
	id := call.params.Get("callback_query_id")
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.queries[id] {
		return nil, telegramBad("query is too old and response timeout expired or query ID is invalid")
	}
	t.answers = append(t.answers, id)
	t.stir()
	return true, nil
}

// TelegramCommand is a line of a menu of commands.
type TelegramCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Menu is the menu of commands of a scope, such as "all_private_chats", in a
// language.
func (t *Telegram) Menu(scope, language string) []TelegramCommand {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.menus[scope+" "+language]
}

// telegramScopes are the scopes of menus that name no chat.
// Source: https://core.telegram.org/bots/api#botcommandscope.
var telegramScopes = map[string]bool{"default": true, "all_private_chats": true, "all_group_chats": true, "all_chat_administrators": true}

func (t *Telegram) setCommands(call telegramCall) (any, *telegramError) {
	var menu []TelegramCommand
	var scope struct {
		Type string `json:"type"`
	}
	if json.Unmarshal([]byte(call.params.Get("commands")), &menu) != nil || len(menu) > 100 {
		return nil, telegramBad("can't parse BotCommand")
	}
	if text := call.params.Get("scope"); text != "" && (json.Unmarshal([]byte(text), &scope) != nil || !telegramScopes[scope.Type]) {
		return nil, telegramBad("can't parse BotCommandScope")
	}
	for _, command := range menu {
		n := len(command.Command)
		if n == 0 || n > 32 || strings.Trim(command.Command, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return nil, telegramBad("BOT_COMMAND_INVALID")
		}
		if n := len([]rune(command.Description)); n == 0 || n > 256 {
			return nil, telegramBad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.menus[scope.Type+" "+call.params.Get("language_code")] = menu
	return true, nil
}
