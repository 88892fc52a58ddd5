package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"fifteen/scoring"
)

func TestCriteria(t *testing.T) {
	t.Parallel()
	ids := strings.Fields("necessary urgent specific means leadership credible suitable advantageous timely")
	if got := len(scoring.Criteria); got != len(ids) {
		t.Fatalf("criteria: got %d, want %d", got, len(ids))
	}
	for i, criterion := range scoring.Criteria {
		if got := criterion.String(); got != ids[i] {
			t.Errorf("criterion %d: got %q, want %q", i, got, ids[i])
		}
		if got, ok := scoring.ParseCriterion(ids[i]); got != criterion || !ok {
			t.Errorf("ParseCriterion(%q): got %s, %v, want %s", ids[i], got, ok, criterion)
		}
		pillar := scoring.Pillars[i/3]
		if got := criterion.Pillar(); got != pillar || pillar.Criteria()[i%3] != criterion {
			t.Errorf("%s: got pillar %s, want %s, which lists it", criterion, got, pillar)
		}
	}
	for i, want := range []string{"pain", "power", "fit"} {
		if got := scoring.Pillars[i].String(); got != want {
			t.Errorf("pillar %d: got %q, want %q", i, got, want)
		}
	}
	for _, id := range []string{"", "Urgent", "urgent ", "pain"} {
		if got, ok := scoring.ParseCriterion(id); ok {
			t.Errorf("ParseCriterion(%q): got %s, want none", id, got)
		}
	}
}

func TestReplies(t *testing.T) {
	t.Parallel()
	for want, id := range map[scoring.Reply]string{scoring.Yes: "yes", scoring.Unsure: "unsure", scoring.No: "no"} {
		if got := want.String(); got != id {
			t.Errorf("reply %d: got %q, want %q", want, got, id)
		}
		if got, ok := scoring.ParseReply(id); got != want || !ok {
			t.Errorf("ParseReply(%q): got %s, %v, want %s", id, got, ok, want)
		}
	}
	for _, id := range []string{scoring.Unasked.String(), "Yes", "skip", "maybe"} {
		if got, ok := scoring.ParseReply(id); got != scoring.Unasked || ok {
			t.Errorf("ParseReply(%q): got %q, %v, want none", id, got, ok)
		}
	}
}

func TestBandIDs(t *testing.T) {
	t.Parallel()
	for band, want := range map[scoring.Band]string{
		scoring.Developing: "developing", scoring.Advancing: "advancing", scoring.Closing: "closing",
	} {
		if got := band.String(); got != want {
			t.Errorf("band %d: got %q, want %q", band, got, want)
		}
	}
}

func TestMethodSteps(t *testing.T) {
	t.Parallel()
	inOrder := []scoring.Step{scoring.OnList, scoring.Contact, scoring.Presentation, scoring.Contract, scoring.Payment}
	for i, step := range inOrder {
		for j, other := range inOrder {
			if got, want := scoring.MethodFunnel().Before(step, other), i < j; got != want {
				t.Errorf("%q before %q: got %v, want %v", step, other, got, want)
			}
		}
		if got, want := step.Known(), step != scoring.OnList; got != want {
			t.Errorf("step %q known: got %v, want %v", step, got, want)
		}
	}
	if scoring.Step("meeting").Known() {
		t.Error("step \"meeting\": got known, want unknown")
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	want := []scoring.Reason{"no_budget", "has_supplier", "price", "not_planned", "unsuitable", "not_interested", "supply_terms"}
	if got := scoring.Reasons; !slices.Equal(got, want) {
		t.Errorf("reasons: got %v, want %v", got, want)
	}
	for _, reason := range want {
		if !reason.Known() {
			t.Errorf("reason %q: got unknown, want known", reason)
		}
	}
	for _, reason := range []scoring.Reason{"", "Price", "budget"} {
		if reason.Known() {
			t.Errorf("reason %q: got known, want unknown", reason)
		}
	}
}
