package storage

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// A Note is a remark on a deal.
type Note struct {
	Rev    int64
	Text   string
	Member int64 `gorm:"column:member_id"`
	At     time.Time
}

// noteField is how a diff names a note: the revision that wrote it, before and
// after.
const noteField = "note"

// AddNote appends a remark to a deal and returns the deal, one revision on.
func (tx *Tx) AddNote(ctx context.Context, d Deal, text string, by Author) (Deal, error) {
	before := d
	if err := tx.touch(ctx, &d); err != nil {
		return Deal{}, err
	}
	h := history{tx: tx, before: before, after: d, by: by}
	if err := h.insert(ctx, "notes", "text", "?", text); err != nil {
		return Deal{}, fmt.Errorf("add note to deal %d: %w", d.Number, err)
	}
	diff := `{"note":[0,` + strconv.FormatInt(d.Revision, 10) + `]}`
	return d, tx.recordRaw(ctx, Change{Subject: subjectDeal, Deal: d.Number, Rev: d.Revision}, diff, by)
}

// touch counts a change of the deal that is kept beside its row.
func (tx *Tx) touch(ctx context.Context, d *Deal) error {
	n, err := tx.exec(ctx, "UPDATE deals SET revision = ? WHERE workspace_id = ? AND number = ? AND revision = ?",
		d.Revision+1, tx.workspace, d.Number, d.Revision)
	if err == nil && n == 0 {
		err = ErrMoved
	}
	if err != nil {
		return fmt.Errorf("save deal %d: %w", d.Number, err)
	}
	d.Revision++
	return nil
}

// Notes returns a deal's remarks, newest first, at most limit, without those
// that were taken back.
func (tx *Tx) Notes(ctx context.Context, deal int64, limit int) ([]Note, error) {
	var notes []Note
	err := tx.scan(ctx, &notes, `SELECT rev, text, member_id, at FROM notes n
		WHERE workspace_id = ? AND deal = ? AND undoes = 0 AND NOT EXISTS (SELECT 1 FROM notes u
			WHERE u.workspace_id = n.workspace_id AND u.deal = n.deal AND u.undoes = n.rev)
		ORDER BY rev DESC LIMIT ?`, tx.workspace, deal, limit)
	if err != nil {
		return nil, fmt.Errorf("list notes of deal %d: %w", deal, err)
	}
	for i := range notes {
		notes[i].At = notes[i].At.UTC()
	}
	return notes, nil
}

// undoNote takes a note back, or puts back one that was taken back; each change
// of a note can be undone once.
func (tx *Tx) undoNote(ctx context.Context, d Deal, undone Change, by Author) error {
	var before, after int64
	if err := unmarshalPair(undone.Diff[noteField], &before, &after); err != nil {
		return err
	}
	var again int
	if err := tx.one(ctx, &again, "SELECT count(*) FROM changes WHERE workspace_id = ? AND deal = ? AND deal > 0 AND undoes = ?",
		tx.workspace, d.Number, undone.ID); err != nil {
		return err
	}
	if again > 0 {
		return ErrMoved
	}
	was := d
	if err := tx.touch(ctx, &d); err != nil {
		return err
	}
	text, diff := "", fmt.Sprintf(`{"note":[%d,0]}`, after)
	h := history{tx: tx, before: was, after: d, by: by, undoes: after}
	if before != 0 {
		row, err := tx.note(ctx, d.Number, before)
		if err != nil {
			return err
		}
		text, diff = row.Text, fmt.Sprintf(`{"note":[0,%d]}`, d.Revision)
		h.undoes, h.by.Member, h.by.At = 0, row.Member, row.At
	}
	if err := h.insert(ctx, "notes", "text", "?", text); err != nil {
		return fmt.Errorf("undo note of deal %d: %w", d.Number, err)
	}
	change := Change{Subject: subjectDeal, Deal: d.Number, Rev: d.Revision, Undoes: undone.ID}
	return tx.recordRaw(ctx, change, diff, by)
}

func (tx *Tx) note(ctx context.Context, deal, rev int64) (Note, error) {
	var n Note
	err := tx.one(ctx, &n, "SELECT rev, text, member_id, at FROM notes WHERE workspace_id = ? AND deal = ? AND rev = ?",
		tx.workspace, deal, rev)
	if err != nil {
		return Note{}, fmt.Errorf("read note %d of deal %d: %w", rev, deal, err)
	}
	return n, nil
}
