package scoring_test

import (
	"encoding/json"
	"testing"

	"fifteen/scoring"

	"pgregory.net/rapid"
)

func TestPillarByPoints(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		replies string // of Pain
		want    int
	}{
		{"yyy", 5}, // 2+2+2 = 6, 5×6÷6 = 5
		{"yyu", 4}, // 2+2+1 = 5, 5×5÷6 = 4.17
		{"uyy", 4},
		{"yyn", 3}, // 2+2+0 = 4, 5×4÷6 = 3.33
		{"yy.", 3},
		{"yuu", 3}, // 2+1+1 = 4
		{"yun", 2}, // 2+1+0 = 3, 5×3÷6 = 2.5
		{"uuu", 2}, // 1+1+1 = 3
		{"ynn", 1}, // 2+0+0 = 2, 5×2÷6 = 1.67
		{"u.u", 1}, // 1+0+1 = 2
		{"nun", 0}, // 0+1+0 = 1, 5×1÷6 = 0.83
		{"nnn", 0}, // 0
		{"...", 0},
	} {
		t.Run(c.replies, func(t *testing.T) {
			t.Parallel()
			for p, letters := range []string{c.replies + "......", "..." + c.replies + "...", "......" + c.replies} {
				got, total := card(letters, noon).Pillar(scoring.Pillar(p)), card(letters, noon).Total()
				if got != c.want || total != c.want {
					t.Errorf("%s of %s: got %d, total %d, want %d for both", scoring.Pillar(p), letters, got, total, c.want)
				}
			}
		})
	}
}

func TestTotal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, replies string
		want          int
	}{
		{"nothing asked", ".../.../...", 0},
		{"nine yeses", "yyy/yyy/yyy", 15},                   // 5+5+5
		{"eight yeses and a 'not sure'", "yyy/yyu/yyy", 14}, // 5+4+5
		{"eight yeses and a no", "yyy/yyn/yyy", 13},         // 5+3+5
		{"two doubts in one pillar", "yyy/yyy/uuy", 13},     // 5+5+3
		{"two doubts in two pillars", "yyu/yyy/uyy", 13},    // 4+5+4
		{"nine doubts", "uuu/uuu/uuu", 6},                   // 2+2+2
		{"nine noes", "nnn/nnn/nnn", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := card(c.replies, noon).Total(); got != c.want {
				t.Errorf("total of %s: got %d, want %d", c.replies, got, c.want)
			}
		})
	}
}

// scoredPain is a deal whose Pain was answered, then scored directly, then
// answered again, all at one instant: only the revisions tell the order.
func scoredPain(older string, points int, newer string) scoring.Card {
	c := card(older+"......", noon)
	c.Direct[scoring.Pain] = scoring.Direct{Given: true, Points: points, At: noon, Rev: 10}
	for i, answer := range card(newer+"......", noon).Answers {
		if answer.Reply != scoring.Unasked {
			answer.Rev += 10
			c.Answers[i] = answer
		}
	}
	return c
}

func TestDirectScoreWithAnswers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, older string
		points      int
		newer       string
		want        int
	}{
		{"alone", "...", 5, "...", 5},
		{"alone, none", "...", 0, "...", 0},
		// 2+2+1 = 5 points at best, a pillar of 4
		{"5 and one 'not sure'", "...", 5, "u..", 4},
		// 2+2+0 = 4, 3
		{"5 and one no", "...", 5, ".n.", 3},
		// 2+1+1 = 4, 3
		{"5 and two 'not sure'", "...", 5, "u.u", 3},
		// 2+0+0 = 2, 1
		{"5 and two noes", "...", 5, ".nn", 1},
		{"5 and three noes", "...", 5, "nnn", 0},
		// min(4, 4)
		{"4 and one 'not sure'", "...", 4, "..u", 4},
		// min(4, 5): a yes leaves a doubt that nobody has named
		{"4 and two yeses", "...", 4, "yy.", 4},
		{"2 stands through two yeses", "...", 2, "y.y", 2},
		// three newer answers replace it: 6 points, 5
		{"2 and three yeses", "...", 2, "yyy", 5},
		// 2+2+1 = 5, 4
		{"2, two yeses and a 'not sure'", "...", 2, "yyu", 4},
		{"0 and three 'not sure'", "...", 0, "uuu", 2},
		{"older noes do not count", "nnn", 5, "...", 5},
		{"older yeses do not count", "yyy", 1, "...", 1},
		// the older no may become a yes: 2+2+1 = 5, 4
		{"older no, newer 'not sure'", "nn.", 5, "..u", 4},
		// only one of three is newer, so 3 stands
		{"older yeses do not complete newer ones", "yy.", 3, "..y", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := scoredPain(c.older, c.points, c.newer).Pillar(scoring.Pain); got != c.want {
				t.Errorf("%s, then %d, then %s: got %d, want %d", c.older, c.points, c.newer, got, c.want)
			}
		})
	}
}

