package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/hours"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// The settings of when people work and are asked.
const (
	settingHours    = "hours"
	settingDays     = "days"
	settingHolidays = "holidays"
	settingDayOff   = "dayoff"
	settingNudge    = "nudge"
)

// How long the name of a day off may be, in runes, how many an organisation may
// have, how many settings shows, and for how many days one that has passed is kept,
// because what was due on it may come late.
const (
	maxDayOffName = 60
	maxDaysOff    = 100
	shownDaysOff  = 8
	keptDaysOff   = 31
)

// setHours changes when an organisation works.
func (c *call) setHours(home *storage.Workspace, value string) error {
	asked, err := readHours(c.words, c.tag, bot.Split(value), "settings "+c.req.Text("name"))
	if err != nil {
		return err
	}
	switch name := c.req.Text("name"); {
	case asked == hours.Typed{} && name == settingHours:
		asked.Span = hours.Usual
	case asked == hours.Typed{}:
		asked.Days = hours.Workdays
	}
	if asked.Span != (hours.Span{}) {
		home.Hours = unlessUsual(asked.Span.String(), hours.Usual.String())
	}
	if asked.Days != 0 {
		home.Days = unlessUsual(asked.Days.String(), hours.Workdays.String())
	}
	return nil
}

// unlessUsual is a setting as it is kept: "" for the usual.
func unlessUsual(value, usual string) string {
	if value == usual {
		return ""
	}
	return value
}

// setHolidays changes whose public holidays are kept.
func (c *call) setHolidays(ctx context.Context, home *storage.Workspace, value string) error {
	words := bot.Split(value)
	if len(words) == 1 && isNone(words[0]) {
		home.Country = ""
		return nil
	}
	countries := choiceKind{words: c.words, name: "country", ids: rule.Countries()}
	reading, err := countries.Read(ctx, c.req, bot.Span{Text: value, Words: words, Whole: true, Strict: true})
	if problem := asProblem(err); problem != nil {
		problem.Arg = "value"
		if problem.Key == "choice.country" { // there are more than anybody wants to press
			return bot.Problem("choice.country", "typed", brief(value, 60), "list", c.countries())
		}
		return problem
	}
	if err == nil && reading.Words < len(words) {
		err = bot.Problem("choice.country", "typed", brief(value, 60), "list", c.countries())
	}
	if err == nil {
		home.Country, _ = reading.Value.(string)
	}
	return err
}

