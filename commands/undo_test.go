package commands_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
)

// snapshot is what can be seen of the firm and of one deal, by a rep and by an
// admin.
func (f *firm) snapshot(deal string) string {
	f.t.Helper()
	var b strings.Builder
	for _, look := range []struct {
		who  bot.Account
		line string
	}{
		{f.boss, "deals"},
		{f.boss, "who"},
		{f.boss, "forecast"},
		{f.boss, "why forecast"},
		{f.boss, "settings"},
		{f.ivanov, "forecast"},
		{f.boss, "deal " + deal},
	} {
		msg := f.hear(bot.Request{Account: look.who, Line: look.line, Chat: channel}).Message
		fmt.Fprintf(&b, "%s> %s\n%s\n", look.who.ID, look.line, unmarked(text(f.t, msg)))
	}
	fmt.Fprintln(&b, f.rows("SELECT name, role FROM members"), f.rows("SELECT month, member_id, currency, amount FROM targets"))
	return b.String()
}

// dice writes random lines that change something.
type dice struct{ *rand.Rand }

func (d dice) of(choices ...string) string { return choices[d.IntN(len(choices))] }

func (d dice) criterion() string { return scoring.Criteria[d.IntN(len(scoring.Criteria))].String() }

func (d dice) amount() string {
	return fmt.Sprintf("%d %s", 1_000+d.IntN(50_000), d.of("EUR", "EUR", "USD", "JPY", "CZK"))
}

// line writes a line with valid arguments; it may still be refused in the state
// that the deal is in.
func (d dice) line(deals int) string {
	deal := fmt.Sprintf("#%d", 1+d.IntN(deals))
	switch d.IntN(21) {
	case 0:
		return fmt.Sprintf("deal add Firm%d %s %s", d.IntN(1_000_000), d.amount(), d.of("", "@ivanov", "@sidorov", "@petra"))
	case 1:
		return "deal " + deal + " amount " + d.of("none", d.amount())
	case 2:
		return fmt.Sprintf("deal %s name Firm%d", deal, d.IntN(1_000_000))
	case 3:
		return "deal " + deal + " owner " + d.of("@ivanov", "@sidorov", "@petra", "me")
	case 4:
		return "deal " + deal + " close " + d.of("none", "5 Dec", "Thu", "in 2 weeks")
	case 5:
		return "deal delete " + deal
	case 6:
		return fmt.Sprintf(`deal retake %s "Firm %d"`, deal, d.IntN(1_000))
	case 7, 8:
		return fmt.Sprintf("score %s %d %d %d", deal, 3+d.IntN(3), 4+d.IntN(2), 4+d.IntN(2))
	case 9, 10:
		return fmt.Sprintf("answer %s %s %s %s", deal, d.criterion(), d.of("yes", "yes", "unsure", "no", "skip"), d.of("", "Petr said so"))
	case 11:
		return fmt.Sprintf("evidence %s %s Eva wrote it", deal, d.criterion())
	case 12:
		return "step " + deal + " " + d.of("contact", "presentation", "contract", "payment")
	case 13:
		return "won " + deal + " " + d.of("", d.amount())
	case 14:
		return "lost " + deal + " " + string(scoring.Reasons[d.IntN(len(scoring.Reasons))]) + d.of("", " they pay less")
	case 15:
		return "disqualify " + deal + " two people"
	case 16:
		return "reopen " + deal
	case 17:
		return fmt.Sprintf("note %s word %d", deal, d.IntN(1_000))
	case 18:
		return "nextstep " + deal + " " + d.of("none", "call Petr", "contract with their lawyer Thu", "visit them 5 Dec")
	case 19:
		return "handover " + d.of("@ivanov", "@sidorov", "@petra") + " " + d.of("@novak", "@boss")
	default:
		return d.office()
	}
}

// office writes a line that changes no deal.
func (d dice) office() string {
	return d.of(
		"target 2026-11 "+d.amount(), "target 2026-12 "+d.amount(), "target 2026-11 "+d.amount()+" @ivanov",
		"settings currency "+d.of("EUR", "USD", "CZK"), "settings zone "+d.of("UTC", "Europe/Prague", "Asia/Tokyo"),
		"settings visibility "+d.of("own", "team"), "settings rate "+d.of("USD 0.92", "JPY 0.0062", "GBP 1.1"),
		"role @petra "+d.of("rep", "manager", "admin"),
	)
}

