package names_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"fifteen/commands/internal/names"

	"github.com/adrg/strutil/metrics"
	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// products is a list such as a packaging firm has, in the languages of its
// countries, with names that share words.
var products = []string{
	"Stretch film, black", "Stretch film, transparent", "Stretch film black 17 micron", "Cardboard box 300x200",
	"Bubble wrap", "Packing tape", "PE", "Lid", "Void fill",
	"Stretch fólie černá", "Lepicí páska hnědá", "Kartonová krabice",
	"Картонная коробка", "Стрейч плёнка", "Клейкая лента",
	"Folia stretch czarna", "Taśma pakowa", "Pudełko kartonowe",
	"Siyah streç film", "Karton kutu", "Koli bandı",
}

func TestMentioned(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"they wanted black stretch film, 17 micron", "Stretch film black 17 micron"},
		{"they wanted BLACK strech-film!", "Stretch film, black"},
		{"a stretch film that is transparent", "Stretch film, transparent"},
		{"rolls of bubblle wrap", "Bubble wrap"},
		{"our packing tapes are too dear", "Packing tape"},
		{"cardboard boxes 300x200, as before", "Cardboard box 300x200"},
		{"the lid does not close", "Lid"},
		{"strech folie černá", "Stretch fólie černá"},
		{"chtěli hnědou lepící pásku", "Lepicí páska hnědá"},
		{"cena kartonových krabic", "Kartonová krabice"},
		{"коробки из картона", "Картонная коробка"},
		{"не устроила цена на стрейч-пленку", "Стрейч плёнка"},
		{"нет клейкой ленты", "Клейкая лента"},
		{"czarnej folii stretch nie potrzebują", "Folia stretch czarna"},
		{"drogie taśmy pakowe", "Taśma pakowa"},
		{"pudełek kartonowych", "Pudełko kartonowe"},
		{"siyah streç filmler istiyorlar", "Siyah streç film"},
		{"karton kutuları pahalı", "Karton kutu"},
		{"KOLİ BANDI", "Koli bandı"},
		{"bubble", "Bubble wrap"}, // part of a name
		{"a wrap", "Bubble wrap"},
	} {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			got := names.Mentioned(tc.text, products, 3)
			if len(got) == 0 || products[got[0].Index] != tc.want {
				t.Errorf("Mentioned(%q): got %s, want %q first", tc.text, listed(got, products), tc.want)
			}
		})
	}
}

func TestMentionedLeavesOutStrangers(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " ", "!?", "😀👩\u200d💻", "\u200b\ufeff", "\xff", "a forklift", "17", "300x200", "it is", "pe", "of a lit",
		"they have no budget until next year and will call us back in spring",
		// black and film are 9 of the 16 letters of "Stretch film, black": 0.56
		"everything is too expensive, said the director, the film with him was black",
	} {
		if got := names.Mentioned(text, products, 3); len(got) != 0 {
			t.Errorf("Mentioned(%q): got %s, want none", text, listed(got, products))
		}
	}
	for _, limit := range []int{0, -1} {
		if got := names.Mentioned("bubble wrap", products, limit); len(got) != 0 {
			t.Errorf("Mentioned with limit %d: got %s, want none", limit, listed(got, products))
		}
	}
	if got := names.Mentioned("bubble wrap", nil, 3); len(got) != 0 {
		t.Errorf("Mentioned in no list: got %v, want none", got)
	}
	if got := names.Mentioned("bubble wrap", []string{"", " ", "!", "😀", "\u200b", "\xff"}, 3); len(got) != 0 {
		t.Errorf("Mentioned in a list of nothing: got %v, want none", got)
	}
}

