package plain_test

import (
	"math"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/plain"
)

func TestChart(t *testing.T) {
	t.Parallel()
	bar := func(full int) string { return strings.Repeat("█", full) }
	blank := func(n int) string { return strings.Repeat(" ", n) }
	for _, c := range []struct {
		name  string
		chart bot.Chart
		want  []string
	}{
		{name: "nothing"},
		{name: "only a title", chart: bot.Chart{Title: "a\nb"}, want: []string{"a b"}},
		{
			// 100 takes 30 cells, so 50 takes 15, and the target of 80 marks the 24th
			name: "to one scale, with a target",
			chart: bot.Chart{
				Groups: []string{"a"}, Unit: "%", Targets: []float64{80},
				Series: []bot.Series{{Name: "s", Values: []float64{100}}, {Name: "t", Values: []float64{50}}},
			},
			want: []string{
				"a  s  " + bar(24) + "|" + bar(5) + "   100 %  | 80 %",
				"   t  " + bar(15) + blank(9) + "|" + blank(9) + "50 %  | 80 %",
			},
		},
		{
			// -50 of 100 takes 15 light cells; 0.1 of 100 shows at least half a cell
			name: "below zero and next to nothing",
			chart: bot.Chart{Groups: []string{"a", "b", "c"}, Series: []bot.Series{
				{Name: "s", Values: []float64{-50, 100, 0.1}},
			}},
			want: []string{
				"a  s  " + strings.Repeat("░", 15) + blank(18) + "-50",
				"b  s  " + bar(30) + blank(3) + "100",
				"c  s  ▌" + blank(32) + "0.1",
			},
		},
		{
			// the scale ends at 50, not at the 99 that is not known
			name: "blank",
			chart: bot.Chart{
				Groups: []string{"a", "b"}, Unit: "%", Targets: []float64{25, 25},
				Series: []bot.Series{{Name: "s", Values: []float64{50, 99}, Blank: []bool{false, true}}},
			},
			want: []string{
				"a  s  " + bar(15) + "|" + bar(14) + "   50 %  | 25 %",
				"b  s  " + blank(15) + "|" + blank(15) + "     –  | 25 %",
			},
		},
		{
			name: "nothing known",
			chart: bot.Chart{Groups: []string{"a"}, Series: []bot.Series{
				{Name: "s", Values: []float64{7}, Blank: []bool{true}},
			}},
			want: []string{"a  s  " + blank(33) + "–"},
		},
		{
			name: "of what is no number, with too few values and targets",
			chart: bot.Chart{Groups: []string{"a", "b"}, Series: []bot.Series{
				{Name: "s", Values: []float64{math.NaN(), 0}}, {Name: "short", Values: []float64{math.Inf(1)}},
			}, Targets: []float64{0}},
			want: []string{
				"a  s      " + blank(34) + "NaN  | 0",
				"   short  " + blank(33) + "+Inf  | 0",
				"b  s      " + blank(36) + "0",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			same(t, plain.Chart(c.chart), c.want...)
		})
	}
}
