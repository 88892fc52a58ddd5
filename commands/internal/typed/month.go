package typed

import (
	"cmp"
	"fmt"
	"time"
)

// Month is a month of the calendar. Months compare with ==. The zero value is no
// month.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf returns the month that d lies in.
func MonthOf(d Date) Month { return Month{d.Year, d.Month} }

// First returns the first day of the month.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// Next returns the month after m.
func (m Month) Next() Month { return MonthOf(m.First().AddMonths(1)) }

// Prev returns the month before m.
func (m Month) Prev() Month { return MonthOf(m.First().AddMonths(-1)) }

// String returns the month as ISO 8601 writes it: 2026-12.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year, m.Month) }

// Start returns the first moment of the month in a zone. The month ends where
// Next().Start(zone) begins.
func (m Month) Start(zone *time.Location) time.Time { return m.First().In(zone) }

// Compare returns -1, 0 or +1 as m is before, the same as, or after other.
func (m Month) Compare(other Month) int {
	return cmp.Or(cmp.Compare(m.Year, other.Year), cmp.Compare(m.Month, other.Month))
}
