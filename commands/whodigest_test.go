package commands_test

import (
	"testing"
	"time"

	"fifteen/bot"
)

// A rhythm is a schedule of one line, which remembers when it was answered.
type rhythm struct {
	*office
	who  bot.Account
	chat bot.Chat
	line string
	past []bot.Firing
}

// on answers the line for the slot of a day, now.
func (r *rhythm) on(day time.Time) bot.Message {
	r.t.Helper()
	slot := bot.Slot{Date: day.Format(time.DateOnly), Past: r.past}
	msg := r.send(bot.Request{Account: r.who, Chat: r.chat, Line: r.line, Way: bot.Scheduled, Slot: slot}).Message
	sound(r.t, r.line, msg)
	for _, detail := range msg.Details {
		sound(r.t, r.line, detail)
	}
	r.past = append(r.past, bot.Firing{Date: slot.Date, At: r.now})
	return msg
}

// days turns the clock on by days, answers the line and returns all that is told.
func (r *rhythm) days(n int) string {
	r.t.Helper()
	r.now = r.now.AddDate(0, 0, n)
	return whole(r.t, r.on(r.now))
}

// whole draws a message with its details.
func whole(t *testing.T, msg bot.Message) string {
	t.Helper()
	drawn := text(t, msg)
	for _, detail := range msg.Details {
		drawn += text(t, detail)
	}
	return drawn
}

// tells types lines that must be obeyed.
func (o *office) tells(who bot.Account, lines ...string) {
	o.t.Helper()
	for _, line := range lines {
		if reply := o.say(who, line); refused(reply.Message) {
			o.t.Fatalf("%s: got %q, want no problem", line, reply.Message.Text)
		}
	}
}

// TestShownTwoWeeksAgo shows three deals on a Monday; one is won on day 9, one
// lost on day 12. The digest of day 14 says how each ended, and none does again.
func TestShownTwoWeeksAgo(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		novak := o.member("novak", bot.Manager)
		for _, name := range []string{"Omega", "Sigma", "Delta"} {
			o.tells(novak, "deal add "+name+" 1000 EUR", "score "+name+" 5 5 5")
		}
		o.now = o.now.Add(time.Hour)
		first := o.now
		digest := &rhythm{office: o, who: novak, chat: channel, line: "who"}
		lacks(t, "day 0", digest.days(0), "Shown")
		lacks(t, "day 7", digest.days(7), "Shown")
		o.now = first.AddDate(0, 0, 9)
		o.tells(novak, "won omega")
		o.now = first.AddDate(0, 0, 12)
		o.tells(novak, "lost sigma price")
		o.now = first.AddDate(0, 0, 14)
		got := whole(t, digest.on(o.now))
		holds(t, "day 14", got, "Shown two weeks ago: Omega won · Sigma lost (Price too high) · Delta slipped\n")
		for range 10 {
			lacks(t, "later", digest.days(7), "Shown", "Omega", "Sigma")
		}
	})
}

// TestShownAgain lets deals of the first digest enter the band again: they are
// told of two weeks after the digest that showed them anew.
func TestShownAgain(t *testing.T) {
	t.Parallel()
	o := open(t)
	novak := o.member("novak", bot.Manager)
	for _, name := range []string{"Omega", "Sigma", "Delta", "Kappa"} {
		o.tells(novak, "deal add "+name+" 1000 EUR", "score "+name+" 5 5 5")
	}
	digest := &rhythm{office: o, who: novak, chat: channel, line: "who"}
	o.now = o.now.Add(time.Hour)
	digest.days(0)
	o.now = o.now.AddDate(0, 0, 1)
	o.tells(novak, "score omega 5 5 3", "lost sigma price", "lost kappa price", "undo", "undo") // Kappa is lost after all
	o.now = o.now.AddDate(0, 0, 1)
	o.tells(novak, "score omega 5 5 4", "reopen sigma")
	o.now = o.now.AddDate(0, 0, -2)
	digest.days(7)
	o.now = o.now.AddDate(0, 0, 1)
	o.tells(novak, "won omega")
	o.now = o.now.AddDate(0, 0, -1)
	holds(t, "day 14", digest.days(7), "Shown two weeks ago: Kappa lost (Price too high) · Delta slipped\n")
	holds(t, "day 21", digest.days(7), "Shown two weeks ago: Omega won · Sigma slipped\n")
	lacks(t, "day 28", digest.days(7), "Shown")
}

