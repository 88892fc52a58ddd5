package storagetest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"fifteen/scoring"
)

// Reps is how many members share the deals of Fill; their ids are 1 to Reps.
const Reps = 50

// Workspace is the id of the workspace that Fill makes, in euros and UTC.
const Workspace = 1

// Now is the moment that the deals of Fill are seen from.
var Now = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// days is how far back Fill's deals have ended, one day after another.
const days = 672

// The cards that Fill's open deals share.
const (
	closingCards = 16
	otherCards   = 64
)

// Fill gives an empty, migrated database a workspace with many deals. A fifth
// of them is open; 3 of 200 open ones stand at 14 or 15. Another fifth was won
// over the last 672 days. Each deal has a company of its own, which took three
// steps on average. Over the same days a fifth as many activities were reported
// and a fiftieth as many decisions taken; those of the last 21 days are still to
// be reviewed. Won deals had been in the closing band for ten days.
func Fill(ctx context.Context, db *sql.DB, deals int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("fill database: %w", err)
	}
	for _, s := range slices.Concat(people(), cards(), ends(), everything(deals), closings(), funnel(deals)) {
		if _, err := tx.ExecContext(ctx, s.text, s.args...); err != nil {
			return errors.Join(fmt.Errorf("fill database: %w", err), tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("fill database: %w", err)
	}
	return nil
}

type statement struct {
	text string
	args []any
}

func people() []statement {
	reps := make([]statement, Reps)
	for i := range reps {
		name := fmt.Sprintf("rep %d", i+1)
		reps[i] = statement{`INSERT INTO members (workspace_id, name, key, role, created_at)
			VALUES (1, $1, $2, 'rep', $3)`, []any{name, name, Now}}
	}
	return append([]statement{
		{`INSERT INTO workspaces (name, key, currency, zone, visibility, created_at)
			VALUES ('Many', 'many', 'EUR', 'UTC', 'team', $1)`, []any{Now}},
		{"INSERT INTO companies (workspace_id, name, key, created_at) VALUES (1, 'Company', 'company', $1)", []any{Now}},
		{"INSERT INTO targets (workspace_id, month, member_id, currency, amount) VALUES (1, '2026-11', 0, 'EUR', 100000000)", nil},
	}, reps...)
}

func cards() []statement {
	create := statement{`CREATE TEMPORARY TABLE cards (id BIGINT PRIMARY KEY, card TEXT, pain BIGINT, power BIGINT,
		fit BIGINT, score BIGINT, yeses BIGINT, lift_at TIMESTAMPTZ, doubt_at TIMESTAMPTZ, ask_at TIMESTAMPTZ,
		scored_at TIMESTAMPTZ)`, nil}
	fill := make([]statement, otherCards+closingCards)
	random := rand.New(rand.NewPCG(1, 15)) //nolint:gosec // the same cards every time
	for id := range fill {
		card := sample(random, id)
		text, err := json.Marshal(card)
		if err != nil {
			panic(err) // a card holds nothing that JSON cannot
		}
		s := card.Standing()
		fill[id] = statement{
			"INSERT INTO cards VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
			[]any{id, string(text), s.Pain, s.Power, s.Fit, s.Total, s.Yeses, s.LiftAt, s.DoubtAt, s.AskAt, s.ScoredAt},
		}
	}
	return append([]statement{create}, fill...)
}

// sample returns a card with more yeses the larger id is: below the closing band
// for the first ones, in it from otherCards on.
func sample(random *rand.Rand, id int) scoring.Card {
	closing := id >= otherCards
	for {
		var card scoring.Card
		for c := range card.Answers {
			reply := scoring.Reply(random.IntN(4))
			if random.IntN(otherCards) < id {
				reply = scoring.Yes
			}
			if reply != scoring.Unasked {
				at := Now.Add(-time.Duration(random.IntN(40*24)) * time.Hour)
				card.Answers[c] = scoring.Answer{Reply: reply, At: at, Rev: int64(c) + 2}
			}
		}
		if (scoring.BandOf(card.Total()) == scoring.Closing) == closing {
			return card
		}
	}
}

func ends() []statement {
	create := statement{"CREATE TEMPORARY TABLE ends (id BIGINT PRIMARY KEY, ended TIMESTAMPTZ, since TIMESTAMPTZ)", nil}
	fill := make([]statement, days)
	for day := range fill {
		fill[day] = statement{"INSERT INTO ends VALUES ($1, $2, $3)", []any{day, Now.AddDate(0, 0, -day), Now.AddDate(0, 0, -day-10)}}
	}
	return append([]statement{create}, fill...)
}

func everything(deals int) []statement {
	return []statement{
		{fillDeals, []any{deals, Reps, otherCards, closingCards, days}},
		{"INSERT INTO counters (workspace_id, name, value) VALUES (1, 'deal', $1)", []any{deals}},
		{fillActivities, []any{deals / 5, Reps, days}},
		{fillChanges, []any{deals / 5, Reps, days}},
		{fillDecisions, []any{deals / 50, Reps, days}},
		{"DROP TABLE cards", nil},
	}
}

// fillDeals makes the deals 1 to $1 with the cards and ends above; every fifth
// is open, o counts those.
const fillDeals = `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1),
numbered (i, o) AS (SELECT i, i / 5 FROM n),
chosen (i, owner, outcome, card) AS (
	SELECT i, 1 + (o + o / 66) % $2,
		CASE i % 5 WHEN 0 THEN 'open' WHEN 1 THEN 'won' WHEN 2 THEN 'disqualified' ELSE 'lost' END,
		CASE WHEN i % 5 = 0 AND o * 3 / 200 <> (o - 1) * 3 / 200 THEN $3 + i % $4 ELSE i % $3 END
	FROM numbered)
INSERT INTO deals (workspace_id, number, company_id, name, key, owner_id, amount, currency, worth, close_on, step,
	outcome, ended_at, reason, words, next_step, next_step_on, card, pain, power, fit, score, yeses, lift_at, doubt_at,
	ask_at, scored_at, band_since, created_at, created_by, deleted, revision)
SELECT 1, i, 1, 'Company ' || i, 'company ' || i, owner, i * 7919 % 1000000, 'EUR', i * 7919 % 1000000, '', 'contact',
	outcome, CASE outcome WHEN 'open' THEN '0001-01-01 00:00:00+00:00' ELSE ended END,
	CASE outcome WHEN 'lost' THEN 'price' ELSE '' END, '', 'Call again', '2026-12-01',
	cards.card, pain, power, fit, score, yeses, lift_at, doubt_at, ask_at, scored_at,
	ended AS since, ended AS created, owner, FALSE, 10
FROM chosen JOIN cards ON cards.id = chosen.card JOIN ends ON ends.id = i % $5`

// fillActivities makes the activities 1 to $1.
const fillActivities = `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
INSERT INTO activities (workspace_id, number, member_id, deal, kind, count, at, platform, chat, revision)
SELECT 1, i, 1 + i % $2, 0, 'call', 3, ended, '', '', 1 FROM n JOIN ends ON ends.id = i % $3`

// fillChanges makes the changes that logged them, the newest last.
const fillChanges = `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
INSERT INTO changes (workspace_id, subject, deal, rev, member_id, at, platform, chat, command, diff, undoes)
SELECT 1, 'activity/' || i, 0, 0, 1 + i % $2, ended, '', '', 'log', '{}', 0 FROM n JOIN ends ON ends.id = i % $3
ORDER BY ended, i`

// fillDecisions makes the decisions 1 to $1.
const fillDecisions = `
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
INSERT INTO decisions (workspace_id, number, member_id, step, why, what, at, made_by, moved, decided, reviews, deleted,
	revision)
SELECT 1, i, 1 + i % $2, 'contact', '', '', ended, 1, 1, 2, CASE WHEN i % $3 < 21 THEN 1 ELSE 2 END, FALSE, 1
FROM n JOIN ends ON ends.id = i % $3`
