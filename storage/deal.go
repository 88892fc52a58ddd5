package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"fifteen/scoring"
)

// A Deal is an opportunity at a company, as it stands now.
type Deal struct {
	// Number is the deal's name in lines, "#42", counted from 1 per workspace.
	Number  int64
	Company int64
	Name    string
	// Key is the folded name; several deals may share one.
	Key   string
	Owner int64
	// Amount is unknown until somebody has named it.
	Amount scoring.Money
	// Close is the expected day of signing as "2026-12-05", or "".
	Close   string
	Step    scoring.Step
	Outcome scoring.Outcome
	// EndedAt is when the deal was won, lost or disqualified; zero while open.
	EndedAt time.Time
	// Reason and Words say why it was lost; a disqualified deal has only Words.
	Reason scoring.Reason
	Words  string
	// Aftermath is what was said after the no; it is empty while the deal is not
	// lost.
	Aftermath scoring.Aftermath
	// Overcame is the objection that was overcome before the deal was won.
	Overcame Objection
	// NextStep is what happens next, and NextStepOn the day as "2026-12-05"; both
	// may be "".
	NextStep, NextStepOn string
	// WaitOn is the first day, as "2026-12-05", on which an open deal is asked about
	// again, and WaitWhy why it waits until then; both are "" for one that does not.
	WaitOn, WaitWhy string
	Card            scoring.Card
	// Standing is computed from Card whenever the deal is saved.
	Standing scoring.Standing
	// BandSince is when the deal entered its present band.
	BandSince time.Time
	CreatedAt time.Time
	CreatedBy int64
	Deleted   bool
	// Revision counts the deal's changes, from 1.
	Revision int64
}

// An Objection is a reason that a customer had and that was overcome.
type Objection struct {
	// Reason is one of a refusal's, NoObjection when there was none, and "" while
	// nobody has been asked.
	Reason scoring.Reason
	How    string
}

// NoObjection says that nothing had to be overcome.
const NoObjection scoring.Reason = "none"

// Refusal returns why the deal was lost, with all that is known about it.
func (d Deal) Refusal() scoring.Refusal {
	return scoring.Refusal{Reason: d.Reason, Words: d.Words, Aftermath: d.Aftermath}
}

// stored returns the deal as a database gives it back, with the standing that
// its card has.
func (d Deal) stored() Deal {
	for _, at := range []*time.Time{&d.EndedAt, &d.BandSince, &d.CreatedAt} {
		*at = instant(*at)
	}
	for i := range d.Card.Answers {
		a := &d.Card.Answers[i]
		a.At, a.Skipped = instant(a.At), instant(a.Skipped)
	}
	for i := range d.Card.Direct {
		d.Card.Direct[i].At = instant(d.Card.Direct[i].At)
	}
	d.Standing = d.Card.Standing()
	return d
}

// instant is a moment as both databases keep it: in UTC, to the microsecond. A
// change could not be undone if what it wrote were read back as something else.
func instant(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }

// Band returns the deal's present band.
func (d Deal) Band() scoring.Band { return scoring.BandOf(d.Standing.Total) }

// Waits tells whether nothing is to be asked about the deal on a day, such as
// "2026-12-05".
func (d Deal) Waits(day string) bool { return d.Open() && d.WaitOn > day }

// Open tells whether the deal is neither won, lost nor disqualified.
func (d Deal) Open() bool { return d.Outcome == scoring.Open }

