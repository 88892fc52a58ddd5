package bottest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot/bottest"
)

// slackNoon is when the clock of a slackWorld stands still.
var slackNoon = time.Date(2026, time.November, 23, 12, 0, 0, 0, time.UTC)

// slackWorld is a fake Slack with two people, ann and bob, in two channels: the
// bot is in C1 only.
type slackWorld struct {
	*bottest.Slack
	client *http.Client

	mu  sync.Mutex
	now time.Time
}

func newSlackWorld(t *testing.T, config bottest.SlackConfig) *slackWorld {
	t.Helper()
	w := &slackWorld{now: slackNoon, client: &http.Client{Transport: &http.Transport{}}}
	config.Clock = w.clock
	config.Patience = time.Minute // a busy machine is not a late bot
	w.Slack = bottest.NewSlack(config)
	w.AddUser(bottest.SlackUser{ID: "U1", Name: "ann", RealName: "Ann", Zone: "Europe/Berlin", Locale: "de-DE"})
	w.AddUser(bottest.SlackUser{ID: "U2", Name: "bob"})
	w.AddChannel(bottest.SlackChannel{ID: "C1", Name: "sales", Members: []string{"U1", "U2"}, BotIn: true})
	w.AddChannel(bottest.SlackChannel{ID: "C2", Name: "other", Members: []string{"U1"}})
	t.Cleanup(func() {
		w.Close()
		w.client.CloseIdleConnections()
	})
	return w
}

func (w *slackWorld) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *slackWorld) advance(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// said is what the Web API answered.
type said struct {
	status   int
	retry    string
	OK       bool   `json:"ok"`
	Error    string `json:"error"`
	TS       string `json:"ts"`
	Channel  any    `json:"channel"`
	Needed   string `json:"needed"`
	URL      string `json:"url"`
	Metadata struct {
		Messages []string `json:"messages"`
		Next     string   `json:"next_cursor"`
	} `json:"response_metadata"`
	View struct {
		ID   string `json:"id"`
		Hash string `json:"hash"`
	} `json:"view"`
	Members []struct {
		ID string `json:"id"`
	} `json:"members"`
	Channels []struct {
		ID string `json:"id"`
	} `json:"channels"`
	User      any    `json:"user"`
	UploadURL string `json:"upload_url"`
	FileID    string `json:"file_id"`
}

// fields are the values of a call.
type fields map[string]any

// post sends JSON and returns the answer.
func (w *slackWorld) post(t *testing.T, url, token string, body any) said {
	t.Helper()
	sent, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, bytes.NewReader(sent))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return w.do(t, req)
}

func (w *slackWorld) do(t *testing.T, req *http.Request) said {
	t.Helper()
	resp, err := w.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	got := said{status: resp.StatusCode, retry: resp.Header.Get("Retry-After")}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(resp.Header.Get("Content-Type"), "application/json") {
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatalf("%v: %s", err, body)
		}
	}
	return got
}

// call calls a method with the bot's token.
func (w *slackWorld) call(t *testing.T, method string, values fields) said {
	t.Helper()
	return w.post(t, w.APIURL()+method, bottest.SlackBotToken, values)
}

// must is call for what must not be refused.
func (w *slackWorld) must(t *testing.T, method string, values fields) said {
	t.Helper()
	got := w.call(t, method, values)
	if !got.OK {
		t.Fatalf("%s: got %+v, want ok", method, got)
	}
	return got
}

// wantError fails the test unless a call was refused with that code.
func wantError(t *testing.T, got said, code string) {
	t.Helper()
	if got.OK || got.Error != code {
		t.Errorf("got %+v, want the error %s", got, code)
	}
}

// request is what a bot was sent over HTTP.
type request struct {
	path   string
	header http.Header
	body   []byte
}

// plugHTTP plugs a bot in that answers with what answer writes.
func (w *slackWorld) plugHTTP(t *testing.T, answer func(http.ResponseWriter, request)) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		answer(rw, request{path: r.URL.Path, header: r.Header, body: body})
	}))
	t.Cleanup(server.Close)
	w.UseHTTP(nil, server.URL)
}

// plugQuiet plugs a bot in that acknowledges everything with nothing, and
// returns what it is sent.
func (w *slackWorld) plugQuiet(t *testing.T) <-chan request {
	t.Helper()
	got := make(chan request, 16)
	w.plugHTTP(t, func(_ http.ResponseWriter, r request) { got <- r })
	return got
}

// plainText is a plain_text object.
func plainText(text string) fields { return fields{"type": "plain_text", "text": text} }

// mrkdwn is a mrkdwn object.
func mrkdwn(text string) fields { return fields{"type": "mrkdwn", "text": text} }

// button is a button of an actions block.
func button(id, value string) fields {
	return fields{"type": "button", "text": plainText("Press"), "action_id": id, "value": value}
}

// option is an option of a select.
func option(label, value string) fields { return fields{"text": plainText(label), "value": value} }

// choice is a select.
func choice(id string, options ...fields) fields {
	return fields{"type": "static_select", "action_id": id, "placeholder": plainText("Choose"), "options": options}
}

// actions is an actions block.
func actions(elements ...fields) fields { return fields{"type": "actions", "elements": elements} }
