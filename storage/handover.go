package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fifteen/scoring"
)

// HandOver gives all open deals of a member to another one and returns them as
// they are now, by number, without their cards. They are undone together. It
// returns ErrNotFound when the workspace has no such member to give them to.
func (tx *Tx) HandOver(ctx context.Context, from, to int64, by Author) ([]Deal, error) {
	if _, err := tx.Member(ctx, to); err != nil {
		return nil, err
	}
	var rows []dealRow
	err := tx.scan(ctx, &rows, `UPDATE deals SET owner_id = ?, revision = revision + 1 WHERE workspace_id = ?
		AND owner_id = ? AND owner_id <> ? AND outcome = 'open' AND NOT deleted RETURNING `+listColumns,
		to, tx.workspace, from, to)
	if err != nil {
		return nil, fmt.Errorf("hand over deals of member %d: %w", from, err)
	}
	deals, err := dealsOf(rows)
	if err != nil || len(deals) == 0 {
		return nil, err
	}
	slices.SortFunc(deals, func(a, b Deal) int { return cmp.Compare(a.Number, b.Number) })
	diff := fmt.Sprintf(`{"owner":[%d,%d]}`, from, to)
	return deals, tx.together(ctx, func() error {
		for _, d := range deals {
			if err := tx.recordRaw(ctx, Change{Subject: subjectDeal, Deal: d.Number, Rev: d.Revision}, diff, by); err != nil {
				return err
			}
			if err := tx.plan(ctx, PlanDeal, d.Number); err != nil {
				return err
			}
			was := d
			was.Owner = from
			if err := (history{tx: tx, before: was, after: d, by: by}).closing(ctx); err != nil {
				return fmt.Errorf("hand over deal %d: %w", d.Number, err)
			}
			move := scoring.Move{At: instant(by.At), Deal: d.Number, Rep: to, Kind: scoring.HandedOver}
			err := tx.editTrack(ctx, d.Company, func(track []scoring.Move) []scoring.Move { return addMoves(track, move) })
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// LineDeals returns the deals that one line changed together, by number, without
// their cards and without those that are deleted.
func (tx *Tx) LineDeals(ctx context.Context, line int64) ([]Deal, error) {
	return tx.deals(ctx, `workspace_id = ? AND NOT deleted AND number IN
		(SELECT deal FROM changes WHERE workspace_id = ? AND line = ? AND line > 0) ORDER BY number`,
		tx.workspace, tx.workspace, line)
}
