package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
)

// TestReasons renames a reason, adds one, and uses both.
func TestReasons(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Borealis")
	holds(t, "all", f.types(f.novak, "settings reasons"), "7 reasons why customers say no", "not_planned     Not planned")
	holds(t, "rename", f.types(f.novak, `settings reason price "too dear"`), `"Price too high" is called "too dear" now.`, "was: Price too high", "> undo")
	holds(t, "the same", f.types(f.novak, "settings reason price too dear"), "It is like that already, so nothing was changed.")
	holds(t, "by its words", f.types(f.novak, `settings reason "too dear" "far too dear"`), `"too dear" is called "far too dear" now.`)
	holds(t, "add", f.types(f.novak, `settings reason add Legal "Legal department says no"`),
		`"Legal department says no" is a reason now, legal for short.`, "your own")
	holds(t, "all", f.types(f.novak, "settings reason"), "8 reasons")
	holds(t, "rename an own one", f.types(f.novak, "settings reason legal their lawyers"), `"Legal department says no" is called "their lawyers" now.`)
	holds(t, "lost", f.types(f.ivanov, "lost acme their lawyers"), "Acme is lost: their lawyers.")
	holds(t, "lost", f.types(f.ivanov, "lost borealis"), "[far too dear]", "[their lawyers]")
	holds(t, "back", f.types(f.novak, "settings reason price default"), `"far too dear" is called "Price too high" now.`)
	f.does(f.novak, "settings reason price dear")
	holds(t, "back by its words", f.types(f.novak, `settings reason price "price too high"`), `"dear" is called "Price too high" now.`)
	holds(t, "card", f.types(f.ivanov, "deal acme"), "their lawyers")
	holds(t, "undo", f.types(f.novak, "undo"), "Taken back: the words for a reason.")
	holds(t, "asked for words", f.types(f.novak, "settings reason price"), "In which words do people read it?")
	holds(t, "which", f.types(f.novak, "so dear"), `is called "so dear" now.`)
}

// TestReasonsRefused has what is wrong with a reason, and that nothing comes of
// it.
func TestReasonsRefused(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme", `settings reason add legal "their lawyers"`, `settings reason supply_terms "delivery takes long"`)
	start := f.dump(bookkeeping...)
	for line, want := range map[string]string{
		`price ""`:                         "A reason needs words with letters or digits in them.",
		`price "🎉"`:                        "A reason needs words with letters or digits in them.",
		"price " + strings.Repeat("x", 61): "at most 60 characters, and these have 61.",
		"price <!channel>":                 "A name cannot hold < or >.",
		"price not planned":                `"not planned" stands for another reason already: Not planned.`,
		"price NOT_PLANNED":                `"NOT_PLANNED" stands for another reason already: Not planned.`,
		"price their lawyers":              `stands for another reason already: their lawyers.`,
		"price legal":                      `"legal" stands for another reason already: their lawyers.`,
		"price no budget":                  `"no budget" stands for another reason already: No budget now.`,
		"price supply terms":               `stands for another reason already: delivery takes long.`, // as it was called
		"price none":                       `"none" means something else`,
		"price skip":                       `"skip" means something else`,
		"price add":                        `"add" means something else`,
		"legal default":                    "their lawyers is one of your own",
		"dear too dear":                    `"dear" is not one of the reasons.`,
		"add":                              "A new reason has a short name, and then its words.",
		"add legal words":                  "legal is a reason already: their lawyers.",
		"add price words":                  "price is a reason already: Price too high.",
		"add none words":                   `"none" means something else`,
		"add skip words":                   `"skip" means something else`,
		"add ADD words":                    `"add" means something else`,
		"add 9to5 words":                   `"9to5" cannot be a short name`,
		"add zákon words":                  `"zákon" cannot be a short name`,
		"add two-words words":              `"two-words" cannot be a short name`,
		"add abcdefghijklmnopq words":      `cannot be a short name`,
		"add expensive words":              `"expensive" stands for another reason already: Price too high.`,
		"add rival too expensive":          `"too expensive" stands for another reason already: Price too high.`,
		`add rival ""`:                     "A reason needs words",
	} {
		got := f.hear(bot.Request{Account: f.novak, Line: "settings reason " + line, Chat: f.room()})
		holds(t, line, text(t, got.Message), want)
		if n := sentences(got.Message); n < 1 || n > 2 || !refused(got.Message) {
			t.Errorf("%s: got %d sentences, want one or two that say what was wrong", line, n)
		}
	}
	if f.dump(bookkeeping...) != start {
		t.Error("got a change, want none")
	}
}

// TestManyReasons adds as many as there may be, and sees all of them offered.
func TestManyReasons(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme")
	for i := range 30 {
		f.does(f.novak, fmt.Sprintf("settings reason add own%d reason number %d of ours, said in many words", i, i))
	}
	holds(t, "one more", f.types(f.novak, "settings reason add own30 one more"), "You have 30 reasons of your own")
	holds(t, "ask", f.types(f.novak, "lost acme"), "lost #1 own29")
	holds(t, "wrong", f.types(f.novak, "lost acme whatever"), `"whatever" is not one of the reasons.`)
	holds(t, "by its words", f.types(f.novak, "lost acme reason number 7 of ours, said in many words"), "Acme is lost: reason number 7")
}

// TestReasonInUse does not take a reason back that a customer has had: nothing
// could say any more what it was.
func TestReasonInUse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, count string
		uses        []string
	}{
		{"lost", "1 deal has met", []string{"lost acme legal"}},
		{"lost for another one in the end", "1 deal has met", []string{"lost acme legal", "lost acme price"}},
		{"reopened", "1 deal has met", []string{"lost acme legal", "reopen acme"}},
		{"won in spite of it", "1 deal has met", []string{"won acme", "overcame acme legal we wrote the contract"}},
		{"two deals", "2 deals have met", []string{"lost acme legal", "lost borealis legal"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Borealis")
			f.does(f.novak, "settings reason add legal their lawyers")
			f.does(f.ivanov, c.uses...)
			start := f.dump(bookkeeping...)
			holds(t, "undo", f.types(f.novak, "undo"), c.count+" their lawyers since, so nothing was undone.")
			if f.dump(bookkeeping...) != start {
				t.Error("got a change, want none")
			}
			f.does(f.novak, "settings reason legal the lawyers", "undo") // other words are taken back
		})
	}
}

// TestReasonTakenBack takes back a reason that nobody has used, twice.
func TestReasonTakenBack(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "deal add Acme", "settings reason add legal their lawyers", "undo")
	holds(t, "gone", f.types(f.novak, "lost acme legal"), `"legal" is not one of the reasons.`)
	f.does(f.novak, "undo")
	holds(t, "back", f.types(f.novak, "lost acme legal"), "Acme is lost: their lawyers.")
}
