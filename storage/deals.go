package storage

import (
	"context"
	"fmt"
	"time"

	"fifteen/scoring"
)

// Deal returns the deal with that number, or ErrNotFound. In a Write the row is
// locked until the end of the transaction.
func (tx *Tx) Deal(ctx context.Context, number int64) (Deal, error) {
	d, err := tx.anyDeal(ctx, number)
	if err == nil && d.Deleted {
		err = fmt.Errorf("read deal %d: %w", number, ErrNotFound)
	}
	return d, err
}

// anyDeal returns a deal even if it was deleted.
func (tx *Tx) anyDeal(ctx context.Context, number int64) (Deal, error) {
	var row dealRow
	err := tx.row(ctx, "SELECT "+dealColumns+" FROM deals WHERE workspace_id = ? AND number = ?"+tx.forUpdate(),
		[]any{tx.workspace, number}, row.fields()...)
	if err != nil {
		return Deal{}, fmt.Errorf("read deal %d: %w", number, err)
	}
	return row.deal()
}

// A DealName is what is needed to tell deals apart by name.
type DealName struct {
	Number   int64
	Name     string
	Key      string
	Owner    int64 `gorm:"column:owner_id"`
	Outcome  scoring.Outcome
	Revision int64
	Amount   int64
	Currency string
}

const dealNameColumns = "number, name, key, owner_id, outcome, revision, amount, currency"

// DealsByKey returns the deals whose folded name is one of keys, open ones
// first, then by number. An owner of 0 means anybody's.
func (tx *Tx) DealsByKey(ctx context.Context, keys []string, owner int64) ([]DealName, error) {
	var found []DealName
	err := tx.scan(ctx, &found, "SELECT "+dealNameColumns+` FROM deals
		WHERE workspace_id = ? AND key IN ? AND NOT deleted AND (? = 0 OR owner_id = ?)
		ORDER BY CASE outcome WHEN 'open' THEN 0 ELSE 1 END, number`, tx.workspace, keys, owner, owner)
	if err != nil {
		return nil, fmt.Errorf("find deals by name: %w", err)
	}
	return found, nil
}

// OpenDealNames returns the names of open deals, highest score first, at most
// limit. An owner of 0 means anybody's.
func (tx *Tx) OpenDealNames(ctx context.Context, owner int64, limit int) ([]DealName, error) {
	var found []DealName
	where, args := tx.owned(owner)
	err := tx.scan(ctx, &found, "SELECT "+dealNameColumns+" FROM deals WHERE "+where+`
		AND outcome = 'open' AND NOT deleted ORDER BY score DESC, worth DESC, number LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list names of open deals: %w", err)
	}
	return found, nil
}

// EndedDealNames returns the names of the newest deals that are not open, at
// most limit. An owner of 0 means anybody's.
func (tx *Tx) EndedDealNames(ctx context.Context, owner int64, limit int) ([]DealName, error) {
	var found []DealName
	where, args := tx.owned(owner)
	err := tx.scan(ctx, &found, "SELECT "+dealNameColumns+" FROM deals WHERE "+where+`
		AND outcome <> 'open' AND NOT deleted ORDER BY number DESC LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("list names of ended deals: %w", err)
	}
	return found, nil
}

// OpenDeals returns open deals whose score is from min to max, highest first,
// then by worth, then by number, at most limit; their cards are left out. An
// owner of 0 means anybody's.
func (tx *Tx) OpenDeals(ctx context.Context, owner int64, minScore, maxScore, limit int) ([]Deal, error) {
	where, args := tx.owned(owner)
	return tx.deals(ctx, where+` AND outcome = 'open' AND NOT deleted AND score >= ? AND score <= ?
		ORDER BY score DESC, worth DESC, number LIMIT ?`, append(args, minScore, maxScore, limit)...)
}

