package typed_test

import (
	"errors"
	"strings"
	"testing"

	"fifteen/commands/internal/typed"
)

// amounts are read where the workspace's currency is EUR. Each text is split at
// plain spaces into words, as a line is.
var amounts = []struct {
	text     string
	minor    int64
	currency string
}{
	{"12000", 12_000_00, "EUR"},
	{"12000 EUR", 12_000_00, "EUR"},
	{"12000 eur", 12_000_00, "EUR"},
	{"12000EUR", 12_000_00, "EUR"},
	{"EUR 12000", 12_000_00, "EUR"},
	{"€12,000", 12_000_00, "EUR"},
	{"€ 12,000", 12_000_00, "EUR"},
	{"12.000€", 12_000_00, "EUR"},
	{"12,000", 12_000_00, "EUR"},
	{"12.000", 12_000_00, "EUR"},
	{"12 000 Kč", 12_000_00, "CZK"},
	{"12000 Kc", 12_000_00, "CZK"},
	{"12 000,- Kč", 12_000_00, "CZK"},
	{"1.234,50 Kč", 1_234_50, "CZK"},
	{"1,234.50 USD", 1_234_50, "USD"},
	{"1 234,50 zł", 1_234_50, "PLN"},
	{"1 234,50zl", 1_234_50, "PLN"},
	{"1\u00a0234,50\u00a0zł", 1_234_50, "PLN"},
	{"1\u202f234,50 zł", 1_234_50, "PLN"},
	{"1'234'567.89 CHF", 1_234_567_89, "CHF"},
	{"1’234 CHF", 1_234_00, "CHF"},
	{"12.- CHF", 12_00, "CHF"},
	{"1.234.567", 1_234_567_00, "EUR"},
	{"1.234.567,89", 1_234_567_89, "EUR"},
	{"1,234,567", 1_234_567_00, "EUR"},
	{"12,5", 12_50, "EUR"},
	{"12.05", 12_05, "EUR"},
	{"1234.56", 1_234_56, "EUR"},
	{"12.5000", 12_50, "EUR"},
	{"1,234.000", 1_234_00, "EUR"},
	{"0.500", 50, "EUR"},
	{"0", 0, "EUR"},
	{"0.00 EUR", 0, "EUR"},
	{"12.", 12_00, "EUR"},
	{"12,5k", 12_500_00, "EUR"},
	{"12K", 12_000_00, "EUR"},
	{"1.25M", 1_250_000_00, "EUR"},
	{"0.0005k", 50, "EUR"},
	{"€12k", 12_000_00, "EUR"},
	{"12kEUR", 12_000_00, "EUR"},
	{"12 k EUR", 12_000_00, "EUR"},
	{"12 тыс. руб.", 12_000_00, "RUB"},
	{"12 тыс.руб.", 12_000_00, "RUB"},
	{"12к р.", 12_000_00, "RUB"},
	{"12000 р", 12_000_00, "RUB"},
	{"3,5 млн ₽", 3_500_000_00, "RUB"},
	{"12 tis. Kč", 12_000_00, "CZK"},
	{"3 mil. Kč", 3_000_000_00, "CZK"},
	{"12 tys. zł", 12_000_00, "PLN"},
	{"2 mln zł", 2_000_000_00, "PLN"},
	{"12 bin TL", 12_000_00, "TRY"},
	{"₺12.000", 12_000_00, "TRY"},
	{"12 euros", 12_00, "EUR"},
	{"12 dollars", 12_00, "USD"},
	{"$1,000", 1_000_00, "USD"},
	{"$12 CAD", 12_00, "CAD"},
	{"£5", 5_00, "GBP"},
	{"¥12,000", 12_000, "JPY"},
	{"12000.00 JPY", 12_000, "JPY"},
	{"12,5 KWD", 12_500, "KWD"},
	{"12.000 KWD", 12_000_000, "KWD"},
	{"0.125 KWD", 125, "KWD"},
	{"1234.567 KWD", 1_234_567, "KWD"},
	{"1,234.567 KWD", 1_234_567, "KWD"},
	{"100 RSD", 100_00, "RSD"},
	{"100 ves", 100_00, "VES"},
	{"10 000 000 000 000", typed.MaxMinor, "EUR"},
}

func TestParseAmount(t *testing.T) {
	t.Parallel()
	for _, tc := range amounts {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseAmount(strings.Split(tc.text, " "), "EUR")
			if want := (typed.Amount{Minor: tc.minor, Currency: tc.currency}); got != want || err != nil {
				t.Errorf("ParseAmount(%q): got %v, %v, want %v", tc.text, got, err, want)
			}
		})
	}
}

