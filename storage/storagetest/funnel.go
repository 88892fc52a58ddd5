package storagetest

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// perStatement is how many tracks one statement adds.
const perStatement = 500

// funnel gives each deal its company, its steps, three of them on average, its
// no, if it was lost, and its company's track. It wants the deals to be there.
func funnel(deals int) []statement {
	all := []statement{
		{fillCompanies, []any{deals}},
		{fillSteps, nil},
		{fillRefusals, nil},
		{"UPDATE deals SET company_id = number", nil},
	}
	for first := 1; first <= deals; first += perStatement {
		all = append(all, tracks(first, min(first+perStatement-1, deals)))
	}
	return all
}

const (
	// The first company is there already.
	fillCompanies = `WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO companies (workspace_id, name, key, created_at)
		SELECT 1, 'Company ' || i, 'company ' || i, '2025-01-01 00:00:00+00:00' FROM n`
	fillSteps = `INSERT INTO step_changes (workspace_id, deal, rev, from_step, to_step, member_id, at, platform, chat, undoes)
		SELECT 1, number, v.rev, v.was, v.step, owner_id, created_at, 'slack', 'D1', 0 FROM deals JOIN (
			SELECT 2 AS rev, '' AS was, 'contact' AS step, 0 AS needs UNION ALL SELECT 3, 'contact', 'presentation', 0
			UNION ALL SELECT 4, 'presentation', 'contract', 1 UNION ALL SELECT 5, 'contract', 'payment', 1
			UNION ALL SELECT 6, 'payment', 'contract', 2 UNION ALL SELECT 7, 'contract', 'payment', 2) v
		ON v.needs = 0 OR v.needs = 1 AND outcome = 'won' OR v.needs = 2 AND outcome IN ('won', 'disqualified') AND number % 5 < 2`
	fillRefusals = `INSERT INTO refusals (workspace_id, deal, at, owner_id, step, reason, words, probe, product, winner, door, back_at, deleted)
		SELECT 1, number, ended_at, owner_id, 'presentation',
			CASE number % 3 WHEN 0 THEN 'price' WHEN 1 THEN 'has_supplier' ELSE 'unsuitable' END, 'too dear',
			CASE WHEN number % 3 = 1 THEN 'cheaper' ELSE '' END, 0, 'unknown', 'accepted', '9999-12-31 00:00:00+00:00', FALSE
		FROM deals WHERE outcome = 'lost'`
)

// tracks adds the tracks of the companies first to last: listed 40 days before
// the end, or before today for open ones, then a step every eight days.
func tracks(first, last int) statement {
	var b strings.Builder
	b.WriteString("INSERT INTO tracks (workspace_id, company_id, listed_at, left_at, moves) VALUES ")
	never := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	for i := first; i <= last; i++ {
		if i > first {
			b.WriteString(", ")
		}
		ended := Now.AddDate(0, 0, -(i % days))
		left := ended
		if i%5 < 2 { // open or won
			left = never
		}
		fmt.Fprintf(&b, "(1, %d, '%s', '%s', '%s')", i, stamp(ended.AddDate(0, 0, -40)), stamp(left), moves(i, ended))
	}
	return statement{b.String(), nil}
}

func stamp(t time.Time) string { return t.Format("2006-01-02 15:04:05") + "+00:00" }

// moves writes a track as storage does.
func moves(deal int, ended time.Time) string {
	kinds := []string{"l", "scontact", "spresentation"}
	switch deal % 5 {
	case 0:
	case 1:
		kinds = append(kinds, "scontract", "spayment")
	case 2:
		kinds = append(kinds, "d")
	default:
		kinds = append(kinds, "r")
	}
	o := deal / 5
	rep := strconv.FormatInt(int64(1+(o+o/66)%Reps), 36)
	words := make([]string, len(kinds))
	for i, kind := range kinds {
		at := ended.AddDate(0, 0, -8*(len(kinds)-1-i))
		words[i] = strconv.FormatInt(at.UnixMicro(), 36) + "." + strconv.FormatInt(int64(deal), 36) + "." + rep + "." + kind
	}
	return strings.Join(words, " ")
}
