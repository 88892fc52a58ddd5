package locale_test

import (
	"math"
	"strings"
	"testing"

	"fifteen/commands/internal/locale"
	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

var tags = []string{"en", "ru", "pl", "cs", "tr"}

// In the tables, ~ stands for a no-break space.
func spaced(s string) string { return strings.ReplaceAll(s, "~", "\u00a0") }

func TestNumber(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		tag  string
		n    int64
		want string
	}{
		{"en", 0, "0"},
		{"en", 999, "999"},
		{"en", 12_000, "12,000"},
		{"en", -9_000, "-9,000"},
		{"en", -100, "-100"},
		{"en", math.MaxInt64, "9,223,372,036,854,775,807"},
		{"en", math.MinInt64, "-9,223,372,036,854,775,808"},
		{"ru", 1_234_567, "1~234~567"},
		{"pl", 1_234_567, "1~234~567"},
		{"cs", 1_234_567, "1~234~567"},
		{"tr", 1_234_567, "1.234.567"},
	} {
		if got := locale.For(tc.tag).Number(tc.n); got != spaced(tc.want) {
			t.Errorf("%s: Number(%d): got %q, want %q", tc.tag, tc.n, got, spaced(tc.want))
		}
	}
}

func TestPercent(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		tag         string
		part, whole int
		want        string
	}{
		{"en", 4, 5, "80 %"},
		{"en", 2, 3, "67 %"},
		{"en", 1, 3, "33 %"},
		{"en", 1, 200, "1 %"}, // a half is rounded up
		{"en", 0, 7, "0 %"},
		{"en", 7, 7, "100 %"},
		{"en", 249, 250, "99 %"}, // 99.6 %, but not all
		{"en", 1, 250, "1 %"},    // 0.4 %, but not none
		{"en", 0, 250, "0 %"},
		{"en", 1001, 1000, "100 %"},
		{"en", 12_345, 10, "123,450 %"},
		{"en", 1, 0, "–"},
		{"ru", 4, 5, "80~%"},
		{"cs", 4, 5, "80~%"},
		{"pl", 4, 5, "80%"},
		{"tr", 4, 5, "%80"},
	} {
		if got := locale.For(tc.tag).Percent(tc.part, tc.whole); got != spaced(tc.want) {
			t.Errorf("%s: Percent(%d, %d): got %q, want %q", tc.tag, tc.part, tc.whole, got, spaced(tc.want))
		}
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		tag   string
		share float64
		want  string
	}{
		{"en", 0.8, "80 %"},
		{"en", 0.95, "95 %"},
		{"en", 1, "100 %"},
		{"en", 0, "0 %"},
		{"en", 0.285, "29 %"}, // a half is rounded up, although 100 × 0.285 is 28.499…
		{"en", 0.284, "28 %"},
		{"en", 0.996, "99 %"},
		{"en", 1 - 1e-12, "99 %"},
		{"en", 0.004, "1 %"},
		{"en", 1e-300, "1 %"},
		{"en", 12.5, "1,250 %"},
		{"en", math.MaxFloat64, "1,000,000,000,000 %"},
		{"en", math.Inf(1), "1,000,000,000,000 %"},
		{"en", -0.1, "–"},
		{"en", math.NaN(), "–"},
		{"ru", 0.8, "80~%"},
		{"cs", 0.8, "80~%"},
		{"pl", 0.8, "80%"},
		{"tr", 0.8, "%80"},
	} {
		if got := locale.For(tc.tag).Share(tc.share); got != spaced(tc.want) {
			t.Errorf("%s: Share(%v): got %q, want %q", tc.tag, tc.share, got, spaced(tc.want))
		}
	}
}

func TestShareIsPercent(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.IntRange(1, 100_000).Draw(t, "whole")
		part := rapid.IntRange(0, whole).Draw(t, "part")
		l := locale.For(rapid.SampledFrom(tags).Draw(t, "tag"))
		got, want := l.Share(float64(part)/float64(whole)), l.Percent(part, whole)
		if got != want {
			t.Fatalf("Share of %d ÷ %d: got %q, want %q as Percent writes", part, whole, got, want)
		}
	})
}

func TestMoney(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		tag      string
		minor    int64
		currency string
		want     string
	}{
		{"en", 12_000_00, "EUR", "12,000 EUR"},
		{"en", 12_000_50, "EUR", "12,000.50 EUR"},
		{"en", 5, "EUR", "0.05 EUR"},
		{"en", 0, "EUR", "0 EUR"},
		{"en", -9_000_00, "EUR", "-9,000 EUR"},
		{"en", -50, "EUR", "-0.50 EUR"},
		{"en", 12_000, "JPY", "12,000 JPY"},
		{"en", 12_500, "KWD", "12.500 KWD"},
		{"en", 12_000_00, "???", "12,000 ???"},
		{"en", typed.MaxMinor - 1, "EUR", "9,999,999,999,999.99 EUR"},
		{"ru", 12_000_00, "RUB", "12~000~₽"},
		{"ru", 12_000_50, "RUB", "12~000,50~₽"},
		{"ru", 12_000_00, "EUR", "12~000~EUR"},
		{"pl", 12_000_00, "PLN", "12~000~zł"},
		{"pl", 1_234_50, "PLN", "1~234,50~zł"},
		{"cs", 12_000_00, "CZK", "12~000~Kč"},
		{"cs", -12_000_00, "CZK", "-12~000~Kč"},
		{"cs", 12_000_00, "USD", "12~000~USD"},
		{"tr", 12_000_00, "TRY", "₺12.000"},
		{"tr", 12_000_50, "TRY", "₺12.000,50"},
		{"tr", -12_000_00, "TRY", "-₺12.000"},
		{"tr", 12_000_00, "EUR", "12.000~EUR"},
	} {
		if got := locale.For(tc.tag).Money(tc.minor, tc.currency); got != spaced(tc.want) {
			t.Errorf("%s: Money(%d, %s): got %q, want %q", tc.tag, tc.minor, tc.currency, got, spaced(tc.want))
		}
	}
}

func TestMoneyReadsBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		tag := rapid.SampledFrom(tags).Draw(t, "tag")
		want := typed.Amount{
			Minor: rapid.Int64Range(0, typed.MaxMinor).Draw(t, "minor"),
			// A currency of three decimals is left out: 12.500 KWD is typed for thousands.
			Currency: rapid.SampledFrom([]string{"EUR", "CZK", "PLN", "RUB", "TRY", "USD", "JPY"}).Draw(t, "currency"),
		}
		text := locale.For(tag).Money(want.Minor, want.Currency)
		got, err := typed.ParseAmount(strings.Fields(text), "GBP")
		if got != want || err != nil {
			t.Fatalf("%s: ParseAmount(%q): got %v, %v, want %v", tag, text, got, err, want)
		}
	})
}
