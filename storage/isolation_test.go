package storage_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// stranger is what somebody of another workspace knows of this one.
type stranger struct {
	deal   storage.Deal
	anna   storage.Member
	fresh  storage.Member
	change storage.Change
	// line is the number of a line that changed several deals.
	line  int64
	draft storage.Draft
	event string
	now   time.Time

	company  storage.Company
	product  storage.Product
	decision storage.Decision
	reminder storage.Reminder
	schedule storage.Schedule
	turn     storage.Turn
	checkin  storage.Checkin
	shown    int64
	// by is a member of the other workspace, who acts there.
	by storage.Author
}

// A reach is what a method does with what a stranger knows: it must end in
// want or, when that is nil, return nothing.
type reach struct {
	call func(ctx context.Context, tx *storage.Tx, s stranger) (any, error)
	want error
}

// nothing is for methods that return an error only.
func nothing(err error) (any, error) { return nil, err }

// reaches has an entry for every method of a Tx that could touch another
// workspace; nounReaches has those of nouns, turnReaches
// those of what is due.
var reaches = map[string]reach{
	"Account": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, id, err := tx.Account(ctx, s.anna.ID, "terminal")
		return id, err
	}, storage.ErrNotFound},
	"AddNote": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.AddNote(ctx, s.deal, "from elsewhere", s.by)
		return nothing(err)
	}, storage.ErrMoved},
	"Answer": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.Answer(ctx, s.deal, scoring.Urgent, scoring.No, "from elsewhere", s.by)
		return nothing(err)
	}, storage.ErrMoved},
	"Answered": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Answered(ctx, s.event)
	}, storage.ErrNotFound},
	"ClosingsSince": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.ClosingsSince(ctx, november[0])
	}, nil},
	"CloseDraft": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.CloseDraft(ctx, s.draft.Number, s.anna.ID, s.draft.Platform, storage.DraftChat{ID: s.draft.Chat}))
	}, storage.ErrMoved},
	"CountDealsAt": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.CountDealsAt(ctx, scoring.Steps...)
	}, nil},
	"CountDealsOver": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.CountDealsOver(ctx, scoring.PriceTooHigh)
	}, nil},
	"CountOpen": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.CountOpen(ctx, 0)
	}, nil},
	"Deal": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Deal(ctx, s.deal.Number)
	}, storage.ErrNotFound},
	"DealChanges": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.DealChanges(ctx, s.deal.Number, 10)
	}, nil},
	"DealsByKey": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.DealsByKey(ctx, []string{s.deal.Key}, 0)
	}, nil},
	"Draft": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Draft(ctx, s.draft.Number, s.anna.ID, s.now)
	}, storage.ErrNotFound},
	"EndedDealNames": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.EndedDealNames(ctx, 0, 10)
	}, nil},
	"Evidence": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Evidence(ctx, s.deal)
	}, nil},
	"LastChange": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.LastChange(ctx, s.anna.ID)
	}, storage.ErrNotFound},
	"HandOver": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		if _, err := tx.HandOver(ctx, s.by.Member, s.anna.ID, s.by); !errors.Is(err, storage.ErrNotFound) {
			return fmt.Sprintf("to the other one's member: got error %v, want %v", err, storage.ErrNotFound), nil
		}
		return tx.HandOver(ctx, s.anna.ID, s.by.Member, s.by)
	}, nil},
	"LineDeals": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.LineDeals(ctx, s.line)
	}, nil},
	"Member": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Member(ctx, s.anna.ID)
	}, storage.ErrNotFound},
	"MemberByAccount": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.MemberByAccount(ctx, "slack", "U-anna")
	}, storage.ErrNotFound},
	"Members": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		members, err := tx.Members(ctx)
		return slices.ContainsFunc(members, func(m storage.Member) bool { return m.ID == s.anna.ID }), err
	}, nil},
	"MembersOn": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		members, err := tx.MembersOn(ctx, "terminal")
		return members["anna"].ID == s.anna.ID, err
	}, nil},
	"NextDeal": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		deal, _, err := tx.NextDeal(ctx, s.anna.ID, s.now)
		return deal, err
	}, storage.ErrNotFound},
	"Notes": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Notes(ctx, s.deal.Number, 10)
	}, nil},
	"OpenDealNames": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.OpenDealNames(ctx, 0, 10)
	}, nil},
	"OpenDeals": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.OpenDeals(ctx, 0, 0, scoring.BestScore, 10)
	}, nil},
	"Origin": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.Origin(ctx, storage.Change{Undoes: s.change.ID})
		return nothing(err)
	}, storage.ErrNotFound},
	"SaveDeal": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.deal
		after.Amount = eur(666)
		_, err := tx.SaveDeal(ctx, s.deal, after, s.by)
		return nothing(err)
	}, storage.ErrMoved},
	"SaveMember": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.anna
		after.Active = false
		return nothing(tx.SaveMember(ctx, s.anna, after, s.by))
	}, storage.ErrMoved},
	"SetRole": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.SetRole(ctx, s.anna.ID, "admin", s.by))
	}, storage.ErrNotFound},
	"Skip": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.Skip(ctx, s.deal, scoring.Urgent, s.by)
		return nothing(err)
	}, storage.ErrMoved},
	"Target": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, ok, err := tx.Target(ctx, "2026-12", 0, "EUR")
		return ok, err
	}, nil},
	"Targets": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Targets(ctx, "2026-12", 0)
	}, nil},
	"Undo": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		if _, err := tx.AddDeal(ctx, s.deal, s.by); err != nil { // it has the other one's number
			return nil, err
		}
		return nothing(tx.Undo(ctx, s.change, s.by))
	}, storage.ErrNotFound},
	"StopWaiting": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.StopWaiting(ctx, s.anna.ID, s.draft.Platform, storage.DraftChat{ID: s.draft.Chat}))
	}, nil},
	"WaitingDraft": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.WaitingDraft(ctx, s.anna.ID, s.draft.Platform, storage.DraftChat{ID: s.draft.Chat}, s.now)
	}, storage.ErrNotFound},
	"Waits": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Waits(ctx, s.anna.ID, s.draft.Platform, storage.DraftChat{ID: s.draft.Chat}, s.now)
	}, nil},
	"Lock":  {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) { return nil, tx.Lock(ctx) }, nil},
	"Share": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) { return nil, tx.Share(ctx) }, nil},
	"WonAmounts": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.WonAmounts(ctx, 0, november[0], november[1])
	}, nil},
	"OpenAmounts": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.OpenAmounts(ctx, 0, 0, 15)
	}, nil},
	"WonDeals": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.WonDeals(ctx, 0, november[0], november[1])
	}, nil},
	"CountDisqualified": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.CountDisqualified(ctx, 0, november[0], november[1])
	}, nil},
	"FlaggedRefusals": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.FlaggedRefusals(ctx, 0, november[0], november[1], 10)
	}, nil},
	"FollowOns": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.FollowOns(ctx, 0, "2099-01-01", 10)
	}, nil},
	"Waiting": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Waiting(ctx, 0, "2099-01-01", 10)
	}, nil},
	"NextSteps": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.NextSteps(ctx, 0, "2099-01-01", 10)
	}, nil},
	"Overcomings": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Overcomings(ctx, "", 10)
	}, nil},
	"Refusals": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Refusals(ctx, 0, november[0], november[1], 10)
	}, nil},
	"RefusalTotals": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.RefusalTotals(ctx, 0, november[0], november[1])
	}, nil},
	"Tracks": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		companies := 0
		err := tx.Tracks(ctx, november[0], november[1], func([]scoring.Move) { companies++ })
		return companies, err
	}, nil},
	"TracksAlike": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		companies := 0
		err := tx.TracksAlike(ctx, november[0], november[1], func(string, string, []scoring.Move) { companies++ })
		return companies, err
	}, nil},

	// These write what belongs to the stranger's own workspace.
	"AddDeal": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		deal, err := tx.AddDeal(ctx, storage.Deal{Name: s.deal.Name, Key: s.deal.Key, Owner: s.by.Member}, s.by)
		if deal.Number != 1 || deal.Company == s.deal.Company {
			return fmt.Sprintf("got deal %d of company %d, want deal 1 of a company of its own", deal.Number, deal.Company), nil
		}
		return nothing(err)
	}, nil},
	"AddMember": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		s.anna.Key = "another anna"
		_, err := tx.AddMember(ctx, s.anna, "slack", "U-anna")
		return nothing(err)
	}, nil},
	"KeepDraft": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return numbered(tx.KeepDraft(ctx, s.draft))
	}, nil},
	"Post": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.Post(ctx, storage.Post{EventKey: s.event, CreatedAt: s.now, DueAt: s.now})
		return nothing(err)
	}, nil},
	"SaveWorkspace": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		home, err := tx.Workspace(ctx)
		if err != nil {
			return nil, err
		}
		home.ID, home.Currency = home.ID-1, "USD" // the other workspace is the one before
		return nothing(tx.SaveWorkspace(ctx, home, s.by))
	}, nil},
	"SetTarget": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.SetTarget(ctx, storage.Target{Month: "2026-12", Amount: eur(1)}, s.by))
	}, nil},
	"SetTargets": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.SetTargets(ctx, []storage.Target{{Month: "2026-12", Amount: eur(2)}}, s.by))
	}, nil},
	"Workspace": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		home, err := tx.Workspace(ctx)
		if home.Key != "bolt" {
			return home, err
		}
		return nothing(err)
	}, nil},
}

