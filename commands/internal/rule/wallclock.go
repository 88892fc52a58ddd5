package rule

import (
	"sort"
	"time"

	"fifteen/commands/internal/typed"
)

// around is how far before and after a time on the clock, taken as UTC, a zone is
// looked at. No zone is, or ever was, as far away as that, and none has changed
// its clocks twice within double that.
const around = 24 * time.Hour

// on returns the instant at which the clocks of a zone show a time of a day: the
// first one if there are two, the first instant after the gap if there is none.
//
// It asks for offsets only. time.Time.ZoneBounds ends some days of later leap
// years before they begin.
func (c Clock) on(d typed.Date, zone *time.Location) time.Time {
	wall := time.Date(d.Year, d.Month, d.Day, c.Hour, c.Minute, 0, 0, time.UTC)
	first := wall.Add(-around)
	before, after := offset(first, zone), offset(wall.Add(around), zone)
	for _, o := range []time.Duration{before, after} {
		if at := wall.Add(-o); offset(at, zone) == o {
			return at.In(zone)
		}
	}
	changed := sort.Search(int(2*around/time.Second), func(n int) bool {
		return offset(first.Add(time.Duration(n)*time.Second), zone) != before
	})
	return first.Add(time.Duration(changed) * time.Second).In(zone)
}

// offset returns how far a zone's clocks are ahead of UTC at a moment.
func offset(at time.Time, zone *time.Location) time.Duration {
	_, seconds := at.In(zone).Zone()
	return time.Duration(seconds) * time.Second
}
