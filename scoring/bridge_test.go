package scoring_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/scoring"
)

// lastWeek is where the bridges of these tests begin.
var lastWeek = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)

// A walk is a deal on its way into the closing band and out of it, an hour a
// step.
type walk struct {
	scoring.ClosingPast
	rev int64
}

// walkOf begins a walk of a deal that was there before last week.
func walkOf(deal int64, from scoring.ClosingState) *walk {
	return &walk{scoring.ClosingPast{Deal: deal, Created: lastWeek.Add(-1000 * time.Hour), Now: from}, 1}
}

// created makes it a deal of this week.
func (w *walk) created() *walk {
	w.Created = lastWeek.Add(time.Minute)
	return w
}

// to takes the deal to further states, as the history of the band would keep it.
func (w *walk) to(states ...scoring.ClosingState) *walk {
	for _, state := range states {
		w.change(state, 0)
	}
	return w
}

// undo takes back a revision, which gives the deal a state.
func (w *walk) undo(rev int64, state scoring.ClosingState) *walk {
	w.change(state, rev)
	return w
}

func (w *walk) change(state scoring.ClosingState, undoes int64) {
	w.rev++
	if state != w.Now && (state.Where == scoring.InBand || w.Now.Where == scoring.InBand) {
		w.Changes = append(w.Changes, scoring.ClosingChange{
			Rev: w.rev, Undoes: undoes, At: lastWeek.Add(time.Duration(w.rev-1) * time.Hour), Before: w.Now, After: state,
		})
	}
	w.Now = state
}

// at is a deal with a score, of owner 1; it is in the band from 14 on.
func at(score int, amount scoring.Money) scoring.ClosingState {
	s := scoring.ClosingState{Where: scoring.BelowBand, Score: score, Amount: amount, Owner: 1}
	if score >= scoring.ClosingFrom {
		s.Where = scoring.InBand
	}
	return s
}

// others is a deal of owner 2, and gone one that has ended.
func others(s scoring.ClosingState) scoring.ClosingState { s.Owner = 2; return s }

func gone(where scoring.Whereabouts, s scoring.ClosingState) scoring.ClosingState {
	s.Where = where
	return s
}

var kindNames = []string{
	"new", "up", "taken", "amount", "slipped", "won", "lost", "unfit", "deleted", "handed over", "rescored", "reowned",
	"returned", "passed",
}

// told writes bridges: "EUR 5 → 7: +2 up".
func told(all []scoring.Bridge) string {
	bridges := make([]string, len(all))
	for i, bridge := range all {
		lines := make([]string, len(bridge.Lines))
		for j, line := range bridge.Lines {
			lines[j] = fmt.Sprintf("%+d %s", line.Change, kindNames[line.Kind])
		}
		bridges[i] = strings.TrimSuffix(fmt.Sprintf("%s %d → %d: %s", bridge.Currency, bridge.Then, bridge.Now, strings.Join(lines, ", ")), ": ")
	}
	return strings.Join(bridges, "; ")
}

