package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"fifteen/scoring"
	"fifteen/storage"
)

// A scene is where an edit happens.
type scene struct {
	tx     *storage.Tx
	random *rand.Rand
	by     storage.Author
	// deal is the deal to change, and people are members to give things to.
	deal   storage.Deal
	people []storage.Member
}

// An edit changes something, and always to something else than it was.
type edit struct {
	name string
	run  func(ctx context.Context, s scene) error
}

// onDeal is an edit that saves a changed deal.
func onDeal(name string, fn func(s scene, d *storage.Deal)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		after := s.deal
		fn(s, &after)
		saved, err := s.tx.SaveDeal(ctx, s.deal, after, s.by)
		if err == nil && saved.Revision == s.deal.Revision {
			return fmt.Errorf("%s changed nothing", name)
		}
		return err
	}}
}

// onSettings is an edit that saves changed settings.
func onSettings(name string, fn func(s scene, w *storage.Workspace)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		home, err := s.tx.Workspace(ctx)
		if err != nil {
			return err
		}
		fn(s, &home)
		return s.tx.SaveWorkspace(ctx, home, s.by)
	}}
}

// onMember is an edit that saves a changed member.
func onMember(name string, fn func(s scene, m *storage.Member)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		before, err := s.tx.Member(ctx, s.people[0].ID)
		if err != nil {
			return err
		}
		after := before
		fn(s, &after)
		return s.tx.SaveMember(ctx, before, after, s.by)
	}}
}

// onCompany is an edit that saves a changed company, the deal's.
func onCompany(name string, fn func(s scene, c *storage.Company)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		before, err := s.tx.Company(ctx, s.deal.Company)
		if err != nil {
			return err
		}
		after := before
		fn(s, &after)
		return s.tx.SaveCompany(ctx, before, after, s.by)
	}}
}

// onProduct is an edit that saves a changed product, the first there was.
func onProduct(name string, fn func(s scene, p *storage.Product)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		before, err := s.tx.Product(ctx, 1)
		if err != nil {
			return err
		}
		after := before
		fn(s, &after)
		return s.tx.SaveProduct(ctx, before, after, s.by)
	}}
}

// onDecision is an edit that saves a changed decision, the first there was.
func onDecision(name string, fn func(s scene, d *storage.Decision)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		before, err := s.tx.Decision(ctx, 1)
		if err != nil {
			return err
		}
		after := before
		fn(s, &after)
		return s.tx.SaveDecision(ctx, before, after, s.by)
	}}
}

// onReminder is an edit that saves a changed reminder, the first there was.
func onReminder(name string, fn func(s scene, r *storage.Reminder)) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		before, err := s.tx.Reminder(ctx, 1)
		if err != nil {
			return err
		}
		after := before
		fn(s, &after)
		return s.tx.SaveReminder(ctx, before, after, s.by)
	}}
}

// onCheckin is an edit that takes an answer of a check-in, the first there was,
// back or gives it again.
func onCheckin(name string, fn func(s scene, c *storage.Checkin), done storage.Activity) edit {
	return edit{name, func(ctx context.Context, s scene) error {
		before, err := s.tx.Checkin(ctx, s.people[1].ID, today)
		if err != nil {
			return err
		}
		after := before
		fn(s, &after)
		_, err = s.tx.SaveCheckin(ctx, before, after, done, s.by)
		return err
	}}
}

// other returns one of the values that is not the present one.
func other[T comparable](random *rand.Rand, now T, values ...T) T {
	for {
		if value := values[random.IntN(len(values))]; value != now {
			return value
		}
	}
}

// outcome ends or reopens a deal.
func outcome(d *storage.Deal, o scoring.Outcome, at time.Time, reason scoring.Reason, words string) {
	d.Outcome, d.EndedAt, d.Reason, d.Words = o, at, reason, words
	d.Aftermath, d.Overcame = scoring.Aftermath{}, storage.Objection{}
	if o == scoring.Open {
		d.EndedAt = time.Time{}
	}
	if o == scoring.Won {
		d.Step = scoring.Contract
	}
}

