package commands_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/scoring"
)

// replies answers a deal's questions: y, u and n for each criterion in the
// method's order, a dot for one that is not asked.
func (f *firm) replies(who bot.Account, deal, letters string) {
	f.t.Helper()
	for i, letter := range letters {
		if reply, ok := map[rune]string{'y': "yes", 'u': "unsure", 'n': "no"}[letter]; ok {
			f.does(who, "answer "+deal+" "+scoring.Criteria[i].String()+" "+reply)
		}
	}
}

// TestNextOrder asks for the next question again and again, and ends each deal
// that it is about.
func TestNextOrder(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings rate USD 0.5")
	for _, deal := range []struct{ name, amount, letters string }{
		{"Far", "90000 EUR", "........."},
		{"DoubtSmall", "300 EUR", "yyyyyyyyu"}, // 14
		{"LiftNone", "", "yyyyyyyy."},          // 13
		{"LiftGBP", "99999 GBP", "yyyyyyyy."},  // no rate
		{"LiftUSD", "5000 USD", "yyyyyyyy."},   // 2,500 EUR
		{"LiftSmall", "2000 EUR", "yyyyyyyy."},
		{"LiftFirst", "5000 EUR", "yyyyyyyy."},
		{"LiftSecond", "5000 EUR", "yyyy.yyyy"},
		{"Near", "10 EUR", "yyyyyy..."},      // 10, three away
		{"MidSmall", "50 EUR", "yyyyy...."},  // 8, four away
		{"MidLarge", "70 EUR", "yyyyy...."},  // 8, four away
		{"DoubtBig", "400 EUR", "yyyyyyuyy"}, // 14
		{"Known", "70000 EUR", "yyyyyyyyy"},  // 15, and nothing to ask
		{"LiftDoubt", "1 EUR", "yyyyyyyuu"},  // 13, and either yes makes 14
	} {
		f.does(f.ivanov, "deal add "+deal.name+" "+deal.amount)
		f.replies(f.ivanov, deal.name, deal.letters)
	}
	f.does(f.sidorov, "deal add Other 999999 EUR")
	f.replies(f.sidorov, "other", "yyyyyyyy.")
	lifts := []string{"LiftFirst", "LiftSecond", "LiftUSD", "LiftSmall"}
	rest := []string{"LiftNone", "LiftGBP"}
	if got, want := f.nexts(4), lifts; !slices.Equal(got, want) {
		t.Errorf("at once: got %q, want %q", got, want)
	}
	f.after(12 * time.Hour)
	want := slices.Concat([]string{"LiftDoubt"}, rest, []string{"DoubtBig", "DoubtSmall", "Near", "MidLarge", "MidSmall", "Far", ""})
	if got := f.nexts(len(want)); !slices.Equal(got, want) {
		t.Errorf("twelve hours later: got %q, want %q", got, want)
	}
	holds(t, "all known", f.types(f.ivanov, "next"), "Nothing to ask right now: what is known is fresh, or was asked today. Your deals: 1.")
	f.after(14 * 24 * time.Hour)
	holds(t, "old", f.types(f.ivanov, "next"), "Known counts at 15, but one answer is doubtful or old, and a no would take it out.")
}

// nexts returns the deals that ivanov is asked about, one after the other; each
// is ended then. The name is "" when there is nothing to ask.
func (f *firm) nexts(n int) []string {
	f.t.Helper()
	names := make([]string, n)
	for i := range names {
		msg := f.hear(bot.Request{Account: f.ivanov, Line: "next"}).Message
		if msg.Title != "" {
			names[i], _, _ = strings.Cut(strings.ReplaceAll(msg.Title, ",", " "), " ")
			f.does(f.ivanov, "disqualify "+names[i]+" asked")
		}
	}
	return names
}

// TestNextSays has the sentence above each question, and what its buttons ask.
func TestNextSays(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, letters string
		later         time.Duration
		want          []string
	}{
		{name: "nothing asked", letters: ".........", want: []string{"Acme is 0, 9 yeses away from 14.", "> answer #1 necessary yes"}},
		{name: "one yes away", letters: "yyyyyyyy.", want: []string{"Acme is 13: one yes makes it count.", "> answer #1 timely yes"}},
		{name: "a doubt", letters: "yyyyyyyyu", later: 12 * time.Hour, want: []string{"Acme counts at 14, but one answer is doubtful", "> answer #1 timely yes"}},
		{name: "two away", letters: "yyyyyyy..", want: []string{"Acme is 11, 2 yeses away from 14.", "> answer #1 advantageous yes"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			f.replies(f.ivanov, "acme", test.letters)
			f.after(test.later)
			holds(t, "next", f.types(f.ivanov, "next"), test.want...)
			holds(t, "next @ivanov", f.types(f.novak, "next @ivanov"), test.want...)
			holds(t, "next by somebody else", f.types(f.sidorov, "next"), "You have no open deal.")
		})
	}
	t.Run("a direct score", func(t *testing.T) {
		t.Parallel()
		f := openFirm(t)
		f.does(f.ivanov, "deal add Acme 12000 EUR", "score acme 5 5 4")
		holds(t, "next", f.types(f.ivanov, "next"), "Acme counts at 14. This is still open about it.", "> answer #1 necessary yes")
	})
	t.Run("no deal", func(t *testing.T) {
		t.Parallel()
		f := openFirm(t)
		holds(t, "next", f.types(f.ivanov, "next"), "You have no open deal.")
	})
}
