package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// A showing is one slot of a schedule that is to be answered.
type showing struct {
	turn     storage.Turn
	schedule storage.Schedule
	maker    storage.Member
	speaker  storage.Member // as whom the line runs
	reader   storage.Member // to whom the answer goes, zero for a chat
	home     *time.Location // where the workspace's days begin
	prompt   bool           // it asks the reader something
	req      bot.Request
	// hold is until when it is put off, zero for not; skip says that there is
	// nothing to be said, late that it is too late to say it.
	hold       time.Time
	skip, late bool
}

func roleOf(id string) bot.Role {
	role, _ := bot.ParseRole(id)
	return role
}

// keepFirings is how far back a line is told when it was answered before.
const keepFirings = 400 * day

// runSchedule answers a schedule's line and stores the answer, together with the
// slot's firing and the schedule's next turn.
func (s *sweep) runSchedule(ctx context.Context, t storage.Turn) error {
	var show showing
	err := s.read(ctx, t.Workspace, func(ctx context.Context, c *call) (err error) {
		show, err = c.showing(ctx, t, s.router.Personal)
		return err
	})
	switch {
	case errors.Is(err, errOver):
		return s.store.Write(ctx, t.Workspace, func(tx *storage.Tx) error { return tx.DropTurns(ctx, t.Kind, t.Number) })
	case err != nil:
		return err
	case !show.maker.Active:
		return s.end(ctx, show, endMaker, "")
	case roleOf(show.maker.Role) < roleOf(show.schedule.Role):
		return s.end(ctx, show, endRight, "")
	case !show.speaker.Active:
		return s.record(ctx, show, bot.Reply{})
	case !show.hold.IsZero():
		return s.store.PutOffTurn(ctx, t, show.hold, false)
	case show.skip || show.late:
		return s.record(ctx, show, bot.Reply{})
	}
	// The directory need not read again who was read just now.
	s.directory.keep(accountKey{t.Workspace, show.req.Account}, memberOf(show.speaker, show.home))
	reply, err := s.router.RunScheduled(ctx, show.req)
	if problem, ok := errors.AsType[*bot.ProblemError](err); ok {
		if show.schedule.Audience == storage.ForReps { // what one rep may not say ends nothing for the others
			return s.record(ctx, show, bot.Reply{})
		}
		why := endLine
		if problem.Key == "router.role" {
			why = endRight
		}
		return s.end(ctx, show, why, s.deps.Words.Say(show.req.Locale, problem.Key, problem.Args...))
	}
	if errors.Is(err, bot.ErrStranger) {
		return s.end(ctx, show, endMaker, "")
	}
	if err != nil {
		return fmt.Errorf("answer %q: %w", show.schedule.Line, err)
	}
	return s.record(ctx, show, reply)
}

// errOver says that a schedule does not go on.
var errOver = errors.New("the schedule is over")

// showing reads what a turn of a schedule needs. It returns errOver when there is
// nothing to be told any more.
func (c *call) showing(ctx context.Context, t storage.Turn, personal func(line string) bool) (showing, error) {
	show := showing{turn: t, home: c.home}
	var err error
	show.schedule, err = c.tx.Schedule(ctx, t.Number)
	if errors.Is(err, storage.ErrNotFound) || err == nil && !show.schedule.Live() {
		return show, errOver
	}
	if err != nil {
		return show, err
	}
	show.prompt = personal(show.schedule.Line)
	speaker := show.schedule.Maker
	if t.Member != 0 {
		if show.reader, err = c.member(ctx, t.Member); err != nil {
			return show, err
		}
		if show.schedule.Audience == storage.ForReps || show.prompt {
			speaker = t.Member
		}
	}
	if show.speaker, err = c.member(ctx, speaker); err != nil {
		return show, err
	}
	if show.maker, err = c.member(ctx, show.schedule.Maker); err != nil {
		return show, err
	}
	show.late = c.now.Sub(promised(t)) > tooLate
	if t.Member != 0 && !show.late {
		if show.hold, show.skip, err = c.patience(ctx, show); err != nil {
			return show, err
		}
	}
	show.req, err = c.lineOf(ctx, show)
	return show, err
}

// longestHold is how long an answer waits for somebody to be at work.
const longestHold = 3 * day

