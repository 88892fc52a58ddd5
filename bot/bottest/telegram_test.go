package bottest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fifteen/bot/bottest"
)

// telegramAnswer is what the Bot API answers.
type telegramAnswer struct {
	OK          bool
	Code        int `json:"error_code"`
	Description string
	Parameters  map[string]int64
	Result      json.RawMessage
}

// chatting is a fake Telegram with somebody who has opened a chat with the bot.
type chatting struct {
	*bottest.Telegram
	t *testing.T
}

func newChatting(t *testing.T, config bottest.TelegramConfig) chatting {
	t.Helper()
	if config.Clock == nil {
		config.Clock = func() time.Time { return time.Unix(1_795_000_000, 0) }
	}
	c := chatting{bottest.NewTelegram(config), t}
	t.Cleanup(c.Close)
	c.AddUser(bottest.TelegramUser{ID: 1, First: "Ann", Started: true})
	c.AddUser(bottest.TelegramUser{ID: 2, First: "Bob"})
	c.AddUser(bottest.TelegramUser{ID: 3, First: "Cy", Started: true, Blocked: true})
	c.AddChat(bottest.TelegramChat{ID: -1, Title: "Sales", Type: "supergroup", Topics: map[int]bool{7: true}, BotIn: true})
	c.AddChat(bottest.TelegramChat{ID: -2, Title: "Elsewhere", Type: "group"})
	return c
}

// call calls a method with parameters that alternate names and values.
func (c chatting) call(method string, params ...string) telegramAnswer {
	c.t.Helper()
	return c.callAs(bottest.TelegramToken, method, params...)
}

func (c chatting) callAs(token, method string, params ...string) telegramAnswer {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	return c.post(token, method, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (c chatting) post(token, method, kind string, body interface{ Read([]byte) (int, error) }) telegramAnswer {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.URL()+"/bot"+token+"/"+method, body)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer telegramAnswer
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		c.t.Fatal(err)
	}
	return answer
}

// TestTelegramRefuses has calls refused as Telegram refuses them.
func TestTelegramRefuses(t *testing.T) {
	t.Parallel()
	keys := func(n int, data string) string {
		return `{"inline_keyboard":[[` + strings.TrimSuffix(strings.Repeat(`{"text":"x","callback_data":"`+data+`"},`, n), ",") + `]]}`
	}
	say := func(params ...string) []string { return append([]string{"chat_id", "1", "text", "hello"}, params...) }
	for name, c := range map[string]struct {
		method string
		params []string
		want   string
	}{
		"nothing":              {"sendMessage", []string{"chat_id", "1"}, "message text is empty"},
		"blanks":               {"sendMessage", []string{"chat_id", "1", "text", " \n"}, "message text is empty"},
		"too long":             {"sendMessage", []string{"chat_id", "1", "text", strings.Repeat("😀", 2049)}, "message is too long"},
		"markup":               {"sendMessage", say("parse_mode", "HTML"), "entities only"},
		"no chat":              {"sendMessage", []string{"chat_id", "99", "text", "x"}, "chat not found"},
		"not started":          {"sendMessage", []string{"chat_id", "2", "text", "x"}, "bot can't initiate conversation with a user"},
		"blocked":              {"sendMessage", []string{"chat_id", "3", "text", "x"}, "bot was blocked by the user"},
		"not in the group":     {"sendMessage", []string{"chat_id", "-2", "text", "x"}, "bot was kicked from the group chat"},
		"no topic":             {"sendMessage", []string{"chat_id", "-1", "text", "x", "message_thread_id", "8"}, "message thread not found"},
		"no message to answer": {"sendMessage", say("reply_parameters", `{"message_id":99}`), "message to be replied not found"},
		"entity beyond":        {"sendMessage", say("entities", `[{"type":"bold","offset":3,"length":3}]`), "can't parse entities"},
		"entity in a pair":     {"sendMessage", []string{"chat_id", "1", "text", "😀", "entities", `[{"type":"bold","offset":1,"length":1}]`}, "ENTITY_BOUNDS_INVALID"},
		"unknown entity":       {"sendMessage", say("entities", `[{"type":"huge","offset":0,"length":1}]`), "can't parse MessageEntity"},
		"no data":              {"sendMessage", say("reply_markup", keys(1, "")), "BUTTON_DATA_INVALID"},
		"much data":            {"sendMessage", say("reply_markup", keys(1, strings.Repeat("ж", 33))), "BUTTON_DATA_INVALID"},
		"many buttons":         {"sendMessage", say("reply_markup", keys(101, "x")), "reply markup is too long"},
		"long markup":          {"sendMessage", say("reply_markup", keys(99, strings.Repeat("x", 64)+"")+strings.Repeat(" ", 3000)), "reply markup is too long"},
		"no label":             {"sendMessage", say("reply_markup", `{"inline_keyboard":[[{"text":" ","callback_data":"x"}]]}`), "text can't be empty"},
		"long placeholder":     {"sendMessage", say("reply_markup", `{"force_reply":true,"input_field_placeholder":"`+strings.Repeat("x", 65)+`"}`), "placeholder"},
		"no photo":             {"sendPhoto", []string{"chat_id", "1"}, "no photo"},
		"no message to edit":   {"editMessageText", say("message_id", "99"), "message to edit not found"},
		"no query":             {"answerCallbackQuery", []string{"callback_query_id", "x"}, "query is too old"},
		"bad command":          {"setMyCommands", []string{"commands", `[{"command":"Deal-Add","description":"x"}]`}, "BOT_COMMAND_INVALID"},
		"no description":       {"setMyCommands", []string{"commands", `[{"command":"deal","description":""}]`}, "BOT_COMMAND_DESCRIPTION_INVALID"},
		"no such scope":        {"setMyCommands", []string{"commands", `[]`, "scope", `{"type":"everywhere"}`}, "can't parse BotCommandScope"},
		"no such method":       {"sendPigeon", nil, "method not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c2 := newChatting(t, bottest.TelegramConfig{})
			if got := c2.call(c.method, c.params...); got.OK || !strings.Contains(got.Description, c.want) {
				t.Errorf("got %+v, want it refused: %s", got, c.want)
			}
			if n := len(c2.Said(1)); n != 0 {
				t.Errorf("got %d messages, want none", n)
			}
		})
	}
}

