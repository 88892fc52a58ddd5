package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// asked returns the questions about a no in the order they are asked, each
// answered as a rep would.
func asked(r scoring.Refusal) string {
	var all []string
	for q := r.Next(false); q != scoring.AskNothing; q = r.Next(false) {
		all = append(all, string(q))
		switch q {
		case scoring.AskProbe:
			r.Probe = scoring.NoTime
		case scoring.AskWords:
			r.Words = "a tenth"
		case scoring.AskReturn:
			r.Return.On = "2027-02-08"
		case scoring.AskWinner:
			r.Winner.Kind = scoring.WinnerNobody
		case scoring.AskDoor, scoring.AskNothing:
			r.Door.State = scoring.DoorDeclined
		}
	}
	return strings.Join(all, " ")
}

func TestQuestionsOfEveryReason(t *testing.T) {
	t.Parallel()
	for reason, want := range map[scoring.Reason]string{
		scoring.NoBudget:      "return winner door",
		scoring.HasSupplier:   "probe return winner door", // because they had no time
		scoring.PriceTooHigh:  "words winner door",
		scoring.NotPlanned:    "return winner door",
		scoring.Unsuitable:    "words winner door",
		scoring.NotInterested: "words winner door",
		scoring.SupplyTerms:   "words winner door",
		"legal":               "words winner door", // an organisation's own
	} {
		if got := asked(scoring.Refusal{Reason: reason}); got != want {
			t.Errorf("%s: got the questions %q, want %q", reason, got, want)
		}
	}
	cheaper := scoring.Refusal{Reason: scoring.HasSupplier, Aftermath: scoring.Aftermath{Probe: scoring.Cheaper}}
	if got := asked(cheaper); got != "winner door" {
		t.Errorf("a supplier who is dearer: got %q, want %q", got, "winner door")
	}
}

func TestReturnAfter(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		reason       scoring.Reason
		months, days int
	}{
		{scoring.NoBudget, 0, 75},
		{scoring.NotPlanned, 3, 0},
		{scoring.HasSupplier, 0, 7}, // who had no time
	} {
		if months, days := (scoring.Refusal{Reason: tc.reason}).ReturnAfter(); months != tc.months || days != tc.days {
			t.Errorf("%s: got %d months and %d days, want %d and %d", tc.reason, months, days, tc.months, tc.days)
		}
	}
}

func TestSkippedQuestions(t *testing.T) {
	t.Parallel()
	r := scoring.Refusal{Reason: scoring.PriceTooHigh}
	r.Skipped = []scoring.RefusalQuestion{scoring.AskWords, scoring.AskDoor}
	if got := r.Next(false); got != scoring.AskWinner {
		t.Errorf("words skipped: got %q, want %q", got, scoring.AskWinner)
	}
	if got := r.Next(true); got != scoring.AskWords {
		t.Errorf("asked again: got %q, want %q", got, scoring.AskWords)
	}
	r.Winner.Kind = scoring.WinnerUnknown
	if got := r.Next(false); got != scoring.AskNothing {
		t.Errorf("all else answered: got %q, want nothing", got)
	}
}

