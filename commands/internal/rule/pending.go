package rule

import (
	"time"

	"fifteen/commands/internal/typed"
)

// Pending returns the first slot strictly after a moment that is not done yet, as
// Slots yields them; ok is false when there is none. It is how a schedule goes on:
// the moment is when it was made, or what is old enough to be skipped, and done
// says which slots were dealt with. An error of done ends the search.
func (r Rule) Pending(
	after time.Time, zone *time.Location, off func(typed.Date) bool, done func(Slot) (bool, error),
) (s Slot, ok bool, err error) {
	for slot := range r.Slots(after, zone, off) {
		is, err := done(slot)
		if err != nil {
			return Slot{}, false, err
		}
		if !is {
			return slot, true, nil
		}
	}
	return Slot{}, false, nil
}
