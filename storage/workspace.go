package storage

import (
	"context"
	"encoding/json"
	"fmt"
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
	Rates map[string]float64
	// Funnel is the organisation's own, or the method's while it has none.
	Funnel scoring.Funnel
	// Reasons are the organisation's words for why customers say no, in order; a
	// reason of the method that is not among them keeps the method's words.
	Reasons []ReasonWords
	// Pitch says in a minute what the organisation sells and why it is better, or
	// is "".
	Pitch string
	// Hours, such as "09:00-18:00", and Days, such as "mon,tue", are when people
	// work; each is "" for the usual.
	Hours, Days string
	// Country is whose public holidays are kept, such as "cz", or "".
	Country string
	// DaysOff are the organisation's own days off, by day.
	DaysOff []DayOff
	// Nudge is when on a working day reps are asked a question: a time such as
	// "09:30", NudgeOff for never, or "" for when their day begins.
	Nudge string
	// Channel is where the team hears what the bot says by itself, the zero Channel
	// for nowhere yet.
	Channel   Channel
	CreatedAt time.Time
}

// A Channel is a chat of a platform, with what people call it.
type Channel struct {
	Platform string `json:"platform"`
	ID       string `json:"id"`
	Name     string `json:"name"` // may be ""
}

// NudgeOff is the value of Workspace.Nudge for no question.
const NudgeOff = "off"

// A DayOff is a day on which nobody works.
type DayOff struct {
	On   string `json:"on"`             // such as "2026-12-24"
	Name string `json:"name,omitempty"` // may be ""
}

// The values of Workspace.Visibility.
const (
	VisibleOwn  = "own"  // reps see their own deals and the team's totals
	VisibleTeam = "team" // reps see everybody's deals
)

// ReasonWords are what an organisation calls a reason: one of the method's, or
// one of its own with an id of its own.
type ReasonWords struct {
	ID    scoring.Reason `json:"id"`
	Words string         `json:"words"`
}

type workspaceRow struct {
	ID                                                           int64
	Name, Key, Currency, Zone, Visibility, Rates, Reasons, Pitch string
	Hours, Days, Country, DaysOff, Nudge, Channel                string
	// Funnel is "" for the method's.
	Funnel    string
	CreatedAt time.Time
}

func (workspaceRow) TableName() string { return "workspaces" }

func (r workspaceRow) workspace() (Workspace, error) {
	w := Workspace{
		ID: r.ID, Name: r.Name, Key: r.Key, Currency: r.Currency, Zone: r.Zone,
		Visibility: r.Visibility, Pitch: r.Pitch, CreatedAt: r.CreatedAt.UTC(),
		Hours: r.Hours, Days: r.Days, Country: r.Country, Nudge: r.Nudge,
	}
	for _, part := range []struct {
		text string
		into any
	}{{r.Rates, &w.Rates}, {r.Reasons, &w.Reasons}, {r.Funnel, &w.Funnel}, {r.DaysOff, &w.DaysOff}, {r.Channel, &w.Channel}} {
		if part.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return Workspace{}, fmt.Errorf("read settings of workspace %d: %w", r.ID, err)
		}
	}
	return w.whole(), nil
}

// AddWorkspace stores a new workspace and returns it with its id. It keeps name,
// key, currency, zone and visibility; the other settings come later, with
// SaveWorkspace. It returns ErrExists when the key is taken.
func (s *Store) AddWorkspace(ctx context.Context, w Workspace) (Workspace, error) {
	w = Workspace{
		Name: w.Name, Key: w.Key, Currency: w.Currency, Zone: w.Zone, Visibility: w.Visibility,
		CreatedAt: instant(w.CreatedAt),
	}.whole()
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

// Workspace returns the transaction's workspace, a copy that the caller may
// change.
func (tx *Tx) Workspace(ctx context.Context) (Workspace, error) {
	if tx.home == nil {
		home, err := tx.readWorkspace(ctx, "")
		if err != nil {
			return Workspace{}, err
		}
		tx.home = &home
	}
	return tx.home.whole(), nil
}

func (tx *Tx) readWorkspace(ctx context.Context, lock string) (Workspace, error) {
	var row workspaceRow
	if err := tx.one(ctx, &row, "SELECT * FROM workspaces WHERE id = ?"+lock, tx.workspace); err != nil {
		return Workspace{}, fmt.Errorf("read workspace %d: %w", tx.workspace, err)
	}
	return row.workspace()
}

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
		return amount.Times(rate).Minor
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
