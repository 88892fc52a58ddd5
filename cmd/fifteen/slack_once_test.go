package main_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
)

// What TestExactlyOnce does: each person adds deals by direct messages, notes
// something on them by commands, and answers questions about two by clicks.
const (
	oncePeople = 40
	onceDeals  = 10
	onceNotes  = 30
	onceClicks = 5 // in each of two messages
	onceEvents = oncePeople * (onceDeals + onceNotes + 2*onceClicks)
)

// oncePerson is somebody who uses the bot, and what came of it.
type oncePerson struct {
	*onceWorld
	name, user, dm, channel string
	dice                    *rand.Rand
	lost                    int            // first deliveries that were lost
	shown                   map[string]int // by deal, how often notes on it should be answered
}

// TestExactlyOnce sends 2,000 events, each one to four times and a quarter of
// them lost at first: each has one effect and is answered once. Only a command
// whose delivery is repeated gets its answer in each acknowledgement.
func TestExactlyOnce(t *testing.T) {
	t.Parallel()
	for name, socket := range map[string]bool{"Socket Mode": true, "HTTP": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if onceEvents != 2_000 {
				t.Fatalf("got %d events, want 2000", onceEvents)
			}
			w, finish := newOnceWorld(t, socket)
			people := make([]*oncePerson, oncePeople)
			var working sync.WaitGroup
			for i := range people {
				people[i] = w.person(i)
				working.Go(func() {
					if err := people[i].work(t.Context()); err != nil {
						t.Errorf("%s: %v", people[i].name, err)
					}
				})
			}
			working.Wait()
			finish()
			w.checkEffects(t)
			lost := 0
			for _, p := range people {
				p.check(t)
				lost += p.lost
			}
			if lost < onceEvents/6 {
				t.Errorf("got %d of %d events lost at first, want about a quarter", lost, onceEvents)
			}
			if got := w.slack.Refusals(); len(got) > 0 {
				t.Errorf("got refusals of Slack's %q, want none", got[:min(len(got), 5)])
			}
		})
	}
}

func (w *onceWorld) person(i int) *oncePerson {
	p := &oncePerson{
		onceWorld: w, name: fmt.Sprintf("person%02d", i), user: fmt.Sprintf("U%03d", i), channel: fmt.Sprintf("C%03d", i),
		shown: map[string]int{}, dice: rand.New(rand.NewPCG(uint64(i), 15)), // the same every time
	}
	w.slack.AddUser(bottest.SlackUser{ID: p.user, Name: p.name, Zone: "Europe/Berlin", Locale: "en-GB"})
	w.slack.AddChannel(bottest.SlackChannel{ID: p.channel, Name: p.name, Members: []string{p.user}, BotIn: true})
	p.dm = w.slack.DM(p.user)
	return p
}

// deal is the name of a person's deal; no two are alike.
func (p *oncePerson) deal(n int) string {
	return fmt.Sprintf("%s%c%s", p.name, 'A'+n, strings.Repeat(string(rune('a'+n)), 8))
}

func (p *oncePerson) work(ctx context.Context) error {
	for n := range onceDeals {
		deal := p.deal(n)
		_, err := p.event(ctx, func() (bottest.SlackAck, error) { return p.slack.Type(ctx, p.user, p.dm, "deal add "+deal) })
		if err != nil {
			return err
		}
		for i := range onceNotes / onceDeals {
			line := fmt.Sprintf("note %s %s says %d", deal, deal, i)
			shown, err := p.event(ctx, func() (bottest.SlackAck, error) {
				return p.slack.Command(ctx, p.user, p.channel, slackbot.Command, line)
			})
			if err != nil {
				return err
			}
			p.shown[deal] += shown
		}
	}
	ack, err := p.slack.Command(ctx, p.user, p.channel, slackbot.Command, "score "+p.deal(0))
	for errors.Is(err, bottest.ErrSlackLost) { // by a fault that was meant for somebody else
		_, err = p.slack.Redeliver(ctx, ack.Delivery)
	}
	if err != nil {
		return err
	}
	// A line that only reads.
	_, err = p.event(ctx, func() (bottest.SlackAck, error) { return p.slack.Type(ctx, p.user, p.dm, "score "+p.deal(1)) })
	if err != nil {
		return err
	}
	return errors.Join(p.interview(ctx, p.channel, p.deal(0)), p.interview(ctx, p.dm, p.deal(1)))
}

