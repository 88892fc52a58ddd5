package commands

import (
	"context"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// What a manager is told at once: decisions, reps of whom nothing was heard, and
// buttons.
const (
	shownReviews = 20
	shownSilent  = 40
	seenButtons  = 3
	mostButtons  = 5
)

// whispers leaves everybody their own part of the digest, in private: a rep the own
// figures, a manager what is to be decided. However many chats have the digest on a
// day, each is told once. Who is away is told nothing.
func (r *funnelReport) whispers(ctx context.Context, watched watchedDecisions) error {
	members, err := r.tx.Members(ctx)
	if err != nil {
		return err
	}
	silent, err := r.silent(ctx, members)
	if err != nil {
		return err
	}
	for _, m := range members {
		if !m.Active || r.isAway(m) {
			continue
		}
		to := r.as(m)
		var msg bot.Message
		if to.manages() {
			if msg, err = to.forManager(ctx, members, watched, silent); err != nil {
				return err
			}
		}
		if _, counted := r.reps[m.ID]; counted {
			msg = beneath(msg, to.own(m, watched))
		}
		if !msg.Empty() {
			r.whisperOnce("funnel/"+r.req.Slot.Date, m, msg)
		}
	}
	return nil
}

// as is the report as a member sees it who asks in private, in their language.
func (r *funnelReport) as(m storage.Member) *funnelReport {
	c := *r.call
	c.speech = r.call.to(m)
	role, _ := bot.ParseRole(m.Role)
	c.req.Member = bot.Member{ID: m.ID, Name: m.Name, Role: role, Locale: m.Locale, Zone: c.zone, Home: c.home}
	c.req.Chat = bot.Chat{Platform: r.req.Chat.Platform, Private: true}
	to := *r
	to.call = &c
	return &to
}

// own is what a rep would see of themselves.
func (r *funnelReport) own(m storage.Member, watched watchedDecisions) bot.Message {
	open, since := watched.of(m.ID)
	n := min(len(open), openDecisions)
	msg := r.repMessage(m, open[:n], since[:n])
	msg.Private = false // the chat is
	return msg
}

// beneath puts a message below another one, or in its place when that is empty.
func beneath(msg, detail bot.Message) bot.Message {
	if msg.Empty() {
		return detail
	}
	msg.Details = append(msg.Details, detail)
	return msg
}

// forManager says what a manager has to decide: what was decided two and three weeks
// ago, who has problem steps that nothing was decided about, and who has reported
// nothing. It is empty when there is nothing.
func (r *funnelReport) forManager(
	ctx context.Context, members []storage.Member, watched watchedDecisions, silent []silentRep,
) (bot.Message, error) {
	var msg bot.Message
	var heads []string
	if due := watched.due(r.speech); len(due) > 0 {
		heads = append(heads, r.say("funnel.digest.reviews", "count", len(due)))
		if err := r.review(ctx, due, watched, &msg); err != nil {
			return msg, err
		}
	}
	if n := r.decideAbout(members, watched, &msg); n > 0 {
		heads = append(heads, r.say("funnel.digest.open", "count", n))
	}
	if len(silent) > 0 {
		heads = append(heads, r.say("funnel.digest.silent", "count", len(silent)))
		msg.Text = append(msg.Text, r.silentLines(silent)...)
	}
	if len(heads) > 0 {
		msg.Title = brief(r.say("funnel.digest.manager", "list", joined(", ", heads...)), bot.MaxTitle)
	}
	return msg, nil
}

// review shows the decisions to look at, with what came of them.
func (r *funnelReport) review(ctx context.Context, due []storage.Decision, watched watchedDecisions, msg *bot.Message) error {
	msg.Table = r.decisionTable()
	for i, d := range due[:min(len(due), shownReviews)] {
		who, err := r.handle(ctx, d.Member)
		if err != nil {
			return err
		}
		msg.Table.Rows = append(msg.Table.Rows, r.decisionRow(d, who, watched.since[d.Number]))
		if i < seenButtons {
			msg.Buttons = append(msg.Buttons, r.seenButton(d, who))
		}
	}
	if more := len(due) - shownReviews; more > 0 {
		msg.Note = r.say("funnel.digest.reviews.more", "count", more)
	}
	return nil
}

// decideAbout lists the reps who have problem steps that nothing was decided about,
// and returns how many they are. It is no ranking.
func (r *funnelReport) decideAbout(members []storage.Member, watched watchedDecisions, msg *bot.Message) (count int) {
	lines := []string{r.say("funnel.digest.undecided")}
	for _, m := range members {
		if _, counted := r.reps[m.ID]; !counted || !m.Active {
			continue
		}
		open, _ := watched.of(m.ID)
		steps := r.undecided(r.figures(m.ID), open)
		if len(steps) == 0 {
			continue
		}
		count++
		if count <= problemReps {
			lines = append(lines, r.say("funnel.problems", "who", brief("@"+m.Name, 40), "steps", r.inTurn(steps)))
		}
		if button, ok := r.decideButton(m, steps[0]); ok && len(msg.Buttons) < mostButtons {
			msg.Buttons = append(msg.Buttons, button)
		}
	}
	if more := count - problemReps; more > 0 {
		lines = append(lines, r.say("funnel.digest.undecided.more", "count", more))
	}
	if count > 0 {
		msg.Text = append(msg.Text, paragraphs(lines)...)
	}
	return count
}

// inTurn names steps: "contact, then presentation".
func (r *funnelReport) inTurn(steps []scoring.Step) (list string) {
	for i, step := range steps {
		name := r.stepAt(r.steps.Position(step) - 1)
		if i > 0 {
			name = r.say("funnel.then", "first", list, "next", name)
		}
		list = name
	}
	return list
}

// A silentRep has reported nothing for a week; last is when they did, zero for
// never.
type silentRep struct {
	name string
	last time.Time
}

// silent returns the reps who have reported nothing in the last seven days, have
// been here for as long, and were not away meanwhile, by name.
func (r *funnelReport) silent(ctx context.Context, members []storage.Member) ([]silentRep, error) {
	last, err := r.tx.LastReports(ctx)
	if err != nil {
		return nil, err
	}
	from, _ := r.lookBack(activityDays)
	begun := typed.DateOf(from.In(r.home)).String()
	var silent []silentRep
	for _, m := range members {
		expected := m.Active && m.Role == bot.Rep.String() && m.CreatedAt.Before(from) && m.AwayUntil <= begun
		if expected && last[m.ID].Before(from) {
			silent = append(silent, silentRep{name: m.Name, last: last[m.ID]})
		}
	}
	return silent, nil
}

// silentLines name them, and when each was last heard of.
func (r *funnelReport) silentLines(silent []silentRep) []string {
	lines := []string{r.say("funnel.digest.unheard", "days", r.say("count.days", "count", activityDays))}
	for _, rep := range silent[:min(len(silent), shownSilent)] {
		who := brief("@"+rep.name, 40)
		if rep.last.IsZero() {
			lines = append(lines, r.say("funnel.digest.never", "who", who))
			continue
		}
		lines = append(lines, r.say("funnel.digest.last", "who", who, "day", r.day(rep.last)))
	}
	if more := len(silent) - shownSilent; more > 0 {
		lines = append(lines, r.say("funnel.digest.unheard.more", "count", more))
	}
	return paragraphs(lines)
}