// dealEdits change a deal that is there.
var dealEdits = []edit{
	onDeal("amount", func(s scene, d *storage.Deal) {
		d.Amount = scoring.Money{Minor: d.Amount.Minor + 1 + s.random.Int64N(1000), Currency: other(s.random, "", "EUR", "USD", "JPY")}
	}),
	onDeal("no amount", func(s scene, d *storage.Deal) {
		d.Amount = other(s.random, d.Amount, scoring.Money{}, eur(d.Amount.Minor+1))
	}),
	onDeal("name", func(s scene, d *storage.Deal) {
		d.Name = other(s.random, d.Name, "Acme", "ACME", "Bolt", "Ærø “x” 'y'")
		d.Key = strings.ToLower(d.Name)
	}),
	onDeal("owner", func(s scene, d *storage.Deal) {
		d.Owner = other(s.random, d.Owner, s.people[0].ID, s.people[1].ID, s.people[2].ID)
	}),
	onDeal("close", func(s scene, d *storage.Deal) {
		d.Close = other(s.random, d.Close, "", "2026-12-05", "2027-01-01")
	}),
	onDeal("step", func(s scene, d *storage.Deal) {
		d.Step = other(s.random, d.Step, "", scoring.Contact, scoring.Presentation, scoring.Contract, scoring.Payment)
	}),
	onDeal("next step", func(s scene, d *storage.Deal) {
		d.NextStep = other(s.random, d.NextStep, "", "call", "write")
		d.NextStepOn = other(s.random, "", "2026-12-01", "2026-12-02")
	}),
	onDeal("outcome", func(s scene, d *storage.Deal) {
		switch o := other(s.random, d.Outcome, scoring.Open, scoring.Won, scoring.Lost, scoring.Disqualified); o {
		case scoring.Lost:
			outcome(d, o, s.by.At, scoring.Reasons[s.random.IntN(len(scoring.Reasons))], "sorry")
		case scoring.Disqualified:
			outcome(d, o, s.by.At, "", "not ours")
		default:
			outcome(d, o, s.by.At, "", "")
		}
	}),
	onDeal("aftermath", func(s scene, d *storage.Deal) {
		if d.Outcome != scoring.Lost {
			outcome(d, scoring.Lost, s.by.At, scoring.HasSupplier, "sorry")
		}
		a := &d.Aftermath
		a.Probe = other(s.random, a.Probe, scoring.Probes...)
		a.Winner = other(s.random, a.Winner, scoring.Winner{}, scoring.Winner{Kind: scoring.WinnerNobody}, scoring.Winner{Kind: scoring.WinnerNamed, Name: "Rival"})
		a.Door = other(s.random, a.Door, scoring.Door{}, scoring.Door{State: scoring.DoorAccepted, On: "2027-01-25", What: "overview"})
		a.Return = other(s.random, a.Return, scoring.Return{}, scoring.Return{On: "2027-02-08"}, scoring.Return{Never: true})
		a.Product, a.Skipped = s.random.Int64N(3), nil
		if s.random.IntN(2) == 0 {
			a.Skipped = []scoring.RefusalQuestion{scoring.AskWords}
		}
	}),
	onDeal("objection", func(s scene, d *storage.Deal) {
		if d.Outcome != scoring.Won {
			outcome(d, scoring.Won, s.by.At, "", "")
		}
		d.Overcame = other(s.random, d.Overcame, storage.Objection{}, storage.Objection{Reason: scoring.PriceTooHigh, How: "half now"})
	}),
	onDeal("direct score", func(s scene, d *storage.Deal) {
		for pillar := range d.Card.Direct {
			d.Card.Direct[pillar] = scoring.Direct{Given: true, Points: 3 + s.random.IntN(3), At: s.by.At, Rev: d.Revision + 1}
		}
	}),
	onDeal("wait", func(s scene, d *storage.Deal) {
		if !d.Open() {
			outcome(d, scoring.Open, s.by.At, "", "")
		}
		d.WaitOn, d.WaitWhy = other(s.random, d.WaitOn, "", "2026-12-01", "2027-02-08"), other(s.random, d.WaitWhy, "", "new “budget” year")
	}),
	{"answer", func(ctx context.Context, s scene) error {
		reply := scoring.Reply(1 + s.random.IntN(3))
		_, err := s.tx.Answer(ctx, s.deal, s.criterion(), reply, other(s.random, "-", "", "she said so"), s.by)
		return err
	}},
	{"skip", func(ctx context.Context, s scene) error {
		_, err := s.tx.Skip(ctx, s.deal, s.criterion(), s.by)
		return err
	}},
}

func (s scene) criterion() scoring.Criterion {
	return scoring.Criteria[s.random.IntN(len(scoring.Criteria))]
}

