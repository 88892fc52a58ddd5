package draw

import (
	"math"

	"fifteen/bot"
)

// A scale places values between two heights of a picture.
type scale struct {
	low, high   float64 // the values at the bottom and the top; zero is between
	top, bottom float64 // in pixels
}

// scaleOf spans zero and everything that a chart shows.
func scaleOf(c bot.Chart) scale {
	var s scale
	for _, series := range c.Series {
		for group := range c.Groups {
			if series.Known(group) {
				s.low, s.high = min(s.low, series.Values[group]), max(s.high, series.Values[group])
			}
		}
	}
	for _, target := range c.Targets[:min(len(c.Targets), len(c.Groups))] {
		s.low, s.high = min(s.low, target), max(s.high, target)
	}
	if s.size() < leastSize {
		s.low, s.high = 0, 0
	}
	return s
}

// size is how far the scale goes from zero.
func (s scale) size() float64 { return max(-s.low, s.high) }

// at returns the height of a value, in whole pixels. What is no more than
// nothing stands at zero.
func (s scale) at(value float64) float64 {
	size := s.size()
	if size == 0 {
		return s.bottom
	}
	share := (value/size - s.low/size) / (s.high/size - s.low/size)
	return math.Round(s.bottom - share*(s.bottom-s.top))
}

// ticks returns round values in the scale, at most six or so, and how many
// decimals they need.
func (s scale) ticks() (values []float64, decimals int) {
	if s.size() == 0 {
		return []float64{0}, 0
	}
	step := round(s.high/5 - s.low/5)
	for i := math.Ceil(s.low / step); i <= math.Floor(s.high/step); i++ {
		values = append(values, i*step)
	}
	return values, precision(min(step, 1))
}

// round returns the next larger of 1, 2, 2.5, 5 and 10 times a power of ten.
func round(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, times := range []float64{1, 2, 2.5, 5} {
		if x <= times*power*(1+1e-9) {
			return times * power
		}
	}
	return 10 * power
}
