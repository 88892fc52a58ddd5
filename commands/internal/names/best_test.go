package names_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"fifteen/commands/internal/names"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// firms is a list such as a team has: a long form, accents, other alphabets, and
// names that share a word.
var firms = []string{
	"Acme", "Acme Corporation GmbH", "Borealis Shipping International Ltd", "Delta Works",
	"Škoda Auto", "Łódź Tekstylia", "Иванов и сыновья", "İstanbul Çelik", "Gamma", "Sigma",
	"Smyth", "Price Waterhouse", "Northwind Traders", "Omega", "Volkswagen", "Groß & Söhne",
}

func TestBestFindsWhatWasMeant(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"acmee":            "Acme",
		"ACME":             "Acme",
		"acme corporation": "Acme Corporation GmbH",
		"boralis":          "Borealis Shipping International Ltd",
		"works delta":      "Delta Works",
		"delta wroks":      "Delta Works",
		"deltaworks":       "Delta Works",
		"skdoa auto":       "Škoda Auto",
		"lodz":             "Łódź Tekstylia",
		"иваново":          "Иванов и сыновья",
		"istanbul celik":   "İstanbul Çelik",
		"gama":             "Gamma",
		"smith":            "Smyth",
		"pricewaterhouse":  "Price Waterhouse",
		"nrothwind":        "Northwind Traders",
		"volkswagon":       "Volkswagen",
		"gross sohne":      "Groß & Söhne",
	} {
		t.Run(query, func(t *testing.T) {
			t.Parallel()
			got := names.Best(query, firms, 3)
			if len(got) == 0 || firms[got[0].Index] != want {
				t.Fatalf("Best(%q): got %s, want %q first", query, listed(got, firms), want)
			}
		})
	}
}

func TestBestLeavesOutStrangers(t *testing.T) {
	t.Parallel()
	for _, query := range []string{"", " ", "zebra", "alpha", "x", "the weekly meeting with everybody"} {
		if got := names.Best(query, firms, 3); len(got) != 0 {
			t.Errorf("Best(%q): got %s, want none", query, listed(got, firms))
		}
	}
	if got := names.Best("acme", firms, 0); len(got) != 0 {
		t.Errorf("Best with limit 0: got %s, want none", listed(got, firms))
	}
}

func TestBestKeepsTheOrderOfEquals(t *testing.T) {
	t.Parallel()
	got := names.Best("acme", []string{"ACME", "Borealis", "acme", "Ácme"}, 2)
	want := []names.Match{{Index: 0, Score: 1}, {Index: 2, Score: 1}}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("Best of equal names (-want +got):\n%s", diff)
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, query string
		candidates  []string
		want        bool
	}{
		{"none", "zebra", firms, false},
		{"one", "volkswagon", firms, false},
		{"a clear lead", "acmee", []string{"Acme", "Acne"}, false},
		{"two of a family", "petrvo", []string{"Petrov", "Petrova"}, true},
		{"a letter apart", "smith", []string{"Smyth", "Smitz", "Smits"}, true},
		{"nearer by a letter", "smith", []string{"Smyth", "Smits"}, false},
		{"exact beside a longer one", "acme", []string{"Acme", "Acme 2"}, false},
		{"exact beside a near one", "petrova", []string{"Petrov", "Petrova"}, false},
		{"twice the same name", "acme", []string{"Acme", "ACME"}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			matches := names.Best(tc.query, tc.candidates, 3)
			if got := names.Close(matches); got != tc.want {
				t.Errorf("Close(Best(%q)) = %s: got %v, want %v", tc.query, listed(matches, tc.candidates), got, tc.want)
			}
		})
	}
}

func TestBestIsTheSameAsScoringAll(t *testing.T) {
	t.Parallel()
	name := rapid.StringMatching(`[a-dé]{1,6}( [a-d]{1,5})?`)
	rapid.Check(t, func(t *rapid.T) {
		query := name.Draw(t, "query")
		candidates := rapid.SliceOfN(name, 0, 30).Draw(t, "candidates")
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		got, want := names.Best(query, candidates, limit), scoredAll(query, candidates, limit)
		if diff := gocmp.Diff(want, got, gocmp.Comparer(near)); diff != "" {
			t.Fatalf("Best(%q, %q, %d) (-want +got):\n%s", query, candidates, limit, diff)
		}
	})
}

// scoredAll does plainly what Best does with a shortcut. 0.58 is Best's
// threshold.
func scoredAll(query string, candidates []string, limit int) []names.Match {
	var all []names.Match
	for i, candidate := range candidates {
		if score := names.Similarity(query, candidate); score >= 0.58 {
			all = append(all, names.Match{Index: i, Score: score})
		}
	}
	slices.SortStableFunc(all, func(a, b names.Match) int { return cmp.Compare(b.Score, a.Score) })
	return all[:min(len(all), limit)]
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

func listed(matches []names.Match, candidates []string) string {
	s := "["
	for _, m := range matches {
		s += fmt.Sprintf(" %q %.2f", candidates[m.Index], m.Score)
	}
	return s + " ]"
}
