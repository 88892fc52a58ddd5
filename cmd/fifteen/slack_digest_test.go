package main_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// manyClosing is how many deals are closing in the longest digest.
const manyClosing = 300

// TestSlackDigestOfMany posts the digest of 300 closing deals: a fake that enforces
// Slack's limits refuses nothing, and each deal is there once.
func TestSlackDigestOfMany(t *testing.T) {
	t.Parallel()
	s := newSlackStage(t)
	s.overHTTP()
	s.enter("novak")
	s.take(":in #sales", false)
	s.take("schedule who mon 09:00", false)
	s.closing(manyClosing)
	var told strings.Builder
	for _, post := range s.take(":at +7d", false) {
		if lines := strings.Join(post.lines, "\n"); strings.Contains(lines, "→ in #sales") {
			told.WriteString(lines + "\n")
		}
	}
	table, bridge, ok := strings.Cut(told.String(), "Since ")
	if !ok || !strings.Contains(table, "Who is 14 and 15? 300 deals") {
		t.Fatalf("got %.500q, want the digest with its bridge", told.String())
	}
	for i := range manyClosing {
		name := fmt.Sprintf("Firm %03d.", i)
		if n := strings.Count(table, name); n != 1 {
			t.Errorf("%s: got it %d times among the deals, want once", name, n)
		}
		if n := strings.Count(bridge, name); n != 1 {
			t.Errorf("%s: got it %d times in the bridge, want once", name, n)
		}
	}
	s.close()
}

// closing stores so many deals that are scored 15.
func (s *slackStage) closing(n int) {
	s.t.Helper()
	ctx := s.t.Context()
	err := s.app.Store.Write(ctx, s.home, func(tx *storage.Tx) error {
		members, err := tx.Members(ctx)
		if err != nil {
			return err
		}
		by := storage.Author{Member: members[0].ID, At: slackMonday.Add(time.Hour), Command: "deal add"}
		for i := range n {
			if err := addClosing(ctx, tx, fmt.Sprintf("Firm %03d.", i), by); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func addClosing(ctx context.Context, tx *storage.Tx, name string, by storage.Author) error {
	deal, err := tx.AddDeal(ctx, storage.Deal{
		Name: name, Key: strings.ToLower(name), Owner: by.Member, Amount: scoring.Money{Minor: 100_000, Currency: "EUR"},
	}, by)
	if err != nil {
		return err
	}
	after := deal
	for p := range after.Card.Direct {
		after.Card.Direct[p] = scoring.Direct{Given: true, Points: scoring.BestPillar, At: by.At, Rev: deal.Revision + 1}
	}
	_, err = tx.SaveDeal(ctx, deal, after, by)
	return err
}
