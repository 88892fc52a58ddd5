package storage_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// lose ends a deal with a no that has been asked about.
func (p *place) lose(number int64, r scoring.Refusal) {
	p.Helper()
	by := p.by(p.anna)
	p.change(number, by, func(d *storage.Deal) {
		d.Outcome, d.EndedAt, d.Reason, d.Words, d.Aftermath = scoring.Lost, by.At, r.Reason, r.Words, r.Aftermath
	})
}

// reopens makes a lost deal open again.
func (p *place) reopens(number int64) {
	p.Helper()
	p.change(number, p.by(p.anna), func(d *storage.Deal) {
		d.Outcome, d.EndedAt, d.Reason, d.Words, d.Aftermath = scoring.Open, time.Time{}, "", "", scoring.Aftermath{}
	})
}

// refused leaves behind noes of every kind, promises and an objection that was
// overcome.
func (p *place) refused() {
	p.Helper()
	number := p.add(storage.Deal{Name: "Refuse", Step: scoring.Contact}).Number
	p.lose(number, scoring.Refusal{Reason: scoring.Unsuitable, Words: "no film", Aftermath: scoring.Aftermath{
		Product: 1, Door: scoring.Door{State: scoring.DoorAccepted, On: "2026-11-25"},
	}})
	number = p.add(storage.Deal{Name: "Unfit"}).Number
	p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Outcome, d.EndedAt = scoring.Disqualified, p.now })
	number = p.add(storage.Deal{Name: "Persuaded"}).Number
	p.change(number, p.by(p.anna), func(d *storage.Deal) {
		d.Outcome, d.EndedAt, d.Overcame = scoring.Won, p.now, storage.Objection{Reason: scoring.PriceTooHigh, How: "half now"}
	})
	number = p.add(storage.Deal{Name: "Promised"}).Number
	p.change(number, p.by(p.anna), func(d *storage.Deal) { d.NextStep, d.NextStepOn = "call", "2026-11-26" })
}

func (p *place) refusalRows() []string {
	p.Helper()
	return rows(p.T, p.raw(), fmt.Sprintf(`SELECT deal, owner_id = %d AS annas, step, reason, words, probe, product, winner, door,
		back_at < '9999-01-01' AS back, deleted FROM refusals WHERE workspace_id = %d ORDER BY deal, at`, p.anna.ID, p.home))
}

// text of a condition differs between the databases.
func yes(p *place) (yes, no string) {
	if storage.IsPostgres(p.dsn) {
		return "true", "false"
	}
	return "1", "0"
}

func TestRefusalRows(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			y, n := yes(p)
			number := p.add(storage.Deal{Name: "Acme", Step: scoring.Contact}).Number
			p.lose(number, scoring.Refusal{Reason: scoring.HasSupplier})
			p.same("a no", p.refusalRows(), []string{"1 " + y + " contact has_supplier   0   " + n + " false"})
			answer := func(fn func(*scoring.Aftermath)) {
				p.change(number, p.by(p.petra), func(d *storage.Deal) { fn(&d.Aftermath) })
			}
			answer(func(a *scoring.Aftermath) { a.Probe = scoring.FasterDelivery })
			answer(func(a *scoring.Aftermath) { a.Winner = scoring.Winner{Kind: scoring.WinnerNamed, Name: "Rival"} })
			answer(func(a *scoring.Aftermath) { a.Door = scoring.Door{State: scoring.DoorAccepted, On: "2027-01-25"} })
			asked := "1 " + y + " contact has_supplier  delivery 0 named accepted "
			p.same("a no that was asked about", p.refusalRows(), []string{asked + n + " false"})
			p.change(number, p.by(p.petra), func(d *storage.Deal) { d.Owner = p.boris.ID })
			p.same("given to another rep", p.refusalRows(), []string{asked + n + " false"})
			p.reopens(number)
			p.same("came back", p.refusalRows(), []string{asked + y + " false"})
			p.mustUndo(p.anna)
			p.same("did not come back after all", p.refusalRows(), []string{asked + n + " false"})
			p.reopens(number)
			p.lose(number, scoring.Refusal{Reason: scoring.PriceTooHigh, Words: "a tenth"})
			second := "1 " + n + " contact price a tenth  0   " + n + " false"
			p.same("a second no", p.refusalRows(), []string{asked + y + " false", second})
			p.mustUndo(p.anna)
			p.same("which was never said", p.refusalRows(), []string{asked + y + " false"})
			p.change(number, p.by(p.petra), func(d *storage.Deal) { d.Deleted = true })
			p.same("deleted", p.refusalRows(), []string{asked + y + " true"})
		})
	}
}

