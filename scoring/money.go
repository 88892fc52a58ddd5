package scoring

import "math"

// Money is an amount in minor units (cents for EUR) of an ISO 4217 currency.
// The zero Money, without a currency, is an amount that nobody has named.
type Money struct {
	Minor    int64  `json:"minor,omitempty"`
	Currency string `json:"currency,omitempty"`
}

// Known tells whether an amount was named.
func (m Money) Known() bool { return m.Currency != "" }

// Times returns the amount x times, rounded to the nearest minor unit, halves
// away from zero. It stops at the largest and the smallest representable amount;
// times what is not a number it is 0.
func (m Money) Times(x float64) Money {
	product := math.Round(float64(m.Minor) * x)
	switch {
	case math.IsNaN(product):
		m.Minor = 0
	case product >= math.MaxInt64:
		m.Minor = math.MaxInt64
	case product <= math.MinInt64:
		m.Minor = math.MinInt64
	default:
		m.Minor = int64(product)
	}
	return m
}

// add sums two amounts in minor units and stops at the largest representable
// one instead of turning negative.
func add(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