func TestExcusesDislikesAndFlags(t *testing.T) {
	t.Parallel()
	supplier := func(p scoring.Probe) scoring.Refusal {
		return scoring.Refusal{Reason: scoring.HasSupplier, Aftermath: scoring.Aftermath{Probe: p}}
	}
	had := scoring.Refusal{Reason: scoring.Unsuitable, Aftermath: scoring.Aftermath{Product: 4}}
	for _, c := range []struct {
		name    string
		refusal scoring.Refusal
		excuse  bool
		dislike scoring.Dislike
		flag    scoring.Flag
	}{
		{"a supplier", supplier(""), true, "", ""},
		{"cheaper", supplier(scoring.Cheaper), false, scoring.DislikePrice, ""},
		{"better", supplier(scoring.BetterQuality), false, scoring.DislikeRange, ""},
		{"wider", supplier(scoring.WiderRange), false, scoring.DislikeRange, ""},
		{"faster", supplier(scoring.FasterDelivery), false, scoring.DislikeSupply, ""},
		{"no time", supplier(scoring.NoTime), false, "", ""},
		{"none of these", supplier(scoring.NoneOfThese), true, "", scoring.FlagUnprobed},
		{"price", scoring.Refusal{Reason: scoring.PriceTooHigh}, false, scoring.DislikePrice, ""},
		{"unsuitable", scoring.Refusal{Reason: scoring.Unsuitable}, false, scoring.DislikeRange, ""},
		{"unsuitable, though we have it", had, false, scoring.DislikeRange, scoring.FlagHadIt},
		{"supply terms", scoring.Refusal{Reason: scoring.SupplyTerms}, false, scoring.DislikeSupply, ""},
		{"no budget", scoring.Refusal{Reason: scoring.NoBudget}, false, "", ""},
		{"not planned", scoring.Refusal{Reason: scoring.NotPlanned}, false, "", ""},
		{"not interested", scoring.Refusal{Reason: scoring.NotInterested}, false, "", ""},
		{"price after a probe", scoring.Refusal{Reason: scoring.PriceTooHigh, Aftermath: scoring.Aftermath{Probe: scoring.NoneOfThese}}, false, scoring.DislikePrice, ""},
	} {
		if got := c.refusal.Excuse(); got != c.excuse {
			t.Errorf("%s, an excuse: got %v, want %v", c.name, got, c.excuse)
		}
		if got := c.refusal.Dislike(); got != c.dislike {
			t.Errorf("%s, disliked: got %q, want %q", c.name, got, c.dislike)
		}
		if got := c.refusal.Flag(); got != c.flag {
			t.Errorf("%s, flag: got %q, want %q", c.name, got, c.flag)
		}
	}
}

