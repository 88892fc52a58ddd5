package slackbot_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
)

// routes are where Slack's requests come in.
var routes = []string{"/slack/commands", "/slack/interactivity", "/slack/events"}

// request is one that Slack could send.
type request struct {
	kind, body string
	secret     string        // "" for the right one
	age        time.Duration // of the signature
}

const (
	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"
)

// slash is a command's request.
func slash(team, trigger, line string) request {
	return request{kind: formType, body: url.Values{
		"team_id": {team}, "user_id": {"U1"}, "channel_id": {sales}, "channel_name": {"sales"},
		"command": {slackbot.Command}, "text": {line}, "trigger_id": {trigger},
	}.Encode()}
}

// interactivity is the request of a click or a modal.
func interactivity(payload string) request {
	return request{kind: formType, body: url.Values{"payload": {payload}}.Encode()}
}

func pressed(team, line string) request {
	return interactivity(fmt.Sprintf(`{"type":"block_actions","team":{"id":%q},"user":{"id":"U1"},"channel":{"id":%q,"name":"sales"},`+
		`"container":{"message_ts":"1.1"},"trigger_id":"1","actions":[{"type":"button","value":%q,"action_ts":"1.2"}]}`, team, sales, line))
}

func event(team, inner string) request {
	return request{kind: jsonType, body: fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event":%s}`, team, inner)}
}

func mentioned(team, ts, line string) request {
	return event(team, fmt.Sprintf(`{"type":"app_mention","user":"U1","text":"<@%s> %s","ts":%q,"channel":%q}`,
		bottest.SlackBotUser, line, ts, sales))
}

// post signs a request and has it served.
func (d *desk) post(t *testing.T, r request) *httptest.ResponseRecorder {
	t.Helper()
	return d.postTo(t, routes[0], r)
}

func (d *desk) postTo(t *testing.T, route string, r request) *httptest.ResponseRecorder {
	t.Helper()
	req := httptest.NewRequestWithContext(t.Context(), http.MethodPost, route, strings.NewReader(r.body))
	secret := r.secret
	if secret == "" {
		secret = bottest.SlackSecret
	}
	req.Header = bottest.SlackSign(secret, time.Now().Add(-r.age), []byte(r.body))
	req.Header.Set("Content-Type", r.kind)
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, req)
	return w
}

// TestRoutesTakeAllKinds sends every kind of payload to every route.
func TestRoutesTakeAllKinds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.refused = true // the message that is pressed is not there
		for i, route := range routes {
			for kind, r := range map[string]request{
				"command": slash(bottest.SlackTeam, fmt.Sprint("1.1.", i), "log command"),
				"click":   pressed(bottest.SlackTeam, fmt.Sprint("log click ", i)),
				"event":   mentioned(bottest.SlackTeam, fmt.Sprint("17", i, ".1"), "log event"),
			} {
				if kind == "click" {
					r.body = strings.ReplaceAll(r.body, url.QueryEscape(`"1.2"`), url.QueryEscape(fmt.Sprintf(`"1.%d"`, i+3)))
				}
				if got := d.postTo(t, route, r).Code; got != http.StatusOK {
					t.Errorf("%s at %s: got status %d, want 200", kind, route, got)
				}
			}
			settle()
		}
		if got := d.lines(); len(got) != 9 {
			t.Errorf("got %q, want nine lines", got)
		}
		w := d.postTo(t, routes[2], request{kind: jsonType, body: `{"type":"url_verification","challenge":"c <&> d"}`})
		if w.Code != http.StatusOK || w.Body.String() != "c <&> d" {
			t.Errorf("got %d %q, want the challenge", w.Code, w.Body)
		}
		if _, err := d.VerifyURL(t.Context()); err != nil {
			t.Errorf("got %v, want the challenge answered", err)
		}
	})
}