// dealFields are the parts of a deal that changes name. "since" follows from
// the others and is restored, but not compared, when a change is undone.
var dealFields = func() fields[Deal] {
	parts := fields[Deal]{
		"name":         func(d *Deal) any { return &d.Name },
		"key":          func(d *Deal) any { return &d.Key },
		"company":      func(d *Deal) any { return &d.Company },
		"owner":        func(d *Deal) any { return &d.Owner },
		"amount":       func(d *Deal) any { return (*moneyPart)(&d.Amount) },
		"close":        func(d *Deal) any { return &d.Close },
		"step":         func(d *Deal) any { return &d.Step },
		"outcome":      func(d *Deal) any { return &d.Outcome },
		"ended":        func(d *Deal) any { return &d.EndedAt },
		"reason":       func(d *Deal) any { return &d.Reason },
		"words":        func(d *Deal) any { return &d.Words },
		"probe":        func(d *Deal) any { return &d.Aftermath.Probe },
		"product":      func(d *Deal) any { return &d.Aftermath.Product },
		"winner":       func(d *Deal) any { return (*winnerPart)(&d.Aftermath.Winner) },
		"return":       func(d *Deal) any { return (*returnPart)(&d.Aftermath.Return) },
		"door":         func(d *Deal) any { return (*doorPart)(&d.Aftermath.Door) },
		"skipped":      func(d *Deal) any { return (*skippedPart)(&d.Aftermath.Skipped) },
		"overcame":     func(d *Deal) any { return &d.Overcame.Reason },
		"overcame_how": func(d *Deal) any { return &d.Overcame.How },
		"next_step":    func(d *Deal) any { return &d.NextStep },
		"next_step_on": func(d *Deal) any { return &d.NextStepOn },
		"wait_on":      func(d *Deal) any { return &d.WaitOn },
		"wait_why":     func(d *Deal) any { return &d.WaitWhy },
		"deleted":      func(d *Deal) any { return &d.Deleted },
		"since":        func(d *Deal) any { return &d.BandSince },
	}
	for _, c := range scoring.Criteria {
		parts[answerField(c)] = func(d *Deal) any { return (*answerPart)(&d.Card.Answers[c]) }
	}
	for _, p := range scoring.Pillars {
		parts["direct."+p.String()] = func(d *Deal) any { return (*directPart)(&d.Card.Direct[p]) }
	}
	return parts
}()

func answerField(c scoring.Criterion) string { return "answer." + c.String() }

// The parts of a deal that JSON writes without their zero fields; they are
// emptied before a value is put back.
type (
	moneyPart  scoring.Money
	answerPart scoring.Answer
	directPart scoring.Direct
	winnerPart scoring.Winner
	returnPart scoring.Return
	doorPart   scoring.Door
	// skippedPart is nil when empty, as the database gives it back.
	skippedPart []scoring.RefusalQuestion
)

func (p *moneyPart) clear()  { *p = moneyPart{} }
func (p *answerPart) clear() { *p = answerPart{} }
func (p *directPart) clear() { *p = directPart{} }
func (p *winnerPart) clear() { *p = winnerPart{} }
func (p *returnPart) clear() { *p = returnPart{} }
func (p *doorPart) clear()   { *p = doorPart{} }

func (p *skippedPart) clear() { *p = nil }

// dealRow is a deal as its table has it.
type dealRow struct {
	Number, CompanyID, OwnerID, Amount, Worth, CreatedBy, Revision  int64
	Name, Key, Currency, CloseOn, Step, Outcome, Reason, Words      string
	NextStep, NextStepOn, WaitOn, WaitWhy, Card                     string
	Aftermath, Overcame, OvercameHow, FollowOn                      string
	Pain, Power, Fit, Score, Yeses                                  int
	EndedAt, LiftAt, DoubtAt, AskAt, ScoredAt, BandSince, CreatedAt time.Time
	Deleted                                                         bool
}

// dealColumns are the columns of a deal in the order of fields.
const dealColumns = `number, company_id, owner_id, amount, worth, created_by, revision, name, key, currency, close_on,
	step, outcome, reason, words, next_step, next_step_on, card, pain, power, fit, score, yeses, ended_at, lift_at,
	doubt_at, ask_at, scored_at, band_since, created_at, deleted,
	aftermath, overcame, overcame_how, follow_on, wait_on, wait_why`

// fields returns pointers to what dealColumns names.
func (r *dealRow) fields() []any {
	return []any{
		&r.Number, &r.CompanyID, &r.OwnerID, &r.Amount, &r.Worth, &r.CreatedBy, &r.Revision, &r.Name, &r.Key, &r.Currency,
		&r.CloseOn, &r.Step, &r.Outcome, &r.Reason, &r.Words, &r.NextStep, &r.NextStepOn, &r.Card, &r.Pain, &r.Power,
		&r.Fit, &r.Score, &r.Yeses, &r.EndedAt, &r.LiftAt, &r.DoubtAt, &r.AskAt, &r.ScoredAt, &r.BandSince, &r.CreatedAt,
		&r.Deleted, &r.Aftermath, &r.Overcame, &r.OvercameHow, &r.FollowOn,
		&r.WaitOn, &r.WaitWhy,
	}
}