var anyDeal = regexp.MustCompile(`#\d+`)

// TestUndoAnyLine takes back a hundred random lines, and does them again: all
// that can be seen is as it was.
func TestUndoAnyLine(t *testing.T) {
	t.Parallel()
	const seed = 15
	f, d := openFirm(t), dice{rand.New(rand.NewPCG(seed, seed))}
	f.does(f.boss, "deal add Acme 12000 EUR @ivanov", "deal add Borealis @sidorov", "deal add Kestrel 900000 JPY")
	said := map[string]int{}
	for n := 0; n < 100; {
		deals := len(f.column("SELECT number FROM deals"))
		line := strings.TrimSpace(d.line(deals))
		deal := anyDeal.FindString(line)
		switch {
		case strings.HasPrefix(line, "deal add"):
			deal = fmt.Sprintf("#%d", deals+1)
		case deal == "":
			deal = "#1"
		}
		before := f.snapshot(deal)
		changes := len(f.rows("SELECT id FROM changes"))
		f.hear(bot.Request{Account: f.boss, Line: line, Chat: f.room()})
		if len(f.rows("SELECT id FROM changes")) == changes {
			continue
		}
		n++
		verb, _, _ := strings.Cut(line, " ")
		said[verb]++
		after := f.snapshot(deal)
		f.after(time.Second)
		f.undoes(line, "Taken back: ")
		if diff := cmp.Diff(before, f.snapshot(deal)); diff != "" {
			t.Fatalf("line %d, %s, taken back (-want +got):\n%s", n, line, diff)
		}
		f.undoes(line, "Done again: ")
		if diff := cmp.Diff(after, f.snapshot(deal)); diff != "" {
			t.Fatalf("line %d, %s, done again (-want +got):\n%s", n, line, diff)
		}
		if d.IntN(3) == 0 {
			f.undoes(line, "Taken back: ") // or else it grows too slowly
		}
	}
	if len(said) < 13 {
		t.Errorf("got only the commands %v, want nearly all", said)
	}
}

func (f *firm) undoes(line, want string) {
	f.t.Helper()
	got := text(f.t, f.hear(bot.Request{Account: f.boss, Line: "undo", Chat: f.room()}).Message)
	if !strings.HasPrefix(got, want) {
		f.t.Fatalf("%s, undo: got %q, want it to begin %q", line, got, want)
	}
}

// TestUndoAndOthers takes back what others have touched since, or not.
func TestUndoAndOthers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, line, since string
		refused           bool
	}{
		{name: "the same amount field", line: "deal #1 amount 5 EUR", since: "deal #1 amount 7 EUR", refused: true},
		{name: "the amount, by winning", line: "deal #1 amount 5 EUR", since: "won #1 7 EUR", refused: true},
		{name: "another field", line: "deal #1 amount 5 EUR", since: "deal #1 close 5 Dec"},
		{name: "a note of another", line: "deal #1 amount 5 EUR", since: "note #1 a word"},
		{name: "the same answer", line: "answer #1 urgent yes", since: "answer #1 urgent no", refused: true},
		{name: "another answer", line: "answer #1 urgent yes", since: "answer #1 necessary no"},
		{name: "a direct score over an answer", line: "answer #1 urgent yes", since: "score #1 5 5 5"},
		{name: "evidence for the same answer", line: "answer #1 urgent yes", since: "evidence #1 urgent Eva", refused: true},
		{name: "the outcome", line: "lost #1 price", since: "reopen #1", refused: true},
		{name: "the reason", line: "lost #1 price", since: "lost #1 not_planned", refused: true},
		{name: "the next step", line: "nextstep #1 call Petr", since: "nextstep #1 call Eva", refused: true},
		{name: "a step after the next step", line: "nextstep #1 call Petr", since: "step #1 contact"},
		{name: "what was added", line: "deal add Nimbus", since: "note #2 a word", refused: true},
		{name: "what was deleted", line: "note #1 a word", since: "deal delete #1", refused: true},
		{name: "a note and another note", line: "note #1 a word", since: "note #1 another"},
		{name: "the target", line: "target 2026-12 5 EUR", since: "target 2026-12 7 EUR", refused: true},
		{name: "a target in another currency", line: "target 2026-12 5 EUR", since: "target 2026-12 7 USD"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.boss, "deal add Acme 12000 EUR")
			f.does(f.novak, test.line)
			f.does(f.boss, test.since)
			start := f.dump(bookkeeping...)
			got := f.types(f.novak, "undo")
			if test.refused {
				holds(t, "undo", got, "Somebody has changed the same thing since", "so nothing was undone.")
			} else {
				holds(t, "undo", got, "Taken back: ")
			}
			if changed := f.dump(bookkeeping...) != start; changed == test.refused {
				t.Errorf("%s, %s, undo: got a change %v, want %v", test.line, test.since, changed, !test.refused)
			}
		})
	}
}

