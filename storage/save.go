package storage

import (
	"context"
	"fmt"

	"fifteen/scoring"
)

// AddDeal stores a new deal with the next number, at revision 1, and returns
// it. The company is found or created by its folded name.
func (tx *Tx) AddDeal(ctx context.Context, d Deal, by Author) (Deal, error) {
	home, err := tx.Workspace(ctx)
	if err != nil {
		return Deal{}, err
	}
	if d.Number, err = tx.next(ctx, "deal"); err != nil {
		return Deal{}, err
	}
	if d.Company, err = tx.company(ctx, d.Name, d.Key, by); err != nil {
		return Deal{}, err
	}
	d.Outcome, d.Revision, d.Deleted = scoring.Open, 1, false
	d.CreatedAt, d.CreatedBy, d.BandSince = by.At, by.Member, by.At
	d = d.stored()
	row, err := rowOf(d, home.worth(d.Amount))
	if err != nil {
		return Deal{}, err
	}
	if err := tx.insertDeal(ctx, row); err != nil {
		return Deal{}, fmt.Errorf("add deal %d: %w", d.Number, err)
	}
	before := d
	before.Deleted = true
	diff, err := diffOf(dealFields, &before, &d)
	if err != nil {
		return Deal{}, err
	}
	if err := tx.record(ctx, Change{Subject: subjectDeal, Deal: d.Number, Rev: d.Revision, Diff: diff}, by); err != nil {
		return Deal{}, err
	}
	if err := (history{tx: tx, before: before, after: d, by: by}).closing(ctx); err != nil {
		return Deal{}, fmt.Errorf("add deal %d: %w", d.Number, err)
	}
	return d, tx.keepTrack(ctx, before, d, diff, by.At)
}

// SaveDeal stores what has changed between before, as it was read, and after,
// appends to the histories, and returns the deal as it is stored, one revision
// on. It returns ErrMoved when the deal has another revision by now. Nothing is
// stored when nothing has changed. A deal that is not open waits no longer.
func (tx *Tx) SaveDeal(ctx context.Context, before, after Deal, by Author) (Deal, error) {
	if !after.Open() {
		after.WaitOn, after.WaitWhy = "", ""
	}
	return tx.saveDeal(ctx, before, after, by, Change{})
}

// saveDeal stores a change of a deal; undone is the change that it reverses, or
// zero.
func (tx *Tx) saveDeal(ctx context.Context, before, after Deal, by Author, undone Change) (Deal, error) {
	if !before.Card.Scored() && !before.Standing.ScoredAt.IsZero() {
		return Deal{}, fmt.Errorf("save deal %d: it was read from a list, without its card", before.Number)
	}
	after.Revision = before.Revision + 1
	after = after.stored()
	if undone.ID == 0 && (before.Band() != after.Band() || !before.Open() && after.Open()) {
		after.BandSince = instant(by.At)
	}
	diff, err := diffOf(dealFields, &before, &after)
	if err != nil {
		return Deal{}, err
	}
	if len(diff) == 0 {
		return before, nil
	}
	if diff.has("key") {
		if after.Company, err = tx.company(ctx, after.Name, after.Key, by); err != nil {
			return Deal{}, err
		}
	}
	if err := tx.updateDeal(ctx, before, after); err != nil {
		return Deal{}, err
	}
	change := Change{Subject: subjectDeal, Deal: after.Number, Rev: after.Revision, Diff: diff, Undoes: undone.ID}
	if err := tx.record(ctx, change, by); err != nil {
		return Deal{}, err
	}
	if before.followOn() != after.followOn() || diff.has("owner") || diff.has("deleted") {
		if err := tx.plan(ctx, PlanDeal, after.Number); err != nil {
			return Deal{}, err
		}
	}
	h := history{tx: tx, before: before, after: after, by: by, undoes: undone.Rev, redo: undone.Undoes != 0, undone: undone}
	if err := h.write(ctx); err != nil {
		return Deal{}, err
	}
	if err := h.keepRefusal(ctx); err != nil {
		return Deal{}, err
	}
	if undone.ID != 0 && moving(diff) {
		return after, tx.retrack(ctx, before, after)
	}
	return after, tx.keepTrack(ctx, before, after, diff, by.At)
}

