package scoring

import (
	"slices"
	"time"
)

// A Whereabouts is where a deal is with regard to the closing band.
type Whereabouts string

// The whereabouts. A deal is in the band, or is not for the reason that they
// name; one that was deleted is nothing else besides, one that has ended is not
// below.
const (
	InBand          Whereabouts = "in"
	BelowBand       Whereabouts = "below"
	BandWon         Whereabouts = "won"
	BandLost        Whereabouts = "lost"
	BandUnqualified Whereabouts = "disqualified"
	BandDeleted     Whereabouts = "deleted"
)

// Out returns where a deal that has ended so is, and BelowBand of an open one.
func (o Outcome) Out() Whereabouts {
	switch o {
	case Won:
		return BandWon
	case Lost:
		return BandLost
	case Disqualified:
		return BandUnqualified
	default:
		return BelowBand
	}
}

// A ClosingState is what the closing band knows of a deal at one moment.
type ClosingState struct {
	Where Whereabouts
	// Score is 0 to 15.
	Score int
	// Amount is counted while the deal is in the band; an unknown one counts 0.
	Amount Money
	// Owner is a member's id.
	Owner int64
}

// counts tells whether the deal is in the band for an owner, 0 for the team.
func (s ClosingState) counts(owner int64) bool {
	return s.Where == InBand && (owner == 0 || s.Owner == owner)
}

// A ClosingChange is one change of a deal that was in the closing band before it
// or was after it.
type ClosingChange struct {
	// Rev is the deal's revision that the change made, Undoes the one that it took
	// back, or 0.
	Rev, Undoes   int64
	At            time.Time
	Before, After ClosingState
}

// A ClosingPast is how a deal stands towards the closing band now, and how that
// came about since some moment in the past, which is called its beginning.
type ClosingPast struct {
	Deal    int64
	Created time.Time
	Now     ClosingState
	// Changes are those after the beginning, by revision.
	Changes []ClosingChange
}

// At returns how the deal stood at a moment, the beginning or a later one. Of a
// deal that was out of the band only that is certain: what became of it outside
// is known as of now.
func (p ClosingPast) At(moment time.Time) ClosingState {
	for _, change := range p.Changes {
		if change.At.After(moment) {
			return change.Before
		}
	}
	return p.Now
}

// between returns the changes after one moment and until another, without those
// that were taken back in that time, and without what took them back.
func (p ClosingPast) between(from, to time.Time) []ClosingChange {
	var changes []ClosingChange
	for _, change := range p.Changes {
		if change.At.After(from) && !change.At.After(to) {
			changes = append(changes, change)
		}
	}
	return standing(changes)
}

// entry returns the last of the changes that took a deal into the band, nil when
// none did.
func entry(changes []ClosingChange, owner int64) *ClosingChange {
	for i, change := range slices.Backward(changes) {
		if !change.Before.counts(owner) && change.After.counts(owner) {
			return &changes[i]
		}
	}
	return nil
}

// leaves tells whether one of the changes took a deal out of the band.
func leaves(changes []ClosingChange, owner int64) bool {
	return slices.ContainsFunc(changes, func(c ClosingChange) bool { return c.Before.counts(owner) && !c.After.counts(owner) })
}

// standing leaves out what was undone. An undo of an undo does the change again,
// so that it stands.
func standing(changes []ClosingChange) []ClosingChange {
	origin, gone := map[int64]int64{}, map[int64]bool{}
	for _, change := range changes {
		first, known := origin[change.Undoes]
		if !known {
			origin[change.Rev] = change.Rev
			continue
		}
		origin[change.Rev], gone[change.Rev] = first, true
		gone[first] = !gone[first]
	}
	var kept []ClosingChange
	for _, change := range changes {
		if !gone[change.Rev] {
			kept = append(kept, change)
		}
	}
	return kept
}
