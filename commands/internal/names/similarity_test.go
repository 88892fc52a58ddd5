package names_test

import (
	"math"
	"strings"
	"testing"

	"fifteen/commands/internal/names"

	"pgregory.net/rapid"
)

func TestSimilarity(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		a, b string
		want float64
	}{
		{"", "", 1},
		{"", "Acme", 0},
		{"a", "A", 1},
		{"Škoda", "skoda", 1},
		{"Łódź", "lodz", 1},
		{"Иванов", "иванов", 1},
		{"İstanbul", "istanbul", 1},
		{"Acme, Inc.", "acme inc", 1},
		{"!!!", "!!!", 1},
		// Pairs ac cm me of both: 2×3 ÷ (4+3) = 0.857. Jaro: all 4 of acme match,
		// (4/5 + 4/4 + 1) ÷ 3 = 0.933; four equal letters in front: 0.933 + 0.4 × 0.067 = 0.96.
		{"acmee", "Acme", (6.0/7 + 0.96) / 2},
		// Pairs sm th: 2×2 ÷ 8 = 0.5. Jaro: 4 of 5 match, (0.8 + 0.8 + 1) ÷ 3 = 0.867;
		// two equal letters in front: 0.867 + 0.2 × 0.133 = 0.893.
		{"smith", "smyth", (0.5 + 2.68/3) / 2},
		// Each word is there; of 10 pairs each, the two at the space differ.
		{"works delta", "Delta Works", (0.8 + 1) / 2},
		{"abc", "xyz", 0},
	} {
		t.Run(tc.a+"|"+tc.b, func(t *testing.T) {
			t.Parallel()
			if got := names.Similarity(tc.a, tc.b); math.Abs(got-tc.want) > 1e-9 {
				t.Errorf("Similarity(%q, %q): got %v, want %v", tc.a, tc.b, got, tc.want)
			}
		})
	}
}

func TestSimilarityOfAnyTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyText().Draw(t, "a"), anyText().Draw(t, "b")
		got := names.Similarity(a, b)
		if !(got >= 0 && got <= 1) {
			t.Fatalf("Similarity(%q, %q): got %v, want 0 to 1", a, b, got)
		}
		if back := names.Similarity(b, a); math.Abs(back-got) > 1e-9 {
			t.Fatalf("Similarity(%q, %q): got %v, want %v as the other way round", b, a, back, got)
		}
		if same := names.Similarity(a, a); same != 1 {
			t.Fatalf("Similarity(%q, itself): got %v, want 1", a, same)
		}
	})
}

func TestSimilarityOfLongTextsIsBounded(t *testing.T) {
	t.Parallel()
	// Without the cut this pair costs 2,000 × 2,000 comparisons of words.
	a, b := strings.Repeat("a ", 2000), strings.Repeat("b ", 2000)
	if got := names.Similarity(a, b); got > 0.5 {
		t.Errorf("Similarity of two long texts: got %v, want at most 0.5", got)
	}
}
