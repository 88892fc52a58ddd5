package storage

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Visitor is somebody who spoke in a linked chat and is no member.
type Visitor struct {
	Number       int64
	Platform     string
	ID           string `gorm:"column:external_id"`
	Name, Handle string
	Locale       string
	// Chat is where they spoke first, and Place what people call it.
	Chat, Place string
	State       string
	At          time.Time
}

// The values of Visitor.State.
const (
	VisitorWaits    = "waits"    // nobody has said yet what they are
	VisitorAdmitted = "admitted" // they were taken in
	VisitorRefused  = "refused"  // they are none of the team's
)

// Visit notes a visitor and returns them with their number. first says that they
// were unknown; whoever is known stays as they are.
func (tx *Tx) Visit(ctx context.Context, v Visitor) (known Visitor, first bool, err error) {
	known, err = tx.VisitorOf(ctx, v.Platform, v.ID)
	if !errors.Is(err, ErrNotFound) {
		return known, false, err
	}
	if v.Number, err = tx.next(ctx, "visitor"); err != nil {
		return Visitor{}, false, err
	}
	v.State, v.At = VisitorWaits, instant(v.At)
	_, err = tx.exec(ctx, `INSERT INTO visitors (workspace_id, number, platform, external_id, name, handle, locale, chat, place, state, at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		tx.workspace, v.Number, v.Platform, v.ID, v.Name, v.Handle, v.Locale, v.Chat, v.Place, v.State, v.At)
	if err != nil {
		return Visitor{}, false, fmt.Errorf("add visitor %s/%s: %w", v.Platform, v.ID, err)
	}
	return v, true, nil
}

// VisitorOf returns the visitor behind an account, or ErrNotFound.
func (tx *Tx) VisitorOf(ctx context.Context, platform, id string) (Visitor, error) {
	return tx.visitor(ctx, "platform = ? AND external_id = ?", platform, id)
}

// Visitor returns the visitor with that number, or ErrNotFound.
func (tx *Tx) Visitor(ctx context.Context, number int64) (Visitor, error) {
	return tx.visitor(ctx, "number = ?", number)
}

func (tx *Tx) visitor(ctx context.Context, condition string, args ...any) (Visitor, error) {
	var v Visitor
	err := tx.one(ctx, &v, "SELECT * FROM visitors WHERE workspace_id = ? AND "+condition+tx.forUpdate(), append([]any{tx.workspace}, args...)...)
	if err != nil {
		return Visitor{}, fmt.Errorf("read visitor: %w", err)
	}
	v.At = v.At.UTC()
	return v, nil
}

// Visitors returns the visitors of whom nobody has said yet what they are, by
// number.
func (tx *Tx) Visitors(ctx context.Context) ([]Visitor, error) {
	var found []Visitor
	err := tx.scan(ctx, &found, "SELECT * FROM visitors WHERE workspace_id = ? AND state = ? ORDER BY number", tx.workspace, VisitorWaits)
	if err != nil {
		return nil, fmt.Errorf("list visitors: %w", err)
	}
	return found, nil
}

// SettleVisitor says what a visitor is.
func (tx *Tx) SettleVisitor(ctx context.Context, number int64, state string) error {
	_, err := tx.exec(ctx, "UPDATE visitors SET state = ? WHERE workspace_id = ? AND number = ?", state, tx.workspace, number)
	if err != nil {
		return fmt.Errorf("settle visitor %d: %w", number, err)
	}
	return nil
}
