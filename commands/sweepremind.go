package commands

import (
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// runReminder reminds a member of what somebody wanted to be told about a deal.
func (s *sweep) runReminder(ctx context.Context, t storage.Turn) error {
	own := func(ctx context.Context, c *call) (bool, error) {
		r, err := c.tx.Reminder(ctx, t.Number)
		return r.Member == t.Member, err
	}
	return s.tell(ctx, t, own, func(ctx context.Context, c *call) (bot.Message, error) {
		r, err := c.tx.Reminder(ctx, t.Number)
		if err != nil || r.Done {
			return bot.Message{}, err
		}
		deal, err := c.tx.Deal(ctx, r.Deal)
		if err != nil {
			return bot.Message{}, err
		}
		sight, err := c.sight(ctx)
		if err != nil || sight != 0 && deal.Owner != sight { // it was given to somebody else, who is reminded
			return bot.Message{}, err
		}
		return c.reminderStory(ctx, r, deal)
	})
}

// runPromise reminds a deal's owner of what was promised to the customer after a
// no.
func (s *sweep) runPromise(ctx context.Context, t storage.Turn) error {
	own := func(context.Context, *call) (bool, error) { return false, nil }
	return s.tell(ctx, t, own, func(ctx context.Context, c *call) (bot.Message, error) {
		deal, err := c.tx.Deal(ctx, t.Number)
		if err != nil || deal.Outcome != scoring.Lost || deal.Owner != t.Member {
			return bot.Message{}, err
		}
		return c.promiseStory(ctx, deal, slotDate(t.Slot))
	})
}

// tell stores what a member is told at a turn that comes once, in their language.
// Nothing to say, or a thing that is gone, ends the turn silently. What is their own
// comes when they said; everything else waits until they are at work, and all of it
// until they are back.
func (s *sweep) tell(
	ctx context.Context, t storage.Turn, own func(context.Context, *call) (bool, error),
	compose func(context.Context, *call) (bot.Message, error),
) error {
	said, hold := false, time.Time{}
	err := s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		said, hold = false, time.Time{}
		m, err := c.member(ctx, t.Member)
		if err != nil {
			return err
		}
		if hold, err = c.hold(ctx, m, own); err != nil || !hold.IsZero() {
			return err
		}
		if err := c.tx.Fire(ctx, t, s.now); err != nil {
			if errors.Is(err, storage.ErrMoved) || errors.Is(err, storage.ErrExists) {
				err = nil
			}
			return err
		}
		if !m.Active {
			return nil
		}
		c.speakTo(m)
		msg, err := compose(ctx, c)
		if errors.Is(err, storage.ErrNotFound) || err == nil && msg.Empty() {
			return nil
		}
		if err == nil {
			err = c.prompt(ctx, m, msg, turnKey(t))
		}
		said = err == nil
		return err
	})
	switch {
	case err != nil:
		return err
	case !hold.IsZero():
		return s.store.PutOffTurn(ctx, t, hold, false)
	}
	s.counted(t.Kind, said, false)
	return nil
}

// hold returns until when a member is to be told nothing, zero for not.
func (c *call) hold(ctx context.Context, m storage.Member, own func(context.Context, *call) (bool, error)) (time.Time, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return time.Time{}, err
	}
	calendar := calendarOf(home, m, zoneOf(m.Zone, c.home))
	next, ok := calendar.Next(c.now)
	if !m.Active || !ok || !next.After(c.now) {
		return time.Time{}, nil
	}
	its, err := own(ctx, c)
	if errors.Is(err, storage.ErrNotFound) || err == nil && its && !calendar.Away(typed.DateOf(c.now.In(calendar.Zone))) {
		return time.Time{}, nil
	}
	return next, err
}

// speakTo makes a call of nobody's one of a member's, in private.
func (c *call) speakTo(m storage.Member) {
	c.speech = c.to(m)
	role, _ := bot.ParseRole(m.Role)
	c.req.Member = bot.Member{ID: m.ID, Name: m.Name, Role: role, Locale: m.Locale, Zone: c.zone, Home: c.home}
	c.req.Chat.Private, c.req.Locale = true, m.Locale
}

// reminderStory reminds of a reminder, with the deal as it stands and what was
// noted last.
func (c *call) reminderStory(ctx context.Context, r storage.Reminder, deal storage.Deal) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	who, err := c.handle(ctx, r.Member)
	if err != nil {
		return bot.Message{}, err
	}
	set := c.say("remind.set", "who", brief(who, 40), "day", c.day(r.SetAt))
	if r.Member == c.req.Member.ID {
		set = c.say("remind.set.own", "day", c.day(r.SetAt))
	}
	msg := bot.Message{
		Title: brief(c.say("remind.now", "deal", brief(deal.Name, 60), "what", r.What), bot.MaxTitle),
		Text:  []string{set, c.cardState(deal)},
		Buttons: []bot.Button{
			c.button("button.remind.done", reminderLine(nameRemindDone, r)),
			c.button("button.remind.tomorrow", reminderLine(nameRemindLater, r, "tomorrow")),
			c.button("button.remind.week", reminderLine(nameRemindLater, r, "in 7 days")),
			c.showButton(deal),
		},
	}
	if utf8.RuneCountInString(msg.Title) == bot.MaxTitle { // what it is does not fit
		msg.Text = append([]string{r.What}, msg.Text...)
	}
	msg.Fields, err = c.story(ctx, deal)
	return msg, err
}

// promiseStory reminds of what was promised to a customer who said no, with the
// old objection.
func (c *call) promiseStory(ctx context.Context, deal storage.Deal, until string) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	rows := c.promises(deal, until)
	if len(rows) == 0 {
		return bot.Message{}, nil
	}
	key := "promise.now"
	if until < c.today().String() {
		key = "promise.late"
	}
	msg := bot.Message{Title: brief(c.say(key, "deal", brief(deal.Name, 60), "day", c.date(until)), bot.MaxTitle)}
	for _, row := range rows {
		msg.Text = append(msg.Text, row.what)
		msg.Buttons = append(msg.Buttons, row.button)
	}
	msg.Text = append(msg.Text, c.cardState(deal))
	msg.Buttons = append(msg.Buttons, c.showButton(deal), c.button("button.reopen", dealLine("reopen", deal)))
	var err error
	msg.Fields, err = c.story(ctx, deal)
	return msg, err
}

// story is what to know of a deal before calling: what is next, and the last notes.
func (c *call) story(ctx context.Context, deal storage.Deal) ([]bot.Field, error) {
	var fields []bot.Field
	if deal.Open() && deal.NextStep != "" {
		fields = append(fields, bot.Field{Label: c.say("card.nextstep"), Value: c.planned(deal)})
	}
	notes, err := c.tx.Notes(ctx, deal.Number, shownNotes)
	for _, note := range notes {
		author, err := c.handle(ctx, note.Member)
		if err != nil {
			return nil, err
		}
		label := c.say("card.note", "day", c.day(note.At), "who", brief(author, 40))
		fields = append(fields, bot.Field{Label: label, Value: shortText(note.Text)})
	}
	return fields, err
}
