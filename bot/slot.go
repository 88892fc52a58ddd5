package bot

import "time"

// A Slot is the time that a schedule is due which sends a line, and when it was
// answered before.
type Slot struct {
	// Date is the day that the schedule's rule names, such as "2026-11-30", even
	// when the slot has moved to another one.
	Date string
	// Past are the slots before, the earliest first.
	Past []Firing
}

// A Firing is a slot that was answered.
type Firing struct {
	Date string
	// At is the moment for which the answer was computed.
	At time.Time
}
