package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/storage"
)

// Why schedules end.
const (
	endStopped = "stopped" // somebody has stopped it
	endOver    = "over"    // its only date has come
	endMaker   = "maker"   // who made it is gone
	endRight   = "right"   // who made it may not say the line any more
	endLine    = "line"    // the line means nothing any more
	endChat    = "chat"    // the chat is gone, or the bot was removed from it
	endPerson  = "person"  // whom it was for is gone
)

// commandEnd is the command that the audit trail names for what ends by itself;
// its changes are nobody's.
const commandEnd = "schedule end"

// end ends a schedule whose line cannot be answered any more.
func (s *sweep) end(ctx context.Context, show showing, why, words string) error {
	return s.write(ctx, show.turn.Workspace, func(ctx context.Context, c *call) error {
		now, err := c.tx.Schedule(ctx, show.turn.Number)
		if errors.Is(err, storage.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return c.endSchedule(ctx, now, why, words)
	})
}

// endSchedule ends a schedule and its turns. Unless it is simply over, whoever made it
// is told, and unless it was for nobody else, managers, who can take it over.
func (c *call) endSchedule(ctx context.Context, s storage.Schedule, why, words string) error {
	if !s.Live() {
		return nil
	}
	if err := c.tx.DropTurns(ctx, storage.PlanSchedule, s.Number); err != nil {
		return err
	}
	after := s
	after.Ended = why
	if err := c.tx.SaveSchedule(ctx, s, after, storage.Author{At: c.now, Command: commandEnd}); err != nil {
		return err
	}
	if why == endOver {
		return nil
	}
	text, err := c.described(ctx, s)
	if err != nil {
		return err
	}
	maker, err := c.handle(ctx, s.Maker)
	if err != nil {
		return err
	}
	members, err := c.tx.Members(ctx)
	if err != nil {
		return err
	}
	after.Revision++
	own := s.Audience == storage.ForMember && s.Member == s.Maker && why != endPerson
	for _, m := range members {
		manager := m.Role != bot.Rep.String()
		if !m.Active || m.ID != s.Maker && (own || !manager) {
			continue
		}
		to := c.to(m)
		msg := bot.Message{
			Text: []string{to.say("schedule.ended."+why, "what", text, "who", brief(maker, 40), "chat", to.chatName(s), "why", words)},
		}
		if manager && !own && why != endLine && why != endPerson {
			line := nameScheduleTake + " " + hash(s.Number) + " " + bot.Revision(after.Revision)
			msg.Buttons = []bot.Button{to.button("button.schedule.take", line)}
		}
		if err := c.post(ctx, m, msg, showing{schedule: s}, ""); err != nil {
			return err
		}
	}
	return nil
}
