package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"fifteen/scoring"
)

// monday is when all digests are due, for the first time.
var monday = time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)

// fillTeams makes the workspaces first to last, each with a manager, a rep, thirty
// deals, some of them closing or just won, and a digest that was sent every Monday
// of the last eight weeks and is to be planned. What else there is of turns is due
// in half a year, and what there is of posts was sent.
func fillTeams(ctx context.Context, dsn string, first, last int) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return errors.Join(err, db.Close())
	}
	for _, s := range teamRows {
		args := []any{first, last, monday}[:s.args]
		if s.cards {
			args, err = cardArgs(args)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, s.text, args...)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("fill %s: %w", s.table, err), tx.Rollback(), db.Close())
		}
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(err, db.Close())
	}
	_, err = db.ExecContext(ctx, "ANALYZE") // what the server does by itself after a while
	return errors.Join(err, db.Close())
}

// cardArgs adds the columns of a card that closes and of one that does not.
func cardArgs(args []any) ([]any, error) {
	for _, yeses := range []int{len(scoring.Card{}.Answers), 8} {
		var card scoring.Card
		for c := range yeses {
			card.Answers[c] = scoring.Answer{Reply: scoring.Yes, At: monday.AddDate(0, 0, -3), Rev: int64(c) + 2}
		}
		text, err := json.Marshal(card)
		if err != nil {
			return nil, err
		}
		s := card.Standing()
		args = append(args, string(text), s.Pain, s.Power, s.Fit, s.Total, s.Yeses, s.LiftAt, s.DoubtAt, s.AskAt, s.ScoredAt)
	}
	return args, nil
}

// teamRows fill one table each. $1 and $2 are the first and the last workspace, $3
// is the Monday. The manager of workspace w is the member 2w-1, its rep 2w.
var teamRows = []struct {
	table, text string
	args        int
	cards       bool
}{
	{"workspaces", `INSERT INTO workspaces (id, name, key, currency, zone, visibility, created_at) OVERRIDING SYSTEM VALUE
		SELECT w, 'Team ' || w, 'team ' || w, 'EUR', 'UTC', 'team', $3::timestamptz - interval '1 year'` + ofTeams, 3, false},
	{"teams", `INSERT INTO teams (platform, external_id, workspace_id, name) SELECT 'slack', 'T' || w AS id, w, 'Team ' || w` + ofTeams, 2, false},
	{"members", `INSERT INTO members (id, workspace_id, name, key, role, created_at) OVERRIDING SYSTEM VALUE
		SELECT 2 * w - m, w, r AS name, r AS key, r AS role, $3::timestamptz - interval '1 year'` + ofTeams + `, (VALUES (1, 'manager'), (0, 'rep')) v (m, r)`, 3, false},
	{"accounts", `INSERT INTO accounts (workspace_id, platform, external_id, member_id)
		SELECT w, 'slack', 'U' || 2 * w - m, 2 * w - m` + ofTeams + `, generate_series(0, 1) m`, 2, false},
	{"companies", `INSERT INTO companies (id, workspace_id, name, key, created_at) OVERRIDING SYSTEM VALUE
		SELECT w AS id, w, 'Acme', 'acme', $3::timestamptz - interval '1 year'` + ofTeams, 3, false},
	{"deals", teamDeals, 3, true},
	{"closings", teamClosings, 3, false},
	{"targets", `INSERT INTO targets (workspace_id, month, member_id, currency, amount)
		SELECT w, m, 0, 'EUR', 10000000` + ofTeams + `, (VALUES ('2026-11'), ('2026-12')) v (m)`, 2, false},
	{"schedules", `INSERT INTO schedules (workspace_id, number, line, rule, zone, audience, platform, chat, name, member_id,
		maker_id, role, made_at, ended, deleted, revision)
		SELECT w, n, line, rule, '', 'chat', 'slack', ` + teamChannel + `, '#sales', 0, 2 * w - 1, 'manager', $3::timestamptz - interval '60 days', '', FALSE, 1` + ofTeams +
		`, (VALUES (1, 'who', 'mon 09:00'), (2, 'refusals', '2027-06-01 09:00')) v (n, line, rule)`, 3, false},
	{"reminders", `INSERT INTO reminders (workspace_id, number, deal, member_id, what, day, clock, set_at, done, deleted, revision)
		SELECT w, n, n AS deal, 2 * w, 'Call again', '2027-06-01', '09:00', $3::timestamptz - interval '60 days', FALSE AS done, FALSE AS deleted, 1` + ofTeams +
		", generate_series(1, 3) n", 3, false},
	{"turns", `INSERT INTO turns (workspace_id, kind, number, member_id, slot, slot_at, due_at, attempts)
		SELECT w, kind, n, m, '2027-06-01 09:00', '2027-06-01 09:00Z', '2027-06-01 09:00Z', 0` + ofTeams +
		`, LATERAL (VALUES ('schedule', 2, 0), ('reminder', 1, 2 * w), ('reminder', 2, 2 * w), ('reminder', 3, 2 * w),
		('member', 2 * w, 2 * w)) v (kind, n, m)`, 2, false},
	{"fired", `INSERT INTO fired (workspace_id, kind, number, member_id, slot, at)
		SELECT w, 'schedule', 1, 0, to_char($3::timestamptz AT TIME ZONE 'UTC' - n * interval '7 days', 'YYYY-MM-DD HH24:MI'),
		$3::timestamptz - n * interval '7 days'` + ofTeams + `, generate_series(1, 8) n`, 3, false},
	{"outbox", `INSERT INTO outbox (workspace_id, event_key, member_id, platform, chat, thread, private, body, sent, attempts, created_at, due_at)
		SELECT w, 'sent ' || n, 0, 'slack', ` + teamChannel + `, '', FALSE, '{"title":"2 deals"}', TRUE, 0,
		$3::timestamptz - n * interval '1 day', $3::timestamptz - n * interval '1 day'` + ofTeams + `, generate_series(1, 8) n`, 3, false},
	{"plans", `INSERT INTO plans (workspace_id, kind, number) SELECT w, 'schedule', 1` + ofTeams, 2, false},
}

