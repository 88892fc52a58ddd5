package scoring

// A FunnelStep is a step of an organisation's funnel.
type FunnelStep struct {
	ID Step `json:"id"`
	// Name is what the organisation calls it; "" for a step with one of the
	// method's ids.
	Name string `json:"name,omitempty"`
	// Target is the share of the companies at the step before that should come
	// to this one: above 0, at most 1.
	Target float64 `json:"target"`
	// Patience is how many days a company may stand at the step before until it
	// counts as not moved on to this one: 1 to 365.
	Patience int `json:"patience"`
	// Signed marks the one step that a won deal stands at.
	Signed bool `json:"signed,omitempty"`
}

// A Funnel is an organisation's steps in order, and which present step stands
// for each that it had before.
type Funnel struct {
	Steps []FunnelStep  `json:"steps"`
	Was   map[Step]Step `json:"was,omitempty"`
}

// MethodFunnel returns the steps of the method with its targets, and 30 days of
// patience at each.
func MethodFunnel() Funnel {
	return Funnel{Steps: []FunnelStep{
		{ID: Contact, Target: 1, Patience: 30},
		{ID: Presentation, Target: 0.8, Patience: 30},
		{ID: Contract, Target: 0.8, Patience: 30, Signed: true},
		{ID: Payment, Target: 0.95, Patience: 30},
	}}
}
