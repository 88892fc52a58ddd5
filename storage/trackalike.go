package storage

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fifteen/scoring"
)

// alikeRow is the tracks of all companies of one industry and size.
type alikeRow struct {
	Industry, Size, Moves string
}

// TracksAlike calls fn with the moves of each company that Tracks finds, and with
// its industry and size, each "" while it is unknown. Companies of the same
// industry and size come after one another. fn must not keep the slice.
func (tx *Tx) TracksAlike(ctx context.Context, from, to time.Time, fn func(industry, size string, moves []scoring.Move)) error {
	var all []alikeRow
	err := tx.scan(ctx, &all, `SELECT c.industry, c.size, string_agg(t.moves, CAST(? AS TEXT)) AS moves
		FROM tracks t JOIN companies c ON c.workspace_id = t.workspace_id AND c.id = t.company_id
		WHERE t.workspace_id = ? AND t.left_at >= ? AND t.listed_at < ?
		GROUP BY c.industry, c.size ORDER BY c.industry, c.size`,
		"\n", tx.workspace, from.UTC(), to.UTC())
	if err != nil {
		return fmt.Errorf("read tracks of like companies: %w", err)
	}
	var moves []scoring.Move
	for _, row := range all {
		for line := range strings.SplitSeq(row.Moves, "\n") {
			if moves, err = parseTrack(moves[:0], line); err != nil {
				return fmt.Errorf("read tracks of like companies: %w", err)
			}
			if len(moves) > 0 {
				fn(row.Industry, row.Size, moves)
			}
		}
	}
	return nil
}