// unbound are the methods of a Tx that belong to no workspace.
var unbound = []string{"Advance", "Forgive", "Guess"} // streams of events and strangers belong to no workspace

func TestIsolationCoversEveryMethod(t *testing.T) {
	t.Parallel()
	got := slices.Concat(slices.Collect(maps.Keys(reaches)), slices.Collect(maps.Keys(nounReaches)),
		slices.Collect(maps.Keys(turnReaches)), slices.Collect(maps.Keys(linkReaches)), unbound)
	slices.Sort(got)
	var want []string
	for method := range reflect.TypeFor[*storage.Tx]().Methods() {
		want = append(want, method.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("methods that isolation is checked for: got %v, want %v", got, want)
	}
}

func TestIsolation(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			s := p.inhabit()
			before := p.everything(p.home)
			other := p.home
			all := maps.Clone(reaches)
			maps.Copy(all, nounReaches)
			maps.Copy(all, turnReaches)
			maps.Copy(all, linkReaches)
			for name, r := range all {
				p.settle("bolt")
				s.by = p.by(p.petra)
				var got any
				err := p.try(func(ctx context.Context, tx *storage.Tx) (err error) {
					got, err = r.call(ctx, tx, s)
					return err
				})
				switch {
				case !errors.Is(err, r.want):
					t.Errorf("%s: got error %v, want %v", name, err, r.want)
				case err == nil && got != nil && !reflect.ValueOf(got).IsZero() && !empty(got):
					t.Errorf("%s: got %v, want nothing", name, got)
				}
				p.same("the other workspace after "+name, p.everything(other), before)
				p.rename() // makes room for the next bolt
			}
		})
	}
}

