package commands_test

import (
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// TestCoachOfTheArticle checks the four pairs of the method's example, with the
// ratios of TestFunnelOfTheArticle, and of every second company.
func TestCoachOfTheArticle(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	for _, who := range []bot.Account{f.novak, f.boss} {
		msg := f.hear(bot.Request{Account: who, Line: "coach"}).Message
		if want := "Who can teach whom, last 13 weeks: 4 pairs"; msg.Title != want {
			t.Errorf("title: got %q, want %q", msg.Title, want)
		}
		want := []string{
			"@sidorov can teach @ivanov contact: @sidorov gets acquainted with 96 % of 200; @ivanov with 80 % of 200.\n" +
				"Among small machinery firms: 96 % of 100 and 80 % of 100, so it is there too.",
			"@sidorov can teach @ivanov presentation: @sidorov gives 90 % of 191 a presentation; @ivanov 70 % of 160.\n" +
				"Among small machinery firms: 90 % of 96 and 70 % of 80, so it is there too.",
			"@ivanov can teach @sidorov contract: @ivanov signs 85 % of 112; @sidorov 70 % of 172.\n" +
				"Among small machinery firms: 86 % of 56 and 70 % of 86, so it is there too.",
			"@ivanov can teach @sidorov payment: @ivanov is paid by 96 % of 95; @sidorov by 80 % of 120.\n" +
				"Among small machinery firms: 96 % of 48 and 80 % of 60, so it is there too.",
		}
		for i, text := range want {
			if msg.Text[i] != text {
				t.Errorf("pair %d: got\n%s\nwant\n%s", i+1, msg.Text[i], text)
			}
		}
		if len(msg.Text) != 5 {
			t.Errorf("got %d paragraphs, want the four pairs and the caveats", len(msg.Text))
		}
		holds(t, "caveats", msg.Text[4], "A harder list makes a good rep look weak.", "An easier one makes a weak rep look good", "is what to correct")
		if got, want := strings.Join(lines(msg), " · "),
			"decide @ivanov contact · decide @ivanov presentation · decide @sidorov contract · decide @sidorov payment · funnel"; got != want {
			t.Errorf("buttons: got %s, want %s", got, want)
		}
	}
}

// TestCoachShowsARepTheOwnHalf checks that a rep is told with whom, and nothing of
// what they did.
func TestCoachShowsARepTheOwnHalf(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	for _, test := range []struct {
		who   bot.Account
		want  []string
		never []string
	}{
		{
			f.ivanov,
			[]string{
				"At contact you bring 80 % of 200; the target is 100 %. @sidorov is worth watching there: ask how.",
				"At presentation you bring 70 % of 160; the target is 80 %. @sidorov is worth watching there: ask how.",
				"At contract you bring 85 % of 112; the target is 80 %. A colleague can learn it from you.",
				"At payment you bring 96 % of 95; the target is 95 %. A colleague can learn it from you.",
			},
			[]string{"191", "172", "120", "90 %", "96 % of 200", "machinery", "\"decide "},
		},
		{
			f.sidorov,
			[]string{
				"At contact you bring 96 % of 200; the target is 100 %. A colleague can learn it from you.",
				"At presentation you bring 90 % of 191; the target is 80 %. A colleague can learn it from you.",
				"At contract you bring 70 % of 172; the target is 80 %. @ivanov is worth watching there: ask how.",
				"At payment you bring 80 % of 120; the target is 95 %. @ivanov is worth watching there: ask how.",
			},
			[]string{"160", "112", "of 95;", "85 %", "80 % of 200", "machinery", "\"decide "},
		},
	} {
		for _, chat := range []bot.Chat{{}, channel} {
			f.hides(test.who, "coach", chat, test.never...)
			msg := f.hear(bot.Request{Account: test.who, Line: "coach", Chat: chat}).Message
			if got := strings.Join(msg.Text[:4], "\n"); got != strings.Join(test.want, "\n") {
				t.Errorf("%s: got\n%s\nwant\n%s", test.who.ID, got, strings.Join(test.want, "\n"))
			}
			if !msg.Private {
				t.Errorf("%s: got it for all, want it private", test.who.ID)
			}
		}
	}
	got := f.hides(f.petra, "coach", bot.Chat{}, "ivanov", "sidorov", "200")
	holds(t, "a rep without companies", got, "Nothing to learn or to teach yet, last 13 weeks",
		"You have too few decided companies at: contact (0), presentation (0), contract (0), payment (0). A comparison takes 10.")
}

func TestCoachWithoutPairs(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.list("ivanov", 6, 1)
	f.list("sidorov", 6, 6, 6, 6, 6)
	got := f.types(f.novak, "coach")
	holds(t, "six each", got, "Nobody stands out as a teacher in the last 13 weeks\n",
		"Too few companies at: contact, presentation, contract, payment. A comparison takes two reps with 10 decided companies each.\n")
	lacks(t, "six each", got, "> decide", "can teach")

	f = openFirm(t)
	f.list("ivanov", 20, 15)
	f.list("sidorov", 20, 17)
	holds(t, "much the same", f.types(f.novak, "coach"), "Too few companies at: contract, payment.",
		"At contact, presentation nobody below target is behind another rep by more than chance.")
	holds(t, "much the same, to a rep", f.hides(f.ivanov, "coach", bot.Chat{}, "sidorov", "17"),
		"Where you have enough, the difference to the others may be chance, or you are at the target.")
}

// TestCoachLeavesOutWhoIsGone checks that nobody is sent to somebody who left.
func TestCoachLeavesOutWhoIsGone(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	f.refreshes(bot.Person{Account: f.sidorov, Gone: true})
	for _, who := range []bot.Account{f.novak, f.ivanov} {
		lacks(t, "coach", f.types(who, "coach"), "sidorov")
	}
	holds(t, "funnel", f.types(f.novak, "funnel"), "@sidorov  96 % low", "decided        400") // what was done stays
}

// TestCoachComparesLikeCompanies has a rep with the harder list: in both industries
// the two do the same. 18 + 12 of 80 are 38 %, 54 + 4 of 80 are 73 %.
func TestCoachComparesLikeCompanies(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	among := func(industry string) func(int) string { return func(int) string { return industry } }
	f.listAmong("ivanov", among("machinery"), 20, 18)
	f.listAmong("ivanov", among("Mining"), 60, 12)
	f.listAmong("sidorov", among("machinery"), 60, 54)
	f.listAmong("sidorov", among("mining"), 20, 4)
	f.listAmong("ivanov", among("glass"), 9, 5) // too few
	f.listAmong("sidorov", among("glass"), 20, 10)
	got := f.types(f.novak, "coach")
	holds(t, "coach", got, "@sidorov can teach @ivanov contact",
		"Among small machinery firms: 90 % of 60 and 90 % of 20, so it is not there. Look at the list.\n",
		"ining firms: 20 % of 20 and 20 % of 60, so it is not there. Look at the list.\n")
	lacks(t, "coach", got, "glass")
}

// TestCoachOfOwnSteps has an organisation that has its own word for a step.
func TestCoachOfOwnSteps(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	err := f.app.Store.Write(t.Context(), f.home.ID, func(tx *storage.Tx) error {
		home, err := tx.Workspace(t.Context())
		if err != nil {
			return err
		}
		home.Funnel = scoring.MethodFunnel()
		home.Funnel.Steps[1].Name = "tasting"
		return tx.SaveWorkspace(t.Context(), home, storage.Author{Member: f.id("boss"), At: f.now})
	})
	if err != nil {
		t.Fatal(err)
	}
	holds(t, "coach", f.types(f.novak, "coach"),
		"@sidorov can teach @ivanov tasting: @sidorov brings 90 % of 191 to tasting; @ivanov 70 % of 160.")
	holds(t, "coach of a rep", f.types(f.ivanov, "coach"), "At tasting you bring 70 % of 160; the target is 80 %.")
	holds(t, "funnel", f.types(f.novak, "funnel"), "contact  ", "tasting")
	holds(t, "decide", f.types(f.novak, "decide @ivanov tasting too early; watch"), "@ivanov at tasting, so far 70 % of 160.")
}
