package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fifteen/scoring"
)

// A Target is what a month should bring, for the team or for one rep.
type Target struct {
	// Month is such as "2026-12".
	Month string
	// Member is 0 for the team.
	Member int64
	Amount scoring.Money
}

func (t Target) subject() string {
	return fmt.Sprintf("target/%s/%d/%s", t.Month, t.Member, t.Amount.Currency)
}

// targetFields are the parts of a target that changes name; an unset target has
// an amount of -1.
var targetFields = fields[Target]{
	"amount": func(t *Target) any { return &t.Amount.Minor },
}

// unset marks a target that nobody has set.
const unset = -1

// Target returns a month's target in a currency; ok is false when none is set.
func (tx *Tx) Target(ctx context.Context, month string, member int64, currency string) (t Target, ok bool, err error) {
	t = Target{Month: month, Member: member, Amount: scoring.Money{Currency: currency}}
	err = tx.one(ctx, &t.Amount.Minor, `SELECT amount FROM targets
		WHERE workspace_id = ? AND month = ? AND member_id = ? AND currency = ?`+tx.forUpdate(),
		tx.workspace, month, member, currency)
	if errors.Is(err, ErrNotFound) {
		return t, false, nil
	}
	if err != nil {
		return Target{}, false, fmt.Errorf("read target of %s: %w", month, err)
	}
	return t, true, nil
}

// Targets returns all targets of a month for the team or a member, by currency.
func (tx *Tx) Targets(ctx context.Context, month string, member int64) ([]Target, error) {
	var rows []struct {
		Currency string
		Amount   int64
	}
	err := tx.scan(ctx, &rows, `SELECT currency, amount FROM targets
		WHERE workspace_id = ? AND month = ? AND member_id = ? ORDER BY currency`, tx.workspace, month, member)
	if err != nil {
		return nil, fmt.Errorf("list targets of %s: %w", month, err)
	}
	targets := make([]Target, len(rows))
	for i, row := range rows {
		targets[i] = Target{Month: month, Member: member, Amount: scoring.Money{Minor: row.Amount, Currency: row.Currency}}
	}
	return targets, nil
}

// SetTarget sets a month's target in the amount's currency. Nothing is stored
// when nothing has changed.
func (tx *Tx) SetTarget(ctx context.Context, t Target, by Author) error {
	return tx.saveTarget(ctx, t, by, 0)
}

// SetTargets sets several targets, which are taken back together.
func (tx *Tx) SetTargets(ctx context.Context, all []Target, by Author) error {
	return tx.together(ctx, func() error {
		for _, t := range all {
			if err := tx.SetTarget(ctx, t, by); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) saveTarget(ctx context.Context, after Target, by Author, undoes int64) error {
	before, ok, err := tx.Target(ctx, after.Month, after.Member, after.Amount.Currency)
	if err != nil {
		return err
	}
	if !ok {
		before.Amount.Minor = unset
	}
	diff, err := diffOf(targetFields, &before, &after)
	if err != nil || len(diff) == 0 {
		return err
	}
	if after.Amount.Minor == unset {
		_, err = tx.exec(ctx, "DELETE FROM targets WHERE workspace_id = ? AND month = ? AND member_id = ? AND currency = ?",
			tx.workspace, after.Month, after.Member, after.Amount.Currency)
	} else {
		_, err = tx.exec(ctx, `INSERT INTO targets (workspace_id, month, member_id, currency, amount) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (workspace_id, month, member_id, currency) DO UPDATE SET amount = excluded.amount`,
			tx.workspace, after.Month, after.Member, after.Amount.Currency, after.Amount.Minor)
	}
	if err != nil {
		return fmt.Errorf("set target of %s: %w", after.Month, err)
	}
	return tx.record(ctx, Change{Subject: after.subject(), Diff: diff, Undoes: undoes}, by)
}

func (tx *Tx) undoTarget(ctx context.Context, c Change, by Author) error {
	var t Target
	_, err := fmt.Sscanf(strings.ReplaceAll(c.Subject, "/", " "), "target %s %d %s", &t.Month, &t.Member, &t.Amount.Currency)
	if err != nil {
		return fmt.Errorf("read subject %q: %w", c.Subject, err)
	}
	t, ok, err := tx.Target(ctx, t.Month, t.Member, t.Amount.Currency)
	if err != nil {
		return err
	}
	if !ok {
		t.Amount.Minor = unset
	}
	if err := revert(targetFields, &t, c.Diff); err != nil {
		return err
	}
	return tx.saveTarget(ctx, t, by, c.ID)
}