// addedEdits append to a deal, remove it, or add one.
var addedEdits = []edit{
	{"note", func(ctx context.Context, s scene) error {
		_, err := s.tx.AddNote(ctx, s.deal, fmt.Sprintf("note %d", s.random.Int()), s.by)
		return err
	}},
	{"add deal", func(ctx context.Context, s scene) error {
		_, err := s.tx.AddDeal(ctx, storage.Deal{Name: "New", Key: "new", Owner: s.by.Member, Card: sure(s.by.At)}, s.by)
		return err
	}},
	onDeal("delete", func(_ scene, d *storage.Deal) { d.Deleted = true }),
	{"add product", func(ctx context.Context, s scene) error {
		name := fmt.Sprintf("product %d", s.random.Int())
		_, err := s.tx.AddProduct(ctx, storage.Product{Name: name, Key: name}, s.by)
		return err
	}},
	onProduct("delete product", func(_ scene, p *storage.Product) { p.Deleted = true }),
	{"add activity", func(ctx context.Context, s scene) error {
		_, err := s.tx.AddActivity(ctx, storage.Activity{Member: s.by.Member, Deal: 1, Kind: "call", Count: 1 + s.random.Int64N(30)}, s.by)
		return err
	}},
	{"add decision", func(ctx context.Context, s scene) error {
		_, err := s.tx.AddDecision(ctx, storage.Decision{Member: s.by.Member, Step: scoring.Contact, Why: "why", What: "what"}, s.by)
		return err
	}},
	{"add reminder", func(ctx context.Context, s scene) error {
		_, err := s.tx.AddReminder(ctx, storage.Reminder{Deal: 1, What: "call", Day: "2026-12-01", Clock: "09:00"}, s.by)
		return err
	}},
	{"add schedule", func(ctx context.Context, s scene) error {
		_, err := s.tx.AddSchedule(ctx, mondays, s.by)
		return err
	}},
	{"begin check-in", func(ctx context.Context, s scene) error {
		before, err := s.tx.Checkin(ctx, s.by.Member, "2026-11-26")
		if err == nil {
			_, err = s.tx.SaveCheckin(ctx, before, storage.Checkin{Calls: true}, storage.Activity{Member: s.by.Member, Kind: "call", Count: 3}, s.by)
		}
		return err
	}},
	onDecision("delete decision", func(_ scene, d *storage.Decision) { d.Deleted = true }),
}

