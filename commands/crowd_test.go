package commands_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// atOnce sends all requests at the same time and returns the answers in their
// order.
func (f *firm) atOnce(requests ...bot.Request) []bot.Reply {
	f.t.Helper()
	replies := make([]bot.Reply, len(requests))
	begin := make(chan struct{})
	var wait sync.WaitGroup
	for i, req := range requests {
		req.Workspace, req.At = f.home.ID, f.now
		req.Chat = bot.Chat{Platform: terminal.Platform, ID: req.Account.ID, Private: true}
		wait.Go(func() {
			<-begin
			replies[i] = f.app.Router.Serve(f.t.Context(), req)
		})
	}
	close(begin)
	wait.Wait()
	for i, reply := range replies {
		sound(f.t, requests[i].Line, reply.Message)
	}
	f.quiet("at once")
	return replies
}

const outdated = "has changed since that message was drawn"

// TestTwoPeopleAtOnce lets a manager type and a rep press about one deal at the
// same time: each is obeyed, or told that the deal has moved on.
func TestTwoPeopleAtOnce(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	obeyed, moved := 1, 0
	for round := range 30 {
		revision := f.revision(1)
		replies := f.atOnce(
			bot.Request{Account: f.novak, Line: fmt.Sprintf("deal #1 amount %d EUR", round+1), EventID: fmt.Sprint("typed ", round)},
			bot.Request{
				Account: f.ivanov, Line: "answer #1 urgent yes ~" + revision, EventID: fmt.Sprint("pressed ", round), Way: bot.Pressed,
			},
		)
		if got, want := replies[0].Message.Text[0], fmt.Sprintf("→ %d EUR.", round+1); !strings.HasSuffix(got, want) {
			t.Errorf("round %d, typed: got %q, want it to end %q", round, got, want)
		}
		obeyed++
		switch {
		case strings.Contains(replies[1].Message.Note, outdated):
			moved++
		case strings.Contains(strings.Join(replies[1].Message.Text, " "), "Yes, they call it urgent themselves."):
			obeyed++
		default:
			t.Errorf("round %d, pressed: got\n%swant it done, or told", round, text(t, replies[1].Message))
		}
	}
	if got := f.revision(1); got != strconv.Itoa(obeyed) {
		t.Errorf("got revision %s after %d changes (%d were told), want as many", got, obeyed, moved)
	}
	if got := f.column("SELECT count(*) FROM changes WHERE deal = 1"); got[0] != strconv.Itoa(obeyed) {
		t.Errorf("got %s changes in the history, want %d", got[0], obeyed)
	}
}

// TestManyPresses presses one button fifty times at once, as different events
// and as one and the same: it has one effect.
func TestManyPresses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, line, told, query, want string }{
		{"won", "won #1 ~2", outdated, "SELECT count(*) FROM changes WHERE command = 'won'", "1"},
		{"answer", "answer #1 necessary yes ~2", outdated, "SELECT count(*) FROM answers WHERE criterion = 'necessary'", "1"},
		{"note", "note #1 a word ~2", outdated, "SELECT count(*) FROM notes", "1"},
		{"delete", "deal delete #1 ~2", "There is no deal 1", "SELECT count(*) FROM changes WHERE command = 'deal delete'", "1"},
		{"a second deal", "deal add Acme 5 EUR ~1", "There is an open deal called Acme already", "SELECT count(*) FROM deals", "2"},
		{"undo", "undo ~2", "You have changed something else since", "SELECT count(*) FROM changes WHERE command = 'undo'", "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.novak, "deal add Acme 12000 EUR", "answer #1 urgent yes")
			presses := make([]bot.Request, 50)
			for i := range presses {
				presses[i] = bot.Request{Account: f.novak, Line: test.line, Way: bot.Pressed, EventID: fmt.Sprint("press ", i)}
			}
			told := 0
			for _, reply := range f.atOnce(presses...) {
				if strings.Contains(text(t, reply.Message), test.told) {
					told++
				}
			}
			if got := f.column(test.query)[0]; got != test.want || told != 49 {
				t.Errorf("got %s by %q and %d told, want %s and 49", got, test.query, told, test.want)
			}
		})
		t.Run(test.name+", one event", func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.novak, "deal add Acme 12000 EUR", "answer #1 urgent yes")
			press := bot.Request{Account: f.novak, Line: test.line, Way: bot.Pressed, EventID: "one press"}
			replies := f.atOnce(slices.Repeat([]bot.Request{press}, 50)...)
			repeated := 0
			for _, reply := range replies {
				if reply.Repeated {
					repeated++
				}
				if got, want := asJSON(t, reply.Message), asJSON(t, replies[0].Message); got != want {
					t.Errorf("got\n%swant what the others got\n%s", got, want)
				}
			}
			if got := f.column(test.query)[0]; got != test.want || repeated != 49 {
				t.Errorf("got %s by %q and %d repeated, want %s and 49", got, test.query, repeated, test.want)
			}
		})
	}
}

// TestCrowd lets many people add and change deals at the same time.
func TestCrowd(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	people := []bot.Account{f.ivanov, f.sidorov, f.petra, f.novak, f.boss}
	f.does(f.novak, "deal add Acme 12000 EUR")
	requests := make([]bot.Request, 60)
	for i := range requests {
		who := people[i%len(people)]
		line := fmt.Sprintf("deal add Firm%d %d EUR", i, i+1)
		if i%3 == 0 && (who == f.novak || who == f.boss) {
			line = fmt.Sprintf("note #1 word %d", i)
		}
		requests[i] = bot.Request{Account: who, Line: line, EventID: fmt.Sprint("event ", i)}
	}
	notes := 0
	for i, reply := range f.atOnce(requests...) {
		if refused(reply.Message) {
			t.Errorf("%s: got %q, want it done", requests[i].Line, reply.Message.Text)
		}
		if strings.HasPrefix(requests[i].Line, "note") {
			notes++
		}
	}
	if got := f.revision(1); got != strconv.Itoa(notes+1) {
		t.Errorf("got revision %s after %d notes, want %d", got, notes, notes+1)
	}
	got := f.rows("SELECT count(*), count(DISTINCT number), max(number) FROM deals")
	if want := fmt.Sprintf("%d | %[1]d | %[1]d", 61-notes); got[0] != want {
		t.Errorf("got %s deals, numbers and the highest, want %s", got[0], want)
	}
}
