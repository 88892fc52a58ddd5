package storage_test

import (
	"context"
	"os"
	"os/exec"
	"reflect"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// zoneEnv tells a test that it runs in a zone that is not UTC.
const zoneEnv = "FIFTEEN_TEST_ZONE"

func TestTimesAreUTC(t *testing.T) {
	t.Parallel()
	if _, offset := time.Unix(0, 0).Zone(); os.Getenv(zoneEnv) != "" && offset == 0 {
		t.Fatal("zone of the process: got UTC, want another")
	}
	prague, err := time.LoadLocation("Europe/Prague")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.now = start.In(prague).Add(123456789 * time.Nanosecond)
			p.settle("prague")
			p.add(storage.Deal{Name: "Acme"})
			p.answer(1, scoring.Urgent, scoring.Yes, "evidence")
			p.skip(1, scoring.Urgent)
			p.score(1, 5, 5, 5)
			p.change(1, p.by(p.anna), func(d *storage.Deal) { d.Outcome, d.EndedAt = scoring.Won, p.now })
			p.note(1, p.anna, "note")
			p.post(p.message("event", "answer", 0))
			draft := p.keep(p.draft("event", "note", "text"))
			added := []any{
				p.product("Anvil"), p.report("call", 1), p.decide(storage.Decision{Member: p.anna.ID}),
				p.remind(p.anna, storage.Reminder{Deal: 1, Day: "2026-12-01"}), p.schedule(p.anna, mondays), p.fire(aTurn), p.setTurn(aTurn),
			}
			got := read(p, func(ctx context.Context, tx *storage.Tx) (all []any, err error) {
				return p.everyTime(ctx, tx, draft.Number)
			})
			workspaces, err := p.store.Workspaces(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, workspaces, p.due(0, 10), p.deal(1), p.evidence(1), p.notes(1, 10), p.changes(1))
			got = append(got, added...)
			for _, value := range got {
				if n := checkUTC(t, reflect.TypeOf(value).String(), reflect.ValueOf(value)); n == 0 {
					t.Errorf("%T: got no time, want one", value)
				}
			}
		})
	}
}

// everyTime returns whatever has times in it.
func (p *place) everyTime(ctx context.Context, tx *storage.Tx, draft int64) ([]any, error) {
	home, err := tx.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	member, err := tx.Member(ctx, p.anna.ID)
	if err != nil {
		return nil, err
	}
	members, err := tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	account, err := tx.MemberByAccount(ctx, "terminal", "anna")
	if err != nil {
		return nil, err
	}
	last, err := tx.LastChange(ctx, p.anna.ID)
	if err != nil {
		return nil, err
	}
	won, err := tx.WonDeals(ctx, 0, november[0], november[1])
	if err != nil {
		return nil, err
	}
	answered, err := tx.Answered(ctx, "event")
	if err != nil {
		return nil, err
	}
	kept, err := tx.Draft(ctx, draft, p.anna.ID, p.now)
	if err != nil {
		return nil, err
	}
	closings, err := tx.ClosingsSince(ctx, november[0])
	if err != nil {
		return nil, err
	}
	nouns, err := p.nounTimes(ctx, tx)
	return append(nouns, closings, home, member, members, account, last, won, answered, kept), err
}

// nounTimes is everyTime for nouns.
func (p *place) nounTimes(ctx context.Context, tx *storage.Tx) ([]any, error) {
	deal, err := tx.Deal(ctx, 1)
	if err != nil {
		return nil, err
	}
	company, err := tx.Company(ctx, deal.Company)
	if err != nil {
		return nil, err
	}
	product, err := tx.Product(ctx, 1)
	if err != nil {
		return nil, err
	}
	products, err := tx.Products(ctx)
	if err != nil {
		return nil, err
	}
	decision, err := tx.Decision(ctx, 1)
	if err != nil {
		return nil, err
	}
	decisions, err := tx.Decisions(ctx, 0, 1)
	if err != nil {
		return nil, err
	}
	reminder, err := tx.Reminder(ctx, 1)
	if err != nil {
		return nil, err
	}
	reminders, err := tx.Reminders(ctx, 0, "2026-12-01", 1)
	if err != nil {
		return nil, err
	}
	schedule, err := tx.Schedule(ctx, 1)
	if err != nil {
		return nil, err
	}
	schedules, err := tx.Schedules(ctx)
	if err != nil {
		return nil, err
	}
	turns, err := tx.Turns(ctx, aTurn.Kind, aTurn.Number)
	if err != nil {
		return nil, err
	}
	fired, err := tx.Fired(ctx, aTurn.Kind, aTurn.Number, aTurn.Member, time.Time{})
	if err != nil {
		return nil, err
	}
	checkin, err := tx.Checkin(ctx, reminder.Member, "2026-11-25")
	return []any{
		company, product, products, decision, decisions, reminder, reminders, schedule, schedules, turns, fired, checkin,
	}, err
}

// checkUTC reports times that are not in UTC, and returns how many times there
// are in a value.
func checkUTC(t *testing.T, name string, v reflect.Value) (times int) {
	t.Helper()
	if at, ok := reflect.TypeAssert[time.Time](v); ok {
		if at.Location() != time.UTC {
			t.Errorf("%s: got zone %v, want UTC", name, at.Location())
		}
		return 1
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			times += checkUTC(t, name+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			times += checkUTC(t, name, v.Index(i))
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			times += checkUTC(t, name, v.MapIndex(key))
		}
	default: // holds no time
	}
	return times
}

func TestTimesAreUTCInAnotherZone(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestTimesAreUTC$")
	cmd.Env = append(os.Environ(), "TZ=Asia/Kolkata", zoneEnv+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("TestTimesAreUTC in India: got %v, want success:\n%s", err, out)
	}
}

func TestChangeOfFineTimesCanBeUndone(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.now = start.In(time.FixedZone("", 3600)).Add(987654321 * time.Nanosecond)
			p.add(storage.Deal{Name: "Acme"})
			want := p.deal(1)
			at := p.now.Add(time.Minute)
			saved := p.change(1, p.by(p.anna), func(d *storage.Deal) {
				d.Outcome, d.EndedAt, d.Card = scoring.Won, at, sure(at)
				d.Card.Answers[scoring.Urgent].Skipped = at
			})
			p.same("stored deal", p.deal(1), saved)
			p.mustUndo(p.anna)
			want.Revision = 3
			p.same("deal after undo", p.deal(1), want)
		})
	}
}