// countries lists the countries whose holidays are known, by name.
func (c *call) countries() string {
	list := rule.Countries()
	for i, code := range list {
		list[i] = c.say("country." + code)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// setDayOff adds a day on which nobody works, gives it another name, or takes it
// away.
func (c *call) setDayOff(home *storage.Workspace, value string) error {
	day, name, err := c.dayAndName(value)
	if err != nil {
		return err
	}
	off := storage.DayOff{On: day.String(), Name: name}
	at, there := slices.BinarySearchFunc(home.DaysOff, off.On, func(d storage.DayOff, on string) int { return strings.Compare(d.On, on) })
	switch {
	case isNone(bot.Word{Text: name}) && !there:
		return bot.Problem("dayoff.not", "day", c.date(off.On))
	case isNone(bot.Word{Text: name}):
		home.DaysOff = slices.Delete(home.DaysOff, at, at+1)
		return nil
	case there:
		home.DaysOff[at] = off
		return nil
	}
	home.DaysOff = slices.Insert(home.DaysOff, at, off)
	kept := c.today().AddDays(-keptDaysOff).String()
	home.DaysOff = slices.DeleteFunc(home.DaysOff, func(d storage.DayOff) bool { return d.On < kept })
	if len(home.DaysOff) > maxDaysOff {
		return bot.Problem("dayoff.full", "most", maxDaysOff)
	}
	return nil
}

// dayAndName reads a day off, and what it is called: the day may stand before the
// name or behind it.
func (c *call) dayAndName(value string) (day typed.Date, name string, err error) {
	words := bot.Split(value)
	n, day, err := firstDay(words, c.today(), c.tag)
	rest := words[n:]
	if n == 0 {
		n, _, day, err = lastDay(words, c.today(), c.tag)
		rest = words[:len(words)-n]
	}
	name = plainWords(strings.Trim(oneLine(bot.Join(rest)), ",;: "))
	switch {
	case err != nil:
		return day, "", aboutValue(dateProblem(err))
	case n == 0:
		return day, "", bot.Problem("dayoff.unread", "typed", brief(value, 60))
	case day.Before(c.today()):
		return day, "", bot.Problem("dayoff.past", "day", c.date(day.String()))
	case day.After(c.today().AddMonths(12 * longestPromise)):
		return day, "", bot.Problem("dayoff.far", "day", c.date(day.String()), "count", longestPromise)
	case utf8.RuneCountInString(name) > maxDayOffName:
		return day, "", bot.Problem("dayoff.long", "most", maxDayOffName)
	case strings.ContainsAny(name, "<>"):
		return day, "", bot.Problem("name.brackets")
	}
	return day, name, nil
}

// aboutValue says that a problem is about the value of a setting, all of it.
func aboutValue(err error) error {
	if problem := asProblem(err); problem != nil {
		problem.Arg, problem.Took = "value", 0
	}
	return err
}

// setNudge changes when reps are asked a question a day.
func (c *call) setNudge(home *storage.Workspace, value string) error {
	words := bot.Split(value)
	said := names.Fold(bot.Join(words))
	switch {
	case slices.Contains(alsoCalled(c.say("nudge.never")), said):
		home.Nudge = storage.NudgeOff
		return nil
	case slices.Contains(alsoCalled(c.say("nudge.begin")), said):
		home.Nudge = ""
		return nil
	}
	clock, err := rule.ParseClock(typedWords(words), c.tag)
	bad, wrong := errors.AsType[*rule.Error](err)
	switch {
	case wrong && bad.Why == rule.BadTime:
		return bot.Problem("nudge.badtime", "typed", brief(value, 60))
	case wrong:
		return bot.Problem("nudge.unread", "typed", brief(value, 60))
	case err != nil:
		return err
	}
	home.Nudge = clock.String()
	return nil
}

// workingFields show when an organisation works, and when its reps are asked.
func (c *call) workingFields(home storage.Workspace) []bot.Field {
	calendar := homeCalendar(home, c.home)
	fields := []bot.Field{
		{Label: c.say("setting.hours"), Value: c.workingTime(calendar)},
		{Label: c.say("setting.holidays"), Value: c.holidays(home, calendar)},
	}
	if own := c.ownDaysOff(home); own != "" {
		fields = append(fields, bot.Field{Label: c.say("setting.dayoff"), Value: own})
	}
	nudge := c.say("nudge.at", "clock", home.Nudge)
	switch home.Nudge {
	case "":
		nudge = c.say("nudge.usual")
	case storage.NudgeOff:
		nudge = c.say("nudge.off")
	}
	return append(fields, bot.Field{Label: c.say("setting.nudge"), Value: nudge})
}

// holidays says whose public holidays are kept, and which day off is the next.
func (c *call) holidays(home storage.Workspace, calendar hours.Calendar) string {
	text := c.say("holidays.none")
	if home.Country != "" {
		text = c.say("country." + home.Country)
	}
	if off, ok := calendar.NextOff(c.today()); ok {
		text += ". " + c.say("hours.off", "day", c.dayOff(home, off))
	}
	return text
}

// ownDaysOff lists the organisation's own days off from today on, the first few.
func (c *call) ownDaysOff(home storage.Workspace) string {
	var days []string
	more := 0
	for _, off := range home.DaysOff {
		switch {
		case off.On < c.today().String():
		case len(days) == shownDaysOff:
			more++
		default:
			days = append(days, c.dayOff(home, dateOf(off.On)))
		}
	}
	text := strings.Join(days, " · ")
	if more > 0 {
		text += " · " + c.say("dayoff.more", "count", more)
	}
	return text
}

// dayOff writes a day off with the organisation's name for it, if it has one.
func (c *call) dayOff(home storage.Workspace, day typed.Date) string {
	at := slices.IndexFunc(home.DaysOff, func(d storage.DayOff) bool { return d.On == day.String() })
	if at < 0 {
		return c.date(day.String())
	}
	return joined(", ", c.date(day.String()), home.DaysOff[at].Name)
}
