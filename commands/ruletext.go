package commands

import (
	"strings"
	"time"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// rule writes a rule as people say it: "every 2 weeks on Fri at 16:00".
func (s speech) rule(r rule.Rule) string {
	args := []any{"clock", r.At.String()}
	switch r.Kind {
	case rule.Weekly:
		args = append(args, "days", s.weekdays(r.Days), "count", r.Weeks)
		if r.Weeks > 1 {
			return s.say("rule.weeks", args...)
		}
		return s.say("rule.weekly", args...)
	case rule.Daily:
		return s.say("rule.daily", args...)
	case rule.Workdays:
		return s.say("rule.workdays", args...)
	case rule.Monthly:
		return s.monthly(r)
	default:
		return s.say("rule.once", append(args, "day", s.date(r.Date.String()))...)
	}
}

func (s speech) monthly(r rule.Rule) string {
	switch r.Day {
	case rule.FirstWorkday:
		return s.say("rule.monthly.first", "clock", r.At.String())
	case rule.LastWorkday:
		return s.say("rule.monthly.last", "clock", r.At.String())
	default:
		return s.say("rule.monthly", "clock", r.At.String(), "day", r.Day)
	}
}

// upcoming writes the next days of a rule: "Mon 30 Nov, Mon 7 Dec, Mon 14 Dec".
func (s speech) upcoming(r rule.Rule, zone *time.Location, off func(typed.Date) bool) string {
	slots := r.Upcoming(shownSlots, s.now, zone, off)
	days := make([]string, len(slots))
	for i, slot := range slots {
		days[i] = s.date(typed.DateOf(slot.Time.In(zone)).String())
	}
	return strings.Join(days, ", ")
}

// shownSlots is how many of the next dates of a schedule are shown.
const shownSlots = 3

// audience says who gets a schedule's answer: "in #sales", "to @ivanov", "to each
// rep".
func (s speech) audience(of storage.Schedule, members map[int64]storage.Member) string {
	switch of.Audience {
	case storage.ForReps:
		return s.say("schedule.for.reps")
	case storage.ForMember:
		return s.say("schedule.for.member", "who", brief("@"+members[of.Member].Name, 40))
	default:
		return s.say("schedule.for.chat", "chat", s.chatName(of))
	}
}

// chatName is what people call a schedule's chat.
func (s speech) chatName(of storage.Schedule) string {
	if of.Name == "" {
		return s.say("schedule.somechat")
	}
	return brief(of.Name, 40)
}
