package draw_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fifteen/bot"
	"fifteen/bot/draw"
)

// legend is a height below which nothing has a series' colour but its bars, in
// charts with a title of one line.
const legend = 140

// span is where a bar stands, and where it begins and ends.
type span struct{ left, right, top, bottom int }

// spans returns the bars of a colour from left to right. A dash or a value may
// stand on them.
func spans(img *image.RGBA, c color.RGBA) []span {
	var all []span
	before := false
	for x := range draw.Width {
		top, bottom := -1, -1
		for y := legend; y < draw.Height; y++ {
			if same(img, x, y, c) {
				if top < 0 {
					top = y
				}
				bottom = y + 1
			}
		}
		if top >= 0 && !before {
			all = append(all, span{left: x, top: top, bottom: bottom})
		}
		if top >= 0 {
			all[len(all)-1].right = x + 1
		}
		before = top >= 0
	}
	return all
}

// zero returns the height of the line at zero, which is dark and three pixels
// thick, the middle one standing on zero, and reaches the right margin.
func zero(t *testing.T, img *image.RGBA) int {
	t.Helper()
	for y := legend; y < draw.Height; y++ {
		if same(img, draw.Width-42, y, draw.Faded) {
			return y + 1
		}
	}
	t.Fatal("got no line at zero")
	return 0
}

// dash returns the height of the middle of the black line in a column, above or
// below the line at zero as high as the bars may be, and how far it reaches.
func dash(t *testing.T, img *image.RGBA, x, from, to int) (middle float64, left, right int) {
	t.Helper()
	first, last := -1, -1
	for y := from; y < to; y++ {
		if same(img, x, y, black) {
			if first < 0 {
				first = y
			}
			last = y + 1
		}
	}
	if first < 0 {
		t.Fatalf("got no dash at %d", x)
	}
	left, right = x, x
	for same(img, left-1, first, black) {
		left--
	}
	for same(img, right, first, black) {
		right++
	}
	return float64(first+last) / 2, left, right
}

var measured = map[string]bot.Chart{
	"the funnel": {
		Title: "Conversion", Unit: "%", Groups: []string{"contact", "presentation", "contract"},
		Series:  []bot.Series{{Name: "Ivanov", Values: []float64{80, 70, 85}}, {Name: "Sidorov", Values: []float64{96, 90, 66.66}}},
		Targets: []float64{100, 80, 80},
	},
	"above and below zero": {
		Title: "Change", Groups: []string{"a", "b"},
		Series:  []bot.Series{{Name: "s", Values: []float64{-40, 70}}, {Name: "t", Values: []float64{25, -12.5}}},
		Targets: []float64{50, -30},
	},
	"thirty-six bars": {
		Title: "All", Groups: groups(12, "g"), Series: series(3, 12, func(i int) float64 { return float64(20 + i) }),
		Targets: []float64{5, 10, 15, 60, 50, 40, 30, 20, 10, 70, 80, 90},
	},
	"large and small": {
		Title: "Money", Unit: "EUR", Groups: []string{"a", "b"},
		Series:  []bot.Series{{Name: "s", Values: []float64{1_250_000, 40_000}}},
		Targets: []float64{900_000, 1_000_000},
	},
}

func TestBarsAreAsHighAsTheirValues(t *testing.T) {
	t.Parallel()
	for name, chart := range measured {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			img := picture(t, chart)
			ground := zero(t, img)
			perUnit := 0.0 // pixels, as the first bar has them
			for i, series := range chart.Series {
				bars := spans(img, draw.Palette[i])
				if len(bars) != len(chart.Groups) {
					t.Fatalf("series %d: got %d bars, want %d", i, len(bars), len(chart.Groups))
				}
				for j, value := range series.Values {
					height := float64(ground - bars[j].top)
					if value < 0 {
						height = float64(ground - bars[j].bottom)
					}
					if perUnit == 0 {
						perUnit = height / value
					}
					if want := value * perUnit; math.Abs(height-want) > 1 {
						t.Errorf("series %d, group %d: got a bar of %v pixels, want %.1f", i, j, height, want)
					}
				}
			}
		})
	}
}

func TestBlankBarsLeaveNoGap(t *testing.T) {
	t.Parallel()
	chart := measured["the funnel"]
	all := picture(t, chart)
	chart.Series = []bot.Series{
		{Name: "Ivanov", Values: []float64{80, 999, 85}, Blank: []bool{false, true, false}}, chart.Series[1],
	}
	img := picture(t, chart)
	want := spans(all, draw.Palette[0])
	if got := spans(img, draw.Palette[0]); len(got) != 2 || got[0] != want[0] || got[1] != want[2] {
		t.Errorf("got bars at %v, want those of all at %v without the second", got, want)
	}
	// the other bar of that group moves half a bar with its gap to the left
	first, whole := spans(img, draw.Palette[1]), spans(all, draw.Palette[1])
	between := (want[1].left + whole[1].left) / 2
	if got := first[1]; got.left < between-1 || got.left > between+1 || got.top != whole[1].top || got.bottom != whole[1].bottom {
		t.Errorf("got the bar beside the blank one at %v, want it as high as %v, beginning at %d", got, whole[1], between)
	}
	_, left, right := dash(t, img, first[1].left, legend, zero(t, img))
	if left > want[1].left || right < whole[1].right {
		t.Errorf("got a dash from %d to %d, want it across the room of both bars, %d to %d", left, right, want[1].left, whole[1].right)
	}
}

func TestDashesStandAtTheTargets(t *testing.T) {
	t.Parallel()
	for name, chart := range measured {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			img := picture(t, chart)
			ground := zero(t, img)
			first, last := spans(img, draw.Palette[0]), spans(img, draw.Palette[len(chart.Series)-1])
			lowest := ground + 60 // the marks below the names are farther down
			perUnit := float64(ground-first[0].top) / chart.Series[0].Values[0]
			if chart.Series[0].Values[0] < 0 {
				perUnit = float64(ground-first[0].bottom) / chart.Series[0].Values[0]
				lowest = first[0].bottom
			}
			before := 0
			for i, target := range chart.Targets {
				middle, left, right := dash(t, img, first[i].left, legend, lowest)
				if want := float64(ground) - target*perUnit; math.Abs(middle-want) > 1 {
					t.Errorf("group %d: got a dash at %v, want %.1f", i, middle, want)
				}
				if left > first[i].left || right < last[i].right || left <= before {
					t.Errorf("group %d: got a dash from %d to %d, want it across %d to %d and apart from %d",
						i, left, right, first[i].left, last[i].right, before)
				}
				before = right
			}
		})
	}
}

// A bar that reaches its target touches the dash, and one that is short of it does
// not: from a white border between them one reads that it was missed.
func TestBarsThatReachTheirTargetTouchIt(t *testing.T) {
	t.Parallel()
	chart := bot.Chart{
		Title: "Reached", Groups: []string{"met", "passed", "missed"}, Unit: "%", Targets: []float64{80, 80, 80},
		Series: []bot.Series{{Name: "Ivanov", Values: []float64{80, 81, 79}}},
	}
	img := picture(t, chart)
	ground := zero(t, img)
	for i, bar := range spans(img, draw.Palette[0]) {
		middle, _, _ := dash(t, img, bar.left, legend, ground)
		below := int(middle)
		for same(img, bar.left+2, below, black) {
			below++
		}
		if touches, want := same(img, bar.left+2, below, draw.Palette[0]), i < 2; touches != want {
			t.Errorf("%s: got a bar that touches its target %v, want %v", chart.Groups[i], touches, want)
		}
	}
}