var noAmounts = []struct {
	text     string
	why      typed.Why
	currency string
}{
	{"", typed.NotANumber, ""},
	{" ", typed.NotANumber, ""},
	{"abc", typed.NotANumber, ""},
	{"€", typed.NotANumber, ""},
	{"NaN", typed.NotANumber, ""},
	{"Inf", typed.NotANumber, ""},
	{"0x10", typed.NotANumber, ""},
	{"12abc34", typed.NotANumber, ""},
	{"12k5", typed.NotANumber, ""},
	{"12/5", typed.NotANumber, ""},
	{"10-12", typed.NotANumber, ""},
	{"#42", typed.NotANumber, ""},
	{"(12)", typed.NotANumber, ""},
	{"12%", typed.NotANumber, ""},
	{".5", typed.NotANumber, ""},
	{"$.50", typed.NotANumber, ""},
	{"ac\xff12", typed.NotANumber, ""},
	{"-3", typed.Negative, ""},
	{"−3 EUR", typed.Negative, ""},
	{"- 3", typed.Negative, ""},
	{"-€5", typed.Negative, ""},
	{"€-5", typed.Negative, ""},
	{"+3", typed.PlusSign, ""},
	{"9e99", typed.Exponent, ""},
	{"1.5E+3 EUR", typed.Exponent, ""},
	{"12,34,5", typed.BadGroups, ""},
	{"1,23,456", typed.BadGroups, ""},
	{"1.234.56", typed.BadGroups, ""},
	{"1234.567", typed.BadGroups, ""},
	{"1,234.567,89", typed.BadGroups, ""},
	{"1 234'567", typed.BadGroups, ""},
	{"1.234 567", typed.BadGroups, ""},
	{"12..5", typed.BadGroups, ""},
	{"12000 500", typed.BadGroups, ""},
	{"012.345", typed.BadGroups, ""},
	{"0 500", typed.BadGroups, ""},
	{"007", typed.BadGroups, ""},
	{"12 00", typed.BadGroups, ""},
	{"12.345,678", typed.TooFine, "EUR"},
	{"0.125", typed.TooFine, "EUR"},
	{"12.5 JPY", typed.TooFine, "JPY"},
	{"0.000001k", typed.TooFine, "EUR"},
	{"10 000 000 000 000.01", typed.TooLarge, "EUR"},
	{"99999999999999999999999", typed.TooLarge, "EUR"},
	{"10000000001k", typed.TooLarge, "EUR"},
	{"12 quatloos", typed.UnknownCurrency, "quatloos"},
	{"12 Quatloos", typed.UnknownCurrency, "Quatloos"},
	{"about 12", typed.UnknownCurrency, "about"},
	{"54b", typed.UnknownCurrency, "b"},
	{"12 XXX", typed.UnknownCurrency, "XXX"},
	{"12 XTS", typed.UnknownCurrency, "XTS"},
	{"12 XAU", typed.UnknownCurrency, "XAU"},
	{"12 DEM", typed.UnknownCurrency, "DEM"},
	{"12 HRK", typed.UnknownCurrency, "HRK"},
	{"€12 CZK", typed.TwoCurrencies, ""},
	{"$12 EUR", typed.TwoCurrencies, ""},
}

func TestParseAmountRefuses(t *testing.T) {
	t.Parallel()
	for _, tc := range noAmounts {
		t.Run(tc.text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseAmount(strings.Split(tc.text, " "), "EUR")
			var failure *typed.AmountError
			if !errors.As(err, &failure) {
				t.Fatalf("ParseAmount(%q): got %v, %v, want an AmountError", tc.text, got, err)
			}
			if want := (typed.AmountError{Text: tc.text, Why: tc.why, Currency: tc.currency}); *failure != want {
				t.Errorf("ParseAmount(%q): got %+v, want %+v", tc.text, *failure, want)
			}
		})
	}
}

func TestParseAmountAtHome(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, home, want string }{
		{"12", "CZK", "CZK"},
		{"12", "JPY", "JPY"},
		{"$12", "CAD", "CAD"},
		{"$12", "EUR", "USD"},
		{"¥12", "CNY", "CNY"},
		{"12 р.", "BYN", "BYN"},
		{"£12", "EGP", "EGP"},
	} {
		t.Run(tc.text+" in "+tc.home, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseAmount([]string{tc.text}, tc.home)
			if got.Currency != tc.want || err != nil {
				t.Errorf("ParseAmount(%q) at home in %s: got %v, %v, want %s", tc.text, tc.home, got, err, tc.want)
			}
		})
	}
	for _, home := range []string{"", "XXX", "eur"} {
		if got, err := typed.ParseAmount([]string{"12"}, home); err == nil {
			t.Errorf("ParseAmount(12) at home in %q: got %v, want an error", home, got)
		}
	}
}

func TestDigits(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]int{"EUR": 2, "JPY": 0, "KWD": 3, "IQD": 3, "RSD": 2, "ISK": 0, "HUF": 2, "UYU": 2, "CLP": 0, "SLE": 2} {
		if got, ok := typed.Digits(code); got != want || !ok {
			t.Errorf("Digits(%s): got %d, %v, want %d", code, got, ok, want)
		}
	}
	for _, code := range []string{"", "XXX", "XTS", "XAU", "XDR", "DEM", "BGN", "eur", "EURO", "€"} {
		if got, ok := typed.Digits(code); ok {
			t.Errorf("Digits(%q): got %d, want no currency", code, got)
		}
	}
}

func TestAmountErrorText(t *testing.T) {
	t.Parallel()
	_, err := typed.ParseAmount([]string{"12", "Quatloos"}, "EUR")
	if got, want := err.Error(), `read amount "12 Quatloos": unknown_currency`; got != want {
		t.Errorf("Error: got %q, want %q", got, want)
	}
}
