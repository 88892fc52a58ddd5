package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fifteen/scoring"
)

// Undo reverses a change by appending one that sets everything back, and with it
// all other changes that the same line made. It returns ErrMoved when somebody
// else has changed the same thing since, and ErrNotFound when the workspace has
// no such change. Undoing an undo does the change again.
func (tx *Tx) Undo(ctx context.Context, c Change, by Author) error {
	c, err := tx.change(ctx, c.ID)
	if err == nil && c.Line != 0 {
		err = tx.undoLine(ctx, c.Line, by)
	} else if err == nil {
		err = tx.undo(ctx, c, by)
	}
	if err != nil {
		return fmt.Errorf("undo change %d: %w", c.ID, err)
	}
	return nil
}

// undoLine reverses all changes of a line, the newest first.
func (tx *Tx) undoLine(ctx context.Context, line int64, by Author) error {
	changes, err := tx.lineChanges(ctx, line)
	if err != nil {
		return err
	}
	return tx.together(ctx, func() error {
		for _, c := range changes {
			if err := tx.undo(ctx, c, by); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) undo(ctx context.Context, c Change, by Author) error {
	switch kind, _, _ := strings.Cut(c.Subject, "/"); kind {
	case subjectDeal:
		return tx.undoDeal(ctx, c, by)
	case subjectSettings:
		return tx.undoSettings(ctx, c, by)
	case "target":
		return tx.undoTarget(ctx, c, by)
	case members.name:
		return members.undo(ctx, tx, c, by)
	case companies.name:
		return companies.undo(ctx, tx, c, by)
	case products.name:
		return products.undo(ctx, tx, c, by)
	case activities.name:
		return activities.undo(ctx, tx, c, by)
	case decisions.name:
		return decisions.undo(ctx, tx, c, by)
	case reminders.name:
		return reminders.undo(ctx, tx, c, by)
	case schedules.name:
		return schedules.undo(ctx, tx, c, by)
	case checkins.name:
		return checkins.undo(ctx, tx, c, by)
	default:
		return fmt.Errorf("unknown subject %q", c.Subject)
	}
}

func (tx *Tx) undoDeal(ctx context.Context, c Change, by Author) error {
	deal, err := tx.anyDeal(ctx, c.Deal)
	if err != nil {
		return err
	}
	switch {
	case c.Diff.has("deleted"):
		err = tx.untouched(ctx, c)
	case deal.Deleted:
		err = ErrMoved
	}
	if err != nil {
		return err
	}
	if c.Diff.has(noteField) {
		return tx.undoNote(ctx, deal, c, by)
	}
	after := deal
	if err := revert(dealFields, &after, c.Diff, "since"); err != nil {
		return err
	}
	if after.outlived() {
		return ErrMoved
	}
	if since, ok := c.Diff["since"]; ok {
		if err := tx.restoreSince(deal, &after, since, by); err != nil {
			return err
		}
	}
	after, err = tx.saveDeal(ctx, deal, after, by, c)
	if err != nil {
		return err
	}
	return tx.undoAnswers(ctx, deal, after, c, by)
}

// restoreSince sets when the deal entered its band to what it was before the
// change, unless others have moved the band meanwhile.
func (tx *Tx) restoreSince(now Deal, after *Deal, values [2]json.RawMessage, by Author) error {
	was := *after
	if err := json.Unmarshal(values[0], &was.BandSince); err != nil {
		return fmt.Errorf("revert since: %w", err)
	}
	current, err := json.Marshal(now.BandSince)
	if err != nil {
		return fmt.Errorf("compare since: %w", err)
	}
	switch {
	case string(current) == string(values[1]):
		after.BandSince = was.BandSince
	case scoring.BandOf(after.Card.Total()) != now.Band():
		after.BandSince = by.At.UTC()
	}
	return nil
}

// untouched returns ErrMoved when somebody else has changed the deal since c.
func (tx *Tx) untouched(ctx context.Context, c Change) error {
	var others int64
	err := tx.one(ctx, &others, `SELECT count(*) FROM changes
		WHERE workspace_id = ? AND deal = ? AND deal > 0 AND rev > ? AND member_id <> ?`,
		tx.workspace, c.Deal, c.Rev, c.Author.Member)
	if err == nil && others > 0 {
		err = ErrMoved
	}
	return err
}

// undoAnswers appends a row for each answer that the change had given.
func (tx *Tx) undoAnswers(ctx context.Context, before, after Deal, c Change, by Author) error {
	h := history{tx: tx, before: before, after: after, by: by, undoes: c.Rev}
	for _, criterion := range scoring.Criteria {
		if !c.Diff.has(answerField(criterion)) {
			continue
		}
		reply := after.Card.Answers[criterion].Reply.String()
		if err := h.insert(ctx, "answers", "criterion, reply, evidence", "?, ?, ''", criterion.String(), reply); err != nil {
			return fmt.Errorf("undo answer %s: %w", criterion, err)
		}
	}
	return nil
}

// unmarshalPair reads the two values of a diff's field.
func unmarshalPair(values [2]json.RawMessage, before, after any) error {
	if err := json.Unmarshal(values[0], before); err != nil {
		return fmt.Errorf("read value before: %w", err)
	}
	if err := json.Unmarshal(values[1], after); err != nil {
		return fmt.Errorf("read value after: %w", err)
	}
	return nil
}