// patience tells until when an answer has to wait for its reader, or that the slot
// is skipped: questions on days on which they do not work, and everything while they
// are away. What somebody has scheduled for themselves comes when they said.
func (c *call) patience(ctx context.Context, show showing) (hold time.Time, skip bool, err error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return time.Time{}, false, err
	}
	zone := zoneOf(show.reader.Zone, c.home)
	calendar := calendarOf(home, show.reader, zone)
	own := show.schedule.Audience == storage.ForMember && show.schedule.Maker == show.reader.ID
	next, ok := calendar.Next(c.now)
	today := typed.DateOf(c.now.In(zone))
	switch {
	case calendar.Away(today):
		return time.Time{}, true, nil
	case calendar.Open(c.now) || own && !show.prompt:
		return time.Time{}, false, nil
	case !ok, next.Sub(c.now) > longestHold, show.prompt && typed.DateOf(next.In(zone)) != today:
		return time.Time{}, true, nil
	}
	return next, false, nil
}

// promised is when a turn was to be dealt with: at its slot, or later when it had to
// wait for its reader. A failure moves nothing.
func promised(t storage.Turn) time.Time {
	if t.Attempts > 0 {
		return t.At
	}
	return latest(t.At, t.DueAt)
}

// lineOf is the request that a slot sends.
func (c *call) lineOf(ctx context.Context, show showing) (bot.Request, error) {
	s, t := show.schedule, show.turn
	platform, account, err := c.tx.Account(ctx, show.speaker.ID, s.Platform)
	if err != nil {
		return bot.Request{}, err
	}
	fired, err := c.tx.Fired(ctx, t.Kind, t.Number, t.Member, c.now.Add(-keepFirings))
	if err != nil {
		return bot.Request{}, err
	}
	req := bot.Request{
		Workspace: t.Workspace, Account: bot.Account{Platform: platform, ID: account}, Line: s.Line, At: c.now,
		Chat: bot.Chat{Platform: s.Platform, ID: s.Chat}, Locale: show.speaker.Locale,
		Slot: bot.Slot{Date: slotDate(t.Slot)},
	}
	if t.Member != 0 {
		req.Locale = show.reader.Locale
		if req.Chat.Platform, req.Chat.ID, err = c.tx.Account(ctx, t.Member, s.Platform); err != nil {
			return bot.Request{}, err
		}
		req.Chat.Private = true
	}
	for _, f := range fired {
		req.Slot.Past = append(req.Slot.Past, bot.Firing{Date: slotDate(f.Slot), At: f.At})
	}
	return req, nil
}

// slotDate returns the day of a slot, "2026-11-30".
func slotDate(slot string) string { return slot[:min(len(slot), len(dateForm))] }

// record stores what a slot said, that it was dealt with, and the next turn.
func (s *sweep) record(ctx context.Context, show showing, reply bot.Reply) error {
	t := show.turn
	late := s.now.Sub(promised(t)) > lateFrom
	said := false
	err := s.write(ctx, t.Workspace, func(ctx context.Context, c *call) error {
		said = false
		fire := func() error { return c.tx.Fire(ctx, t, s.now) }
		if show.late {
			fire = func() error { return c.tx.Pass(ctx, t) }
		}
		err := fire()
		switch {
		case errors.Is(err, storage.ErrMoved):
			return nil // another sweep was quicker, or it was planned anew
		case errors.Is(err, storage.ErrExists):
		case err != nil:
			return err
		case !reply.Message.Empty() || len(reply.Posts) > 0:
			if said, err = c.freshen(ctx, show, &reply); err != nil || !said {
				break
			}
			if late && !show.prompt {
				err = c.markLate(ctx, &reply.Message, show)
			}
			if err == nil {
				err = c.deliver(ctx, show, reply)
			}
		}
		if err != nil && !errors.Is(err, storage.ErrExists) {
			return err
		}
		now, err := c.tx.Schedule(ctx, t.Number)
		if errors.Is(err, storage.ErrNotFound) || err == nil && !now.Live() {
			return nil
		}
		if err != nil {
			return err
		}
		if err := c.planSlot(ctx, now, t.Member); err != nil {
			return err
		}
		return c.endOnce(ctx, now)
	})
	if err != nil {
		return err
	}
	s.counted(t.Kind, said, late)
	return nil
}

