package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A noun is a kind of thing that people change and that has a row of its own: it
// says where the rows stand, and which of their columns changes name.
type noun[T revised[T]] struct {
	// name begins the subjects of changes, "product/7", and names the counter.
	name, table string
	// id is the column that tells the rows of a workspace apart.
	id string
	// fields are called as their columns are. "deleted", where it is one of them,
	// keeps a row that people do not see any more.
	fields fields[T]
	// planned says that something is due because of such a row, which is to be
	// worked out anew when it changes.
	planned bool
}

// revised is what the rows of a noun are read into.
type revised[T any] interface {
	// row returns the row's id, how often it was changed, from 1, and whether it
	// was deleted.
	row() (id, revision int64, deleted bool)
	// utc returns the row with its times in UTC.
	utc() T
}

func (n noun[T]) subject(id int64) string { return n.name + "/" + strconv.FormatInt(id, 10) }

// get returns the row with that id, or ErrNotFound. In a Write it is locked until
// the end of the transaction.
func (n noun[T]) get(ctx context.Context, tx *Tx, id int64) (T, error) {
	found, err := n.read(ctx, tx, id)
	if _, _, deleted := found.row(); err == nil && deleted {
		err = fmt.Errorf("read %s %d: %w", n.name, id, ErrNotFound)
	}
	return found, err
}

// read returns a row even if it was deleted.
func (n noun[T]) read(ctx context.Context, tx *Tx, id int64) (T, error) {
	var found T
	err := tx.one(ctx, &found, "SELECT * FROM "+n.table+" WHERE workspace_id = ? AND "+n.id+" = ?"+tx.forUpdate(),
		tx.workspace, id)
	if err != nil {
		return found, fmt.Errorf("read %s %d: %w", n.name, id, err)
	}
	return found.utc(), nil
}

// list returns the workspace's rows that a condition holds for; it may end in an
// order and a limit.
func (n noun[T]) list(ctx context.Context, tx *Tx, condition string, args ...any) ([]T, error) {
	var found []T
	err := tx.scan(ctx, &found, "SELECT * FROM "+n.table+" WHERE workspace_id = ? AND "+condition,
		append([]any{tx.workspace}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", n.table, err)
	}
	for i := range found {
		found[i] = found[i].utc()
	}
	return found, nil
}

// add stores a new row at revision 1, with values for its own columns. none is
// what undo makes of it.
func (n noun[T]) add(ctx context.Context, tx *Tx, none, added T, by Author, columns string, values ...any) error {
	id, _, _ := added.row()
	diff, err := diffOf(n.fields, &none, &added)
	if err != nil {
		return err
	}
	_, err = tx.exec(ctx, "INSERT INTO "+n.table+" (workspace_id, "+n.id+", revision, "+columns+
		") VALUES (?, ?, 1"+strings.Repeat(", ?", len(values))+")", append([]any{tx.workspace, id}, values...)...)
	if err != nil {
		return fmt.Errorf("add %s %d: %w", n.name, id, err)
	}
	if err := n.replan(ctx, tx, id); err != nil {
		return err
	}
	return tx.record(ctx, Change{Subject: n.subject(id), Diff: diff}, by)
}

// replan puts a row that was changed on the list of plans, if something is due
// because of it.
func (n noun[T]) replan(ctx context.Context, tx *Tx, id int64) error {
	if !n.planned {
		return nil
	}
	return tx.plan(ctx, n.name, id)
}

// save stores the fields that have changed between before, as it was read, and
// after. It returns ErrMoved when the row has another revision by now. Nothing
// is stored when nothing has changed.
func (n noun[T]) save(ctx context.Context, tx *Tx, before, after T, by Author, undoes int64) error {
	id, revision, _ := before.row()
	diff, err := diffOf(n.fields, &before, &after)
	if err != nil || len(diff) == 0 {
		return err
	}
	sets, values := make([]string, 0, len(diff)), make([]any, 0, len(diff)+3)
	for _, field := range slices.Sorted(maps.Keys(diff)) {
		sets, values = append(sets, field+" = ?"), append(values, n.fields[field](&after))
	}
	rows, err := tx.exec(ctx, "UPDATE "+n.table+" SET "+strings.Join(sets, ", ")+", revision = revision + 1"+
		" WHERE workspace_id = ? AND "+n.id+" = ? AND revision = ?", append(values, tx.workspace, id, revision)...)
	if err == nil && rows == 0 {
		err = ErrMoved
	}
	if err != nil {
		return fmt.Errorf("save %s %d: %w", n.name, id, err)
	}
	if err := n.replan(ctx, tx, id); err != nil {
		return err
	}
	return tx.record(ctx, Change{Subject: n.subject(id), Diff: diff, Undoes: undoes}, by)
}

// undo sets a row back to what it was before a change. It returns ErrMoved also
// when what was is not free any more, such as a name.
func (n noun[T]) undo(ctx context.Context, tx *Tx, c Change, by Author) error {
	id, err := strconv.ParseInt(strings.TrimPrefix(c.Subject, n.name+"/"), 10, 64)
	if err != nil {
		return fmt.Errorf("read subject %q: %w", c.Subject, err)
	}
	before, err := n.read(ctx, tx, id)
	if err != nil {
		return err
	}
	switch _, _, deleted := before.row(); {
	case c.Diff.has("deleted"):
		err = tx.untouchedSubject(ctx, c)
	case deleted:
		err = ErrMoved
	}
	if err != nil {
		return err
	}
	after := before
	if err := revert(n.fields, &after, c.Diff); err != nil {
		return err
	}
	err = n.save(ctx, tx, before, after, by, c.ID)
	if errors.Is(err, ErrExists) {
		return fmt.Errorf("%w: %w", ErrMoved, err)
	}
	return err
}

// untouchedSubject returns ErrMoved when somebody else has changed the same row
// since c.
func (tx *Tx) untouchedSubject(ctx context.Context, c Change) error {
	var others int64
	err := tx.one(ctx, &others, `SELECT count(*) FROM changes
		WHERE workspace_id = ? AND subject = ? AND deal = 0 AND id > ? AND member_id <> ?`,
		tx.workspace, c.Subject, c.ID, c.Author.Member)
	if err == nil && others > 0 {
		err = ErrMoved
	}
	return err
}
