package storage

import (
	"context"
	"fmt"
	"time"

	"fifteen/scoring"
)

// skipped is how the answers table writes a question that was skipped.
const skipped = "skip"

// Answer records a reply to one criterion with its evidence, which may be "",
// and returns the deal as it then stands.
func (tx *Tx) Answer(ctx context.Context, d Deal, c scoring.Criterion, reply scoring.Reply, evidence string, by Author) (Deal, error) {
	after := d
	after.Card.Answers[c] = scoring.Answer{
		Reply: reply, At: by.At.UTC(), Rev: d.Revision + 1, Skipped: d.Card.Answers[c].Skipped,
	}
	return tx.answer(ctx, d, after, c, reply.String(), evidence, by)
}

// Skip records that a question was passed over: a row worth no points, which
// leaves an earlier answer as it is.
func (tx *Tx) Skip(ctx context.Context, d Deal, c scoring.Criterion, by Author) (Deal, error) {
	after := d
	after.Card.Answers[c].Skipped = by.At.UTC()
	return tx.answer(ctx, d, after, c, skipped, "", by)
}

func (tx *Tx) answer(
	ctx context.Context, before, after Deal, c scoring.Criterion, reply, evidence string, by Author,
) (Deal, error) {
	saved, err := tx.SaveDeal(ctx, before, after, by)
	if err != nil || saved.Revision == before.Revision {
		return saved, err
	}
	h := history{tx: tx, before: before, after: saved, by: by}
	if err := h.insert(ctx, "answers", "criterion, reply, evidence", "?, ?, ?", c.String(), reply, evidence); err != nil {
		return Deal{}, fmt.Errorf("record answer of deal %d: %w", before.Number, err)
	}
	return saved, nil
}

// Evidence is who said what, and when it was written down.
type Evidence struct {
	Text   string
	Member int64
	At     time.Time
}

// Evidence returns the evidence of the deal's present answers, by criterion.
// Answers without evidence are left out.
func (tx *Tx) Evidence(ctx context.Context, d Deal) (map[scoring.Criterion]Evidence, error) {
	var rows []struct {
		Rev, MemberID       int64
		Criterion, Evidence string
		At                  time.Time
	}
	err := tx.scan(ctx, &rows, `SELECT rev, member_id, criterion, evidence, at FROM answers
		WHERE workspace_id = ? AND deal = ? AND evidence <> ''`, tx.workspace, d.Number)
	if err != nil {
		return nil, fmt.Errorf("read evidence of deal %d: %w", d.Number, err)
	}
	evidence := map[scoring.Criterion]Evidence{}
	for _, row := range rows {
		c, ok := scoring.ParseCriterion(row.Criterion)
		if ok && d.Card.Answers[c].Rev == row.Rev {
			evidence[c] = Evidence{Text: row.Evidence, Member: row.MemberID, At: row.At.UTC()}
		}
	}
	return evidence, nil
}
