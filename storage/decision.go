package storage

import (
	"context"
	"time"

	"fifteen/scoring"
)

// A Decision is what was agreed about a rep's problem step: why it is so, and
// what will be done.
type Decision struct {
	// Number is the decision's name in lines, counted from 1 per workspace.
	Number int64
	// Member is the rep that it is about.
	Member int64 `gorm:"column:member_id"`
	Step   scoring.Step
	Why    string
	What   string
	// At is when it was taken, and MadeBy the member who took it.
	At     time.Time
	MadeBy int64
	// Moved of Decided companies had moved on to the step, as it was seen then.
	Moved, Decided int
	// Reviews is how many of the two reviews were seen: 0 to 2.
	Reviews int
	Deleted bool
	// Revision counts the decision's changes, from 1.
	Revision int64
}

var decisions = noun[Decision]{name: "decision", table: "decisions", id: "number", fields: fields[Decision]{
	"reviews": func(d *Decision) any { return &d.Reviews },
	"deleted": func(d *Decision) any { return &d.Deleted },
}}

func (d Decision) row() (id, revision int64, deleted bool) { return d.Number, d.Revision, d.Deleted }

func (d Decision) utc() Decision {
	d.At = d.At.UTC()
	return d
}

// AddDecision stores a new decision with the next number, taken by its author
// and not reviewed yet, and returns it.
func (tx *Tx) AddDecision(ctx context.Context, d Decision, by Author) (Decision, error) {
	var err error
	if d.Number, err = tx.next(ctx, decisions.name); err != nil {
		return Decision{}, err
	}
	d.At, d.MadeBy, d.Reviews, d.Deleted, d.Revision = instant(by.At), by.Member, 0, false, 1
	none := d
	none.Deleted = true
	err = decisions.add(ctx, tx, none, d, by, "member_id, step, why, what, at, made_by, moved, decided, reviews, deleted",
		d.Member, string(d.Step), d.Why, d.What, d.At, d.MadeBy, d.Moved, d.Decided, d.Reviews, d.Deleted)
	if err != nil {
		return Decision{}, err
	}
	return d, nil
}

// Decision returns the decision with that number, or ErrNotFound, also when it
// was deleted. In a Write the row is locked until the end of the transaction.
func (tx *Tx) Decision(ctx context.Context, number int64) (Decision, error) {
	return decisions.get(ctx, tx, number)
}

// SaveDecision stores what has changed between before, as it was read, and
// after: how many reviews were seen, and whether the decision is deleted. It
// returns ErrMoved when the decision has changed since. Nothing is stored when
// nothing has changed.
func (tx *Tx) SaveDecision(ctx context.Context, before, after Decision, by Author) error {
	return decisions.save(ctx, tx, before, after, by, 0)
}

// Decisions returns the decisions about a member, newest first, at most limit. A
// member of 0 means anybody.
func (tx *Tx) Decisions(ctx context.Context, member int64, limit int) ([]Decision, error) {
	condition, args := "NOT deleted", []any{}
	if member != 0 {
		condition, args = "NOT deleted AND member_id = ?", append(args, member)
	}
	return decisions.list(ctx, tx, condition+" ORDER BY at DESC, number DESC LIMIT ?", append(args, limit)...)
}

// DecisionsDue returns the decisions whose next review is due, oldest first:
// those without a review that were taken by the moment before1, and those with
// one that were taken by before2.
func (tx *Tx) DecisionsDue(ctx context.Context, before1, before2 time.Time) ([]Decision, error) {
	// The comparison with 2 lets the database use the partial index.
	return decisions.list(ctx, tx, `reviews < 2 AND NOT deleted
		AND (reviews = 0 AND at <= ? OR reviews = 1 AND at <= ?) ORDER BY at, number`, before1.UTC(), before2.UTC())
}
