package bottest

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// slackBody is the most that a request to the Web API may hold, in bytes.
const slackBody = 1 << 20

// slackCall is a request to a method of the Web API.
type slackCall struct {
	method, token string
	values        map[string]json.RawMessage
}

// slackAnswer is what a method answers besides "ok".
type slackAnswer map[string]any

// slackError is why a method refused.
type slackError struct {
	code     string
	messages []string // of response_metadata
	needed   string   // a scope
	status   int      // 0 means 200
}

// slackRefuse makes a refusal with Slack's error code, and with whatever explains it
// to the reader of Refusals.
func slackRefuse(code string, messages ...string) *slackError {
	return &slackError{code: code, messages: messages}
}

// Error is the line for Refusals, without the method.
func (r *slackError) Error() string {
	return strings.Join(append([]string{r.code}, r.messages...), ": ")
}

// readSlackCall reads a form or JSON. The token is in the header or, in forms, a
// value.
func readSlackCall(r *http.Request) (slackCall, error) {
	c := slackCall{method: r.PathValue("method"), values: map[string]json.RawMessage{}}
	body, err := io.ReadAll(io.LimitReader(r.Body, slackBody+1))
	if err != nil || len(body) > slackBody {
		return c, slackRefuse("request_timeout", "the body did not arrive whole or is above 1 MiB")
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	form := r.URL.Query()
	switch {
	case kind == "application/json" && len(bytes.TrimSpace(body)) > 0:
		if json.Unmarshal(body, &c.values) != nil {
			return c, slackRefuse("invalid_json")
		}
	case kind == "application/json", kind == "" && len(body) == 0:
	case kind == "application/x-www-form-urlencoded":
		sent, err := url.ParseQuery(string(body))
		if err != nil {
			return c, slackRefuse("invalid_form_data", err.Error())
		}
		maps.Copy(form, sent)
	default:
		return c, slackRefuse("invalid_post_type", kind)
	}
	for name := range form {
		c.values[name] = slackQuoted(form.Get(name))
	}
	c.token = form.Get("token")
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		c.token = bearer
	}
	return c, nil
}

// slackQuoted is a text as JSON.
func slackQuoted(text string) json.RawMessage {
	body, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string is always JSON
	}
	return body
}

// has tells whether a value was sent that is not empty.
func (c slackCall) has(name string) bool {
	value := string(c.values[name])
	return value != "" && value != "null" && value != `""`
}

// text returns a value as text, "" without one.
func (c slackCall) text(name string) string {
	var text string
	if json.Unmarshal(c.values[name], &text) != nil {
		return strings.TrimSpace(string(c.values[name]))
	}
	return text
}

// raw returns a value that is JSON, which forms carry as text.
func (c slackCall) raw(name string) json.RawMessage {
	var text string
	if json.Unmarshal(c.values[name], &text) == nil {
		return json.RawMessage(text)
	}
	return c.values[name]
}

func (c slackCall) flag(name string) bool {
	value := c.text(name)
	return value == "true" || value == "1"
}

func (c slackCall) number(name string) int {
	number, err := strconv.Atoi(c.text(name))
	if err != nil {
		return 0
	}
	return number
}
