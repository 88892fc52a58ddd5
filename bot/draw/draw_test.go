package draw_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"sync"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/draw"
)

var black = color.RGBA{A: 255}

// picture draws a chart and decodes what came out.
func picture(t *testing.T, c bot.Chart) *image.RGBA {
	t.Helper()
	drawn, err := draw.PNG(c)
	if err != nil {
		t.Fatalf("got %v, want a picture", err)
	}
	decoded, err := png.Decode(bytes.NewReader(drawn))
	if err != nil {
		t.Fatalf("got %v, want a PNG", err)
	}
	img, ok := decoded.(*image.RGBA)
	if !ok {
		t.Fatalf("got a %T, want one of full colours", decoded)
	}
	if got, want := img.Bounds(), image.Rect(0, 0, draw.Width, draw.Height); got != want {
		t.Fatalf("got a picture of %v, want %v", got, want)
	}
	return img
}

// same tells whether a pixel has a colour.
func same(img *image.RGBA, x, y int, want color.RGBA) bool { return img.RGBAAt(x, y) == want }

// edges fails the test if anything stands closer than so many pixels to an edge
// of the picture, where it would be cut off.
func edges(t *testing.T, img *image.RGBA) {
	t.Helper()
	const blank = 24
	all := img.Bounds()
	for _, strip := range []image.Rectangle{
		image.Rect(0, 0, all.Max.X, blank), image.Rect(0, all.Max.Y-blank, all.Max.X, all.Max.Y),
		image.Rect(0, 0, blank, all.Max.Y), image.Rect(all.Max.X-blank, 0, all.Max.X, all.Max.Y),
	} {
		for y := strip.Min.Y; y < strip.Max.Y; y++ {
			row := img.Pix[img.PixOffset(strip.Min.X, y):img.PixOffset(strip.Max.X, y)]
			if bytes.Count(row, []byte{0xFF}) != len(row) {
				t.Fatalf("got something at height %d of %v, want the edge of the picture blank", y, strip)
			}
		}
	}
}

// groups returns n names, and series so many rows of values for them.
func groups(n int, name string) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(name, i+1)
	}
	return names
}

func series(n, values int, value func(i int) float64) []bot.Series {
	all := make([]bot.Series, n)
	for i := range all {
		all[i].Name = fmt.Sprint("Rep ", i+1)
		for j := range values {
			all[i].Values = append(all[i].Values, value(i*values+j))
		}
	}
	return all
}

func some(i int) float64  { return float64(i*37%100) + 0.5 }
func mixed(i int) float64 { return float64(i*7919%200_000 - 100_000) }

func TestPNGOfAnything(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Неприлично długie jméno, şöyle ", 330)
	for name, chart := range map[string]bot.Chart{
		"nothing":             {},
		"only a title":        {Title: "Nothing was decided"},
		"groups alone":        {Title: "t", Groups: groups(2, "g"), Targets: []float64{1, 2}},
		"series alone":        {Title: "t", Series: series(2, 0, some)},
		"one bar":             {Groups: groups(1, "g"), Series: series(1, 1, some)},
		"no names":            {Groups: []string{"", ""}, Series: []bot.Series{{Values: []float64{1, 2}}}},
		"zeros":               {Groups: groups(2, "g"), Series: series(2, 2, func(int) float64 { return 0 }), Targets: []float64{0, 0}},
		"below zero":          {Groups: groups(2, "g"), Series: series(2, 2, func(i int) float64 { return -some(i) }), Targets: []float64{-3, -99}},
		"above and below":     {Groups: groups(4, "g"), Series: series(2, 4, mixed), Targets: []float64{0, 50_000, -9, -90_000}},
		"all blank":           {Groups: groups(2, "g"), Series: []bot.Series{{Values: []float64{1, 2}, Blank: []bool{true, true}}}, Targets: []float64{5, -6}},
		"too few values":      {Groups: groups(3, "g"), Series: series(2, 1, some), Targets: []float64{5}},
		"too many values":     {Groups: groups(1, "g"), Series: series(2, 9, some), Targets: []float64{5, 6, 7}},
		"the most groups":     {Groups: groups(draw.MaxGroups, "październik "), Series: series(2, draw.MaxGroups, mixed), Targets: make([]float64, draw.MaxGroups)},
		"the most series":     {Groups: groups(6, "g"), Series: series(draw.MaxSeries, 6, some), Targets: []float64{1, 2, 3, 4, 5, 100}, Unit: "%"},
		"the largest":         {Groups: groups(2, "g"), Series: []bot.Series{{Values: []float64{math.MaxFloat64, -math.MaxFloat64}}}},
		"the smallest":        {Groups: groups(2, "g"), Series: []bot.Series{{Values: []float64{math.SmallestNonzeroFloat64, -1e-9}}}},
		"next to nothing":     {Groups: groups(2, "g"), Series: []bot.Series{{Values: []float64{1e-9, 1e-8}}}},
		"large beside small":  {Groups: groups(2, "g"), Series: []bot.Series{{Values: []float64{1e15, 1e-9}}}},
		"10,000 characters":   {Title: long, Unit: long, Groups: []string{long, long}, Series: []bot.Series{{Name: long, Values: []float64{1, 2}}, {Name: long, Values: []float64{-1}}}, Targets: []float64{1, 2}},
		"one long word":       {Title: strings.Repeat("Ж", 10_000), Groups: []string{strings.Repeat("Ж", 10_000)}, Series: series(1, 1, some)},
		"long in every place": {Title: long, Unit: long, Groups: strings.Split(strings.Repeat(long+"\n", 11)+long, "\n"), Series: series(3, 12, func(i int) float64 { return 1e6 * mixed(i) }), Targets: []float64{1, -2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			edges(t, picture(t, chart))
		})
	}
}