// event has something delivered one to four times, more often while it is lost.
// It returns how often a command is then answered: in each acknowledgement that
// Slack hears, and at its address after each that came without the answer. The
// fault may meet a delivery of somebody else, whose own then meets this one.
func (p *oncePerson) event(ctx context.Context, first func() (bottest.SlackAck, error)) (shown int, err error) {
	if p.dice.IntN(4) == 0 {
		lostRequest := p.dice.IntN(2) == 0
		p.slack.Next(bottest.SlackFault{LoseRequest: lostRequest, LoseAck: !lostRequest})
	}
	p.ahead.Add(int64(onceTick))
	ack, err := first()
	if errors.Is(err, bottest.ErrSlackLost) {
		p.lost++
	}
	number, heard := ack.Delivery, false
	for more := p.dice.IntN(4); ; more-- {
		lost := errors.Is(err, bottest.ErrSlackLost)
		if err != nil && !lost {
			return shown, err
		}
		if ack.Status != 0 && (!lost || len(ack.Body) == 0) {
			shown++
		}
		if heard = heard || !lost; heard && more <= 0 {
			return shown, nil
		}
		if ack, err = p.slack.Duplicate(ctx, number); errors.Is(err, bottest.ErrSlackUnable) { // it was no event
			ack, err = p.slack.Redeliver(ctx, number)
		}
	}
}

// interview answers questions about a deal by clicks, each in the message as it
// is then.
func (p *oncePerson) interview(ctx context.Context, channel, deal string) error {
	var asked bottest.SlackMessage
	look := func(edits int) func() bool {
		return func() bool {
			found := p.messages(channel, "*"+deal+" · ")
			if len(found) == 0 || found[0].Edits < edits {
				return false
			}
			asked = found[0]
			return true
		}
	}
	for click := range onceClicks {
		if err := p.await(ctx, "a question about "+deal, look(click)); err != nil {
			return err
		}
		buttons := asked.Buttons()
		yes := slices.IndexFunc(buttons, func(b bottest.SlackButton) bool { return strings.HasPrefix(b.Value, "answer #") })
		if yes < 0 {
			return fmt.Errorf("click %d: got %q without a question, want one", click, asked.Plain())
		}
		press := func() (bottest.SlackAck, error) { return p.slack.Press(ctx, p.user, asked, buttons[yes].Value) }
		if _, err := p.event(ctx, press); err != nil {
			return err
		}
	}
	return p.await(ctx, "the last question about "+deal, look(onceClicks))
}

func (w *onceWorld) checkEffects(t *testing.T) {
	t.Helper()
	for what, c := range map[string]struct {
		query string
		want  int
	}{
		"deals":      {"SELECT count(*) FROM deals", oncePeople * onceDeals},
		"deal names": {"SELECT count(DISTINCT name) FROM deals", oncePeople * onceDeals},
		"notes":      {"SELECT count(*) FROM notes", oncePeople * onceNotes},
		"answers":    {"SELECT count(*) FROM answers", oncePeople * onceClicks * 2},
		"note texts": {"SELECT count(DISTINCT text) FROM notes", oncePeople * onceNotes},
	} {
		if got := w.count(t, c.query); got != c.want {
			t.Errorf("got %d %s, want %d", got, what, c.want)
		}
	}
}

// check counts the answers that a person got.
func (p *oncePerson) check(t *testing.T) {
	t.Helper()
	for n := range onceDeals {
		if got := len(p.messages(p.dm, "*"+p.deal(n)+" is deal")); got != 1 {
			t.Errorf("%s: got %d answers to the deal %s, want one", p.name, got, p.deal(n))
		}
		if got, want := len(p.messages(p.channel, "Noted on "+p.deal(n))), p.shown[p.deal(n)]; got != want {
			t.Errorf("%s: got %d answers to notes on %s, want %d", p.name, got, p.deal(n), want)
		}
	}
	for channel, deal := range map[string]string{p.channel: p.deal(0), p.dm: p.deal(1)} {
		if got := p.messages(channel, "*"+deal+" · "); len(got) != 1 || got[0].Edits != onceClicks {
			t.Errorf("%s: got %+v, want one message about %s that was changed by %d clicks", p.name, got, deal, onceClicks)
		}
	}
	if got := len(p.messages(p.dm, "*Hello "+p.name)); got != 1 {
		t.Errorf("%s: got %d greetings, want one", p.name, got)
	}
	if got := len(p.messages(p.dm, "")); got != onceDeals+2 {
		t.Errorf("%s: got %d messages in the direct message, want %d answers and the greeting", p.name, got, onceDeals+1)
	}
}

// messages returns what the bot wrote to the person in a chat that begins so.
func (p *oncePerson) messages(channel, begins string) []bottest.SlackMessage {
	return slices.DeleteFunc(p.slack.Seen(channel, p.user), func(m bottest.SlackMessage) bool {
		return m.Author != bottest.SlackBotUser || !strings.HasPrefix(m.Plain(), begins)
	})
}