func empty(value any) bool {
	v := reflect.ValueOf(value)
	return (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0
}

// inhabit fills the place with something of every kind.
func (p *place) inhabit() stranger {
	p.Helper()
	p.assorted()
	p.answer(1, scoring.Urgent, scoring.Yes, "evidence")
	p.note(1, p.anna, "note")
	p.target(storage.Target{Month: "2026-12", Amount: eur(100)})
	p.set(func(w *storage.Workspace) { w.Rates = map[string]float64{"USD": 2} })
	p.post(p.message("event", "answer", 0))
	draft := p.keep(p.draft("event", "note", "text"))
	p.add(storage.Deal{Name: "Omega", Owner: p.petra.ID})
	p.handOver(p.petra, p.boris)
	p.refused()
	line := p.last(p.petra).Line
	p.link(storage.Team{Platform: "slack", ID: fmt.Sprintf("T%d", p.home), Name: "Acme", Workspace: p.home})
	p.report("call", 3)
	shown := p.linked()
	return stranger{
		deal: p.deal(1), anna: p.anna, change: p.changes(1)[0], line: line, draft: draft, event: "event",
		company: p.describe(1, func(c *storage.Company) { c.Industry = "steel" }), product: p.product("Anvil"),
		decision: p.decide(storage.Decision{Member: p.anna.ID, Step: scoring.Contact, Why: "why", What: "what"}),
		reminder: p.remind(p.anna, storage.Reminder{Deal: 1, What: "call", Day: "2026-12-01", Clock: "09:00"}),
		schedule: p.schedule(p.anna, mondays), turn: p.fire(aTurn),
		checkin: p.checkIn(p.anna, storage.Checkin{Calls: true}, storage.Activity{}),
		shown:   shown,
		fresh:   p.fresh,
		now:     p.now,
	}
}

// tables are all tables that hold rows of a workspace.
var tables = []string{
	"counters", "members", "accounts", "companies", "deals", "changes", "answers", "scores", "claims", "step_changes",
	"refusal_changes", "refusals", "closings", "tracks", "notes", "targets", "drafts", "outbox", "teams", "products", "activities",
	"decisions", "reminders", "schedules", "turns", "fired", "plans", "nudges", "checkins", "codes", "visitors", "page_messages",
}

// everything returns all rows of a workspace.
func (p *place) everything(workspace int64) map[string][]string {
	p.Helper()
	db := p.raw()
	all := map[string][]string{
		"workspaces": rows(p.T, db, fmt.Sprintf("SELECT * FROM workspaces WHERE id = %d", workspace)),
	}
	for _, table := range tables {
		all[table] = rows(p.T, db, fmt.Sprintf("SELECT * FROM %s WHERE workspace_id = %d", table, workspace))
		slices.Sort(all[table])
	}
	return all
}

// rename gives the workspace of the place another key.
func (p *place) rename() {
	p.Helper()
	db := p.raw()
	if _, err := db.ExecContext(p.Context(), fmt.Sprintf("UPDATE workspaces SET key = 'was %d' WHERE id = %d", p.home, p.home)); err != nil {
		p.Fatal(err)
	}
}