func TestPNGOfHostileText(t *testing.T) {
	t.Parallel()
	var worst bot.Message
	for _, sample := range bottest.Samples() {
		if sample.Message.Chart != nil {
			edges(t, picture(t, *sample.Message.Chart))
			worst = sample.Message
		}
	}
	worst = bottest.Rewrite(worst, func(text string) string {
		return text + bottest.Controls + bottest.Hostile + "\xff" + strings.Repeat("\u0301\u200d", 10_000) + strings.Repeat("👩", 10_000)
	})
	edges(t, picture(t, *worst.Chart))
}

// What the fonts cannot show is drawn as what stands for it.
func TestPNGOfLetters(t *testing.T) {
	t.Parallel()
	chart := func(text string) bot.Chart {
		return bot.Chart{
			Title: text, Unit: text, Groups: []string{text}, Series: []bot.Series{{Name: text, Values: []float64{1}}},
		}
	}
	given, drawn := picture(t, chart("日\u202e本\n€\t😀")), picture(t, chart("?? € ?"))
	if !bytes.Equal(given.Pix, drawn.Pix) {
		t.Error("got a picture that differs from that of question marks, want the same")
	}
	if bytes.Equal(drawn.Pix, picture(t, chart("?? € a")).Pix) {
		t.Error("got the same picture of different words")
	}
}

func TestPNGIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	chart := measured["the funnel"]
	want, err := draw.PNG(chart)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if got, err := draw.PNG(chart); err != nil || !bytes.Equal(got, want) {
				t.Errorf("got %d bytes, %v, want the same %d bytes as before", len(got), err, len(want))
			}
		})
	}
	group.Wait()
}

func TestPNGRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		chart   bot.Chart
		tooMuch bool
		want    string
	}{
		{"groups", bot.Chart{Groups: groups(17, "g"), Series: series(1, 17, some)}, true, "draw chart: 17 groups, at most 16: "},
		{"series", bot.Chart{Groups: groups(1, "g"), Series: series(7, 1, some)}, true, "draw chart: 7 series, at most 6: "},
		{"bars", bot.Chart{Groups: groups(13, "g"), Series: series(3, 13, some)}, true, "draw chart: 39 bars, at most 36: "},
		{"values", bot.Chart{Groups: groups(1, "g"), Series: []bot.Series{{Values: []float64{math.NaN()}}}}, false, "draw chart: series 0: NaN is no number"},
		{"targets", bot.Chart{Groups: groups(1, "g"), Targets: []float64{math.Inf(-1)}}, false, "draw chart: targets: -Inf is no number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := draw.PNG(c.chart)
			if got != nil || errors.Is(err, draw.ErrTooMuch) != c.tooMuch || !strings.HasPrefix(fmt.Sprint(err), c.want) {
				t.Errorf("got %d bytes, %v, want none, %q", len(got), err, c.want)
			}
		})
	}
}

func BenchmarkPNG(b *testing.B) {
	full := bot.Chart{
		Title: "Воронка за 13 недель", Unit: "%", Groups: groups(12, "październik "),
		Series: series(3, 12, some), Targets: make([]float64, 12),
	}
	for name, chart := range map[string]bot.Chart{
		"funnel": measured["the funnel"],
		"full":   full,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				drawn, err := draw.PNG(chart)
				if err != nil {
					b.Fatal(err)
				}
				size = len(drawn)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
