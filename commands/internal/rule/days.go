package rule

import (
	"strings"
	"time"
)

// Days is a set of days of the week.
type Days uint8

// On returns the set of the given days.
func On(days ...time.Weekday) Days {
	var set Days
	for _, day := range days {
		set |= 1 << day
	}
	return set
}

// Has reports whether the set holds a day.
func (d Days) Has(day time.Weekday) bool { return d&(1<<day) != 0 }

// List returns the days from Monday to Sunday.
func (d Days) List() []time.Weekday {
	var list []time.Weekday
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); d.Has(day) {
			list = append(list, day)
		}
	}
	return list
}

// String writes the days from Monday to Sunday: "mon,wed".
func (d Days) String() string {
	list := d.List()
	names := make([]string, len(list))
	for i, day := range list {
		names[i] = strings.ToLower(day.String()[:3])
	}
	return strings.Join(names, ",")
}

// through returns the days from first to last, over the weekend if need be.
func through(first, last time.Weekday) Days {
	set := On(first)
	for day := first; day != last; {
		day = (day + 1) % 7
		set |= On(day)
	}
	return set
}
