package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"fifteen/scoring"
)

// history appends the rows that one change of a deal leaves behind.
type history struct {
	tx            *Tx
	before, after Deal
	by            Author
	// undoes is the revision that the change reverses, or 0; redo says that what
	// it reverses was itself an undo.
	undoes int64
	redo   bool
	// undone is the change behind undoes, where it is one of the deal's own.
	undone Change
}

func (h history) write(ctx context.Context) error {
	for _, part := range []func(context.Context) error{h.score, h.claim, h.closing, h.step, h.refusal} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("write history of deal %d: %w", h.after.Number, err)
		}
	}
	return nil
}

// insert appends a row: the columns that all histories share, and its own.
func (h history) insert(ctx context.Context, table, columns, marks string, values ...any) error {
	_, err := h.tx.exec(ctx, "INSERT INTO "+table+` (workspace_id, deal, rev, member_id, at, platform, chat, undoes, `+
		columns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, "+marks+")",
		append([]any{
			h.tx.workspace, h.after.Number, h.after.Revision, h.by.Member, h.by.At.UTC(), h.by.Platform, h.by.Chat, h.undoes,
		}, values...)...)
	return err
}

// score keeps every score as it stood, and whether it was given directly.
func (h history) score(ctx context.Context) error {
	direct := h.before.Card.Direct != h.after.Card.Direct
	b, a := h.before.Standing, h.after.Standing
	if !direct && b.Pain == a.Pain && b.Power == a.Power && b.Fit == a.Fit {
		return nil
	}
	return h.insert(ctx, "scores", "pain, power, fit, total, direct", "?, ?, ?, ?, ?", a.Pain, a.Power, a.Fit, a.Total, direct)
}

// claim keeps every entry of an open deal into the closing band. An undo takes
// a claim back with a row that reverses it, and makes none of its own.
func (h history) claim(ctx context.Context) error {
	was := h.before.Open() && h.before.Band() == scoring.Closing
	is := h.after.Open() && h.after.Band() == scoring.Closing
	entered := !was && is && (h.undoes == 0 || h.redo)
	left := was && !is && h.undoes != 0
	if !entered && !left {
		return nil
	}
	return h.insert(ctx, "claims", "total, amount, currency, owner_id", "?, ?, ?, ?",
		h.after.Standing.Total, h.after.Amount.Minor, h.after.Amount.Currency, h.after.Owner)
}

func (h history) step(ctx context.Context) error {
	if h.before.Step == h.after.Step {
		return nil
	}
	return h.insert(ctx, "step_changes", "from_step, to_step", "?, ?", string(h.before.Step), string(h.after.Step))
}

// refusal keeps every no with its reason, and every no that was taken back.
func (h history) refusal(ctx context.Context) error {
	was, is := h.before.Outcome == scoring.Lost, h.after.Outcome == scoring.Lost
	said := h.after
	switch {
	case is && !(was && same(h.before.Refusal(), h.after.Refusal())):
	case was && !is && h.undoes != 0:
		said = h.before
	default:
		return nil
	}
	aftermath, err := json.Marshal(said.Aftermath)
	if err != nil {
		return fmt.Errorf("write aftermath: %w", err)
	}
	return h.insert(ctx, "refusal_changes", "reason, words, step, aftermath", "?, ?, ?, ?",
		string(said.Reason), said.Words, string(said.Step), string(aftermath))
}

// same tells whether nothing new is known of a no.
func same(a, b scoring.Refusal) bool {
	return a.Reason == b.Reason && a.Words == b.Words && a.Probe == b.Probe && a.Product == b.Product &&
		a.Winner == b.Winner && a.Return == b.Return && a.Door == b.Door && slices.Equal(a.Skipped, b.Skipped)
}