// houseEdits change what belongs to no deal.
var houseEdits = []edit{
	onSettings("currency", func(s scene, w *storage.Workspace) { w.Currency = other(s.random, w.Currency, "EUR", "USD", "CZK") }),
	onSettings("zone", func(s scene, w *storage.Workspace) { w.Zone = other(s.random, w.Zone, "UTC", "Asia/Tokyo") }),
	onSettings("visibility", func(s scene, w *storage.Workspace) {
		w.Visibility = other(s.random, w.Visibility, storage.VisibleOwn, storage.VisibleTeam)
	}),
	onSettings("rate", func(s scene, w *storage.Workspace) {
		rates := map[string]float64{"USD": s.random.Float64()}
		for currency, rate := range w.Rates {
			rates[currency] = rate + 1
		}
		rates[other(s.random, "", "GBP", "JPY", "PLN")] = s.random.Float64()
		w.Rates = rates
	}),
	onSettings("rate taken away", func(s scene, w *storage.Workspace) {
		w.Rates["USD"]++
		delete(w.Rates, "USD")
		w.Rates["TRY"] = float64(s.by.At.Unix())
	}),
	onSettings("funnel", func(s scene, w *storage.Workspace) {
		if len(w.Funnel.Was) > 0 && s.random.IntN(2) == 0 {
			w.Funnel = scoring.MethodFunnel()
			return
		}
		w.Funnel.Steps = w.Funnel.Steps[:3]
		w.Funnel.Steps[0].Name, w.Funnel.Steps[0].Patience = "first talk", int(s.by.At.Unix())
		w.Funnel.Was = map[scoring.Step]scoring.Step{scoring.Payment: scoring.Contract}
	}),
	onSettings("reasons", func(s scene, w *storage.Workspace) {
		if len(w.Reasons) > 1 {
			w.Reasons = w.Reasons[:1]
			w.Reasons[0].Words += "!"
			return
		}
		w.Reasons = append(w.Reasons, storage.ReasonWords{ID: "own", Words: fmt.Sprint("own ", s.by.At.Unix())})
	}),
	onSettings("pitch", func(s scene, w *storage.Workspace) {
		w.Pitch = other(s.random, w.Pitch, "", "We are better.", "Ærø “x” 'y'")
	}),
	onSettings("channel", func(s scene, w *storage.Workspace) {
		w.Channel = storage.Channel{Platform: "slack", ID: other(s.random, w.Channel.ID, "C1", "C2"), Name: "#sales “x”"}
	}),
	onSettings("working time", func(s scene, w *storage.Workspace) {
		w.Hours, w.Days = other(s.random, w.Hours, "", "09:00-18:00", "00:00-24:00"), other(s.random, w.Days, "", "mon,tue", "sat")
		w.Country, w.Nudge = other(s.random, w.Country, "", "cz", "us"), other(s.random, w.Nudge, "", "09:30", storage.NudgeOff)
	}),
	onSettings("days off", func(s scene, w *storage.Workspace) {
		if len(w.DaysOff) > 1 {
			w.DaysOff = w.DaysOff[:1]
			w.DaysOff[0].Name += "!"
			return
		}
		w.DaysOff = append(w.DaysOff, storage.DayOff{On: fmt.Sprint(s.by.At.Unix()), Name: other(s.random, "-", "", "Ærø “x” 'y'")})
	}),
	onCompany("industry", func(s scene, c *storage.Company) { c.Industry = other(s.random, c.Industry, "", "steel", "glass") }),
	onCompany("size and source", func(s scene, c *storage.Company) {
		c.Size, c.Source = other(s.random, c.Size, "", "small", "mid", "large"), other(s.random, "", "fair", "referral")
	}),
	onProduct("name of a product", func(s scene, p *storage.Product) {
		p.Name = other(s.random, p.Name, "Anvil", "ANVIL", "Bolt", "Ærø “x” 'y'")
		p.Key = strings.ToLower(p.Name)
	}),
	onReminder("done", func(_ scene, r *storage.Reminder) { r.Done = !r.Done }),
	onCheckin("meetings of a check-in", func(_ scene, c *storage.Checkin) { c.Meetings = !c.Meetings }, storage.Activity{}),
	onDecision("review", func(s scene, d *storage.Decision) { d.Reviews = other(s.random, d.Reviews, 0, 1, 2) }),
	{"target", func(ctx context.Context, s scene) error {
		target, _, err := s.tx.Target(ctx, "2026-12", 0, "EUR")
		if err != nil {
			return err
		}
		target.Amount.Minor += 1 + s.random.Int64N(1000)
		return s.tx.SetTarget(ctx, target, s.by)
	}},
	{"target of a member", func(ctx context.Context, s scene) error {
		member := s.people[s.random.IntN(len(s.people))].ID
		target, _, err := s.tx.Target(ctx, "2027-01", member, "CZK")
		if err != nil {
			return err
		}
		target.Amount.Minor += 1 + s.random.Int64N(1000)
		return s.tx.SetTarget(ctx, target, s.by)
	}},
	{"role", func(ctx context.Context, s scene) error {
		member, err := s.tx.Member(ctx, s.people[s.random.IntN(len(s.people))].ID)
		if err != nil {
			return err
		}
		return s.tx.SetRole(ctx, member.ID, other(s.random, member.Role, "rep", "manager", "admin"), s.by)
	}},
	onMember("name of a member", func(s scene, m *storage.Member) {
		m.Name = other(s.random, m.Name, "Cyril", "Dana", "Ærø “x” 'y'")
		m.Key = strings.ToLower(m.Name)
	}),
	onMember("place of a member", func(s scene, m *storage.Member) {
		m.Zone, m.Locale = other(s.random, m.Zone, "", "UTC", "Asia/Tokyo"), other(s.random, m.Locale, "cs", "en", "")
	}),
	onMember("working time of a member", func(s scene, m *storage.Member) {
		m.Hours, m.Days = other(s.random, m.Hours, "", "09:00-18:00"), other(s.random, m.Days, "", "mon,tue", "sat")
	}),
	onMember("away", func(s scene, m *storage.Member) {
		m.AwayUntil = other(s.random, m.AwayUntil, "", "2026-12-01", "2027-02-08")
	}),
	onMember("gone or back", func(_ scene, m *storage.Member) { m.Active = !m.Active }),
}