func TestBridgeLines(t *testing.T) {
	t.Parallel()
	five, seven := eur(5), eur(7)
	for _, c := range []struct {
		name string
		walk *walk
		want string
		// own is the bridge of owner 1, where it is another than the team's.
		own string
	}{
		{name: "nothing happened", walk: walkOf(1, at(14, five)), want: "EUR 5 → 5"},
		{name: "never in the band", walk: walkOf(1, at(12, five)).to(at(13, five)), want: ""},
		{name: "new, at its new amount", walk: walkOf(1, at(0, five)).created().to(at(15, five), at(15, seven)), want: "EUR 0 → 7: +7 new"},
		{name: "moved up", walk: walkOf(1, at(12, five)).to(at(14, five)), want: "EUR 0 → 5: +5 up"},
		{name: "reopened", walk: walkOf(1, gone(scoring.BandLost, at(14, five))).to(at(14, five)), want: "EUR 0 → 5: +5 up"},
		{name: "slipped, at its old amount", walk: walkOf(1, at(14, five)).to(at(14, seven), at(13, seven)), want: "EUR 5 → 0: -5 slipped"},
		{name: "won for more", walk: walkOf(1, at(14, five)).to(gone(scoring.BandWon, at(14, seven))), want: "EUR 5 → 0: -5 won"},
		{name: "lost", walk: walkOf(1, at(14, five)).to(gone(scoring.BandLost, at(14, five))), want: "EUR 5 → 0: -5 lost"},
		{name: "lost after it slipped", walk: walkOf(1, at(14, five)).to(at(9, five), gone(scoring.BandLost, at(9, five))), want: "EUR 5 → 0: -5 lost"},
		{name: "disqualified", walk: walkOf(1, at(14, five)).to(gone(scoring.BandUnqualified, at(14, five))), want: "EUR 5 → 0: -5 unfit"},
		{name: "deleted", walk: walkOf(1, at(14, five)).to(gone(scoring.BandDeleted, at(14, five))), want: "EUR 5 → 0: -5 deleted"},
		{name: "amount changed, and the score", walk: walkOf(1, at(14, five)).to(at(14, seven), at(15, seven)), want: "EUR 5 → 7: +2 amount, +0 rescored"},
		{name: "amount named", walk: walkOf(1, at(14, scoring.Money{})).to(at(14, seven)), want: " 0 → 0; EUR 0 → 7: +7 amount"},
		{name: "amount forgotten", walk: walkOf(1, at(14, seven)).to(at(14, scoring.Money{})), want: " 0 → 0; EUR 7 → 0: -7 amount"},
		{name: "another currency", walk: walkOf(1, at(14, five)).to(at(14, usd(6))), want: "EUR 5 → 0: -5 amount; USD 0 → 6: +6 amount"},
		{name: "no amount at all", walk: walkOf(1, at(12, scoring.Money{})).to(at(14, scoring.Money{})), want: " 0 → 0: +0 up"},
		{name: "12, 14, 12", walk: walkOf(1, at(12, five)).to(at(14, five), at(12, five)), want: "EUR 0 → 0: +0 passed"},
		{name: "up and won", walk: walkOf(1, at(12, five)).to(at(14, five), gone(scoring.BandWon, at(14, five))), want: "EUR 0 → 0: +0 passed"},
		{name: "14, 12, 14", walk: walkOf(1, at(14, five)).to(at(12, five), at(14, five)), want: "EUR 5 → 5: +0 returned"},
		{name: "entry undone", walk: walkOf(1, at(12, five)).to(at(14, five)).undo(2, at(12, five)), want: ""},
		{name: "entry undone after an amount", walk: walkOf(1, at(12, five)).to(at(14, five), at(14, seven)).undo(2, at(12, seven)), want: ""},
		{name: "entry redone", walk: walkOf(1, at(12, five)).to(at(14, five)).undo(2, at(12, five)).undo(3, at(14, five)), want: "EUR 0 → 5: +5 up"},
		{
			name: "entry redone and left", want: "EUR 0 → 0: +0 passed",
			walk: walkOf(1, at(12, five)).to(at(14, five)).undo(2, at(12, five)).undo(3, at(14, five)).to(at(11, five)),
		},
		{name: "loss undone", walk: walkOf(1, at(14, five)).to(gone(scoring.BandLost, at(14, five))).undo(2, at(14, five)), want: "EUR 5 → 5"},
		{name: "handed over", walk: walkOf(1, at(14, five)).to(others(at(14, five))), want: "EUR 5 → 5: +0 reowned", own: "EUR 5 → 0: -5 handed over"},
		{name: "taken over", walk: walkOf(1, others(at(14, five))).to(at(14, five)), want: "EUR 5 → 5: +0 reowned", own: "EUR 0 → 5: +5 taken"},
		{
			name: "handed over and won by the other", walk: walkOf(1, at(14, five)).to(others(at(14, five)), others(gone(scoring.BandWon, at(14, five)))),
			want: "EUR 5 → 0: -5 won", own: "EUR 5 → 0: -5 handed over",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			deals := []scoring.ClosingPast{c.walk.ClosingPast}
			if got := told(scoring.BridgesOf(deals, lastWeek, 0)); got != c.want {
				t.Errorf("the team's: got %q, want %q", got, c.want)
			}
			if c.own == "" {
				c.own = c.want
			}
			if got := told(scoring.BridgesOf(deals, lastWeek, 1)); got != c.own {
				t.Errorf("the owner's: got %q, want %q", got, c.own)
			}
		})
	}
}
