package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"time"

	"fifteen/scoring"

	"gorm.io/gorm"
)

// A Workspace is one organisation.
type Workspace struct {
	ID   int64
	Name string
	// Key is the folded name, unique in the database.
	Key string
	// Currency is the ISO 4217 code for amounts that come without one.
	Currency string
	// Zone is the tz database's name of where the organisation's days begin.
	Zone string
	// Visibility is who sees a rep's deals: VisibleOwn or VisibleTeam.
	Visibility string
	// Rates are the organisation's own exchange rates: how many minor units of
	// Currency one minor unit of the key's currency is worth.
	Rates     map[string]float64
	CreatedAt time.Time
}

// The values of Workspace.Visibility.
const (
	VisibleOwn  = "own"  // reps see their own deals and the team's totals
	VisibleTeam = "team" // reps see everybody's deals
)

type workspaceRow struct {
	ID                                           int64
	Name, Key, Currency, Zone, Visibility, Rates string
	CreatedAt                                    time.Time
}

func (workspaceRow) TableName() string { return "workspaces" }

func (r workspaceRow) workspace() (Workspace, error) {
	w := Workspace{
		ID: r.ID, Name: r.Name, Key: r.Key, Currency: r.Currency, Zone: r.Zone,
		Visibility: r.Visibility, CreatedAt: r.CreatedAt.UTC(),
	}
	if err := json.Unmarshal([]byte(r.Rates), &w.Rates); err != nil {
		return Workspace{}, fmt.Errorf("read rates of workspace %d: %w", r.ID, err)
	}
	return w, nil
}

// AddWorkspace stores a new workspace and returns it with its id. It returns
// ErrExists when the key is taken.
func (s *Store) AddWorkspace(ctx context.Context, w Workspace) (Workspace, error) {
	w.CreatedAt = instant(w.CreatedAt)
	err := s.write(ctx, func(db *gorm.DB) (err error) {
		w.ID, err = (&Tx{db: db, writes: true}).addWorkspace(ctx, w)
		return err
	})
	if err != nil {
		return Workspace{}, fmt.Errorf("add workspace %q: %w", w.Name, err)
	}
	return w, nil
}

func (tx *Tx) addWorkspace(ctx context.Context, w Workspace) (id int64, err error) {
	err = tx.one(ctx, &id, `INSERT INTO workspaces (name, key, currency, zone, visibility, created_at)
		VALUES (?, ?, ?, ?, ?, ?) RETURNING id`, w.Name, w.Key, w.Currency, w.Zone, w.Visibility, w.CreatedAt.UTC())
	return id, err
}

// Workspaces returns all workspaces, oldest first.
func (s *Store) Workspaces(ctx context.Context) ([]Workspace, error) {
	var rows []workspaceRow
	err := s.read(ctx, func(db *gorm.DB) error { return db.Order("id").Find(&rows).Error })
	if err != nil {
		return nil, fmt.Errorf("list workspaces: %w", err)
	}
	return workspaces(rows)
}

