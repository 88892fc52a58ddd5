package scoring_test

import (
	"encoding/json"
	"math"
	"testing"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
)

// own is a funnel of an organisation's own: a demo stands for what were first
// a visit and then a presentation, and the method's contract stands for itself.
func own() scoring.Funnel {
	return scoring.Funnel{
		Steps: []scoring.FunnelStep{
			{ID: scoring.Contact, Target: 0.9, Patience: 14},
			{ID: "demo", Name: "Demo", Target: 0.5, Patience: 20},
			{ID: "trial", Name: "Trial", Target: 0.6, Patience: 45},
			{ID: scoring.Contract, Target: 0.7, Patience: 30, Signed: true},
		},
		Was: map[scoring.Step]scoring.Step{
			"visit": scoring.Presentation, scoring.Presentation: "demo",
			scoring.Contract: "demo",                   // present, so it stands for itself
			"left":           "right", "right": "left", // a loop
			"self": "self", "lost": "nowhere", scoring.OnList: "demo",
		},
	}
}

func TestFunnelFindsSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		step     scoring.Step
		at       scoring.Step
		position int
	}{
		{scoring.OnList, scoring.OnList, 0},
		{scoring.Contact, scoring.Contact, 1},
		{"demo", "demo", 2},
		{scoring.Presentation, "demo", 2}, // replaced once
		{"visit", "demo", 2},              // replaced twice
		{"trial", "trial", 3},
		{scoring.Contract, scoring.Contract, 4}, // a present step wins over its alias
		{scoring.Payment, scoring.OnList, 0},    // gone, and nothing stands for it
		{"left", scoring.OnList, 0},
		{"self", scoring.OnList, 0},
		{"lost", scoring.OnList, 0},
		{"never heard of", scoring.OnList, 0},
	} {
		f := own()
		if got := f.At(c.step); got != c.at {
			t.Errorf("At(%q): got %q, want %q", c.step, got, c.at)
		}
		if got := f.Position(c.step); got != c.position {
			t.Errorf("Position(%q): got %d, want %d", c.step, got, c.position)
		}
		found, ok := f.Find(c.step)
		if ok != (c.position > 0) || found.ID != c.at {
			t.Errorf("Find(%q): got %q, %v, want %q, %v", c.step, found.ID, ok, c.at, c.position > 0)
		}
	}
}

func TestFunnelOrder(t *testing.T) {
	t.Parallel()
	inOrder := []scoring.Step{"unknown", scoring.Contact, "visit", "trial", scoring.Contract}
	for i, a := range inOrder {
		for j, b := range inOrder {
			if got, want := own().Before(a, b), i < j; got != want {
				t.Errorf("%q before %q: got %v, want %v", a, b, got, want)
			}
		}
	}
	if own().Before("visit", "demo") || own().Before("unknown", scoring.OnList) {
		t.Error("steps of one position: got one before the other, want neither")
	}
}

func TestSignedStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		funnel         scoring.Funnel
		signed, before scoring.Step
	}{
		{"the method's", scoring.MethodFunnel(), scoring.Contract, scoring.Presentation},
		{"own", own(), scoring.Contract, "trial"},
		{"first", scoring.Funnel{Steps: []scoring.FunnelStep{{ID: "order", Signed: true}}}, "order", scoring.OnList},
		{"none", scoring.Funnel{Steps: []scoring.FunnelStep{{ID: "order"}}}, scoring.OnList, scoring.OnList},
		{"no steps", scoring.Funnel{}, scoring.OnList, scoring.OnList},
	} {
		if got := c.funnel.SignedStep(); got != c.signed {
			t.Errorf("%s, signed: got %q, want %q", c.name, got, c.signed)
		}
		if got := c.funnel.BeforeSigned(); got != c.before {
			t.Errorf("%s, before signed: got %q, want %q", c.name, got, c.before)
		}
	}
}

func TestMethodFunnel(t *testing.T) {
	t.Parallel()
	f := scoring.MethodFunnel()
	for i, step := range f.Steps {
		if step.ID != scoring.Steps[i] || step.Patience != 30 || step.Name != "" {
			t.Errorf("step %d: got %+v, want %s with 30 days and no name of its own", i, step, scoring.Steps[i])
		}
	}
	// 100 × 100 % = 100, × 80 % = 80, × 80 % = 64, × 95 % = 60.8
	expected := f.Expected(100)
	for i, want := range []float64{100, 80, 64, 60.8} {
		if math.Abs(expected[i]-want) > 1e-9 {
			t.Errorf("of 100 companies at %s: got %v, want %v", f.Steps[i].ID, expected[i], want)
		}
	}
	// 100 − 80 = 20 said no after the contact, 80 − 64 = 16 after the presentation
	if first, second := expected[0]-expected[1], expected[1]-expected[2]; math.Abs(first-20) > 1e-9 || math.Abs(second-16) > 1e-9 {
		t.Errorf("said no: got %v and %v, want 20 and 16, 36 in all", first, second)
	}
	f.Steps[0].Target = 0.1
	if got := scoring.MethodFunnel().Steps[0].Target; got != 1 {
		t.Errorf("the method's first target after a change to a copy: got %v, want 1", got)
	}
}

func TestFunnelIsKeptAsJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(own())
	if err != nil {
		t.Fatal(err)
	}
	var got scoring.Funnel
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(own(), got); diff != "" {
		t.Errorf("read back, got +, want -:\n%s", diff)
	}
}
