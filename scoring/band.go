package scoring

import "time"

// A Band says what a score promises.
type Band int

// The bands, lowest first.
const (
	Developing Band = iota // 0 to 10: cannot be predicted or planned
	Advancing              // 11 to 13: closes in 30 days or more, if it is worked on
	Closing                // 14 and 15: closes in one to two weeks
)

// The lowest scores of the two upper bands, and the best score of all.
const (
	AdvancingFrom = 11
	ClosingFrom   = 14
	BestScore     = 15
	BestPillar    = 5
)

// ClosingPatience is how long a deal may stand in the closing band before it
// is overdue: the method promises a signature within two weeks.
const ClosingPatience = 14 * 24 * time.Hour

var bandIDs = [...]string{"developing", "advancing", "closing"}

// String returns the band's id: "developing", "advancing" or "closing".
func (b Band) String() string { return bandIDs[b] }

// BandOf returns the band of a total of 0 to 15.
func BandOf(total int) Band {
	switch {
	case total >= ClosingFrom:
		return Closing
	case total >= AdvancingFrom:
		return Advancing
	default:
		return Developing
	}
}

// Overdue returns for how long a deal that entered the closing band at since
// has outstayed ClosingPatience at now; 0 when it has not.
func Overdue(since, now time.Time) time.Duration {
	return max(0, now.Sub(since.Add(ClosingPatience)))
}