func TestRefusalTotals(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, r := range []scoring.Refusal{
				{Reason: scoring.PriceTooHigh},
				{Reason: scoring.PriceTooHigh, Words: "other words count alike"},
				{Reason: scoring.Unsuitable, Aftermath: scoring.Aftermath{Product: 3}},
				{Reason: scoring.HasSupplier, Aftermath: scoring.Aftermath{Probe: scoring.NoneOfThese}},
			} {
				p.lose(p.add(storage.Deal{Name: "Acme", Step: scoring.Contact}).Number, r)
			}
			boris := p.add(storage.Deal{Name: "Bolt", Owner: p.boris.ID}).Number
			p.lose(boris, scoring.Refusal{Reason: scoring.PriceTooHigh})
			p.reopens(boris)
			totals := func(owner int64, from, to time.Time) []storage.RefusalTotal {
				return read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.RefusalTotal, error) {
					return tx.RefusalTotals(ctx, owner, from, to)
				})
			}
			anna := []storage.RefusalTotal{
				{Reason: scoring.HasSupplier, Probe: scoring.NoneOfThese, Owner: p.anna.ID, Step: scoring.Contact, Count: 1},
				{Reason: scoring.PriceTooHigh, Owner: p.anna.ID, Step: scoring.Contact, Count: 2},
				{Reason: scoring.Unsuitable, Had: true, Owner: p.anna.ID, Step: scoring.Contact, Count: 1},
			}
			later := p.now.Add(time.Minute)
			p.same("anna's", totals(p.anna.ID, start, later), anna)
			p.same("boris's", totals(p.boris.ID, start, later), []storage.RefusalTotal{
				{Reason: scoring.PriceTooHigh, Owner: p.boris.ID, Back: true, Count: 1},
			})
			if got := len(totals(0, start, later)); got != 4 {
				t.Errorf("everybody's: got %d rows, want 4", got)
			}
			first := start.Add(2 * time.Minute) // the deal, then the no
			p.same("from the first no to before it", totals(0, first, first), []storage.RefusalTotal(nil))
			p.same("the first no alone", totals(0, first, first.Add(time.Microsecond)), []storage.RefusalTotal{
				{Reason: scoring.PriceTooHigh, Owner: p.anna.ID, Step: scoring.Contact, Count: 1},
			})
			flagged := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.FlaggedRefusal, error) {
				return tx.FlaggedRefusals(ctx, 0, start, later, 10)
			})
			var flags []string
			for _, f := range flagged {
				flags = append(flags, fmt.Sprint(f.Deal, " ", f.Name, " ", f.Flag()))
			}
			p.same("flags", flags, []string{"4 Acme unprobed", "3 Acme had_it"})
		})
	}
}

func TestPromises(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			number := p.add(storage.Deal{Name: "Acme"}).Number
			p.lose(number, scoring.Refusal{Reason: scoring.NoBudget, Aftermath: scoring.Aftermath{
				Return: scoring.Return{On: "2027-02-08"}, Door: scoring.Door{State: scoring.DoorAccepted, On: "2027-01-25"},
			}})
			due := func(until string) (numbers []int64) {
				deals := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Deal, error) {
					return tx.FollowOns(ctx, p.anna.ID, until, 10)
				})
				for _, d := range deals {
					numbers = append(numbers, d.Number)
				}
				return numbers
			}
			p.same("the day before", due("2027-01-24"), []int64(nil))
			p.same("on the day", due("2027-01-25"), []int64{number})
			p.change(number, p.by(p.anna), func(d *storage.Deal) { d.Aftermath.Door.Done = true })
			p.same("once it was sent", due("2027-02-07"), []int64(nil))
			p.same("on the other day", due("2027-02-08"), []int64{number})
			p.reopens(number)
			p.same("once it is open again", due("2099-01-01"), []int64(nil))
		})
	}
}

func TestOvercomings(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			win := func(name string, o storage.Objection) {
				number := p.add(storage.Deal{Name: name}).Number
				p.change(number, p.by(p.anna), func(d *storage.Deal) {
					d.Outcome, d.EndedAt, d.Overcame = scoring.Won, p.now, o
				})
			}
			win("Acme", storage.Objection{Reason: scoring.PriceTooHigh, How: "half now"})
			win("Bolt", storage.Objection{Reason: storage.NoObjection})
			win("Cork", storage.Objection{Reason: scoring.NotPlanned, How: "a trial first"})
			win("Dune", storage.Objection{Reason: scoring.PriceTooHigh, How: "cost of waiting"})
			names := func(reason scoring.Reason) (names []string) {
				found := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Overcoming, error) {
					return tx.Overcomings(ctx, reason, 10)
				})
				for _, o := range found {
					names = append(names, o.Name+": "+o.How)
				}
				return names
			}
			p.same("price", names(scoring.PriceTooHigh), []string{"Dune: cost of waiting", "Acme: half now"})
			p.same("all", names(""), []string{"Dune: cost of waiting", "Cork: a trial first", "Acme: half now"})
			p.same("none", names(scoring.SupplyTerms), []string(nil))
		})
	}
}