// TestShownAfterAMiss misses two digests: the next one tells of all that is due.
func TestShownAfterAMiss(t *testing.T) {
	t.Parallel()
	o := open(t)
	novak := o.member("novak", bot.Manager)
	digest := &rhythm{office: o, who: novak, chat: channel, line: "who"}
	for _, name := range []string{"Omega", "Sigma"} {
		o.now = o.now.Add(time.Minute)
		o.tells(novak, "deal add "+name+" 1000 EUR", "score "+name+" 5 5 5")
		digest.days(7) // 30 November and 7 December
	}
	got := digest.days(21) // 28 December
	holds(t, "after a miss", got, "Shown Mon 30 Nov: Omega slipped\n", "Shown Mon 7 Dec: Sigma slipped\n")
	lacks(t, "a week later", digest.days(7), "Shown")
}

// TestShownOnAHoliday moves a digest from its Monday to Tuesday evening: the days
// that count are those of the rule.
func TestShownOnAHoliday(t *testing.T) {
	t.Parallel()
	o := open(t)
	novak := o.member("novak", bot.Manager)
	o.tells(novak, "deal add Omega 1000 EUR", "score omega 5 5 5")
	digest := &rhythm{office: o, who: novak, chat: channel, line: "who"}
	first := o.now
	o.now = first.Add(33 * time.Hour)
	digest.on(first)
	o.now = first.AddDate(0, 0, 7)
	holds(t, "day 7", whole(t, digest.on(o.now)), "Since Tue 24 Nov 1,000 EUR, unchanged.")
	o.now = first.AddDate(0, 0, 14)
	holds(t, "day 14", whole(t, digest.on(o.now)), "Shown two weeks ago: Omega slipped\n", "Since Mon 30 Nov")
	o.now = first.AddDate(0, 0, 21)
	lacks(t, "day 21", whole(t, digest.on(o.now)), "Shown")
}

// TestBridge is the example of docs/metrics.md.
func TestBridge(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		novak := o.member("novak", bot.Manager)
		for _, deal := range []string{"Acme 12000", "Borealis 18000", "\"Delta Works\" 11500", "Gamma 9000", "Omega 16500", "Sigma 4000"} {
			o.tells(novak, "deal add "+deal+" EUR")
		}
		o.tells(novak, "score #1 5 5 2", "score #2 5 5 5", "score #3 5 5 4", "score #4 5 5 4", "score #5 5 5 5", "score #6 4 4 4")
		digest := &rhythm{office: o, who: novak, chat: channel, line: "who"}
		o.now = o.now.Add(time.Hour)
		digest.days(0)
		o.now = o.now.AddDate(0, 0, 2)
		o.tells(novak, "score #1 5 5 4", "score #4 5 5 3", "won #5", "score #6 5 5 4", "deal #2 amount 19000 EUR", "undo")
		o.now = o.now.AddDate(0, 0, 1)
		o.tells(novak, "score #6 4 4 4")
		o.now = o.now.AddDate(0, 0, -3)
		got := digest.days(7)
		holds(t, "the bridge", got, "Who is 14 and 15? 3 deals, 41,500 EUR\n",
			"Since Mon 23 Nov 55,000 → 41,500 EUR: +12,000 Acme moved up · -9,000 Gamma slipped to 13 · -16,500 Omega won · 0 Sigma moved up and slipped to 12\n")
	})
}