func TestFollowOn(t *testing.T) {
	t.Parallel()
	door := func(on string, done bool) scoring.Door {
		return scoring.Door{State: scoring.DoorAccepted, On: on, Done: done}
	}
	for _, c := range []struct {
		name      string
		aftermath scoring.Aftermath
		want      string
	}{
		{"nothing", scoring.Aftermath{}, ""},
		{"a return", scoring.Aftermath{Return: scoring.Return{On: "2027-02-08"}}, "2027-02-08"},
		{"the earlier of two", scoring.Aftermath{Return: scoring.Return{On: "2027-02-08"}, Door: door("2027-01-25", false)}, "2027-01-25"},
		{"the one that is left", scoring.Aftermath{Return: scoring.Return{On: "2027-02-08"}, Door: door("2027-01-25", true)}, "2027-02-08"},
		{"the earlier return", scoring.Aftermath{Return: scoring.Return{On: "2026-12-02"}, Door: door("2027-01-25", false)}, "2026-12-02"},
		{"both done", scoring.Aftermath{Return: scoring.Return{On: "2027-02-08", Done: true}, Door: door("2027-01-25", true)}, ""},
		{"declined", scoring.Aftermath{Door: scoring.Door{State: scoring.DoorDeclined, On: "2027-01-25"}}, ""},
	} {
		if got := c.aftermath.FollowOn(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func samestep(s scoring.Step) scoring.Step { return s }

func TestRefusalsOf(t *testing.T) {
	t.Parallel()
	count := func(n int, rep int64, step scoring.Step, reason scoring.Reason, a scoring.Aftermath) scoring.RefusalCount {
		return scoring.RefusalCount{Refusal: scoring.Refusal{Reason: reason, Aftermath: a}, Rep: rep, Step: step, Count: n}
	}
	back := count(1, 7, scoring.Contact, scoring.NoBudget, scoring.Aftermath{Door: scoring.Door{State: scoring.DoorAccepted}})
	back.Back = true
	got := scoring.RefusalsOf([]scoring.RefusalCount{
		count(3, 7, scoring.Contact, scoring.PriceTooHigh, scoring.Aftermath{Winner: scoring.Winner{Kind: scoring.WinnerNamed}}),
		count(2, 8, "demo", scoring.HasSupplier, scoring.Aftermath{Probe: scoring.Cheaper, Winner: scoring.Winner{Kind: scoring.WinnerNobody}}),
		count(4, 8, scoring.Contact, scoring.HasSupplier, scoring.Aftermath{}),
		count(1, 8, scoring.Contact, scoring.HasSupplier, scoring.Aftermath{Probe: scoring.NoneOfThese, Door: scoring.Door{State: scoring.DoorDeclined}}),
		back,
	}, func(s scoring.Step) scoring.Step {
		if s == "demo" {
			return scoring.Presentation
		}
		return s
	})
	want := scoring.Refusals{
		Real: 6, Excuses: 5, Flagged: 1, // 3+2+1, 4+1
		Causes: []scoring.Tally[scoring.Cause]{
			{Key: scoring.Cause{Reason: scoring.PriceTooHigh}, Real: 3},
			{Key: scoring.Cause{Reason: scoring.HasSupplier, Probe: scoring.Cheaper}, Real: 2},
			{Key: scoring.Cause{Reason: scoring.NoBudget}, Real: 1},
		},
		Reps:     []scoring.Tally[int64]{{Key: 8, Real: 2, Excuses: 5}, {Key: 7, Real: 4}},
		Steps:    []scoring.Tally[scoring.Step]{{Key: scoring.Contact, Real: 4, Excuses: 5}, {Key: scoring.Presentation, Real: 2}},
		Dislikes: []scoring.Tally[scoring.Dislike]{{Key: scoring.DislikePrice, Real: 5}, {Key: scoring.DislikeRange}, {Key: scoring.DislikeSupply}},
		Offered:  2, Accepted: 1, Back: 1, Rivals: 3, Nobody: 2, Unknown: 6, // 4+1+1
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("refusals, got +, want -:\n%s", diff)
	}
	if got, want := got.Share(3), 0.5; got != want { // 3 ÷ 6
		t.Errorf("share of price: got %v, want %v", got, want)
	}
	if got := (scoring.Refusals{Excuses: 4}).Share(0); got != 0 {
		t.Errorf("share of nothing: got %v, want 0", got)
	}
}

// TestRefusalsAddUp checks that nothing is counted twice or lost.
func TestRefusalsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) scoring.RefusalCount {
			return scoring.RefusalCount{
				Refusal: scoring.Refusal{
					Reason:    rapid.SampledFrom(append(slices.Clone(scoring.Reasons), "legal")).Draw(t, "reason"),
					Aftermath: scoring.Aftermath{Probe: rapid.SampledFrom(append(slices.Clone(scoring.Probes), "")).Draw(t, "probe")},
				},
				Rep: rapid.Int64Range(1, 3).Draw(t, "rep"), Step: rapid.SampledFrom(scoring.Steps).Draw(t, "step"),
				Count: rapid.IntRange(1, 9).Draw(t, "count"),
			}
		})).Draw(t, "counts")
		all := scoring.RefusalsOf(counts, samestep)
		total, causes, reps, steps := 0, 0, 0, 0
		for _, c := range counts {
			total += c.Count
		}
		for _, tally := range all.Causes {
			causes += tally.Real
		}
		for _, tally := range all.Reps {
			reps += tally.Real + tally.Excuses
		}
		for _, tally := range all.Steps {
			steps += tally.Real + tally.Excuses
		}
		if all.Total() != total || causes != all.Real || reps != total || steps != total {
			t.Fatalf("of %d noes got total %d, by cause %d of %d, by rep %d, by step %d", total, all.Total(), causes, all.Real, reps, steps)
		}
	})
}