// TestTelegramShows takes messages, and what becomes of them.
func TestTelegramShows(t *testing.T) {
	t.Parallel()
	c := newChatting(t, bottest.TelegramConfig{})
	for _, token := range []string{"123456:another", "x"} {
		if got := c.callAs(token, "getMe"); got.OK || got.Code != http.StatusUnauthorized {
			t.Errorf("with the token %q: got %+v, want it refused", token, got)
		}
	}
	markup := `{"inline_keyboard":[[{"text":"Yes","callback_data":"yes"}]]}`
	if got := c.call("sendMessage", "chat_id", "1", "text", " Well? ", "reply_markup", markup); !got.OK {
		t.Fatalf("got %+v, want it sent", got)
	}
	m := c.Said(1)[0]
	if got, want := m.Plain(), "Well?\n[Yes]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := c.Press(t.Context(), 1, 1, m.ID, "No"); err == nil {
		t.Error("a button that is not there: got no error")
	}
	if err := c.Press(t.Context(), 1, 1, m.ID, "Yes"); err != nil {
		t.Error(err)
	}
	id := fmt.Sprint(m.ID)
	for _, step := range []struct {
		text string
		want bool
	}{{"Well?", false}, {"Well then", true}, {"Well then", false}} {
		got := c.call("editMessageText", "chat_id", "1", "message_id", id, "text", step.text, "reply_markup", markup)
		if got.OK != step.want {
			t.Errorf("changed to %q: got %+v, want %v", step.text, got, step.want)
		}
	}
	if got := c.call("editMessageReplyMarkup", "chat_id", "1", "message_id", id); !got.OK || c.Said(1)[0].Buttons != nil {
		t.Errorf("got %+v, want no buttons left", got)
	}
	own := c.Say(t.Context(), bottest.Saying{User: 1, Text: "mine"})
	if got := c.call("editMessageText", "chat_id", "1", "message_id", fmt.Sprint(own), "text", "yours"); got.OK {
		t.Error("got somebody's own message changed, want it refused")
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("chat_id", "1")
	part, _ := form.CreateFormFile("photo", "x.png")
	_, _ = part.Write([]byte("PNG"))
	_ = form.Close()
	if got := c.post(bottest.TelegramToken, "sendPhoto", form.FormDataContentType(), &body); !got.OK || string(c.Said(1)[1].Photo) != "PNG" {
		t.Errorf("got %+v, want the picture", got)
	}
	c.Revoke()
	if got := c.call("getMe"); got.Code != http.StatusUnauthorized {
		t.Errorf("revoked: got %+v, want it refused", got)
	}
}

