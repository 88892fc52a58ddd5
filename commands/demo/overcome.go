package demo

import (
	"fifteen/scoring"
	"fifteen/storage"
)

// Of so many in a hundred larger contracts it is known what was overcome; in so
// many of those it was nothing.
const (
	explained = 62
	unopposed = 20
)

// overcome are the weights of the reasons that were overcome, in the method's
// order.
var overcome = []int{14, 24, 30, 8, 8, 3, 13}

// won ends a larger contract, and often says what had stood against it.
func (s *story) won() []act {
	acts := []act{win(scoring.Money{})}
	switch {
	case !s.chance(explained):
		return acts
	case s.chance(unopposed):
		return append(acts, overcame(storage.NoObjection, ""))
	}
	reason := scoring.Reasons[s.pick(overcome)]
	return append(acts, overcame(reason, s.firm.fill(s.words.draw("overcame "+string(reason)))))
}

func overcame(reason scoring.Reason, how string) act {
	return change("overcame", func(d *storage.Deal, _ storage.Author) {
		d.Overcame = storage.Objection{Reason: reason, How: how}
	})
}
