package bottest_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
	"go.uber.org/goleak"

	"fifteen/bot/bottest"
)

func TestSlackSocketDelivers(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	_, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello")
	wantIs(t, err, bottest.ErrSlackNoSocket)
	bot := plugSocket(t, w, nil, func(e envelope) (any, bool) {
		if e.Type == "slash_commands" {
			return fields{"text": "answer"}, true
		}
		return nil, true
	})
	bot.wantHello(t, 1)
	if err := w.WaitSockets(t.Context(), 1); err != nil || w.Sockets() != 1 {
		t.Fatalf("got %d sockets, %v, want 1", w.Sockets(), err)
	}
	ack, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello")
	if err != nil || ack.Status != http.StatusOK || len(ack.Body) != 0 {
		t.Errorf("got %+v, %v, want an acknowledgement", ack, err)
	}
	event := <-bot.heard
	if event.Type != "events_api" || event.Accepts || event.Retry != 0 || !strings.Contains(string(event.Payload), `"text":"hello"`) {
		t.Errorf("got %+v, want the event", event)
	}
	if _, err := w.Redeliver(t.Context(), ack.Delivery); err != nil {
		t.Fatal(err)
	}
	if again := <-bot.heard; again.Retry != 1 || again.ID == event.ID || string(again.Payload) != string(event.Payload) {
		t.Errorf("got %+v, want %+v again", again, event)
	}
	if _, err := w.Command(t.Context(), "U1", "C2", "/ppf", "deals"); err != nil {
		t.Fatal(err)
	}
	var form map[string]string
	if got := <-bot.heard; got.Type != "slash_commands" || !got.Accepts || json.Unmarshal(got.Payload, &form) != nil || form["text"] != "deals" {
		t.Errorf("got %+v, want the command", got)
	}
	if seen := w.Seen("C2", "U1"); len(seen) != 1 || seen[0].Text != "answer" || !seen[0].Ephemeral {
		t.Errorf("got %+v, want the payload shown", seen)
	}
	w.must(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{actions(button("a", "go"))}})
	if _, err := w.Press(t.Context(), "U1", w.Messages("C1")[0], "go"); err != nil {
		t.Fatal(err)
	}
	if got := <-bot.heard; got.Type != "interactive" || got.Accepts {
		t.Errorf("got %+v, want the click", got)
	}
}

func TestSlackSocketTakesTurns(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	first, second := plugSocket(t, w, nil, nil), plugSocket(t, w, nil, nil)
	first.wantHello(t, 1)
	second.wantHello(t, 2)
	for range 4 {
		if _, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello"); err != nil {
			t.Fatal(err)
		}
	}
	if len(first.heard) != 2 || len(second.heard) != 2 {
		t.Errorf("got %d and %d, want 2 each", len(first.heard), len(second.heard))
	}
}

func TestSlackSocketDropsLongAcknowledgements(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	// {"envelope_id":"<36>","payload":{"text":"..."}} has 76 bytes besides its text.
	size := 20_479 - 76
	plugSocket(t, w, nil, func(envelope) (any, bool) { return fields{"text": strings.Repeat("x", size)}, true }).wantHello(t, 1)
	if _, err := w.Command(t.Context(), "U1", "C1", "/ppf", ""); err != nil {
		t.Errorf("got %v, want 20,479 bytes taken", err)
	}
	size++
	ack, err := w.Command(t.Context(), "U1", "C1", "/ppf", "")
	if err == nil || ack.Status != 0 || !strings.Contains(strings.Join(w.Refusals(), "\n"), "20480 bytes was dropped") {
		t.Errorf("got %+v, %v, %v, want 20,480 bytes dropped", ack, err, w.Refusals())
	}
	if seen := w.Seen("C1", "U1"); len(seen) != 1 {
		t.Errorf("got %d messages, want 1", len(seen))
	}
}

func TestSlackSocketTickets(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	target := w.post(t, w.APIURL()+"apps.connections.open", bottest.SlackAppToken, nil).URL
	for i, want := range []int{http.StatusSwitchingProtocols, http.StatusForbidden} {
		ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), target, nil)
		if resp == nil || resp.StatusCode != want {
			t.Fatalf("dial %d: got %v, %v, want status %d", i, resp, err, want)
		}
		_ = resp.Body.Close()
		if ws != nil {
			_ = ws.Close()
		}
	}
}

func TestSlackSocketsAreTenAtMost(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	for i := range 10 {
		plugSocket(t, w, nil, nil).wantHello(t, i+1)
	}
	more := plugSocket(t, w, nil, nil)
	if got := <-more.heard; got.Type != "disconnect" || got.Reason != "too_many_websockets" {
		t.Errorf("got %+v, want too_many_websockets", got)
	}
	if err := <-more.ended; !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
		t.Errorf("got %v, want a close frame", err)
	}
	if w.Sockets() != 10 {
		t.Errorf("got %d sockets, want 10", w.Sockets())
	}
}

