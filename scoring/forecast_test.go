package scoring_test

import (
	"math"
	"testing"

	"fifteen/scoring"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func eur(minor int64) scoring.Money { return scoring.Money{Minor: minor, Currency: "EUR"} }
func czk(minor int64) scoring.Money { return scoring.Money{Minor: minor, Currency: "CZK"} }
func usd(minor int64) scoring.Money { return scoring.Money{Minor: minor, Currency: "USD"} }

func TestForecast(t *testing.T) {
	t.Parallel()
	unpriced := scoring.Money{}
	for _, c := range []struct {
		name         string
		won, closing []scoring.Money
		want         scoring.Forecast
	}{
		{name: "no deals"},
		{
			// 12,000.00 + 4,500.00 won, 18,000.00 at 14 or 15
			name: "won and closing", won: []scoring.Money{eur(1_200_000), eur(450_000)}, closing: []scoring.Money{eur(1_800_000)},
			want: scoring.Forecast{Totals: []scoring.Total{
				{Currency: "EUR", Won: 1_650_000, Closing: 1_800_000, WonDeals: 2, ClosingDeals: 1},
			}},
		},
		{
			// currencies by number of deals, 3, 2, 2, and then by code
			name: "currencies never mix",
			won:  []scoring.Money{usd(100), eur(1), czk(7)}, closing: []scoring.Money{usd(900), eur(2), czk(8), eur(3)},
			want: scoring.Forecast{Totals: []scoring.Total{
				{Currency: "EUR", Won: 1, Closing: 5, WonDeals: 1, ClosingDeals: 2},
				{Currency: "CZK", Won: 7, Closing: 8, WonDeals: 1, ClosingDeals: 1},
				{Currency: "USD", Won: 100, Closing: 900, WonDeals: 1, ClosingDeals: 1},
			}},
		},
		{
			name: "deals without an amount are apart", won: []scoring.Money{unpriced}, closing: []scoring.Money{unpriced, eur(5), unpriced},
			want: scoring.Forecast{Totals: []scoring.Total{{Currency: "EUR", Closing: 5, ClosingDeals: 1}}, Unpriced: 3},
		},
		{
			name: "an amount of nothing is an amount", closing: []scoring.Money{eur(0)},
			want: scoring.Forecast{Totals: []scoring.Total{{Currency: "EUR", ClosingDeals: 1}}},
		},
		{
			name: "sums stop at the largest amount",
			won:  []scoring.Money{eur(math.MaxInt64 - 1), eur(2)}, closing: []scoring.Money{eur(math.MaxInt64), eur(math.MaxInt64)},
			want: scoring.Forecast{Totals: []scoring.Total{
				{Currency: "EUR", Won: math.MaxInt64, Closing: math.MaxInt64, WonDeals: 2, ClosingDeals: 2},
			}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, scoring.ForecastOf(c.won, c.closing)); diff != "" {
				t.Errorf("forecast, got +, want -:\n%s", diff)
			}
		})
	}
}

func TestTotalOfForecast(t *testing.T) {
	t.Parallel()
	forecast := scoring.ForecastOf([]scoring.Money{eur(10), czk(1)}, []scoring.Money{eur(20), eur(30)})
	got := forecast.Totals[0]
	if got.Currency != "EUR" || got.Sum() != 60 || got.Count() != 3 { // 10+20+30 of three deals
		t.Errorf("first total: got %d of %d deals in %s, want 60 of 3 in EUR", got.Sum(), got.Count(), got.Currency)
	}
	most := scoring.Total{Won: math.MaxInt64 - 1, Closing: 2}
	if got := most.Sum(); got != math.MaxInt64 {
		t.Errorf("sum of more than fits: got %d, want %d", got, int64(math.MaxInt64))
	}
	just := scoring.Total{Won: math.MaxInt64 - 2, Closing: 2}
	if got := just.Sum(); got != math.MaxInt64 {
		t.Errorf("sum that just fits: got %d, want %d", got, int64(math.MaxInt64))
	}
}

func TestForecastCountsEveryDealOnce(t *testing.T) {
	t.Parallel()
	amounts := rapid.SliceOf(rapid.Custom(func(t *rapid.T) scoring.Money {
		currency := rapid.SampledFrom([]string{"", "EUR", "CZK", "USD", "JPY"}).Draw(t, "currency")
		if currency == "" {
			return scoring.Money{}
		}
		return scoring.Money{Minor: rapid.Int64Range(0, 1_000_000).Draw(t, "minor"), Currency: currency}
	}))
	rapid.Check(t, func(t *rapid.T) {
		won, closing := amounts.Draw(t, "won"), amounts.Draw(t, "closing")
		forecast := scoring.ForecastOf(won, closing)
		deals, sums := forecast.Unpriced, map[string]int64{}
		for i, total := range forecast.Totals {
			deals += total.Count()
			sums[total.Currency] = total.Sum()
			if i > 0 && forecast.Totals[i-1].Count() < total.Count() {
				t.Fatalf("order: got %+v, want the most deals first", forecast.Totals)
			}
		}
		if want := len(won) + len(closing); deals != want {
			t.Fatalf("deals: got %d, want %d", deals, want)
		}
		want := map[string]int64{}
		for _, amount := range append(won, closing...) {
			if amount.Known() {
				want[amount.Currency] += amount.Minor
			}
		}
		if diff := cmp.Diff(want, sums); diff != "" {
			t.Fatalf("sums, got +, want -:\n%s", diff)
		}
	})
}
