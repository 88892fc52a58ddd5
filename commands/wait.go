package commands

import (
	"context"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// wait keeps why nothing is to be asked about a deal until a day.
func wait(d *Deps, k kinds) bot.Command {
	until := k.until
	until.passing = true
	return bot.Command{
		Name: nameWait, Summary: "wait.summary", Writes: true,
		Examples: []string{"wait Acme until 8 Feb new budget year", "wait Acme their buyer is ill until fri", "wait Acme over"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "until", Kind: until, Optional: true},
			{Name: "why", Kind: bot.TextKind, Optional: true, Rest: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, err := c.openDeal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			after := before
			if after.WaitOn, after.WaitWhy, err = c.waitOf(); err != nil {
				return bot.Message{}, err
			}
			after, err = c.tx.SaveDeal(ctx, before, after, c.author(nameWait))
			if err != nil {
				return bot.Message{}, err
			}
			if after.Revision == before.Revision {
				return c.unchanged(after), nil
			}
			if err := c.tellOwner(ctx, after, "told.changed"); err != nil {
				return bot.Message{}, err
			}
			return c.waiting(after), nil
		}),
	}
}

// waitOf reads until when the line has a deal wait, and why; both are empty for no
// longer. The day may stand before the reason or behind it.
func (c *call) waitOf() (on, why string, err error) {
	day, why := bot.Value[typed.Date](c.req, "until"), c.req.Text("why")
	switch {
	case !c.req.Has("until"):
		why, day, err = c.untilAtEnd(why)
		if err != nil {
			return "", "", err
		}
		if day == (typed.Date{}) {
			return "", "", bot.Missing("until", "ask.wait.until")
		}
	case day == typed.Date{}:
		return "", "", nil
	}
	if err := c.ahead(day); err != nil {
		return "", "", err
	}
	why = plainWords(strings.Trim(oneLine(why), ",;: "))
	switch {
	case why == "":
		return "", "", bot.Missing("why", "ask.wait.why")
	case utf8.RuneCountInString(why) > maxStep:
		return "", "", bot.Problem("wait.long", "most", maxStep)
	}
	return day.String(), why, nil
}

// untilAtEnd reads a day that stands behind a text, and returns the text before it;
// the day is zero when none does.
func (c *call) untilAtEnd(text string) (before string, day typed.Date, err error) {
	words := bot.Split(text)
	n, until, day, err := lastDay(words, c.today(), c.tag)
	if n == 0 || err != nil {
		return text, typed.Date{}, tookOf(dateProblem(err), n+until)
	}
	head := words[:len(words)-n-until]
	if len(head) > 1 && isUntil(head[0], c.tag) { // until they have budget in February
		head = head[1:]
	}
	return bot.Span{Text: text, Words: head}.Raw(len(head)), day, nil
}

// waiting answers a line that has a deal wait, or wait no longer.
func (c *call) waiting(deal storage.Deal) bot.Message {
	name := brief(deal.Name, 60)
	if deal.WaitOn == "" {
		return c.corrected(deal, c.say("wait.over", "deal", name))
	}
	msg := c.corrected(deal, c.say("wait.done", "deal", name, "day", c.date(deal.WaitOn), "why", deal.WaitWhy))
	msg.Note = c.say("wait.until")
	if deal.Band() == scoring.Closing {
		msg.Note = c.say("wait.closing")
	}
	msg.Private = !c.req.Chat.Private
	return msg
}

// waitText says on a deal's card until when it waits, or has waited; why is shown
// in private only.
func (c *call) waitText(deal storage.Deal) string {
	if !deal.Open() || deal.WaitOn == "" {
		return ""
	}
	key := "card.waited"
	if c.waits(deal) {
		key = "card.waits"
	}
	text := c.say(key, "day", c.date(deal.WaitOn))
	if deal.WaitWhy != "" && !c.public() {
		text += ": " + deal.WaitWhy
	}
	return text
}

// waitedButton has a deal wait no longer.
func (s speech) waitedButton(deal storage.Deal) bot.Button {
	return s.button("button.waited", dealLine(nameWait, deal, wordOver), "deal", brief(deal.Name, 40))
}

// waits lists deals that wait for a day soon, or for one that has come.
func (l *dueList) waits(ctx context.Context, c *call, owner int64, until string) error {
	found, err := c.tx.Waiting(ctx, owner, until, dueMost+1)
	if err != nil {
		return err
	}
	l.more = l.more || len(found) > dueMost
	for _, deal := range found[:min(len(found), dueMost)] {
		what := c.say("due.waits")
		if !c.waits(deal) {
			what = c.say("due.waited")
		}
		if deal.WaitWhy != "" && !c.public() {
			what += ": " + deal.WaitWhy
		}
		row := dueRow{
			on: deal.WaitOn, what: what,
			button: c.waitedButton(deal),
		}
		if err := l.add(ctx, c, deal, row); err != nil {
			return err
		}
	}
	return nil
}
