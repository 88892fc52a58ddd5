package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fifteen/scoring"
)

// keepRefusal keeps the row of a no as it stands now: one row for each time that
// a deal was lost. A no that was taken back by an undo was never said; one that
// was followed by a reopening stays, with the day on which the customer came
// back.
func (h history) keepRefusal(ctx context.Context) error {
	was, is := h.before.Outcome == scoring.Lost, h.after.Outcome == scoring.Lost
	var err error
	if was && !(is && h.before.EndedAt.Equal(h.after.EndedAt)) {
		err = h.leaveRefusal(ctx)
	}
	if err == nil && is && !(was && same(h.before.Refusal(), h.after.Refusal())) {
		err = h.saveRefusal(ctx)
	}
	if err == nil && h.before.Deleted != h.after.Deleted {
		_, err = h.tx.exec(ctx, "UPDATE refusals SET deleted = ? WHERE workspace_id = ? AND deal = ?",
			h.after.Deleted, h.tx.workspace, h.after.Number)
	}
	if err != nil {
		return fmt.Errorf("keep refusal of deal %d: %w", h.after.Number, err)
	}
	return nil
}

// leaveRefusal ends the no that the deal had.
func (h history) leaveRefusal(ctx context.Context) error {
	unsaid, err := h.unsays(ctx)
	switch {
	case err != nil:
		return err
	case unsaid:
		_, err = h.tx.exec(ctx, "DELETE FROM refusals WHERE workspace_id = ? AND deal = ? AND at = ?",
			h.tx.workspace, h.after.Number, h.before.EndedAt.UTC())
	default:
		_, err = h.tx.exec(ctx, "UPDATE refusals SET back_at = ? WHERE workspace_id = ? AND deal = ? AND at = ?",
			h.by.At.UTC(), h.tx.workspace, h.after.Number, h.before.EndedAt.UTC())
	}
	return err
}

// unsays tells whether a no is taken back as one that was never said, and not
// followed by a customer who came back: what is undone began with the no.
func (h history) unsays(ctx context.Context) (bool, error) {
	if h.undone.ID == 0 {
		return false, nil
	}
	origin, err := h.tx.Origin(ctx, h.undone)
	if err != nil {
		return false, err
	}
	var was, is scoring.Outcome
	if err := unmarshalPair(origin.Diff["outcome"], &was, &is); err != nil {
		return false, err
	}
	return is == scoring.Lost, nil
}

// saveRefusal writes the no that the deal has. Whose it was and at which step
// stays as it was when it was said.
func (h history) saveRefusal(ctx context.Context) error {
	d := h.after
	_, err := h.tx.exec(ctx, `INSERT INTO refusals
		(workspace_id, deal, at, owner_id, step, reason, words, probe, product, winner, door, back_at, deleted)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE)
		ON CONFLICT (workspace_id, deal, at) DO UPDATE SET reason = excluded.reason, words = excluded.words,
			probe = excluded.probe, product = excluded.product, winner = excluded.winner, door = excluded.door,
			back_at = excluded.back_at`,
		h.tx.workspace, d.Number, d.EndedAt.UTC(), d.Owner, string(d.Step), string(d.Reason), d.Words,
		string(d.Aftermath.Probe), d.Aftermath.Product, string(d.Aftermath.Winner.Kind), string(d.Aftermath.Door.State),
		scoring.Never)
	return err
}

// A RefusalTotal counts noes that are alike.
type RefusalTotal struct {
	Reason scoring.Reason
	Probe  scoring.Probe
	// Had says that the customer missed what we have.
	Had    bool
	Owner  int64 `gorm:"column:owner_id"`
	Step   scoring.Step
	Winner scoring.WinnerKind
	Door   scoring.DoorState
	// Back says that the customer came back.
	Back  bool
	Count int
}

// Refusal returns what the counted noes have in common.
func (t RefusalTotal) Refusal() scoring.Refusal {
	r := scoring.Refusal{Reason: t.Reason, Aftermath: scoring.Aftermath{Probe: t.Probe}}
	r.Winner.Kind, r.Door.State = t.Winner, t.Door
	if t.Had {
		r.Product = 1
	}
	return r
}

// RefusalTotals counts the noes that were said from one moment to before
// another, also of deals that were reopened since. An owner of 0 means
// anybody's.
func (tx *Tx) RefusalTotals(ctx context.Context, owner int64, from, to time.Time) ([]RefusalTotal, error) {
	var totals []RefusalTotal
	where, args := tx.owned(owner)
	err := tx.scan(ctx, &totals, `SELECT reason, probe, product <> 0 AS had, owner_id, step, winner, door,
		back_at < ? AS back, count(*) AS count FROM refusals
		WHERE `+where+` AND NOT deleted AND at >= ? AND at < ?
		GROUP BY reason, probe, had, owner_id, step, winner, door, back
		ORDER BY reason, probe, owner_id, step, winner, door, count(*)`,
		slices.Concat([]any{scoring.Never}, args, []any{from.UTC(), to.UTC()})...)
	if err != nil {
		return nil, fmt.Errorf("count refusals: %w", err)
	}
	return totals, nil
}

// A SaidNo is a no with the deal that it was said about.
type SaidNo struct {
	Deal  int64
	Name  string
	Owner int64 `gorm:"column:owner_id"`
	// Holder owns the deal now, with its name and its words.
	Holder  int64
	At      time.Time
	Reason  scoring.Reason
	Probe   scoring.Probe
	Product int64
	Words   string
}

// Refusal returns why the customer said no.
func (n SaidNo) Refusal() scoring.Refusal {
	return scoring.Refusal{
		Reason: n.Reason, Words: n.Words, Aftermath: scoring.Aftermath{Probe: n.Probe, Product: n.Product},
	}
}

// Refusals returns the noes that were said from one moment to before another,
// also of deals that were reopened since; newest first, at most limit. An owner
// of 0 means anybody's.
func (tx *Tx) Refusals(ctx context.Context, owner int64, from, to time.Time, limit int) ([]SaidNo, error) {
	return tx.saidNoes(ctx, owner, from, to, limit, "")
}

// FlaggedRefusals are those of Refusals behind whose supplier no reason was
// found, or whose customer missed what we have.
func (tx *Tx) FlaggedRefusals(ctx context.Context, owner int64, from, to time.Time, limit int) ([]SaidNo, error) {
	return tx.saidNoes(ctx, owner, from, to, limit, " AND (r.reason = ? AND r.probe = ? OR r.reason = ? AND r.product <> 0)",
		string(scoring.HasSupplier), string(scoring.NoneOfThese), string(scoring.Unsuitable))
}

func (tx *Tx) saidNoes(
	ctx context.Context, owner int64, from, to time.Time, limit int, condition string, values ...any,
) ([]SaidNo, error) {
	var found []SaidNo
	args := append([]any{tx.workspace, from.UTC(), to.UTC(), owner, owner}, values...)
	err := tx.scan(ctx, &found, `SELECT r.deal, d.name, r.owner_id, d.owner_id AS holder, r.at, r.reason, r.probe, r.product, r.words
		FROM refusals r JOIN deals d ON d.workspace_id = r.workspace_id AND d.number = r.deal
		WHERE r.workspace_id = ? AND NOT r.deleted AND r.at >= ? AND r.at < ? AND (? = 0 OR r.owner_id = ?)`+condition+`
		ORDER BY r.at DESC, r.deal LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list refusals: %w", err)
	}
	for i := range found {
		found[i].At = found[i].At.UTC()
	}
	return found, nil
}
