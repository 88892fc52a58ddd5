package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// tracks returns the moves of each company that is on the list in a window, each
// as its deal, its rep and what it is.
func (p *place) tracks(from, to time.Time) []string {
	p.Helper()
	reps := map[int64]string{p.anna.ID: "anna", p.boris.ID: "boris", p.petra.ID: "petra"}
	return read(p, func(ctx context.Context, tx *storage.Tx) (all []string, err error) {
		err = tx.Tracks(ctx, from, to, func(moves []scoring.Move) {
			words := make([]string, len(moves))
			for i, m := range moves {
				words[i] = fmt.Sprintf("#%d %s %c%s", m.Deal, reps[m.Rep], "lsrdoh"[m.Kind], m.To)
			}
			all = append(all, strings.Join(words, ", "))
		})
		return all, err
	})
}

func (p *place) step(number int64, to scoring.Step) {
	p.Helper()
	p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Step = to })
}

func TestTracks(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			now := func() []string { return p.tracks(start, p.now.Add(time.Hour)) }
			p.add(storage.Deal{Name: "Acme"})
			p.step(1, scoring.Contact)
			p.step(1, scoring.Presentation)
			p.same("steps", now(), []string{"#1 anna l, #1 anna scontact, #1 anna spresentation"})
			p.mustUndo(p.anna)
			p.same("a step that was taken back", now(), []string{"#1 anna l, #1 anna scontact"})
			p.change(1, p.by(p.petra), func(d *storage.Deal) { d.Owner = p.boris.ID })
			p.step(1, scoring.Presentation)
			p.same("another owner", now(), []string{"#1 anna l, #1 anna scontact, #1 boris h, #1 boris spresentation"})
			p.lose(1, scoring.Refusal{Reason: scoring.PriceTooHigh})
			p.reopens(1)
			p.add(storage.Deal{Name: "Acme", Step: scoring.Contact})
			const both = "#1 anna l, #1 anna scontact, #1 boris h, #1 boris spresentation, #1 boris r, #1 boris o"
			p.same("two deals", now(), []string{both + ", #2 anna l, #2 anna scontact"})
			p.handOver(p.anna, p.petra)
			p.same("handed over", now(), []string{both + ", #2 anna l, #2 anna scontact, #2 petra h"})
			p.change(2, p.by(p.petra), func(d *storage.Deal) { d.Name, d.Key = "Bolt", "bolt" })
			p.same("renamed", now(), []string{both, "#2 anna l, #2 anna scontact, #2 petra h"})
			p.change(2, p.by(p.petra), func(d *storage.Deal) { d.Deleted = true })
			p.same("deleted", now(), []string{both})
			p.mustUndo(p.petra)
			p.mustUndo(p.petra)
			p.same("not deleted after all", now(), []string{both})
			p.change(1, p.by(p.anna), func(d *storage.Deal) {
				d.Outcome, d.EndedAt, d.Step = scoring.Won, p.now, scoring.Contract
			})
			p.same("won", now(), []string{both + ", #1 boris scontract"})
		})
	}
}

// TestTracksOfAWindow asks for companies that were on the list at some time.
func TestTracksOfAWindow(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Stays"}) // at minute 1
			p.add(storage.Deal{Name: "Goes"})  // at minute 2
			p.lose(2, scoring.Refusal{Reason: scoring.NoBudget})
			left := p.now // minute 3
			p.add(storage.Deal{Name: "Comes"})
			stays, goes, comes := "#1 anna l", "#2 anna l, #2 anna r", "#3 anna l"
			p.same("until it left", p.tracks(left, left.Add(time.Microsecond)), []string{stays, goes})
			p.same("since it left", p.tracks(left.Add(time.Microsecond), p.now.Add(time.Hour)), []string{stays, comes})
			p.same("before another was listed", p.tracks(start, p.now), []string{stays, goes})
			p.same("before all", p.tracks(start, start.Add(time.Minute)), []string(nil))
		})
	}
}

// TestTracksOfTwoDeals asks for a company that stays until its last deal has
// ended.
func TestTracksOfTwoDeals(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.add(storage.Deal{Name: "Acme"})
			p.add(storage.Deal{Name: "Acme"})
			p.lose(1, scoring.Refusal{Reason: scoring.NoBudget})
			first := p.now
			p.lose(2, scoring.Refusal{Reason: scoring.NoBudget})
			both := []string{"#1 anna l, #2 anna l, #1 anna r, #2 anna r"}
			p.same("since one has ended", p.tracks(first.Add(time.Microsecond), p.now), both)
			p.same("until both have", p.tracks(p.now, p.now.Add(time.Hour)), both)
			p.same("since both have", p.tracks(p.now.Add(time.Microsecond), p.now.Add(time.Hour)), []string(nil))
		})
	}
}

// TestTracksOfAnUndoAmongOthers takes back a handover when others have handed
// the deal back and over again since: theirs stand, and the undo is one more.
func TestTracksOfAnUndoAmongOthers(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			give := func(from, to storage.Member) {
				p.change(1, p.by(from), func(d *storage.Deal) { d.Owner = to.ID })
			}
			p.add(storage.Deal{Name: "Acme"})
			give(p.anna, p.boris)
			give(p.boris, p.anna)
			give(p.petra, p.boris)
			p.mustUndo(p.anna)
			p.step(1, scoring.Contact)
			const among = "#1 anna l, #1 boris h, #1 anna h, #1 boris h, #1 anna h, #1 anna scontact"
			p.same("an undo among others", p.tracks(start, p.now.Add(time.Hour)), []string{among})
			p.agree()
			p.mustUndo(p.anna)
			p.mustUndo(p.anna)
			p.same("a step taken back and made again", p.tracks(start, p.now.Add(time.Hour)), []string{among})
			p.agree()
		})
	}
}