// TestTelegramPolls gives updates from an offset on, again until they are confirmed,
// and ends a request when another one comes.
func TestTelegramPolls(t *testing.T) {
	t.Parallel()
	c := newChatting(t, bottest.TelegramConfig{})
	ids := func(params ...string) (all []int64) {
		t.Helper()
		var updates []struct {
			ID int64 `json:"update_id"`
		}
		answer := c.call("getUpdates", params...)
		if err := json.Unmarshal(answer.Result, &updates); err != nil {
			t.Fatalf("got %+v: %v", answer, err)
		}
		for _, u := range updates {
			all = append(all, u.ID)
		}
		return all
	}
	for range 3 {
		c.Say(bottest.TelegramTimes(t.Context(), 1), bottest.Saying{User: 1, Text: "x"})
	}
	first := ids()[0]
	for _, step := range []struct {
		offset int64
		limit  string
		want   int
	}{{0, "", 3}, {first, "", 3}, {first + 1, "", 2}, {0, "1", 1}, {-1, "", 1}, {first + 3, "", 0}, {0, "", 0}} {
		if got := len(ids("offset", fmt.Sprint(step.offset), "limit", step.limit)); got != step.want {
			t.Errorf("from %d, at most %q: got %d updates, want %d", step.offset-first, step.limit, got, step.want)
		}
	}
	held := make(chan telegramAnswer, 1)
	go func() { held <- c.call("getUpdates", "timeout", "50") }()
	if err := c.WaitPolls(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if got := len(ids("timeout", "0")); got != 0 {
		t.Errorf("got %d updates, want none", got)
	}
	if got := <-held; got.Code != http.StatusConflict || !strings.Contains(got.Description, "terminated by other getUpdates request") {
		t.Errorf("the first request: got %+v, want it ended", got)
	}
	go func() { held <- c.call("getUpdates", "timeout", "50") }()
	if err := c.WaitPolls(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	c.Say(bottest.TelegramTimes(t.Context(), 2), bottest.Saying{User: 1, Text: "twice"})
	if got := <-held; !strings.Contains(string(got.Result), "twice") {
		t.Errorf("got %s, want what came meanwhile", got.Result)
	}
	last := ids()[0]
	if again := ids("offset", fmt.Sprint(last+1)); len(again) != 1 || again[0] == last {
		t.Errorf("confirmed: got %v, want it once more under another number than %d", again, last)
	}
}

// TestTelegramDelivers delivers with the secret until an update is taken, and not
// while the bot fetches.
func TestTelegramDelivers(t *testing.T) {
	t.Parallel()
	c := newChatting(t, bottest.TelegramConfig{})
	var came atomic.Int32
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Telegram-Bot-Api-Secret-Token") != bottest.TelegramSecret {
			t.Error("got no secret, want it")
		}
		if came.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer bot.Close()
	c.Say(t.Context(), bottest.Saying{User: 1, Text: "before"})
	if got := c.call("setWebhook", "url", bot.URL, "secret_token", bottest.TelegramSecret); !got.OK {
		t.Fatalf("got %+v, want it set", got)
	}
	if got := c.call("getUpdates"); got.Code != http.StatusConflict || !strings.Contains(got.Description, "webhook is active") {
		t.Errorf("got %+v, want it refused while there is a webhook", got)
	}
	c.Say(bottest.TelegramTimes(t.Context(), 3), bottest.Saying{User: 1, Text: "thrice"})
	if err := c.WaitPending(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if got := came.Load(); got != 5 { // one that was not taken, the same again, and three
		t.Errorf("got %d deliveries, want 5", got)
	}
	c.call("deleteWebhook")
	if got := c.call("getUpdates"); !got.OK {
		t.Errorf("got %+v, want the bot to fetch again", got)
	}
}

// TestTelegramKeepsPace refuses what comes too fast.
func TestTelegramKeepsPace(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	c := newChatting(t, bottest.TelegramConfig{Rate: true, Clock: func() time.Time { return time.Unix(1_795_000_000, now.Load()) }})
	for i, step := range []struct {
		chat  string
		after time.Duration
		want  bool
	}{{"1", 0, true}, {"1", 999 * time.Millisecond, false}, {"1", time.Millisecond, true}, {"-1", 0, true}} {
		now.Add(int64(step.after))
		got := c.call("sendMessage", "chat_id", step.chat, "text", fmt.Sprint(i))
		if got.OK != step.want || !got.OK && got.Parameters["retry_after"] == 0 {
			t.Errorf("%d: got %+v, want %v", i, got, step.want)
		}
	}
	taken := 0
	for i := range 59 { // the minute of a group
		now.Add(int64(time.Second))
		if c.call("sendMessage", "chat_id", "-1", "text", fmt.Sprint(i)).OK {
			taken++
		}
	}
	if taken != 19 {
		t.Errorf("got %d messages within the rest of a group's minute, want 19", taken)
	}
	c.Fail("getMe", bottest.TelegramFailure{Status: http.StatusTooManyRequests, RetryAfter: 9})
	if got := c.call("getMe"); got.Code != http.StatusTooManyRequests || got.Parameters["retry_after"] != 9 {
		t.Errorf("got %+v, want to be told to wait", got)
	}
}

// TestTelegramGroups tells what a bot hears in groups, and what becomes of them.
func TestTelegramGroups(t *testing.T) {
	t.Parallel()
	heard := func(privacy bool) string {
		c := newChatting(t, bottest.TelegramConfig{Privacy: privacy})
		for _, text := range []string{"hello", "/who", "@fifteen_bot who"} {
			c.Say(t.Context(), bottest.Saying{User: 1, Chat: -1, Text: text})
		}
		return string(c.call("getUpdates").Result)
	}
	if got := heard(true); strings.Contains(got, "hello") || strings.Contains(got, "@fifteen_bot") || !strings.Contains(got, "/who") {
		t.Errorf("in privacy: got %s, want the command only", got)
	}
	if got := heard(false); !strings.Contains(got, "hello") || !strings.Contains(got, `"type":"mention"`) {
		t.Errorf("without: got %s, want everything", got)
	}
	c := newChatting(t, bottest.TelegramConfig{})
	c.Migrate(t.Context(), 1, -1, -100)
	got := c.call("sendMessage", "chat_id", "-1", "text", "x")
	if got.Code != http.StatusBadRequest || got.Parameters["migrate_to_chat_id"] != -100 {
		t.Errorf("got %+v, want the new id", got)
	}
	if got := c.call("sendMessage", "chat_id", "-100", "text", "x"); !got.OK {
		t.Errorf("got %+v, want it sent", got)
	}
	c.Membership(t.Context(), 1, -100, "member", "kicked")
	if got := c.call("sendMessage", "chat_id", "-100", "text", "x"); got.Code != http.StatusForbidden {
		t.Errorf("got %+v, want it refused", got)
	}
	for _, want := range []string{"migrate_to_chat_id", "migrate_from_chat_id", `"status":"kicked"`} {
		if got := string(c.call("getUpdates").Result); !strings.Contains(got, want) {
			t.Errorf("got %s, want %s in it", got, want)
		}
	}
}

// TestTelegramCloses ends while requests are held.
func TestTelegramCloses(t *testing.T) {
	t.Parallel()
	c := newChatting(t, bottest.TelegramConfig{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodPost,
			c.URL()+"/bot"+bottest.TelegramToken+"/getUpdates?timeout=50", http.NoBody)
		if err != nil {
			t.Error(err)
			return
		}
		if res, err := http.DefaultClient.Do(req); err == nil {
			_ = res.Body.Close()
		}
	}()
	if err := c.WaitPolls(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	c.Close()
	<-ended
}