// TestWhatIsNotTaken sends what is too long, cut, of others, or of a kind that
// nobody knows yet.
func TestWhatIsNotTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		whole := mentioned(bottest.SlackTeam, "1.1", "add Acme")
		cut := func(r request, n int) request { r.body = r.body[:len(r.body)-n]; return r }
		view := `{"type":"view_submission","team":{"id":"T0FAKE"},"user":{"id":"U1"},"view":{"callback_id":"form","private_metadata":"{"}}`
		for _, test := range []struct {
			name    string
			request request
			want    int
		}{
			{"10 MB", request{kind: jsonType, body: strings.Repeat("x", 10<<20)}, 413},
			{"another team's command", slash("T9", "1.1.1", "add Acme"), 403},
			{"another team's click", pressed("T9", "add Acme"), 403},
			{"another team's event", mentioned("T9", "1.1", "add Acme"), 403},
			{"no team", slash("", "1.1.1", "add Acme"), 403},
			{"a cut event", cut(whole, 1), 400},
			{"a cut click", cut(pressed(bottest.SlackTeam, "add Acme"), 9), 400},
			{"a view without its target", interactivity(view), 400},
			{"an escape cut short", request{kind: formType, body: "payload=%7"}, 400},
			{"nothing", request{kind: formType}, 400},
			{"no type", request{}, 400},
			{"a form of something else", request{kind: formType, body: "a=b"}, 400},
			{"a certificate's check", request{kind: formType, body: "ssl_check=1"}, 200},
			{"a new kind of event", event(bottest.SlackTeam, `{"type":"assistant_thread_started","user":{"a":1}}`), 200},
			{"a new kind of payload", request{kind: jsonType, body: `{"type":"app_rate_limited"}`}, 200},
			{"a new kind of interaction", interactivity(`{"type":"workflow_step_edit","team":{"id":"T0FAKE"},"user":{"id":"U1"}}`), 200},
			{"an edited message", event(bottest.SlackTeam, `{"type":"message","subtype":"message_changed","channel":"D1","ts":"1.1"}`), 200},
			{"another bot", event(bottest.SlackTeam, `{"type":"app_mention","bot_id":"B9","user":"U1","text":"add Acme","channel":"C1","ts":"1.1"}`), 200},
			{"nobody", event(bottest.SlackTeam, `{"type":"app_mention","text":"add Acme","channel":"C1","ts":"1.1"}`), 200},
			{"nobody's command", request{kind: formType, body: "command=%2Fppf&text=add+Acme&team_id=T0FAKE&channel_id=C1"}, 200},
		} {
			for _, route := range routes {
				if w := d.postTo(t, route, test.request); w.Code != test.want {
					t.Errorf("%s at %s: got %d %q, want %d", test.name, route, w.Code, w.Body, test.want)
				}
			}
		}
		settle()
		if got := d.stored(); len(got) != 0 || len(d.Messages(sales)) != 0 {
			t.Errorf("got %v stored and %d messages, want nothing", got, len(d.Messages(sales)))
		}
	})
}

// TestReplay sends valid requests again: one effect, and the same answer where
// the acknowledgement holds it.
func TestReplay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		command := slash(bottest.SlackTeam, "1.1.1", "add Acme Rome")
		first := d.post(t, command)
		if !strings.Contains(first.Body.String(), "added Acme") {
			t.Errorf("got %q, want the answer", first.Body)
		}
		for range 3 {
			if again := d.post(t, command); again.Code != 200 || !bytes.Equal(again.Body.Bytes(), first.Body.Bytes()) {
				t.Errorf("got %d %q, want %q", again.Code, again.Body, first.Body)
			}
		}
		d.types(t, "U1", sales, "<@"+bottest.SlackBotUser+"> add Delta")
		d.says(t, "U1", sales, "board")
		if got := d.stored(); !slices.Equal(got, []string{"Acme@Rome", "Delta@"}) {
			t.Fatalf("got %v stored, want two deals", got)
		}
		d.presses(t, "U1", d.answers(sales, "U1")[1], "add Acme Rome")
		for n := 1; n <= 3; n++ {
			if _, err := d.Redeliver(t.Context(), n); err != nil {
				t.Errorf("delivery %d again: got %v, want no error", n, err)
			}
			settle()
		}
		if got := len(d.stored()); got != 3 {
			t.Errorf("got %d deals, want three", got)
		}
	})
}

