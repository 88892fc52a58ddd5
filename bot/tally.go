package bot

// An Outcome is what became of a post when it was to be sent.
type Outcome int

// The outcomes.
const (
	// Sent: it went out and that was recorded.
	Sent Outcome = iota
	// SentAgain: the same for a post that may have been sent before, because a
	// program ended, or a connection broke, between sending and recording. It may
	// be there twice.
	SentAgain
	// Delayed: it is tried again later.
	Delayed
	// Dropped: it will never be sent.
	Dropped
)

var outcomeIDs = [...]string{"sent", "sent_again", "delayed", "dropped"}

// String returns the outcome's id: "sent", "sent_again", "delayed" or "dropped".
func (o Outcome) String() string { return outcomeIDs[o] }

// Outcomes returns all outcomes in their order.
func Outcomes() []Outcome { return []Outcome{Sent, SentAgain, Delayed, Dropped} }

// A Tally is told what becomes of each post. It is called from many goroutines.
// A nil Tally counts nothing.
type Tally func(platform string, outcome Outcome)

// Count tells the tally, if there is one.
func (t Tally) Count(platform string, outcome Outcome) {
	if t != nil {
		t(platform, outcome)
	}
}
