package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// An Author is who changes something, when, from where and with which command.
type Author struct {
	Member         int64
	At             time.Time
	Platform, Chat string
	Command        string
}

// A Change is an entry of the audit trail: what one command changed in one
// subject. Entries are never rewritten.
type Change struct {
	ID int64
	// Subject is what changed: "deal", "settings", "target/..." or a noun with its
	// number, such as "member/7" or "product/3".
	Subject string
	// Deal and Rev are the deal's number and the revision that the change made;
	// 0 for other subjects.
	Deal, Rev int64
	Author    Author
	Diff      Diff
	// Undoes is the id of the change that this one reverses, or 0.
	Undoes int64
	// Line is the number that it shares with the other changes of the line that
	// made them, or 0 when it is the only one.
	Line int64
}

const (
	subjectDeal     = "deal"
	subjectSettings = "settings"
)

// A Diff maps each field that changed to its value before and after, as JSON.
type Diff map[string][2]json.RawMessage

func (d Diff) has(field string) bool {
	_, ok := d[field]
	return ok
}

// fields names the parts of a T that a diff speaks of; each function returns a
// pointer to its part.
type fields[T any] map[string]func(*T) any

// diffOf compares two values field by field.
func diffOf[T any](parts fields[T], before, after *T) (Diff, error) {
	diff := Diff{}
	for name, part := range parts {
		old, err := json.Marshal(part(before))
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", name, err)
		}
		now, err := json.Marshal(part(after))
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", name, err)
		}
		if !bytes.Equal(old, now) {
			diff[name] = [2]json.RawMessage{old, now}
		}
	}
	return diff, nil
}

// revert sets the fields of a diff to what they were before it. It returns
// ErrMoved, and leaves target half done, when one of them is no longer what the
// diff made it; fields in lax are not checked and not set.
func revert[T any](parts fields[T], target *T, diff Diff, lax ...string) error {
	for name, values := range diff {
		part, ok := parts[name]
		if !ok || slices.Contains(lax, name) {
			continue
		}
		now, err := json.Marshal(part(target))
		if err != nil {
			return fmt.Errorf("compare %s: %w", name, err)
		}
		if !bytes.Equal(now, values[1]) {
			return ErrMoved
		}
		if err := reset(part(target), values[0]); err != nil {
			return fmt.Errorf("revert %s: %w", name, err)
		}
	}
	return nil
}

// reset unmarshals into a part after emptying it, because JSON leaves out what
// is zero.
func reset(part any, value json.RawMessage) error {
	if clearer, ok := part.(interface{ clear() }); ok {
		clearer.clear()
	}
	return json.Unmarshal(value, part)
}

type changeRow struct {
	ID, Deal, Rev, MemberID, Undoes, Line  int64
	Subject, Platform, Chat, Command, Diff string
	At                                     time.Time
}

func (r changeRow) change() (Change, error) {
	c := Change{
		ID: r.ID, Subject: r.Subject, Deal: r.Deal, Rev: r.Rev, Undoes: r.Undoes, Line: r.Line,
		Author: Author{Member: r.MemberID, At: r.At.UTC(), Platform: r.Platform, Chat: r.Chat, Command: r.Command},
	}
	if err := json.Unmarshal([]byte(r.Diff), &c.Diff); err != nil {
		return Change{}, fmt.Errorf("read change %d: %w", r.ID, err)
	}
	return c, nil
}

// record appends a change to the audit trail.
func (tx *Tx) record(ctx context.Context, c Change, by Author) error {
	diff, err := json.Marshal(c.Diff)
	if err != nil {
		return fmt.Errorf("write change: %w", err)
	}
	return tx.recordRaw(ctx, c, string(diff), by)
}

func (tx *Tx) recordRaw(ctx context.Context, c Change, diff string, by Author) error {
	columns, marks := "", ""
	values := []any{
		tx.workspace, c.Subject, c.Deal, c.Rev, by.Member, by.At.UTC(), by.Platform, by.Chat, by.Command, diff, c.Undoes,
	}
	if tx.line != 0 {
		columns, marks, values = ", line", ", ?", append(values, tx.line)
	}
	_, err := tx.exec(ctx, `INSERT INTO changes
		(workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes`+columns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?`+marks+")", values...)
	if err != nil {
		return fmt.Errorf("record change of %s: %w", c.Subject, err)
	}
	return nil
}

// together runs fn and gives all changes that it makes one number, so that they
// are undone together.
func (tx *Tx) together(ctx context.Context, fn func() error) (err error) {
	if tx.line, err = tx.next(ctx, "line"); err != nil {
		return err
	}
	defer func() { tx.line = 0 }()
	return fn()
}

// lineChanges returns the changes that one line made, newest first.
func (tx *Tx) lineChanges(ctx context.Context, line int64) ([]Change, error) {
	var rows []changeRow
	err := tx.scan(ctx, &rows, "SELECT * FROM changes WHERE workspace_id = ? AND line = ? AND line > 0 ORDER BY id DESC",
		tx.workspace, line)
	if err != nil {
		return nil, fmt.Errorf("list changes of line %d: %w", line, err)
	}
	return changesOf(rows)
}

// LastChange returns the member's newest change, or ErrNotFound.
func (tx *Tx) LastChange(ctx context.Context, member int64) (Change, error) {
	var row changeRow
	err := tx.one(ctx, &row, `SELECT * FROM changes WHERE workspace_id = ? AND member_id = ?
		ORDER BY id DESC LIMIT 1`, tx.workspace, member)
	if err != nil {
		return Change{}, fmt.Errorf("read last change of member %d: %w", member, err)
	}
	return row.change()
}

// Origin returns the change that a row of undos and redos goes back to, which is
// the change itself when it undoes nothing.
func (tx *Tx) Origin(ctx context.Context, c Change) (Change, error) {
	var err error
	for err == nil && c.Undoes != 0 {
		c, err = tx.change(ctx, c.Undoes)
	}
	return c, err
}

func (tx *Tx) change(ctx context.Context, id int64) (Change, error) {
	var row changeRow
	err := tx.one(ctx, &row, "SELECT * FROM changes WHERE workspace_id = ? AND id = ?", tx.workspace, id)
	if err != nil {
		return Change{}, fmt.Errorf("read change %d: %w", id, err)
	}
	return row.change()
}

// DealChanges returns a deal's changes, newest first, at most limit.
func (tx *Tx) DealChanges(ctx context.Context, deal int64, limit int) ([]Change, error) {
	var rows []changeRow
	err := tx.scan(ctx, &rows, `SELECT * FROM changes WHERE workspace_id = ? AND deal = ? AND deal > 0
		ORDER BY rev DESC LIMIT ?`, tx.workspace, deal, limit)
	if err != nil {
		return nil, fmt.Errorf("list changes of deal %d: %w", deal, err)
	}
	return changesOf(rows)
}

func changesOf(rows []changeRow) (changes []Change, err error) {
	changes = make([]Change, len(rows))
	for i, row := range rows {
		if changes[i], err = row.change(); err != nil {
			return nil, err
		}
	}
	return changes, nil
}
