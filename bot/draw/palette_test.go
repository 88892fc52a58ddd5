package draw_test

import (
	"image/color"
	"math"
	"testing"

	"fifteen/bot/draw"
)

// sights says how much red, green and blue light people see for each: all of it,
// or as without the cones for red, green or blue (Machado, Oliveira and Fernandes
// 2009, severity 1).
var sights = map[string][3][3]float64{
	"all colours": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no red":      {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"no green":    {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"no blue":     {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// light returns the shares of red, green and blue light of a colour.
func light(c color.RGBA) [3]float64 {
	var shares [3]float64
	for i, part := range []uint8{c.R, c.G, c.B} {
		share := float64(part) / 255
		if share <= 0.04045 {
			shares[i] = share / 12.92
			continue
		}
		shares[i] = math.Pow((share+0.055)/1.055, 2.4)
	}
	return shares
}

// seen returns the light of a colour as it is seen.
func seen(c color.RGBA, sight [3][3]float64) [3]float64 {
	given := light(c)
	var shares [3]float64
	for i, row := range sight {
		shares[i] = min(max(row[0]*given[0]+row[1]*given[1]+row[2]*given[2], 0), 1)
	}
	return shares
}

// lab returns a colour in CIE L*a*b*, where distances are differences as they
// are seen: 2 is just noticed side by side.
func lab(shares [3]float64) [3]float64 {
	f := func(x float64) float64 {
		if x > 0.008856 {
			return math.Cbrt(x)
		}
		return 7.787*x + 16.0/116
	}
	x := f((0.4124*shares[0] + 0.3576*shares[1] + 0.1805*shares[2]) / 0.95047)
	y := f(0.2126*shares[0] + 0.7152*shares[1] + 0.0722*shares[2])
	z := f((0.0193*shares[0] + 0.1192*shares[1] + 0.9505*shares[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// contrast is the one of WCAG 2.1 with white.
func contrast(c color.RGBA) float64 {
	shares := light(c)
	return 1.05 / (0.2126*shares[0] + 0.7152*shares[1] + 0.0722*shares[2] + 0.05)
}

func TestColoursStandOutOnWhite(t *testing.T) {
	t.Parallel()
	for i, c := range draw.Palette {
		if got := contrast(c); got < 3 {
			t.Errorf("series %d: got a contrast of %.1f, want at least 3", i, got)
		}
	}
	for _, c := range []color.RGBA{draw.Ink, draw.Faded} {
		if got := contrast(c); got < 7 {
			t.Errorf("letters of %v: got a contrast of %.1f, want at least 7", c, got)
		}
	}
}

func TestColoursStayApart(t *testing.T) {
	t.Parallel()
	for name, sight := range sights {
		for i, a := range draw.Palette {
			for j, b := range draw.Palette[:i] {
				one, other := lab(seen(a, sight)), lab(seen(b, sight))
				if got := math.Hypot(math.Hypot(one[0]-other[0], one[1]-other[1]), one[2]-other[2]); got < 15 {
					t.Errorf("%s: series %d and %d: got a difference of %.1f, want at least 15", name, i, j, got)
				}
			}
		}
	}
}
