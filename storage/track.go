package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fifteen/scoring"
)

// A track is a company's way through the funnel, cached beside the audit trail
// of its deals, so that a funnel is one read. Changes append to it; whatever
// rewrites the past has the deal's part of it written anew.

// keepTrack appends what a change has moved.
func (tx *Tx) keepTrack(ctx context.Context, before, after Deal, diff Diff, at time.Time) error {
	if before.Company != after.Company || before.Deleted != after.Deleted && after.Revision > 1 {
		return tx.retrack(ctx, before, after)
	}
	moves, err := movesOf(diff, before, at)
	if err != nil || len(moves) == 0 {
		return err
	}
	return tx.editTrack(ctx, after.Company, func(track []scoring.Move) []scoring.Move { return addMoves(track, moves...) })
}

// addMoves adds moves to a track, which is in the order of time. Clocks may
// disagree: nothing happens to a deal before what has happened to it already.
func addMoves(track []scoring.Move, moves ...scoring.Move) []scoring.Move {
	for _, m := range moves {
		for _, before := range slices.Backward(track) {
			if before.Deal != m.Deal {
				continue
			}
			if m.At.Before(before.At) {
				m.At = before.At
			}
			break
		}
		at := len(track)
		for at > 0 && cmp.Or(track[at-1].At.Compare(m.At), cmp.Compare(track[at-1].Deal, m.Deal)) > 0 {
			at--
		}
		track = slices.Insert(track, at, m)
	}
	return track
}

// retrack writes a deal's part of its company's track anew from the audit trail,
// and takes it off the track of the company that it was at.
func (tx *Tx) retrack(ctx context.Context, before, after Deal) error {
	others := func(m scoring.Move) bool { return m.Deal == after.Number }
	if before.Company != after.Company {
		err := tx.editTrack(ctx, before.Company, func(track []scoring.Move) []scoring.Move {
			return slices.DeleteFunc(track, others)
		})
		if err != nil {
			return err
		}
	}
	var moves []scoring.Move
	if !after.Deleted {
		var err error
		if moves, err = tx.replay(ctx, after); err != nil {
			return err
		}
	}
	return tx.editTrack(ctx, after.Company, func(track []scoring.Move) []scoring.Move {
		return addMoves(slices.DeleteFunc(track, others), moves...)
	})
}

// replay returns a deal's moves as its audit trail tells them, without what was
// taken back.
func (tx *Tx) replay(ctx context.Context, deal Deal) ([]scoring.Move, error) {
	changes, err := tx.DealChanges(ctx, deal.Number, everyChange)
	if err != nil {
		return nil, err
	}
	slices.Reverse(changes)
	changes = standing(changes)
	was := deal
	was.Owner, was.Step = first(changes, "owner", deal.Owner), first(changes, "step", deal.Step)
	var moves []scoring.Move
	for i, c := range changes {
		was.Deleted = i == 0
		more, err := movesOf(c.Diff, was, c.Author.At)
		if err != nil {
			return nil, err
		}
		moves = append(moves, more...)
		if len(more) > 0 {
			was.Owner = more[len(more)-1].Rep
		}
	}
	return moves, nil
}

// everyChange is more changes than a deal has.
const everyChange = 1 << 30

// first returns what a field was before a deal's changes, now when none of them
// changed it.
func first[T any](changes []Change, field string, now T) T {
	for _, c := range changes {
		var was T
		if values, ok := c.Diff[field]; ok && json.Unmarshal(values[0], &was) == nil {
			return was
		}
	}
	return now
}

// moving tells whether a change may have moved something in a funnel.
func moving(diff Diff) bool {
	return diff.has("step") || diff.has("outcome") || diff.has("owner") || diff.has("deleted") || diff.has("key")
}

// movesOf returns what a change moved in a deal that was as before says.
func movesOf(diff Diff, before Deal, at time.Time) ([]scoring.Move, error) {
	var moves []scoring.Move
	move := scoring.Move{At: instant(at), Deal: before.Number, Rep: before.Owner}
	if diff.has("deleted") && before.Deleted {
		moves = append(moves, with(move, scoring.Listed))
		if to := before.Step; to != scoring.OnList {
			begun := with(move, scoring.Stepped)
			begun.To = to
			moves = append(moves, begun)
		}
	}
	if values, ok := diff["owner"]; ok {
		if err := json.Unmarshal(values[1], &move.Rep); err != nil {
			return nil, fmt.Errorf("read owner: %w", err)
		}
		moves = append(moves, with(move, scoring.HandedOver))
	}
	if values, ok := diff["outcome"]; ok {
		var was, is scoring.Outcome
		if err := unmarshalPair(values, &was, &is); err != nil {
			return nil, err
		}
		if kind, ok := endOf(was, is); ok {
			moves = append(moves, with(move, kind))
		}
	}
	if values, ok := diff["step"]; ok {
		if err := json.Unmarshal(values[1], &move.To); err != nil {
			return nil, fmt.Errorf("read step: %w", err)
		}
		moves = append(moves, with(move, scoring.Stepped))
	}
	return moves, nil
}

