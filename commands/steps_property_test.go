package commands_test

import (
	"encoding/json"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"

	"pgregory.net/rapid"
)

// storedFunnel returns the workspace's funnel as it is kept.
func (f *firm) storedFunnel() string {
	f.t.Helper()
	var funnel scoring.Funnel
	err := f.app.Store.Read(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
		home, err := tx.Workspace(f.t.Context())
		funnel = home.Funnel
		return err
	})
	if err != nil {
		f.t.Fatalf("read the funnel: %v", err)
	}
	kept, err := json.Marshal(funnel)
	if err != nil {
		f.t.Fatalf("write the funnel: %v", err)
	}
	return string(kept)
}

// plainWord is a word that a step's name may hold, in several scripts, also one
// that looks like something else.
var plainWord = rapid.OneOf(
	rapid.SampledFrom([]string{
		"contact", "demo", "Signed", "payment", "30d", "4", "weeks", "100", "показ", "d'accord", "1,5", "ß", "e\u0301", "STEP2", "step2", "a/b", "the",
		"last", "percent", "settings", "合同",
	}),
	rapid.StringOfN(rapid.RuneFrom([]rune("abcxyzžłñжіشन0123456789.-&'()+_")), 1, 9, -1),
)

// wildWord is anything.
var wildWord = rapid.OneOf(rapid.SampledFrom([]string{"*", "%", "=", `"x"`, ",", "80%", "x=y", "🎉", "contact"}), rapid.StringN(1, 8, 20))

// stepsLine draws a line of steps: mostly one that could be taken.
func stepsLine(rt *rapid.T) string {
	count := rapid.IntRange(2, 8).Draw(rt, "steps")
	star := rapid.IntRange(0, count-1).Draw(rt, "star")
	word := plainWord
	if rapid.IntRange(0, 3).Draw(rt, "wild") == 0 {
		word = wildWord
	}
	items := make([]string, count)
	for i := range items {
		name := strings.Join(rapid.SliceOfN(word, 1, 3).Draw(rt, "name"), " ")
		if i == star {
			name += rapid.SampledFrom([]string{"*", " *"}).Draw(rt, "blank")
		}
		items[i] = name + " " + rapid.SampledFrom([]string{"80%", "62.5%", "100 %", "0,1%", "7 percent"}).Draw(rt, "target") +
			rapid.SampledFrom([]string{"", " 30d", " 3 weeks", " 365d", " 1 day"}).Draw(rt, "patience")
	}
	return strings.Join(items, rapid.SampledFrom([]string{", ", ";", "\n"}).Draw(rt, "separator"))
}

// TestStepsLineIsReadAgain checks that whatever steps are taken, the line that is
// shown for them makes the same funnel, also where there was another one before.
func TestStepsLineIsReadAgain(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	taken := 0
	rapid.Check(t, func(rt *rapid.T) {
		line := strings.ReplaceAll("settings steps "+stepsLine(rt), "%!", "%") // which no answer may hold
		before := f.storedFunnel()
		msg := f.hear(bot.Request{Account: f.novak, Line: line, Chat: f.room()}).Message
		if refused(msg) || msg.Table == nil {
			if f.storedFunnel() != before {
				rt.Fatalf("%q: got a change, want none of what was refused", line)
			}
			return
		}
		taken++
		want := f.storedFunnel()
		_, shown, _ := strings.Cut(msg.Note, "settings steps ")
		again := f.hear(bot.Request{Account: f.novak, Line: "settings steps " + shown, Chat: f.room()}).Message
		if got := f.storedFunnel(); got != want || !strings.Contains(strings.Join(again.Text, " "), "It is like that already") {
			rt.Fatalf("%q, shown as %q: got\n%s\nwant\n%s\n%v", line, shown, got, want, again.Text)
		}
		f.does(f.novak, "settings steps contact 100%, presentation 80%, contract* 80%, payment 95%")
		f.does(f.novak, "settings steps "+shown) // from other steps: names and aims are the same
		if got := f.hear(bot.Request{Account: f.novak, Line: "settings steps"}).Message.Note; got != msg.Note {
			rt.Fatalf("%q: got %q, want %q", shown, got, msg.Note)
		}
	})
	if taken < 10 {
		t.Errorf("got %d lines taken, want many", taken)
	}
}