// TestUndoForADay checks how long a line can be taken back, and that a restart
// does not matter.
func TestUndoForADay(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		later time.Duration
		want  string
	}{
		{0, "Taken back: the amount, Acme (#1). It is open, score 0."},
		{24 * time.Hour, "Taken back: the amount, Acme (#1)."},
		{24*time.Hour + time.Second, "There is nothing to undo: you have changed nothing in the last day."},
	} {
		file := newFile(t)
		f := openFirmAt(t, file)
		f.does(f.ivanov, "deal add Acme 12000 EUR", "deal acme amount 5 EUR")
		if err := f.app.Store.Close(); err != nil {
			t.Fatal(err)
		}
		f = openFirmAt(t, file)
		f.runs = 1_000 // new events
		f.after(test.later)
		holds(t, fmt.Sprintf("undo %s later", test.later), f.types(f.ivanov, "undo"), test.want)
	}
	f := openFirm(t)
	holds(t, "undo", f.types(f.ivanov, "undo"), "There is nothing to undo")
	f.does(f.novak, "deal add Acme")
	holds(t, "undo of somebody else's", f.types(f.ivanov, "undo"), "There is nothing to undo")
}

// TestUndoButtons presses the undo buttons of answers, once and twice.
func TestUndoButtons(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	first := f.hear(bot.Request{Account: f.ivanov, Line: "deal acme amount 5 EUR"}).Message
	second := f.hear(bot.Request{Account: f.ivanov, Line: "deal acme amount 7 EUR"}).Message
	holds(t, "the older one", f.presses(f.ivanov, button(t, first, "undo")), "You have changed something else since")
	undone := f.hear(bot.Request{Account: f.ivanov, Line: button(t, second, "undo"), Way: bot.Pressed}).Message
	holds(t, "once", text(t, undone), "Taken back: the amount")
	holds(t, "twice", f.presses(f.ivanov, button(t, second, "undo")), "You have changed something else since")
	holds(t, "amount", f.types(f.ivanov, "deal acme"), "5 EUR")
	holds(t, "undo that", f.presses(f.ivanov, button(t, undone, "undo")), "Done again: the amount")
	holds(t, "undo that twice", f.presses(f.ivanov, button(t, undone, "undo")), "You have changed something else since")
	holds(t, "amount", f.types(f.ivanov, "deal acme"), "7 EUR")
	same := f.hear(bot.Request{Account: f.ivanov, Line: "deal acme amount 7 EUR"}).Message
	holds(t, "no change", text(t, same), "Acme stands like that already, so nothing was changed.")
	for _, line := range []string{
		"deal acme amount 7", "deal acme name Acme", "deal acme owner @ivanov", "deal acme close none", "nextstep acme none",
		"settings currency EUR", "settings zone UTC", "settings visibility own", "role @boss admin",
	} {
		msg := f.hear(bot.Request{Account: f.boss, Line: line}).Message
		if strings.Contains(strings.Join(lines(msg), " "), "undo") || !strings.Contains(text(t, msg), "nothing was changed") {
			t.Errorf("%s: got\n%swant it said that nothing was changed, and no undo", line, text(t, msg))
		}
	}
}
