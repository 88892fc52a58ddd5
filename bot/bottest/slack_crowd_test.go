package bottest_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"

	"fifteen/bot/bottest"
)

// Hundreds of people at once, over four sockets that come and go in between, and
// every acknowledgement finds its delivery.
func TestSlackCrowd(t *testing.T) {
	t.Parallel()
	const people = 300
	w := newSlackWorld(t, bottest.SlackConfig{})
	for i := range 4 {
		bot := plugSocket(t, w, nil, func(e envelope) (any, bool) {
			if e.Type == "slash_commands" {
				return fields{"response_type": "ephemeral", "text": "x", "blocks": []fields{actions(button("a", "go"))}}, true
			}
			return nil, true
		})
		bot.wantHello(t, i+1)
	}
	for i := range people {
		w.AddUser(bottest.SlackUser{ID: fmt.Sprintf("U1%03d", i)})
	}
	var crowd sync.WaitGroup
	for i := range people {
		crowd.Go(func() {
			user := fmt.Sprintf("U1%03d", i)
			channel := w.DM(user)
			if ack, err := w.Type(t.Context(), user, channel, "hello"); err != nil || ack.Status != http.StatusOK {
				t.Errorf("got %v, %v", ack, err)
			}
			if _, err := w.Command(t.Context(), user, channel, "/ppf", ""); err != nil {
				t.Error(err)
				return
			}
			seen := w.Seen(channel, user)
			if len(seen) != 2 {
				t.Errorf("got %d messages, want the question and the answer", len(seen))
				return
			}
			if _, err := w.Press(t.Context(), user, seen[1], "go"); err != nil {
				t.Error(err)
			}
		})
	}
	for range 3 {
		crowd.Go(func() {
			_, _, _ = w.Sockets(), w.Refusals(), w.Scopes()
			w.Disconnect("something_new")
		})
	}
	crowd.Wait()
	if got := w.Refusals(); len(got) != 0 {
		t.Errorf("got %v, want no refusal", got)
	}
	stamps := map[string]bool{}
	for i := range people {
		for _, m := range w.Seen(w.DM(fmt.Sprintf("U1%03d", i)), fmt.Sprintf("U1%03d", i)) {
			if stamps[m.TS] {
				t.Errorf("got two messages at %s", m.TS)
			}
			stamps[m.TS] = true
		}
	}
}