// forgeries is how many requests TestForgeries sends.
const forgeries = 100_000

// TestForgeries sends requests whose signature is forged, changed or old, and
// those whose body was changed, to every route: none is worked on.
func TestForgeries(t *testing.T) {
	t.Parallel()
	const chunks = 8
	for chunk := range chunks {
		t.Run(strconv.Itoa(chunk), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				dice := rand.New(rand.NewPCG(uint64(chunk), 15)) // the same every time
				calls := d.Calls("users.info")
				for i := range forgeries / chunks {
					body, header := forged(dice)
					r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, routes[i%len(routes)], bytes.NewReader(body))
					r.Header = header
					w := httptest.NewRecorder()
					d.handler.ServeHTTP(w, r)
					if w.Code != http.StatusUnauthorized {
						t.Fatalf("%d: got %d for %v %q, want 401", i, w.Code, header, body)
					}
				}
				settle()
				if got := d.stored(); len(got) != 0 || d.Calls("users.info") != calls {
					t.Errorf("got %v stored, Slack asked %d times, want nothing", got, d.Calls("users.info")-calls)
				}
			})
		})
	}
}

// forged returns a request that is right but for one thing.
func forged(dice *rand.Rand) (body []byte, header http.Header) {
	kinds := []request{
		slash(bottest.SlackTeam, "1.1.1", "add Acme"), pressed(bottest.SlackTeam, "add Acme"),
		mentioned(bottest.SlackTeam, "1.1", "add Acme"),
		{kind: jsonType, body: `{"type":"url_verification","challenge":"c"}`},
	}
	r := kinds[dice.IntN(len(kinds))]
	body = []byte(r.body)
	header = bottest.SlackSign(bottest.SlackSecret, time.Now(), body)
	const stamp, signature = "X-Slack-Request-Timestamp", "X-Slack-Signature"
	right := header.Get(signature)
	at := time.Now().Unix()
	switch dice.IntN(10) {
	case 0: // one bit of the body
		body[dice.IntN(len(body))] ^= 1 << dice.IntN(8)
	case 1:
		body = body[:dice.IntN(len(body))]
	case 2: // one digit of the signature
		digits := []byte(right)
		digits[3+dice.IntN(64)] ^= 1
		header.Set(signature, string(digits))
	case 3:
		header.Set(signature, right[:dice.IntN(len(right))])
	case 4: // an old one, or one from the future
		age := 5*time.Minute + time.Duration(1+dice.IntN(1e6))*time.Second
		if dice.IntN(2) == 0 {
			age = -age
		}
		header = bottest.SlackSign(bottest.SlackSecret, time.Now().Add(age), body)
	case 5: // another time for the same signature
		header.Set(stamp, strconv.FormatInt(at-1-int64(dice.IntN(200)), 10))
	case 6:
		header = bottest.SlackSign("guess "+strconv.Itoa(dice.Int()), time.Now(), body)
	case 7:
		header.Del([]string{stamp, signature}[dice.IntN(2)])
	case 8:
		header.Set(stamp, []string{"", "now", "1e9", " " + strconv.FormatInt(at, 10), strconv.FormatInt(at, 16), "-1", strings.Repeat("9", 40)}[dice.IntN(7)])
	default: // another version, and the letters in capitals
		header.Set(signature, []string{"v1" + right[2:], strings.ToUpper(right), right[3:], right + "0", ""}[dice.IntN(5)])
	}
	header.Set("Content-Type", r.kind)
	return body, header
}

// TestOtherMethods are not served.
func TestOtherMethods(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodHead} {
			w := httptest.NewRecorder()
			d.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, routes[0], nil))
			if w.Code != http.StatusMethodNotAllowed {
				t.Errorf("%s: got %d, want 405", method, w.Code)
			}
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, routes[0], broken{})
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, r)
		if w.Code != http.StatusBadRequest {
			t.Errorf("a body that breaks off: got %d, want 400", w.Code)
		}
	})
}

// broken is a body that breaks off.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
