package commands_test

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
)

// TestRefusalsOfLongNames asks for the noes of somebody whose name has no room on
// a button.
func TestRefusalsOfLongNames(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	name := strings.TrimSpace(strings.Repeat("Константин ", 5))
	f.does(f.member(name, bot.Rep), "deal add Acme 12000 EUR", "lost acme price")
	got := f.types(f.novak, `refusals "@`+name+`"`)
	holds(t, "refusals", got, "1 no", name[:40])
	lacks(t, "refusals", got, "why refusals")
	holds(t, "of all", f.types(f.novak, "refusals"), "> why refusals")
}

// TestRefusalsOfManyReps shows the noes of more reps than one field has room for.
func TestRefusalsOfManyReps(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for i := range 60 {
		name := fmt.Sprintf("representative %02d of a long name", i)
		f.does(f.member(name, bot.Rep), fmt.Sprintf("deal add Acme%d", i), fmt.Sprintf("lost #%d has_supplier", i+1))
	}
	got := f.types(f.novak, "refusals")
	for i := range 60 {
		holds(t, "refusals", got, fmt.Sprintf("@representative %02d of a long name 1 (1 excuse)", i))
	}
}

// TestNoesHandedOn hands a lost deal on: the one who had it keeps the no in the
// counts, but learns nothing that the new owner says of it.
func TestNoesHandedOn(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.novak, "product add Stretch film")
	f.does(f.ivanov, "deal add Acme 12000 EUR", "lost acme has_supplier", "refusal acme probe none")
	holds(t, "before", f.types(f.ivanov, "refusals me"), "To talk over", "Acme (#1, @ivanov)")
	f.does(f.novak, "deal acme owner @sidorov")
	f.does(f.sidorov, "deal #1 name Borealis", "lost #1 has_supplier Nordwind has a new plant")
	for _, line := range []string{"why refusals", "why refusals me", "refusals", "refusals me"} {
		lacks(t, line, f.types(f.ivanov, line), "Acme", "Borealis", "Nordwind", "deal #1")
	}
	holds(t, "why refusals", f.types(f.ivanov, "why refusals"), "1 no in 2 weeks", "#1  handed on since  @ivanov  Other supplier")
	holds(t, "refusals", f.types(f.ivanov, "refusals me"), "@ivanov: 1 no in 2 weeks")
	holds(t, "a manager", f.types(f.novak, "why refusals"), "Borealis", "Nordwind has a new plant")
	f.does(f.boss, "settings visibility team")
	holds(t, "where all is seen", f.types(f.ivanov, "why refusals"), "Borealis")
}

// TestUndoKeepsWhatOthersSaid checks that an end is not taken back from under what
// somebody else has said about it since.
func TestUndoKeepsWhatOthersSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, end, others, undone string }{
		{"a no and who won", "lost acme price", "refusal #1 winner Nordwind", "the loss"},
		{"a no and a promise", "lost acme price", "refusal #1 door price list 2027-01-25", "the loss"},
		{"a no and a question that was passed over", "lost acme price", "refusal #1 words skip", "the loss"},
		{"a win and what it overcame", "won acme", "overcame #1 price they saw what it saves", "the win"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR", c.end)
			f.does(f.novak, c.others)
			start := f.dump(bookkeeping...)
			holds(t, "undo", f.types(f.ivanov, "undo"), "Somebody has changed the same thing since")
			if f.dump(bookkeeping...) != start {
				t.Error("got a change, want none")
			}
			f.does(f.novak, "undo")
			holds(t, "undo", f.types(f.ivanov, "undo"), "Taken back: "+c.undone)
			f.does(f.ivanov, "undo", "undo") // done again, and taken back
			if got := f.rows("SELECT outcome, aftermath, overcame FROM deals"); got[0] != "open | {} | " {
				t.Errorf("got %s, want an open deal of which nothing is said", got[0])
			}
		})
	}
}

// TestPassedOverOnce passes over a question twice.
func TestPassedOverOnce(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "lost acme price", "refusal acme words skip")
	start := f.dump(bookkeeping...)
	holds(t, "again", f.types(f.ivanov, "refusal acme words skip"), "nothing was changed")
	if f.dump(bookkeeping...) != start {
		t.Errorf("got %s, want no change", f.aftermath())
	}
}
