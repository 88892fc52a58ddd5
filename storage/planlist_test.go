package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fifteen/storage"
)

// planned takes the list of plans, and returns it.
func (p *place) planned() []string {
	p.Helper()
	plans, err := p.store.Plans(p.Context(), 1000)
	if err != nil {
		p.Fatal(err)
	}
	list := []string{}
	for _, plan := range plans {
		if plan.Workspace != p.home {
			continue
		}
		took := write(p, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.Planned(ctx, plan) })
		if !took {
			p.Errorf("%s %d: got it taken by somebody else", plan.Kind, plan.Number)
		}
		list = append(list, fmt.Sprintf("%s %d", plan.Kind, plan.Number))
	}
	slices.Sort(list)
	return list
}

// TestPlanList changes what turns depend on, and looks what is on the list then.
func TestPlanList(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.planned()
			anna := fmt.Sprintf("member %d", p.anna.ID)
			p.add(storage.Deal{Name: "Acme", Owner: p.anna.ID})
			p.same("a new deal", p.planned(), []string{})
			p.schedule(p.anna, mondays)
			p.remind(p.boris, storage.Reminder{Deal: 1, What: "call", Day: "2026-12-01", Clock: "09:00"})
			p.same("a schedule and a reminder", p.planned(), []string{"reminder 1", "schedule 1"})
			if err := p.saveSchedule(1, func(s *storage.Schedule) { s.Ended = "stopped" }); err != nil {
				t.Fatal(err)
			}
			p.same("a schedule that ends", p.planned(), []string{"schedule 1"})
			if err := p.undo(p.anna); err != nil {
				t.Fatal(err)
			}
			p.same("a schedule that goes on after undo", p.planned(), []string{"schedule 1"})
			p.set(func(w *storage.Workspace) { w.Zone = "Asia/Tokyo" })
			p.same("another zone", p.planned(), []string{"workspace 0"})
			promote := func(ctx context.Context, tx *storage.Tx) error {
				return tx.SetRole(ctx, p.anna.ID, "admin", p.by(p.boris))
			}
			if err := p.try(promote); err != nil {
				t.Fatal(err)
			}
			p.same("another role", p.planned(), []string{anna})
			p.handOver(p.anna, p.boris)
			p.same("a deal handed over", p.planned(), []string{"deal 1"})

			plan := func(fn func(context.Context, *storage.Tx) error) []string {
				p.Helper()
				if err := p.try(fn); err != nil {
					p.Fatal(err)
				}
				return p.planned()
			}
			p.same("what concerns who made it", plan(func(ctx context.Context, tx *storage.Tx) error {
				return tx.PlanWhatConcerns(ctx, p.anna.ID)
			}), []string{"schedule 1"})
			p.same("what concerns the owner", plan(func(ctx context.Context, tx *storage.Tx) error {
				return tx.PlanWhatConcerns(ctx, p.boris.ID)
			}), []string{"reminder 1"})
			p.same("the deal's reminders", plan(func(ctx context.Context, tx *storage.Tx) error {
				return tx.PlanDealReminders(ctx, 1)
			}), []string{"reminder 1"})
			home := plan(func(ctx context.Context, tx *storage.Tx) error { return tx.PlanHome(ctx) })
			p.same("the whole workspace", len(home), 4) // three members and a schedule
		})
	}
}

// TestClockThatGoesBack has everything planned anew once the clock is behind.
func TestClockThatGoesBack(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.planned()
			p.setTurn(aTurn)
			for _, test := range []struct {
				step time.Duration
				back bool
			}{
				{0, false},
				{30 * time.Second, false},
				{time.Hour, false},
				{-50 * time.Second, false},
				{-2 * time.Hour, true},
				{0, false},
				{30 * 24 * time.Hour, false},
				{-30 * 24 * time.Hour, true},
				{time.Second, false},
			} {
				p.now = p.now.Add(test.step)
				back, err := p.store.SeeClock(t.Context(), p.now)
				if err != nil || back != test.back {
					t.Errorf("after %s: got %v (%v), want %v", test.step, back, err, test.back)
				}
				want := []string{}
				if test.back {
					want = []string{"schedule 7"}
				}
				p.same("plans", p.planned(), want)
			}
		})
	}
}