func TestDirectScoreIsItsPillarsOnly(t *testing.T) {
	t.Parallel()
	c := scoredPain("...", 4, "...")
	c.Answers[scoring.Means] = scoring.Answer{Reply: scoring.Yes, At: noon, Rev: 5}
	// Power has an answer older than Pain's direct score, which still counts: 2 points, 1
	if got := c.Pillar(scoring.Power); got != 1 {
		t.Errorf("Power beside a direct Pain: got %d, want 1", got)
	}
	if got := c.Total(); got != 5 { // 4+1+0
		t.Errorf("total: got %d, want 5", got)
	}
}

func TestPillarOfAnyCard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := cards().Draw(t, "card")
		for _, p := range scoring.Pillars {
			if got, want := c.Pillar(p), pillarOf(c, p); got != want {
				t.Fatalf("%s: got %d, want %d", p, got, want)
			}
		}
		if got, want := c.Total(), totalOf(c); got != want {
			t.Fatalf("total: got %d, want %d", got, want)
		}
	})
}

func TestYesBeatsUnsureBeatsNoOnAnyCard(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := cards().Draw(t, "card")
		for _, criterion := range scoring.Criteria {
			yes := answered(c, criterion, scoring.Yes).Total()
			unsure := answered(c, criterion, scoring.Unsure).Total()
			no := answered(c, criterion, scoring.No).Total()
			if yes < unsure || unsure < no || yes < c.Total() {
				t.Fatalf("%s, total %d: got %d by a yes, %d by 'not sure', %d by a no, want none above the one before, and a yes to cost nothing",
					criterion, c.Total(), yes, unsure, no)
			}
		}
	})
}

func TestScored(t *testing.T) {
	t.Parallel()
	skipped := scoring.Card{}
	skipped.Answers[scoring.Timely].Skipped = noon
	for _, c := range []struct {
		name string
		card scoring.Card
		want bool
	}{
		{"nothing", scoring.Card{}, false},
		{"a skip", skipped, false},
		{"a no", card("........n", noon), true},
		{"a direct 0", scoredPain("...", 0, "..."), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.card.Scored(); got != c.want {
				t.Errorf("Scored: got %v, want %v", got, c.want)
			}
		})
	}
}

// Cards are kept as JSON, so its names and numbers are not free to change.
func TestCardAsJSON(t *testing.T) {
	t.Parallel()
	c := scoredPain("...", 4, "yun")
	c.Answers[scoring.Means].Skipped = noon
	const want = `{"answers":[` +
		`{"reply":1,"at":"2026-11-26T12:00:00Z","rev":11},` +
		`{"reply":2,"at":"2026-11-26T12:00:00Z","rev":12},` +
		`{"reply":3,"at":"2026-11-26T12:00:00Z","rev":13},` +
		`{"skipped":"2026-11-26T12:00:00Z"},{},{},{},{},{}],` +
		`"direct":[{"given":true,"points":4,"at":"2026-11-26T12:00:00Z","rev":10},{},{}]}`
	got, err := json.Marshal(c)
	if string(got) != want || err != nil {
		t.Errorf("written: got %s, %v, want %s", got, err, want)
	}
	var back scoring.Card
	if err := json.Unmarshal(got, &back); back != c || err != nil {
		t.Errorf("read back: got %+v, %v, want %+v", back, err, c)
	}
}