// CountOpen returns how many deals are open. An owner of 0 means anybody's.
func (tx *Tx) CountOpen(ctx context.Context, owner int64) (int, error) {
	var n int
	where, args := tx.owned(owner)
	err := tx.one(ctx, &n, "SELECT count(*) FROM deals WHERE "+where+" AND outcome = 'open' AND NOT deleted", args...)
	if err != nil {
		return 0, fmt.Errorf("count open deals: %w", err)
	}
	return n, nil
}

// WonDeals returns the deals won from one moment to before another, oldest
// first; their cards are left out. An owner of 0 means anybody's.
func (tx *Tx) WonDeals(ctx context.Context, owner int64, from, to time.Time) ([]Deal, error) {
	where, args := tx.owned(owner)
	return tx.deals(ctx, where+` AND outcome = 'won' AND NOT deleted AND ended_at >= ? AND ended_at < ?
		ORDER BY ended_at, number`, append(args, from.UTC(), to.UTC())...)
}

// WonAmounts returns the amounts of the deals that WonDeals lists, without an
// order.
func (tx *Tx) WonAmounts(ctx context.Context, owner int64, from, to time.Time) ([]scoring.Money, error) {
	where, args := tx.owned(owner)
	return tx.amounts(ctx, where+" AND outcome = 'won' AND NOT deleted AND ended_at >= ? AND ended_at < ?",
		append(args, from.UTC(), to.UTC())...)
}

// OpenAmounts returns the amounts of the open deals whose score is from min to
// max, without an order. An owner of 0 means anybody's.
func (tx *Tx) OpenAmounts(ctx context.Context, owner int64, minScore, maxScore int) ([]scoring.Money, error) {
	where, args := tx.owned(owner)
	return tx.amounts(ctx, where+" AND outcome = 'open' AND NOT deleted AND score >= ? AND score <= ?",
		append(args, minScore, maxScore)...)
}

func (tx *Tx) amounts(ctx context.Context, condition string, args ...any) ([]scoring.Money, error) {
	var amounts []scoring.Money
	err := tx.scan(ctx, &amounts, "SELECT amount AS minor, currency FROM deals WHERE "+condition, args...)
	if err != nil {
		return nil, fmt.Errorf("list amounts: %w", err)
	}
	return amounts, nil
}

// CountDisqualified returns how many deals were disqualified from one moment to
// before another. An owner of 0 means anybody's.
func (tx *Tx) CountDisqualified(ctx context.Context, owner int64, from, to time.Time) (int, error) {
	var n int
	where, args := tx.owned(owner)
	err := tx.one(ctx, &n, "SELECT count(*) FROM deals WHERE "+where+
		" AND outcome = 'disqualified' AND NOT deleted AND ended_at >= ? AND ended_at < ?", append(args, from.UTC(), to.UTC())...)
	if err != nil {
		return 0, fmt.Errorf("count disqualified deals: %w", err)
	}
	return n, nil
}

// owned begins a condition on deals.
func (tx *Tx) owned(owner int64) (where string, args []any) {
	if owner == 0 {
		return "workspace_id = ?", []any{tx.workspace}
	}
	return "workspace_id = ? AND owner_id = ?", []any{tx.workspace, owner}
}

const listColumns = `number, company_id, name, key, owner_id, amount, currency, close_on, step, outcome, ended_at,
	reason, words, next_step, next_step_on, pain, power, fit, score, yeses, lift_at, doubt_at, ask_at, scored_at,
	band_since, created_at, created_by, revision, aftermath, overcame, overcame_how, wait_on, wait_why`

// deals reads deals without their cards.
func (tx *Tx) deals(ctx context.Context, condition string, args ...any) ([]Deal, error) {
	var rows []dealRow
	if err := tx.scan(ctx, &rows, "SELECT "+listColumns+" FROM deals WHERE "+condition, args...); err != nil {
		return nil, fmt.Errorf("list deals: %w", err)
	}
	return dealsOf(rows)
}

func dealsOf(rows []dealRow) (deals []Deal, err error) {
	deals = make([]Deal, len(rows))
	for i, row := range rows {
		if deals[i], err = row.deal(); err != nil {
			return nil, err
		}
	}
	return deals, nil
}
