package storage

import (
	"context"
	"fmt"
	"time"

	"fifteen/scoring"
)

// closingState returns what the closing band knows of a deal.
func closingState(d Deal) scoring.ClosingState {
	where := d.Outcome.Out()
	switch {
	case d.Deleted:
		where = scoring.BandDeleted
	case d.Open() && d.Band() == scoring.Closing:
		where = scoring.InBand
	}
	return scoring.ClosingState{Where: where, Score: d.Standing.Total, Amount: d.Amount, Owner: d.Owner}
}

// closing keeps every change of a deal that is in the closing band before it or
// after it, with what it stood at before and what it stands at since.
func (h history) closing(ctx context.Context) error {
	was, is := closingState(h.before), closingState(h.after)
	if was == is || was.Where != scoring.InBand && is.Where != scoring.InBand {
		return nil
	}
	return h.insert(ctx, "closings", `where_was, score_was, amount_was, currency_was, owner_was,
		where_is, score_is, amount_is, currency_is, owner_is`, "?, ?, ?, ?, ?, ?, ?, ?, ?, ?",
		string(was.Where), was.Score, was.Amount.Minor, was.Amount.Currency, was.Owner,
		string(is.Where), is.Score, is.Amount.Minor, is.Amount.Currency, is.Owner)
}

// A ClosingDeal is a deal's past in the closing band, with what it is called and
// how it ended.
type ClosingDeal struct {
	scoring.ClosingPast
	Name string
	// Reason is why it was lost, if it is.
	Reason scoring.Reason
}

// ClosingOf returns an open deal in the closing band that no change after some
// moment has touched there, as ClosingsSince would.
func ClosingOf(d Deal) ClosingDeal {
	return ClosingDeal{
		ClosingPast: scoring.ClosingPast{Deal: d.Number, Created: d.CreatedAt, Now: closingState(d)}, Name: d.Name,
		Reason: d.Reason,
	}
}

// closingRow is a change in the closing band with its deal as it is now.
type closingRow struct {
	Deal, Rev, Undoes                               int64
	At, CreatedAt                                   time.Time
	WhereWas, WhereIs                               scoring.Whereabouts
	ScoreWas, ScoreIs, Score                        int
	AmountWas, OwnerWas, AmountIs, OwnerIs, OwnerID int64
	Amount                                          int64
	CurrencyWas, CurrencyIs, Currency, Name         string
	Outcome                                         scoring.Outcome
	Reason                                          scoring.Reason
	Deleted                                         bool
}

// ClosingsSince returns the deals, of whatever owner, that came into the closing
// band, changed in it or left it after a moment, by number. All others that are
// in it now were in it at that moment too, as they are.
func (tx *Tx) ClosingsSince(ctx context.Context, moment time.Time) ([]ClosingDeal, error) {
	var rows []closingRow
	err := tx.scan(ctx, &rows, `SELECT c.deal, c.rev, c.undoes, c.at, c.where_was, c.score_was, c.amount_was, c.currency_was,
		c.owner_was, c.where_is, c.score_is, c.amount_is, c.currency_is, c.owner_is,
		d.name, d.created_at, d.outcome, d.reason, d.deleted, d.score, d.amount, d.currency, d.owner_id
		FROM closings c JOIN deals d ON d.workspace_id = c.workspace_id AND d.number = c.deal
		WHERE c.workspace_id = ? AND c.at > ? ORDER BY c.deal, c.rev`, tx.workspace, moment.UTC())
	if err != nil {
		return nil, fmt.Errorf("list changes in the closing band: %w", err)
	}
	var deals []ClosingDeal
	for _, row := range rows {
		if n := len(deals); n == 0 || deals[n-1].Deal != row.Deal {
			deals = append(deals, row.deal())
		}
		last := &deals[len(deals)-1]
		last.Changes = append(last.Changes, row.change())
	}
	return deals, nil
}

func (r closingRow) deal() ClosingDeal {
	return ClosingOf(Deal{
		Number: r.Deal, Name: r.Name, CreatedAt: r.CreatedAt.UTC(), Outcome: r.Outcome, Reason: r.Reason, Deleted: r.Deleted,
		Owner: r.OwnerID, Amount: scoring.Money{Minor: r.Amount, Currency: r.Currency},
		Standing: scoring.Standing{Total: r.Score},
	})
}

func (r closingRow) change() scoring.ClosingChange {
	return scoring.ClosingChange{
		Rev: r.Rev, Undoes: r.Undoes, At: r.At.UTC(),
		Before: scoring.ClosingState{
			Where: r.WhereWas, Score: r.ScoreWas, Owner: r.OwnerWas, Amount: scoring.Money{Minor: r.AmountWas, Currency: r.CurrencyWas},
		},
		After: scoring.ClosingState{
			Where: r.WhereIs, Score: r.ScoreIs, Owner: r.OwnerIs, Amount: scoring.Money{Minor: r.AmountIs, Currency: r.CurrencyIs},
		},
	}
}
