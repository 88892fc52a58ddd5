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

// add sums two amounts in minor units and stops at the largest representable
// one instead of turning negative.
func add(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
