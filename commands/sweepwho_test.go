package commands_test

import (
	"strings"
	"testing"
)

// TestHowTheyEnded lets the digest come by itself each Monday: of three deals that
// it has shown one is won on day 9, one lost on day 12, and on day 14 it says once
// how they ended.
func TestHowTheyEnded(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.at("2026-11-27 12:00")
	f.does(f.boss, "settings nudge off")
	f.does(f.ivanov, "deal add Acme 100 EUR", "deal add Bolt 200 EUR", "score acme 5 5 5", "score bolt 5 5 4")
	f.does(f.petra, "deal add Cork 400 EUR", "score cork 5 5 5")
	f.in(channel2, f.novak, "schedule who mon 09:00")
	digest := func(at string) string {
		t.Helper()
		f.at(at)
		posts := f.woken()
		if len(posts) != 1 || posts[0].Chat.ID != "#sales" {
			t.Fatalf("%s: got %q, want the digest alone", at, drawn(posts))
		}
		return text(t, posts[0].Message)
	}
	first := digest("2026-11-30 09:00")
	holds(t, "day 0", first, "3 deals", "Acme", "Bolt", "Cork")
	second := digest("2026-12-07 09:00")
	lacks(t, "day 7", second, "Shown")
	f.at("2026-12-09 11:00")
	f.does(f.ivanov, "won acme")
	f.at("2026-12-12 11:00")
	f.does(f.ivanov, "lost bolt price")
	third := digest("2026-12-14 09:00")
	want := "\nShown two weeks ago: Acme won · Bolt lost (Price too high) · Cork slipped\n"
	if n := strings.Count(third, want); n != 1 || strings.Count(third, "Shown") != 1 {
		t.Errorf("day 14: got\n%s\nwant in it once %q", third, want)
	}
	for _, at := range []string{"2026-12-21 09:00", "2026-12-28 09:00", "2027-01-04 09:00"} {
		lacks(t, at, digest(at), "Shown", "slipped", "Acme", "Bolt")
	}
}
