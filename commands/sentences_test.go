package commands_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
)

// TestEverySentence says each sentence of the list: one that reads is answered
// as its line, one that would write is shown as a button and changes nothing.
func TestEverySentence(t *testing.T) {
	t.Parallel()
	list, err := os.ReadFile("locales/sentences/en.txt")
	if err != nil {
		t.Fatal(err)
	}
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 12000 EUR")
	start := f.dump(bookkeeping...)
	said := 0
	for row := range strings.Lines(string(list)) {
		pattern, line, ok := strings.Cut(strings.TrimSpace(row), " = ")
		if !ok || strings.HasPrefix(row, "#") {
			continue
		}
		said++
		verb := verbOf(f, line)
		rest := "because of the price"
		switch verb {
		case "deal":
			rest = "Nimbus 5 EUR"
		case "away", "wait":
			rest = "8 Dec"
		case "checkin":
			rest = "9"
		case "hours":
			rest = "8-16"
		}
		writes := strings.HasPrefix(line, "deal add") || strings.HasPrefix(line, "away ") || strings.HasPrefix(line, "checkin ") || strings.HasPrefix(line, "hours ")
		for _, ending := range []string{"", "?", ".", "!"} {
			sentence := strings.NewReplacer("{deal}", "acme", "{rest}", rest).Replace(pattern) + ending
			sentence = strings.ToUpper(sentence[:1]) + sentence[1:]
			want := strings.NewReplacer("{deal}", "#1", "{rest}", rest).Replace(line)
			reply := f.hear(bot.Request{Account: f.novak, Line: sentence, Chat: f.room()})
			got := text(t, reply.Message)
			if cmd, ok := f.app.Router.Command(verb); ok && !cmd.Writes && !writes {
				if refused(reply.Message) || reply.Message.Form != nil || reply.Command != verb {
					t.Errorf("%s: got\n%swant the answer of %s", sentence, got, line)
				}
				continue
			}
			holds(t, sentence, got, "I changed nothing yet.", "> "+want)
		}
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
	if said < 50 {
		t.Errorf("got %d sentences, want all of them", said)
	}
}

// verbOf returns the name of the command that a line begins with.
func verbOf(f *firm, line string) string {
	words := strings.Fields(line)
	if len(words) > 1 && words[0] == "settings" {
		if _, ok := f.app.Router.Command(words[0] + " " + words[1]); ok {
			return words[0] + " " + words[1]
		}
	}
	return words[0]
}

// A slip in a command of two words stands for that one alone.
func TestNearOfTwoWords(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for line, want := range map[string][]string{"dela add Foo": {"deal add Foo"}, "dela Foo": {"deal Foo", "deals Foo"}} {
		if got := lines(f.hear(bot.Request{Account: f.novak, Line: line}).Message); !slices.Equal(got, want) {
			t.Errorf("%s: got the buttons %q, want %q", line, got, want)
		}
	}
}

// TestCompleteDeals goes on with the names of deals, whatever case and accents were
// typed, and with numbers where a name is shared.
func TestCompleteDeals(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, `deal add "Młyn Dębowiec" 5 EUR`, "deal add Kovárna 4 EUR", "deal add Twin 3 EUR")
	f.does(f.ivanov, "deal add Twin 2 EUR")
	for begun, want := range map[string][]string{
		"score ml": {`score "Młyn Dębowiec"`}, "score deb": {`score "Młyn Dębowiec"`}, "score kovarn": {"score Kovárna"},
		"score tw": {"score #3", "score #4"}, "score #2": {"score #2"}, "score xyz": {},
	} {
		got := f.app.Router.Complete(t.Context(), bot.Request{Workspace: f.home.ID, Account: f.novak, Line: begun, At: f.now})
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", begun, got, want)
		}
	}
}

// TestSentenceWhileAQuestionWaits asks what a sentence is meant as that stands for a
// line, where a question waits for somebody's own words.
func TestSentenceWhileAQuestionWaits(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme 5 EUR", "lost acme price")
	holds(t, "the question", f.types(f.novak, "refusal acme winner"), "Who won it?")
	holds(t, "a sentence", f.types(f.novak, "who is 14?"), "A question is still open", "> who is 14?")
	f.types(f.novak, "refusal acme winner")
	if got := f.types(f.novak, "Nordwind"); strings.Contains(got, "A question is still open") {
		t.Errorf("an answer: got\n%s\nwant it taken", got)
	}
}
