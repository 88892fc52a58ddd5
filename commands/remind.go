package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
	"fifteen/storage"
)

// These are the commands that change reminders, as the
// audit trail names them.
const (
	nameRemind      = "remind"
	nameRemindDone  = "remind done"
	nameRemindLater = "remind later"
)

// moreThanAnybodySets bounds the search for a reminder that is set already.
const moreThanAnybodySets = 1000

// remind keeps what somebody wants to be told about a deal, and when.
func remind(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: nameRemind, Summary: "remind.summary", Writes: true,
		Examples: []string{"remind Acme in 75 days call Petra", "remind Acme fri 14:00 send the offer"},
		Args: []bot.Arg{
			{Name: "deal", Kind: k.deal},
			{Name: "when", Kind: k.when, Optional: true},
			{Name: "text", Kind: bot.TextKind, Rest: true},
		},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			deal, err := c.deal(ctx, dealCard)
			if err != nil {
				return bot.Message{}, err
			}
			reminder, err := c.reminderOf(deal)
			if err != nil {
				return bot.Message{}, err
			}
			if twice, err := c.isSet(ctx, reminder); err != nil || twice {
				return bot.Message{Text: []string{c.say("remind.same")}, Private: !c.req.Chat.Private}, err
			}
			if reminder, err = c.tx.AddReminder(ctx, reminder, c.author(nameRemind)); err != nil {
				return bot.Message{}, err
			}
			return c.reminded(ctx, deal, reminder)
		}),
	}
}

// reminderOf reads what the line wants to be reminded of; its moment may stand
// before the text or behind it.
func (c *call) reminderOf(deal storage.Deal) (storage.Reminder, error) {
	once, what := bot.Value[rule.Rule](c.req, "when"), c.req.Text("text")
	if !c.req.Has("when") {
		var ok bool
		var err error
		what, once, ok, err = c.whenAtEnd(what)
		if err != nil {
			return storage.Reminder{}, err
		}
		if !ok {
			return storage.Reminder{}, bot.Missing("when", "ask.remind.when")
		}
	}
	what = plainWords(strings.Trim(oneLine(what), ",;: "))
	switch latest := c.today().AddMonths(12 * longestPromise); {
	case what == "":
		return storage.Reminder{}, bot.Missing("text", "ask.remind.text")
	case utf8.RuneCountInString(what) > maxStep:
		return storage.Reminder{}, bot.Problem("remind.long", "most", maxStep)
	case once.Date.After(latest):
		return storage.Reminder{}, bot.Problem("remind.far", "day", c.date(once.Date.String()), "count", longestPromise)
	}
	if _, ok := once.Next(c.req.At, c.zone, nil); !ok {
		return storage.Reminder{}, bot.Problem("remind.passed", "clock", once.At.String())
	}
	return storage.Reminder{Deal: deal.Number, What: what, Day: once.Date.String(), Clock: once.At.String()}, nil
}

// isSet tells whether the asker has set the very same reminder already.
func (c *call) isSet(ctx context.Context, r storage.Reminder) (bool, error) {
	set, err := c.tx.Reminders(ctx, c.req.Member.ID, r.Day, moreThanAnybodySets)
	return slices.ContainsFunc(set, func(s storage.DealReminder) bool {
		return s.Member == c.req.Member.ID && s.Deal == r.Deal && s.Day == r.Day && s.Clock == r.Clock && s.What == r.What
	}), err
}

// reminded echoes a new reminder, and tells the deal's owner of somebody else's.
func (c *call) reminded(ctx context.Context, deal storage.Deal, r storage.Reminder) (bot.Message, error) {
	args := func(s speech) []any {
		return []any{"deal", brief(deal.Name, 60), "day", s.date(r.Day), "clock", r.Clock, "what", r.What}
	}
	msg := bot.Message{
		Text:    []string{c.say("remind.done", args(c.speech)...)},
		Buttons: []bot.Button{c.undoButton(), c.button("button.reminders", "reminders")},
		Note:    c.say("remind.where", "count", dueAhead),
		Private: !c.req.Chat.Private,
	}
	if deal.Owner != c.req.Member.ID {
		who, err := c.handle(ctx, deal.Owner)
		if err != nil {
			return msg, err
		}
		msg.Text = append(msg.Text, c.say("remind.both", "who", brief(who, 40)))
	}
	return msg, c.tell(ctx, deal.Owner, func(s speech) bot.Message {
		return bot.Message{
			Text:    []string{s.say("remind.told", append(args(s), "who", brief("@"+c.req.Member.Name, 40))...)},
			Buttons: []bot.Button{s.showButton(deal), s.button("button.reminders", "reminders")},
		}
	})
}

// remindDone takes a reminder off the list.
func remindDone(d *Deps) bot.Command {
	return bot.Command{
		Name: nameRemindDone, Summary: "remind.done.summary", Writes: true, Hidden: true,
		Args: []bot.Arg{{Name: "number", Kind: bot.NumberKind}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			before, deal, err := c.ownReminder(ctx, c.req.Int("number", 0))
			if err != nil {
				return bot.Message{}, err
			}
			if before.Done {
				return bot.Message{}, bot.Problem("remind.over", "number", before.Number)
			}
			after := before
			after.Done = true
			if err := c.tx.SaveReminder(ctx, before, after, c.author(nameRemindDone)); err != nil {
				return bot.Message{}, err
			}
			return bot.Message{
				Text:    []string{c.say("remind.off", "what", before.What, "deal", brief(deal.Name, 60))},
				Buttons: []bot.Button{c.undoButton(), c.showButton(deal)},
				Private: !c.req.Chat.Private,
			}, nil
		}),
	}
}

// ownReminder returns a reminder that is the asker's to take off the list, and its
// deal: their own, one of a deal of theirs, or any for a manager.
func (c *call) ownReminder(ctx context.Context, number int64) (storage.Reminder, storage.Deal, error) {
	unknown := bot.Problem("remind.unknown", "number", number)
	r, err := c.tx.Reminder(ctx, number)
	if errors.Is(err, storage.ErrNotFound) {
		return r, storage.Deal{}, unknown
	}
	if err != nil {
		return r, storage.Deal{}, err
	}
	deal, err := c.tx.Deal(ctx, r.Deal)
	me := c.req.Member.ID
	if errors.Is(err, storage.ErrNotFound) || err == nil && !c.manages() && r.Member != me && deal.Owner != me {
		return r, deal, unknown
	}
	if err == nil && c.req.Revision > 0 && c.req.Revision != r.Revision {
		err = bot.Problem("remind.moved", "number", number).Button(c.say("button.reminders"), "reminders")
	}
	return r, deal, err
}

// reminderLine is the line of a button that changes a reminder as it is now.
func reminderLine(command string, r storage.Reminder, words ...string) string {
	return strings.Join(slices.Concat([]string{command, hash(r.Number)}, words, []string{bot.Revision(r.Revision)}), " ")
}