// endOnce ends a schedule for each rep that had one date, when all of them were told.
func (c *call) endOnce(ctx context.Context, s storage.Schedule) error {
	when, err := rule.Read(s.Rule)
	if err != nil || when.Kind != rule.Once || s.Audience != storage.ForReps {
		return err
	}
	left, err := c.tx.Turns(ctx, storage.PlanSchedule, s.Number)
	if err != nil || len(left) > 0 {
		return err
	}
	return c.endSchedule(ctx, s, endOver, "")
}

// freshen looks at a question at the moment at which it is stored. A check-in is
// asked anew, and when it is reminded of is set; any other question is the only one
// of its day. said is false when it was answered, or another one asked, meanwhile.
func (c *call) freshen(ctx context.Context, show showing, reply *bot.Reply) (said bool, err error) {
	if !show.prompt || show.turn.Member == 0 {
		return true, nil
	}
	zone := zoneOf(show.reader.Zone, c.home)
	if !isCheckin(show.schedule) {
		day := typed.DateOf(c.now.In(zone))
		err = c.tx.AddNudge(ctx, storage.Nudge{Member: show.reader.ID, Day: day.String(), What: storage.NudgeAnswer, At: c.now})
		if errors.Is(err, storage.ErrExists) {
			return false, nil
		}
		return err == nil, err
	}
	day := typed.DateOf(show.turn.At.In(zone)) // however late it is asked
	reply.Message, err = c.askCheckin(ctx, show.reader, show.req.Chat, day)
	if err != nil || reply.Message.Empty() {
		return false, err
	}
	if day != typed.DateOf(c.now.In(zone)) { // asked late, it is its own reminder
		return true, nil
	}
	return true, c.planCheckinAgain(ctx, show.turn, show.reader, day)
}

// markLate says that a message was due earlier: when, by the schedule's clock, and
// after a holiday on the day to which it had moved.
func (c *call) markLate(ctx context.Context, msg *bot.Message, show showing) error {
	zone, err := c.zoneFor(ctx, show.schedule)
	if show.schedule.Zone == "" && show.turn.Member != 0 {
		zone = zoneOf(show.reader.Zone, c.home)
	}
	to, due := c.speech, show.turn.At.In(zone)
	to.tag = show.req.Locale
	msg.Note = joined("\n", to.say("schedule.late", "day", to.date(due.Format(dateForm)), "clock", due.Format("15:04")), msg.Note)
	return err
}

// deliver stores a slot's message and what others are told beside it. What is
// private in a chat goes to whoever made the schedule.
func (c *call) deliver(ctx context.Context, show showing, reply bot.Reply) error {
	for _, post := range reply.Posts {
		if err := c.aside(ctx, show, post); err != nil {
			return err
		}
	}
	switch {
	case reply.Message.Empty():
		return nil
	case show.turn.Member != 0:
		return c.post(ctx, show.reader, reply.Message, show, turnKey(show.turn))
	case reply.Message.Private:
		return c.post(ctx, show.speaker, reply.Message, show, turnKey(show.turn))
	}
	row, err := postOf(bot.Post{Chat: show.req.Chat, Message: reply.Message})
	if err != nil {
		return err
	}
	row.EventKey, row.CreatedAt, row.DueAt = turnKey(show.turn), c.now, c.now
	_, err = c.tx.Post(ctx, row)
	return err
}

// post stores a private message to a member that somebody's schedule sends.
func (c *call) post(ctx context.Context, m storage.Member, msg bot.Message, show showing, key string) error {
	if !m.Active {
		return nil
	}
	msg.Private, msg.Redraw = false, false
	platform, account, err := c.tx.Account(ctx, m.ID, show.schedule.Platform)
	if err != nil {
		return err
	}
	row, err := postOf(bot.Post{Member: m.ID, Chat: bot.Chat{Platform: platform, ID: account, Private: true}, Message: msg})
	if err != nil {
		return err
	}
	row.EventKey, row.CreatedAt, row.DueAt, row.Prompt = key, c.now, c.now, show.prompt
	_, err = c.tx.Post(ctx, row)
	return err
}

// onceKey names what a member is told once among the events that were answered; it
// is "" for what they are told each time.
func onceKey(post bot.Post) string {
	if post.Key == "" {
		return ""
	}
	return fmt.Sprintf("%s/%d", post.Key, post.Member)
}
