// Package draw makes pictures of charts, for platforms that show pictures. It
// keeps nothing between two of them but its fonts, which it reads when the
// first picture is drawn; drawing one takes some 5 MB meanwhile.
package draw

import (
	"bytes"
	"errors"
	"fmt"
	"image/png"
	"math"

	"fifteen/bot"
)

// The size of a picture in pixels: at two pixels a point it fills the width of a
// large phone, and no letter on it is smaller than eight points there.
const (
	Width  = 1200
	Height = 675
)

// The most that a picture can show legibly.
const (
	// MaxGroups is how many groups have room for their names.
	MaxGroups = 16
	// MaxSeries is how many colours everybody can tell apart.
	MaxSeries = 6
	// MaxBars is how many bars, groups times series, have room for their values.
	MaxBars = 36
)

// ErrTooMuch says that a chart has more groups, series or bars than a picture
// can show legibly. It can still be written as text.
var ErrTooMuch = errors.New("more than a picture can show")

// PNG draws a chart as a PNG of Width by Height pixels: grouped bars from zero
// with their values, a black dash across each group at its target with the
// target's value below the group's name, a legend, the unit and the title. The
// same chart always makes the same bytes. A chart without groups or series is a
// frame with its title.
//
// Bars without a value and groups without a target are left out; the bars of a
// group stand together in its middle, so that a blank one leaves no gap. Words that do
// not fit are wrapped, then end in an ellipsis. The fonts hold Latin, Greek and
// Cyrillic letters; any other character shows as a question mark, currency signs
// they lack as the currency's code.
//
// PNG returns an error that wraps ErrTooMuch beyond MaxGroups, MaxSeries or
// MaxBars, and an error for a value that is no number.
func PNG(c bot.Chart) ([]byte, error) {
	if err := check(c); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	p, err := newPicture(c)
	if err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	p.title()
	p.legend()
	if p.slots == 0 || p.series == 0 {
		p.frame()
	} else {
		p.plot()
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed} // half the time, a twentieth more bytes
	if err := encoder.Encode(&b, p.dc.Image()); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return b.Bytes(), nil
}

// check says why a chart cannot be drawn.
func check(c bot.Chart) error {
	switch bars := len(c.Groups) * len(c.Series); {
	case len(c.Groups) > MaxGroups:
		return fmt.Errorf("%d groups, at most %d: %w", len(c.Groups), MaxGroups, ErrTooMuch)
	case len(c.Series) > MaxSeries:
		return fmt.Errorf("%d series, at most %d: %w", len(c.Series), MaxSeries, ErrTooMuch)
	case bars > MaxBars:
		return fmt.Errorf("%d bars, at most %d: %w", bars, MaxBars, ErrTooMuch)
	}
	for i, series := range c.Series {
		for _, value := range series.Values {
			if !finite(value) {
				return fmt.Errorf("series %d: %v is no number", i, value)
			}
		}
	}
	for _, target := range c.Targets {
		if !finite(target) {
			return fmt.Errorf("targets: %v is no number", target)
		}
	}
	return nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