func workspaces(rows []workspaceRow) (all []Workspace, err error) {
	all = make([]Workspace, len(rows))
	for i, row := range rows {
		if all[i], err = row.workspace(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Workspace returns the transaction's workspace.
func (tx *Tx) Workspace(ctx context.Context) (Workspace, error) {
	if tx.home == nil {
		home, err := tx.readWorkspace(ctx, "")
		if err != nil {
			return Workspace{}, err
		}
		tx.home = &home
	}
	w := *tx.home
	w.Rates = maps.Clone(w.Rates)
	return w, nil
}

func (tx *Tx) readWorkspace(ctx context.Context, lock string) (Workspace, error) {
	var row workspaceRow
	if err := tx.one(ctx, &row, "SELECT * FROM workspaces WHERE id = ?"+lock, tx.workspace); err != nil {
		return Workspace{}, fmt.Errorf("read workspace %d: %w", tx.workspace, err)
	}
	return row.workspace()
}

// SaveWorkspace stores changed settings: currency, zone, visibility and rates.
// Nothing is stored when nothing has changed.
func (tx *Tx) SaveWorkspace(ctx context.Context, after Workspace, by Author) error {
	before, err := tx.Workspace(ctx)
	if err != nil {
		return err
	}
	return tx.saveWorkspace(ctx, before, after, by, 0)
}

func (tx *Tx) saveWorkspace(ctx context.Context, before, after Workspace, by Author, undoes int64) error {
	if after.Rates == nil {
		after.Rates = map[string]float64{}
	}
	diff, err := diffOf(settingFields, &before, &after)
	if err != nil || len(diff) == 0 {
		return err
	}
	now, err := tx.readWorkspace(ctx, tx.forUpdate())
	if err != nil {
		return err
	}
	if moved, err := diffOf(settingFields, &before, &now); err != nil || len(moved) > 0 {
		return errors.Join(err, errAgain) // others saved theirs after this transaction read them
	}
	rates, err := json.Marshal(after.Rates)
	if err != nil {
		return fmt.Errorf("write rates: %w", err)
	}
	_, err = tx.exec(ctx, "UPDATE workspaces SET currency = ?, zone = ?, visibility = ?, rates = ? WHERE id = ?",
		after.Currency, after.Zone, after.Visibility, string(rates), tx.workspace)
	if err != nil {
		return fmt.Errorf("save workspace %d: %w", tx.workspace, err)
	}
	tx.home = &after
	if err := tx.record(ctx, Change{Subject: subjectSettings, Diff: diff, Undoes: undoes}, by); err != nil {
		return err
	}
	if diff.has("currency") || diff.has("rates") {
		return tx.revalue(ctx, after)
	}
	return nil
}

// settingFields are the parts of a workspace that changes name.
var settingFields = fields[Workspace]{
	"currency":   func(w *Workspace) any { return &w.Currency },
	"zone":       func(w *Workspace) any { return &w.Zone },
	"visibility": func(w *Workspace) any { return &w.Visibility },
	"rates":      func(w *Workspace) any { return (*ratesPart)(&w.Rates) },
}

// ratesPart is a workspace's rates as a diff has them; JSON adds to a map, so
// it is emptied before a value is put back.
type ratesPart map[string]float64

func (p *ratesPart) clear() { *p = nil }

// worth returns an amount in minor units of the workspace's currency, -1 when
// there is no amount or no rate for it. It is for comparing deals only; sums
// never mix currencies.
func (w Workspace) worth(amount scoring.Money) int64 {
	switch rate, ok := w.Rates[amount.Currency]; {
	case !amount.Known():
		return -1
	case amount.Currency == w.Currency:
		return amount.Minor
	case ok:
		worth := math.Round(float64(amount.Minor) * rate)
		if worth >= math.MaxInt64 {
			return math.MaxInt64
		}
		return int64(worth)
	default:
		return -1
	}
}

// revalue computes the worth of all deals anew after a change of currency or
// rates, with one statement for each currency.
func (tx *Tx) revalue(ctx context.Context, w Workspace) error {
	var currencies []string
	err := tx.scan(ctx, &currencies, "SELECT DISTINCT currency FROM deals WHERE workspace_id = ? AND currency <> ''",
		tx.workspace)
	for _, currency := range currencies {
		if err == nil {
			err = tx.revalueIn(ctx, w, currency)
		}
	}
	if err != nil {
		return fmt.Errorf("revalue deals: %w", err)
	}
	return nil
}

func (tx *Tx) revalueIn(ctx context.Context, w Workspace, currency string) (err error) {
	rate, ok := w.Rates[currency]
	switch {
	case currency == w.Currency:
		_, err = tx.exec(ctx, "UPDATE deals SET worth = amount WHERE workspace_id = ? AND currency = ?", tx.workspace, currency)
	case ok:
		_, err = tx.exec(ctx, `UPDATE deals SET worth = CASE WHEN amount * CAST(? AS DOUBLE PRECISION) >= 9e18
			THEN 9223372036854775807 ELSE CAST(ROUND(amount * CAST(? AS DOUBLE PRECISION)) AS BIGINT) END
			WHERE workspace_id = ? AND currency = ?`, rate, rate, tx.workspace, currency)
	default:
		_, err = tx.exec(ctx, "UPDATE deals SET worth = -1 WHERE workspace_id = ? AND currency = ?", tx.workspace, currency)
	}
	return err
}
