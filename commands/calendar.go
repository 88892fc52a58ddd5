package commands

import (
	"strings"
	"time"

	"fifteen/commands/internal/hours"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// calendarOf says when a member of a workspace may be asked, in the zone where the
// member's days begin.
func calendarOf(home storage.Workspace, m storage.Member, zone *time.Location) hours.Calendar {
	c := hours.Calendar{Zone: zone, DaysOff: map[typed.Date]bool{}}
	var ok bool
	if c.Span, ok = hours.ReadSpan(m.Hours); !ok {
		c.Span = homeSpan(home)
	}
	if c.Days, ok = hours.ReadDays(m.Days); !ok {
		c.Days = homeDays(home)
	}
	c.Holiday, _ = rule.Holidays(home.Country)
	for _, off := range home.DaysOff {
		c.DaysOff[dateOf(off.On)] = true
	}
	c.Back = dateOf(m.AwayUntil)
	return c
}

// homeCalendar is when an organisation as a whole works, where its days begin.
func homeCalendar(home storage.Workspace, zone *time.Location) hours.Calendar {
	return calendarOf(home, storage.Member{}, zone)
}

func homeSpan(home storage.Workspace) hours.Span {
	if span, ok := hours.ReadSpan(home.Hours); ok {
		return span
	}
	return hours.Usual
}

func homeDays(home storage.Workspace) rule.Days {
	if days, ok := hours.ReadDays(home.Days); ok {
		return days
	}
	return hours.Workdays
}

// dateOf reads a day such as "2026-12-05"; no day is the zero date.
func dateOf(iso string) typed.Date {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return typed.Date{}
	}
	return typed.DateOf(t)
}

// workingTime writes when somebody works: "09:00-18:00, Mon-Fri".
func (s speech) workingTime(c hours.Calendar) string {
	return c.Span.String() + ", " + s.weekdays(c.Days)
}

// weekdays writes days of the week, three and more in a row as "Mon-Fri".
func (s speech) weekdays(days rule.Days) string {
	var parts []string
	list := days.List()
	for i := 0; i < len(list); {
		last := i
		for last+1 < len(list) && list[last+1] == (list[last]+1)%7 {
			last++
		}
		first, end := s.locale().Weekday(list[i]), s.locale().Weekday(list[last])
		switch last - i {
		case 0:
			parts = append(parts, first)
		case 1:
			parts = append(parts, first, end)
		default:
			parts = append(parts, first+"-"+end)
		}
		i = last + 1
	}
	return strings.Join(parts, ", ")
}

// moment writes the day and the time of a moment, "Mon 30 Nov at 09:00".
func (s speech) moment(at time.Time) string {
	at = at.In(s.zone)
	return s.say("hours.moment", "day", s.day(at), "clock", rule.Clock{Hour: at.Hour(), Minute: at.Minute()}.String())
}

// waits tells whether nothing is to be asked about a deal today.
func (s speech) waits(deal storage.Deal) bool {
	return deal.Waits(typed.DateOf(s.now.In(s.zone)).String())
}