func TestMentionedScores(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text, listed string
		want               float64 // 0 for none
	}{
		{"all of it", "the black film", "Film, black", 1},
		// film and black of stretch (7), film (4), black (5) are not 0.6 of it
		{"too little", "some film and something in black for them and nobody else here", "Stretch film black", 0},
		// stretch and film of 7 + 4 + 5: 11 ÷ 16
		{"most of it", "stretch film is all they want from us now and then, or so", "Stretch film black", 11.0 / 16},
		// 0.6, and 4 ÷ 16 of the 0.4 above
		{"a part of the name", "film", "Stretch film black", 0.7},
		{"a part with an article", "a film", "Stretch film black", 0.7},
		{"a part and something else", "film roll", "Stretch film black", 0},
		// Jaro of tape and tapes: (4/4 + 4/5 + 1) ÷ 3 = 0.933, four equal letters in
		// front: 0.933 + 0.4 × 0.067 = 0.96
		{"an ending", "tapes for them", "Tape", 0.96},
		{"one letter else in a short word", "fill it for them", "Film", 0},
		// film of film (4) and 17 (2): 4 ÷ 6
		{"another number", "film 23", "Film 17", 4.0 / 6},
		{"a number alone", "17", "Film 17", 0},
		{"short names exactly", "the lid of it", "Lid", 1},
		{"short names by and large", "the lit of it", "Lid", 0},
		{"names of two letters", "of pe", "PE", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := 0.0
			for _, match := range names.Mentioned(tc.text, []string{tc.listed}, 1) {
				got = match.Score
			}
			if math.Abs(got-tc.want) > 1e-9 {
				t.Errorf("Mentioned(%q, %q): got %v, want %v", tc.text, tc.listed, got, tc.want)
			}
		})
	}
}

func TestMentionedPutsTheLongerOfEqualsFirst(t *testing.T) {
	t.Parallel()
	got := names.Mentioned("bubble wrap", []string{"Wrap", "Bubble wrap", "Tape", "bubble WRAP"}, 5)
	want := []names.Match{{Index: 1, Score: 1}, {Index: 3, Score: 1}, {Index: 0, Score: 1}}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("Mentioned of equals (-want +got):\n%s", diff)
	}
}

// The cheap bound must never hide two words that are alike.
func TestMentionedFindsWhatIsAlike(t *testing.T) {
	t.Parallel()
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("abcdeж")), 5, 12, -1)
	jaro := metrics.NewJaroWinkler()
	rapid.Check(t, func(t *rapid.T) {
		name, text := letters.Draw(t, "name"), letters.Draw(t, "text")
		alike := jaro.Compare(name, text)
		if alike > 0.88-1e-6 && alike < 0.88+1e-6 {
			return
		}
		if got := names.Mentioned(text, []string{name}, 1); (len(got) == 1) != (alike > 0.88) {
			t.Fatalf("Mentioned(%q, %q): got %v, want it if %v is above 0.88", text, name, got, alike)
		}
	})
}

func TestMentionedInAnyTexts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		list := rapid.SliceOfN(rapid.OneOf(anyText(), rapid.SampledFrom(products)), 0, 8).Draw(t, "list")
		before := 2.0
		for _, match := range names.Mentioned(text, list, 5) {
			if match.Index < 0 || match.Index >= len(list) || !(match.Score >= 0.6 && match.Score <= 1+1e-9) || match.Score > before {
				t.Fatalf("Mentioned(%q, %q): got %v, want a score of 0.6 to 1, best first", text, list, match)
			}
			before = match.Score
		}
		// whoever types a name is understood
		name := rapid.SampledFrom(products).Draw(t, "name")
		around := rapid.SampledFrom([]string{"", "日本 ", "of the 17 ", "😀 \u200b \u202e "}).Draw(t, "around") + name + " ; " + text
		if got := names.Mentioned(around, []string{name}, 1); name != "PE" && len(got) == 0 {
			t.Fatalf("Mentioned(%q, %q): got none, want it", around, name)
		}
	})
}

// BenchmarkMentioned looks for 500 products in texts of 4,000 characters: in one
// that people could have written, and in one whose words are all different.
func BenchmarkMentioned(b *testing.B) {
	others := fromWords()
	list := make([]string, 500)
	for i := range list {
		list[i] = fmt.Sprintf("%s, %s %d", products[i%len(products)], others[i], i)
	}
	story := strings.Repeat("They have a supplier for black stretch film already, and he delivers within two days; "+
		"cardboard boxes they buy at the market, where nobody asks for papers. Может быть, в следующем году. ", 25)
	different := strings.Join(others[500:900], " ")
	for name, text := range map[string]string{
		"story": story[:4_000], "different": different[:4_000], "short": "black film",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				names.Mentioned(text, list, 3)
			}
		})
	}
}