// rowOf writes a deal as a row; worth is its amount in the workspace's
// currency.
func rowOf(d Deal, worth int64) (dealRow, error) {
	card, err := json.Marshal(d.Card)
	if err != nil {
		return dealRow{}, fmt.Errorf("write card of deal %d: %w", d.Number, err)
	}
	aftermath, err := json.Marshal(d.Aftermath)
	if err != nil {
		return dealRow{}, fmt.Errorf("write aftermath of deal %d: %w", d.Number, err)
	}
	s := d.Standing
	return dealRow{
		Number: d.Number, CompanyID: d.Company, OwnerID: d.Owner, Amount: d.Amount.Minor, Worth: worth,
		CreatedBy: d.CreatedBy, Revision: d.Revision, Name: d.Name, Key: d.Key, Currency: d.Amount.Currency,
		CloseOn: d.Close, Step: string(d.Step), Outcome: string(d.Outcome), Reason: string(d.Reason), Words: d.Words,
		NextStep: d.NextStep, NextStepOn: d.NextStepOn, WaitOn: d.WaitOn, WaitWhy: d.WaitWhy, Card: string(card),
		Pain: s.Pain, Power: s.Power, Fit: s.Fit, Score: s.Total, Yeses: s.Yeses,
		EndedAt: d.EndedAt.UTC(), LiftAt: s.LiftAt.UTC(), DoubtAt: s.DoubtAt.UTC(), AskAt: s.AskAt.UTC(),
		ScoredAt: s.ScoredAt.UTC(), BandSince: d.BandSince.UTC(), CreatedAt: d.CreatedAt.UTC(), Deleted: d.Deleted,
		Aftermath: string(aftermath), Overcame: string(d.Overcame.Reason), OvercameHow: d.Overcame.How, FollowOn: d.followOn(),
	}, nil
}

// outlived tells whether something is said that the deal's outcome leaves no room
// for: what others said of a no, or of a win, after it, or until when it waits.
func (d Deal) outlived() bool {
	return !d.Open() && d.WaitOn != "" || d.Outcome != scoring.Lost && !d.Aftermath.Empty() || d.Outcome != scoring.Won && d.Overcame != Objection{}
}

// followOn is the first day on which something was promised after a no.
func (d Deal) followOn() string {
	if d.Outcome != scoring.Lost {
		return ""
	}
	return d.Aftermath.FollowOn()
}

func (r dealRow) deal() (Deal, error) {
	d := Deal{
		Number: r.Number, Company: r.CompanyID, Name: r.Name, Key: r.Key, Owner: r.OwnerID,
		Amount: scoring.Money{Minor: r.Amount, Currency: r.Currency}, Close: r.CloseOn, Step: scoring.Step(r.Step),
		Outcome: scoring.Outcome(r.Outcome), EndedAt: r.EndedAt.UTC(), Reason: scoring.Reason(r.Reason), Words: r.Words,
		NextStep: r.NextStep, NextStepOn: r.NextStepOn, WaitOn: r.WaitOn, WaitWhy: r.WaitWhy, BandSince: r.BandSince.UTC(), CreatedAt: r.CreatedAt.UTC(),
		CreatedBy: r.CreatedBy, Deleted: r.Deleted, Revision: r.Revision,
		Overcame: Objection{Reason: scoring.Reason(r.Overcame), How: r.OvercameHow},
		Standing: scoring.Standing{
			Pain: r.Pain, Power: r.Power, Fit: r.Fit, Total: r.Score, Yeses: r.Yeses, LiftAt: r.LiftAt.UTC(),
			DoubtAt: r.DoubtAt.UTC(), AskAt: r.AskAt.UTC(), ScoredAt: r.ScoredAt.UTC(),
		},
	}
	if r.Aftermath != "" && r.Aftermath != "{}" {
		if err := json.Unmarshal([]byte(r.Aftermath), &d.Aftermath); err != nil {
			return Deal{}, fmt.Errorf("read aftermath of deal %d: %w", r.Number, err)
		}
	}
	if r.Card == "" {
		return d, nil
	}
	if err := json.Unmarshal([]byte(r.Card), &d.Card); err != nil {
		return Deal{}, fmt.Errorf("read card of deal %d: %w", r.Number, err)
	}
	return d, nil
}