func TestSlackSocketPings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w, p := piped(t)
		bot := plugSocket(t, w, p.dial, nil)
		bot.wantHello(t, 1)
		ponged := make(chan string, 1)
		bot.ws.SetPongHandler(func(text string) error {
			ponged <- text
			return nil
		})
		if err := bot.ws.WriteControl(websocket.PingMessage, []byte("mine"), time.Time{}); err != nil || <-ponged != "mine" {
			t.Errorf("got %v, want a ping answered", err)
		}
		time.Sleep(30 * time.Second)
		synctest.Wait()
		if got := len(bot.pings); got != 3 {
			t.Errorf("got %d pings in 30 s, want 3", got)
		}
		w.Silence()
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(bot.pings) != 3 || len(bot.ended) != 0 || w.Sockets() != 1 {
			t.Errorf("got %d pings, %d ends, %d sockets, want a deaf socket", len(bot.pings), len(bot.ended), w.Sockets())
		}
		_, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello")
		wantIs(t, err, bottest.ErrSlackNoSocket)
		w.Kill()
		if err := <-bot.ended; websocket.IsCloseError(err, websocket.CloseNormalClosure) {
			t.Errorf("got %v, want no close frame", err)
		}
		synctest.Wait()
		if w.Sockets() != 0 {
			t.Errorf("got %d sockets, want none", w.Sockets())
		}
	})
}

func TestSlackDisconnect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason string
		lives  time.Duration // until the close frame; negative means for ever
	}{
		{"warning", 10 * time.Second},
		{"refresh_requested", 500 * time.Millisecond},
		{"link_disabled", 0},
		{"too_many_websockets", 0},
		{"something_new", -1},
	} {
		t.Run(c.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w, p := piped(t)
				bot := plugSocket(t, w, p.dial, nil)
				bot.wantHello(t, 1)
				at := time.Now()
				w.Disconnect(c.reason)
				if got := <-bot.heard; got.Type != "disconnect" || got.Reason != c.reason {
					t.Errorf("got %+v, want disconnect", got)
				}
				if c.lives != 0 { // it can still be used
					if _, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello"); err != nil {
						t.Error(err)
					}
				}
				if c.lives < 0 {
					time.Sleep(time.Minute)
					if len(bot.ended) != 0 {
						t.Errorf("got %v, want the socket open", <-bot.ended)
					}
					return
				}
				err := <-bot.ended
				if got := time.Since(at); got != c.lives || !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
					t.Errorf("got %v after %v, want a close frame after %v", err, got, c.lives)
				}
				if err := w.WaitSockets(t.Context(), 0); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A socket that was asked to go is used only while there is no other.
func TestSlackSocketDrains(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	old := plugSocket(t, w, nil, nil)
	old.wantHello(t, 1)
	w.Disconnect("warning")
	<-old.heard
	next := plugSocket(t, w, nil, nil)
	next.wantHello(t, 2)
	for range 3 {
		if _, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello"); err != nil {
			t.Fatal(err)
		}
	}
	if len(old.heard) != 0 || len(next.heard) != 3 {
		t.Errorf("got %d on the old and %d on the new, want 0 and 3", len(old.heard), len(next.heard))
	}
	w.RevokeTokens()
	for _, bot := range []*socketBot{old, next} {
		if err := <-bot.ended; !websocket.IsCloseError(err, websocket.CloseNormalClosure) {
			t.Errorf("got %v, want a close frame", err)
		}
	}
}

func TestSlackSocketWaitsThreeSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		s := bottest.NewSlack(bottest.SlackConfig{Clock: time.Now, Listener: p})
		defer s.Close()
		s.AddUser(bottest.SlackUser{ID: "U1"})
		w := &slackWorld{Slack: s, client: &http.Client{Transport: &http.Transport{DialContext: p.dial}}}
		defer w.client.CloseIdleConnections()
		release := make(chan struct{})
		plugSocket(t, w, p.dial, func(envelope) (any, bool) {
			<-release
			return nil, true
		})
		if err := s.WaitSockets(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
		at := time.Now()
		ack, err := s.Type(t.Context(), "U1", s.DM("U1"), "hello")
		wantIs(t, err, bottest.ErrSlackLate)
		if got := time.Since(at); got != 3*time.Second || !ack.Late {
			t.Errorf("got %+v after %v, want it late after 3 s", ack, got)
		}
		close(release)
		synctest.Wait()
		if got := strings.Join(s.Refusals(), "\n"); !strings.Contains(got, "late") {
			t.Errorf("got %q, want the late acknowledgement", got)
		}
	})
}

// Close leaves nothing behind, whatever is going on. In a bubble, synctest looks
// for what is left too.
func TestSlackCloseLeavesNothing(t *testing.T) { //nolint:paralleltest // goleak looks at everything that runs
	left := goleak.IgnoreCurrent()
	w := newSlackWorld(t, bottest.SlackConfig{})
	quiet := plugSocket(t, w, nil, func(envelope) (any, bool) { return nil, false })
	quiet.wantHello(t, 1)
	w.Disconnect("warning")
	<-quiet.heard
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if _, err := w.Type(t.Context(), "U1", w.DM("U1"), "hello"); err == nil {
			t.Error("got no error, want the socket gone")
		}
	})
	<-quiet.heard
	w.Close()
	w.Close() // twice is once
	waiting.Wait()
	if err := <-quiet.ended; err == nil {
		t.Error("got no error, want the socket gone")
	}
	w.client.CloseIdleConnections()
	goleak.VerifyNone(t, left)
}