const (
	ofTeams     = " FROM generate_series($1::bigint, $2::bigint) w"
	teamChannel = "'C' || w"
)

// channelOf is the channel of a workspace that its digest goes to.
func channelOf(workspace int64) string { return fmt.Sprintf("C%d", workspace) }

// teamDeals makes the deals 1 to 30 of each workspace: three at 15, seventeen
// below the band, five that were won from there in the last fortnight and five that
// were lost below it.
const teamDeals = `INSERT INTO deals (workspace_id, number, company_id, name, key, owner_id, amount, currency, worth, close_on, step,
	outcome, ended_at, reason, words, next_step, next_step_on, card, pain, power, fit, score, yeses, lift_at, doubt_at,
	ask_at, scored_at, band_since, created_at, created_by, deleted, revision)
	SELECT w, n, w, 'Company ' || n, 'company ' || n, 2 * w - n % 2, n * 100000, 'EUR', n * 100000, '', 'contact',
	outcome, CASE outcome WHEN 'open' THEN '0001-01-01 00:00:00+00:00' ELSE $3::timestamptz - (n - 19) * interval '2 days' END,
	CASE outcome WHEN 'lost' THEN 'price' ELSE '' END, '', 'Call again', '2026-12-01',
	card, pain, power, fit, score, yeses, lift_at, doubt_at, ask_at, scored_at,
	$3::timestamptz - n * interval '3 days', $3::timestamptz - interval '90 days', 2 * w, FALSE, 10` + ofTeams + `
	CROSS JOIN generate_series(1, 30) n
	CROSS JOIN LATERAL (SELECT CASE WHEN n <= 20 THEN 'open' WHEN n <= 25 THEN 'won' ELSE 'lost' END AS outcome,
		n <= 3 OR n BETWEEN 21 AND 25 AS closing) o
	JOIN (VALUES (TRUE, $4, $5::bigint, $6::bigint, $7::bigint, $8::bigint, $9::bigint, $10::timestamptz, $11::timestamptz, $12::timestamptz, $13::timestamptz),
		(FALSE, $14, $15::bigint, $16::bigint, $17::bigint, $18::bigint, $19::bigint, $20::timestamptz, $21::timestamptz, $22::timestamptz, $23::timestamptz))
		c (closes, card, pain, power, fit, score, yeses, lift_at, doubt_at, ask_at, scored_at) ON closes = closing`

// teamClosings tells of the deals in the band since when they are, and of those
// that were won when they came in and left.
const teamClosings = `INSERT INTO closings (workspace_id, deal, rev, where_was, score_was, amount_was, currency_was, owner_was,
	where_is, score_is, amount_is, currency_is, owner_is, member_id, at, platform, chat, undoes)
	SELECT w, n, rev, was, 15, n * 100000, 'EUR', 2 * w - n % 2, iss, 15, n * 100000, 'EUR', 2 * w - n % 2, 2 * w, at, '', '', 0` + ofTeams + `,
	LATERAL (SELECT n, 9 AS rev, 'below' AS was, 'in' AS iss, $3::timestamptz - n * interval '3 days' AS at FROM generate_series(1, 3) n
		UNION ALL SELECT n, 8, 'below', 'in', $3::timestamptz - n * interval '1 day' FROM generate_series(21, 25) n
		UNION ALL SELECT n, 9, 'in', 'won', $3::timestamptz - (n - 19) * interval '2 days' FROM generate_series(21, 25) n) v`
