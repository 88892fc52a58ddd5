package scoring

import (
	"cmp"
	"slices"
)

// A Forecast is what the method allows to count on for the present month.
type Forecast struct {
	// Totals has one entry per currency, the largest number of deals first,
	// then by code.
	Totals []Total
	// Unpriced counts deals, won or closing, that have no amount and so are in
	// no total.
	Unpriced int
}

// A Total is a forecast in one currency, in its minor units.
type Total struct {
	Currency               string
	Won, Closing           int64
	WonDeals, ClosingDeals int
}

// Sum returns won plus closing in minor units.
func (t Total) Sum() int64 { return add(t.Won, t.Closing) }

// Count returns how many deals stand behind the total.
func (t Total) Count() int { return t.WonDeals + t.ClosingDeals }

// ForecastOf adds up what was won in the month and the full amounts of the open
// deals at 14 or 15, one total per currency, because sums never mix currencies.
//
//	forecast = won so far this month + open deals at 14 or 15
//
// Source: docs/metrics.md#forecast.
func ForecastOf(won, closing []Money) Forecast {
	var forecast Forecast
	for _, amount := range won {
		if t := forecast.total(amount); t != nil {
			t.Won, t.WonDeals = add(t.Won, amount.Minor), t.WonDeals+1
		}
	}
	for _, amount := range closing {
		if t := forecast.total(amount); t != nil {
			t.Closing, t.ClosingDeals = add(t.Closing, amount.Minor), t.ClosingDeals+1
		}
	}
	slices.SortFunc(forecast.Totals, func(a, b Total) int {
		return cmp.Or(cmp.Compare(b.Count(), a.Count()), cmp.Compare(a.Currency, b.Currency))
	})
	return forecast
}

// total finds or adds the currency's total; nil, and counted, without one.
func (f *Forecast) total(amount Money) *Total {
	if !amount.Known() {
		f.Unpriced++
		return nil
	}
	for i := range f.Totals {
		if f.Totals[i].Currency == amount.Currency {
			return &f.Totals[i]
		}
	}
	f.Totals = append(f.Totals, Total{Currency: amount.Currency})
	return &f.Totals[len(f.Totals)-1]
}
