package commands_test

import (
	"fmt"
	"testing"
)

// A rep's home shows the own deals, also where the team's may be seen; a manager's
// everybody's. What is more than a screen says how much more.
func TestHome(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings visibility team")
	f.does(f.sidorov, "deal add Omega 3 EUR", "score omega 5 5 5")
	for i := range 10 {
		f.does(f.ivanov, fmt.Sprintf("deal add %q 7 EUR", fmt.Sprintf("Acme %c", 'a'+i)), fmt.Sprintf("score #%d 5 5 4", i+2),
			fmt.Sprintf("nextstep #%d call them Thu", i+2))
	}
	own := f.types(f.ivanov, "home")
	holds(t, "a rep's home", own, "10 deals, 70 EUR", "2 more deals are at 14 and 15", "14 and 15: 10 deals", "10 things are due",
		"2 more things are due", "Acme j is new")
	lacks(t, "a rep's home", own, "Omega")
	team := f.types(f.novak, "home")
	holds(t, "a manager's home", team, "11 deals, 73 EUR", "Omega", "3 more deals are at 14 and 15", "2 more things are due")
	lacks(t, "a manager's home", team, "is new")
}

// BenchmarkHome opens a rep's and a manager's home: a team of fifty reps, 1,000,
// 10,000 and 100,000 deals.
func BenchmarkHome(b *testing.B) { saying(b, "home") }
