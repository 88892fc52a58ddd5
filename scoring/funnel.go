package scoring

// How many days a company may stand before a step until it counts as not moved
// on: at most, and when nobody has said otherwise. At least it is one day.
const (
	MaxPatience     = 365
	DefaultPatience = 30
)

// A FunnelStep is a step of an organisation's funnel.
type FunnelStep struct {
	// ID is what histories call the step. It is never empty, and no two steps of
	// a funnel share one.
	ID Step `json:"id"`
	// Name is what the organisation calls it; empty for a step that has one of
	// the method's ids, which has a name in every language.
	Name string `json:"name,omitempty"`
	// Target is the share of the companies at the step before that should come
	// to this one: above 0, at most 1.
	Target float64 `json:"target"`
	// Patience is how many days a company may stand at the step before until it
	// counts as not moved on to this one: 1 to MaxPatience.
	Patience int `json:"patience"`
	// Signed marks the one step that a won deal stands at.
	Signed bool `json:"signed,omitempty"`
}

// A Funnel is an organisation's steps in order, and which present step stands
// for each that it had before. Histories keep the steps they were written with.
type Funnel struct {
	Steps []FunnelStep `json:"steps"`
	// Was leads from a step that is gone to the one that stands for it now,
	// which may itself have gone since.
	Was map[Step]Step `json:"was,omitempty"`
}

// MethodFunnel returns the method's four steps with its targets: all companies
// are contacted, 80 % of them hear a presentation, 80 % of those sign, 95 % of
// those pay.
//
// Source: docs/metrics.md#funnel.
func MethodFunnel() Funnel {
	return Funnel{Steps: []FunnelStep{
		{ID: Contact, Target: 1, Patience: DefaultPatience},
		{ID: Presentation, Target: 0.8, Patience: DefaultPatience},
		{ID: Contract, Target: 0.8, Patience: DefaultPatience, Signed: true},
		{ID: Payment, Target: 0.95, Patience: DefaultPatience},
	}}
}

// At returns the present step that s stands for: s itself while the funnel has
// it, else the one that took its place. It is OnList when none did.
func (f Funnel) At(s Step) Step {
	if i := f.index(s); i >= 0 {
		return f.Steps[i].ID
	}
	return OnList
}

// Position tells how far s, or the step that it stands for, is into the funnel:
// 1 to len(Steps), and 0 on the list and for a step that nobody knows.
func (f Funnel) Position(s Step) int { return f.index(s) + 1 }

// Find returns the present step that s stands for, and whether there is one.
func (f Funnel) Find(s Step) (FunnelStep, bool) {
	if i := f.index(s); i >= 0 {
		return f.Steps[i], true
	}
	return FunnelStep{}, false
}

// Before tells whether a comes before b in the funnel. Unknown steps come before
// all others, as the list does.
func (f Funnel) Before(a, b Step) bool { return f.Position(a) < f.Position(b) }

// SignedStep returns the step that a won deal stands at, and OnList when none is
// marked.
func (f Funnel) SignedStep() Step { return f.at(f.signed()) }

// BeforeSigned returns the step before the signed one: where a won deal goes
// back to when it is reopened. It is OnList when the signed step is the first.
func (f Funnel) BeforeSigned() Step { return f.at(f.signed() - 1) }

// Expected returns how many of so many companies should come to each step.
//
//	expected(k) = companies × target(1) × … × target(k)
//
// Source: docs/metrics.md#funnel.
func (f Funnel) Expected(companies float64) []float64 {
	expected := make([]float64, len(f.Steps))
	for i, step := range f.Steps {
		companies *= step.Target
		expected[i] = companies
	}
	return expected
}

// signed is the position of the signed step, 0 when none is marked.
func (f Funnel) signed() int {
	for i, step := range f.Steps {
		if step.Signed {
			return i + 1
		}
	}
	return 0
}

// at is the step at a position; OnList before the first.
func (f Funnel) at(position int) Step {
	if position < 1 {
		return OnList
	}
	return f.Steps[position-1].ID
}

// index finds the present step that s stands for, -1 when there is none. A way
// through Was that has not ended after all of its entries is a loop.
func (f Funnel) index(s Step) int {
	for hops := 0; s != OnList && hops <= len(f.Was); hops++ {
		for i := range f.Steps {
			if f.Steps[i].ID == s {
				return i
			}
		}
		s = f.Was[s]
	}
	return -1
}