// company returns the id of the company of that name, and creates it if there
// is none.
func (tx *Tx) company(ctx context.Context, name, key string, by Author) (int64, error) {
	var id int64
	err := tx.one(ctx, &id, `INSERT INTO companies (workspace_id, name, key, created_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (workspace_id, key) DO UPDATE SET key = excluded.key RETURNING id`,
		tx.workspace, name, key, by.At.UTC())
	if err != nil {
		return 0, fmt.Errorf("find or add company %q: %w", name, err)
	}
	return id, nil
}

func (tx *Tx) insertDeal(ctx context.Context, r dealRow) error {
	_, err := tx.exec(ctx, `INSERT INTO deals (workspace_id, number, company_id, name, key, owner_id, amount, currency,
		worth, close_on, step, outcome, ended_at, reason, words, next_step, next_step_on, card, pain, power, fit, score,
		yeses, lift_at, doubt_at, ask_at, scored_at, band_since, created_at, created_by, deleted, revision,
		aftermath, overcame, overcame_how, follow_on, wait_on, wait_why)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.workspace, r.Number, r.CompanyID, r.Name, r.Key, r.OwnerID, r.Amount, r.Currency,
		r.Worth, r.CloseOn, r.Step, r.Outcome, r.EndedAt, r.Reason, r.Words, r.NextStep, r.NextStepOn, r.Card,
		r.Pain, r.Power, r.Fit, r.Score, r.Yeses, r.LiftAt, r.DoubtAt, r.AskAt, r.ScoredAt, r.BandSince,
		r.CreatedAt, r.CreatedBy, r.Deleted, r.Revision, r.Aftermath, r.Overcame, r.OvercameHow, r.FollowOn,
		r.WaitOn, r.WaitWhy)
	return err
}

func (tx *Tx) updateDeal(ctx context.Context, before, after Deal) error {
	home, err := tx.Workspace(ctx)
	if err != nil {
		return err
	}
	r, err := rowOf(after, home.worth(after.Amount))
	if err != nil {
		return err
	}
	n, err := tx.exec(ctx, `UPDATE deals SET company_id = ?, name = ?, key = ?, owner_id = ?, amount = ?, currency = ?,
		worth = ?, close_on = ?, step = ?, outcome = ?, ended_at = ?, reason = ?, words = ?, next_step = ?,
		next_step_on = ?, card = ?, pain = ?, power = ?, fit = ?, score = ?, yeses = ?, lift_at = ?, doubt_at = ?,
		ask_at = ?, scored_at = ?, band_since = ?, deleted = ?, revision = ?, aftermath = ?, overcame = ?,
		overcame_how = ?, follow_on = ?, wait_on = ?, wait_why = ?
		WHERE workspace_id = ? AND number = ? AND revision = ?`,
		r.CompanyID, r.Name, r.Key, r.OwnerID, r.Amount, r.Currency, r.Worth, r.CloseOn, r.Step, r.Outcome, r.EndedAt,
		r.Reason, r.Words, r.NextStep, r.NextStepOn, r.Card, r.Pain, r.Power, r.Fit, r.Score, r.Yeses, r.LiftAt,
		r.DoubtAt, r.AskAt, r.ScoredAt, r.BandSince, r.Deleted, r.Revision, r.Aftermath, r.Overcame, r.OvercameHow,
		r.FollowOn, r.WaitOn, r.WaitWhy, tx.workspace, r.Number, before.Revision)
	if err == nil && n == 0 {
		err = ErrMoved
	}
	if err != nil {
		return fmt.Errorf("save deal %d: %w", after.Number, err)
	}
	return nil
}