func with(move scoring.Move, kind scoring.MoveKind) scoring.Move {
	move.Kind = kind
	return move
}

// endOf returns what it means for the funnel when a deal's outcome changes; ok is
// false when it means nothing: a deal that is won goes to a step.
func endOf(was, is scoring.Outcome) (kind scoring.MoveKind, ok bool) {
	switch is {
	case scoring.Lost:
		return scoring.SaidNo, true
	case scoring.Disqualified:
		return scoring.FoundUnfit, true
	case scoring.Open, scoring.Won:
	}
	return scoring.Reopened, was == scoring.Lost || was == scoring.Disqualified
}

// editTrack changes a company's track.
func (tx *Tx) editTrack(ctx context.Context, company int64, edit func([]scoring.Move) []scoring.Move) error {
	text, err := tx.trackOf(ctx, company)
	if errors.Is(err, ErrNotFound) && tx.locks { // there is no row to lock, and others may be about to make it
		if _, err = companies.read(ctx, tx, company); err == nil {
			text, err = tx.trackOf(ctx, company)
		}
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("read track of company %d: %w", company, err)
	}
	track, err := parseTrack(nil, text)
	if err != nil {
		return fmt.Errorf("read track of company %d: %w", company, err)
	}
	if track = edit(track); len(track) == 0 {
		_, err = tx.exec(ctx, "DELETE FROM tracks WHERE workspace_id = ? AND company_id = ?", tx.workspace, company)
	} else {
		_, err = tx.exec(ctx, `INSERT INTO tracks (workspace_id, company_id, listed_at, left_at, moves) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (workspace_id, company_id) DO UPDATE SET listed_at = excluded.listed_at,
			left_at = excluded.left_at, moves = excluded.moves`,
			tx.workspace, company, track[0].At, leftAt(track), writeTrack(track))
	}
	if err != nil {
		return fmt.Errorf("write track of company %d: %w", company, err)
	}
	return nil
}

// trackOf returns a company's track as it is stored, and locks it.
func (tx *Tx) trackOf(ctx context.Context, company int64) (text string, err error) {
	err = tx.row(ctx, "SELECT moves FROM tracks WHERE workspace_id = ? AND company_id = ?"+tx.forUpdate(),
		[]any{tx.workspace, company}, &text)
	return text, err
}

// leftAt returns when all of a company's deals had ended without a contract,
// scoring.Never while one has not.
func leftAt(track []scoring.Move) time.Time {
	ended := map[int64]time.Time{}
	for _, m := range track {
		switch m.Kind {
		case scoring.Listed, scoring.Reopened:
			ended[m.Deal] = scoring.Never
		case scoring.SaidNo, scoring.FoundUnfit:
			ended[m.Deal] = m.At
		case scoring.Stepped, scoring.HandedOver:
		}
	}
	var left time.Time
	for _, at := range ended {
		if at.After(left) {
			left = at
		}
	}
	return left
}

// Tracks calls fn with the moves of each company that was listed before to and
// had not left the list before from. fn must not keep the slice.
func (tx *Tx) Tracks(ctx context.Context, from, to time.Time, fn func(moves []scoring.Move)) error {
	// One long text is read many times faster than a row for each company.
	var all string
	err := tx.row(ctx, `SELECT COALESCE(string_agg(moves, CAST(? AS TEXT)), '') FROM tracks
		WHERE workspace_id = ? AND left_at >= ? AND listed_at < ?`,
		[]any{"\n", tx.workspace, from.UTC(), to.UTC()}, &all)
	if err != nil {
		return fmt.Errorf("read tracks: %w", err)
	}
	var moves []scoring.Move
	for line := range strings.SplitSeq(all, "\n") {
		if moves, err = parseTrack(moves[:0], line); err != nil {
			return fmt.Errorf("read tracks: %w", err)
		}
		if len(moves) > 0 {
			fn(moves)
		}
	}
	return nil
}
