package scoring

import "time"

// A Reply is what a rep said to one criterion's question.
type Reply int

// The replies. The zero value means that the question was never answered.
const (
	Unasked Reply = iota
	Yes
	Unsure
	No
)

var replyIDs = [...]string{"", "yes", "unsure", "no"}

// String returns the reply's id: "yes", "unsure", "no", or "" when unasked.
func (r Reply) String() string { return replyIDs[r] }

// ParseReply returns the reply with the given id; ok is false for anything but
// "yes", "unsure" and "no".
func ParseReply(id string) (r Reply, ok bool) {
	for i, known := range replyIDs {
		if i > 0 && known == id {
			return Reply(i), true
		}
	}
	return Unasked, false
}

// points is what a reply is worth: yes 2, not sure 1, no and never asked 0.
func (r Reply) points() int {
	switch r {
	case Yes:
		return 2
	case Unsure:
		return 1
	default:
		return 0
	}
}

// An Answer is the latest word on one criterion. Its zero value means that the
// question was neither answered nor skipped.
type Answer struct {
	Reply Reply `json:"reply,omitempty"`
	// At is when the reply was given; zero while Unasked.
	At time.Time `json:"at,omitzero"`
	// Rev is the deal's revision that recorded the reply, and with it the
	// evidence. It orders answers and direct scores among themselves, because two
	// may share one instant.
	Rev int64 `json:"rev,omitempty"`
	// Skipped is when the question was last skipped. A skip is worth no points
	// and leaves the reply as it is.
	Skipped time.Time `json:"skipped,omitzero"`
}

// A Direct is a pillar score that a rep gave without answering questions.
type Direct struct {
	Given bool `json:"given,omitempty"`
	// Points is 0 to 5.
	Points int       `json:"points,omitempty"`
	At     time.Time `json:"at,omitzero"`
	Rev    int64     `json:"rev,omitempty"`
}
