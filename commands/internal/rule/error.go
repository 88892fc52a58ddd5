package rule

import (
	"fmt"

	"fifteen/commands/internal/typed"
)

// What can be wrong with a rule, besides what package typed says of a date:
// NoSuchDay, Ambiguous, WrongWeekday and TooFar.
const (
	NotARule     typed.Why = "not_a_rule"
	BadTime      typed.Why = "bad_time"       // 25:00
	Past         typed.Why = "past"           // a day before today
	NoWeeks      typed.Why = "no_weeks"       // every 0 weeks
	TooManyWeeks typed.Why = "too_many_weeks" // above MaxWeeks
	WhichDay     typed.Why = "which_day"      // every week, monthly: on which day?
	Unsupported  typed.Why = "unsupported"    // every 3 days, every 2 months, the first monday of a month
)

// Error says why words are not a rule.
type Error struct {
	Text string // what was typed, the words joined by spaces
	Why  typed.Why
	// Readings are the two dates that an Ambiguous one can mean, the one with the
	// day first first; otherwise none.
	Readings []typed.Date
	// At is the time that goes with them.
	At Clock
}

// Error is for operators; what a person reads is the caller's.
func (e *Error) Error() string {
	return fmt.Sprintf("read rule %q: %s", e.Text, e.Why)
}
