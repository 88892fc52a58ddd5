package typed_test

import (
	"strings"
	"testing"

	"fifteen/commands/internal/typed"
)

// words splits a line at spaces; a word in double quotes is a quoted one, with _
// for a space inside it.
func words(line string) []typed.Word {
	texts := strings.Fields(line)
	list := make([]typed.Word, 0, len(texts))
	for _, text := range texts {
		bare := strings.Trim(text, `"`)
		list = append(list, typed.Word{Text: strings.ReplaceAll(bare, "_", " "), Quoted: bare != text})
	}
	return list
}

func TestLastAmount(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		want string // as Amount.String writes it
	}{
		{"", 0, ""},
		{"Acme", 0, ""},
		{"Acme 12000", 1, "12000 EUR"},
		{"12000", 1, "12000 EUR"},
		{"Acme 12000 CZK", 2, "12000 CZK"},
		{"Acme 12000 czk", 2, "12000 CZK"},
		{"Acme €12,000", 1, "12000 EUR"},
		{"Acme € 12000", 2, "12000 EUR"},
		{"Acme 12000 €", 2, "12000 EUR"},
		{"Acme CZK 12000", 2, "12000 CZK"},
		{"Acme czk 12000", 1, "12000 EUR"}, // only capitals stand before a number
		{"Big top 12000", 1, "12000 EUR"},
		{"Acme 12k", 1, "12000 EUR"},
		{"Acme 12 k EUR", 3, "12000 EUR"},
		{"Acme 12 тыс. руб.", 3, "12000 RUB"},
		{"Acme 12 000 Kč", 3, "12000 CZK"},
		{"Acme 1 234 567,50 zł", 4, "1234567.50 PLN"},
		{"Acme €12 000", 2, "12000 EUR"},
		{"Acme € 12 000", 3, "12000 EUR"},
		{"Acme US$12 000", 2, "12000 USD"},
		{"Acme US$12000", 1, "12000 USD"},
		{"Acme EUR12 000", 2, "12000 EUR"},
		{"Acme 12 000k", 2, "12000000 EUR"},
		{"Acme 0", 1, "0 EUR"},
		{"Route 66 12 000", 2, "12000 EUR"},
		{"Acme 0 500", 1, "500 EUR"},
		{"Acme 2024 500", 1, "500 EUR"},
		{"Acme 000 500", 1, "500 EUR"},
		{"Studio 54", 1, "54 EUR"},
		{`"Studio_54"`, 0, ""},
		{`Studio "54"`, 0, ""},
		{`"Studio_54" 12000`, 1, "12000 EUR"},
		{`Acme 12000 "EUR"`, 0, ""},
		{`Acme "EUR" 12000`, 1, "12000 EUR"},
		{"Acme EUR", 0, ""},
		{"€", 0, ""},
		{"EUR", 0, ""},
		{"Acme k", 0, ""},
		{"Acme #42", 0, ""},
		{"Acme 12000 quatloos", 0, ""},
		{"USD 12000 EUR", 2, "12000 EUR"},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, amount, err := typed.LastAmount(words(tc.line), "EUR")
			got := ""
			if n > 0 {
				got = amount.String()
			}
			if n != tc.n || got != tc.want || err != nil {
				t.Errorf("LastAmount(%s): got %d, %q, %v, want %d, %q", tc.line, n, got, err, tc.n, tc.want)
			}
		})
	}
}

func TestLastAmountRefusesWhatIsMeantAsOne(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		why  typed.Why
	}{
		{"Acme -3", 1, typed.Negative},
		{"Acme -12 000", 2, typed.Negative},
		{"Acme +3", 1, typed.PlusSign},
		{"Canal +", 1, typed.NotANumber},
		{"Acme 9e99", 1, typed.Exponent},
		{"Acme 12,34,5", 1, typed.BadGroups},
		{"Acme 12.5 JPY", 2, typed.TooFine},
		{`Studio "54" 000`, 1, typed.BadGroups},
		{"Acme Kč12 000", 1, typed.BadGroups},
		{"Acme 3com", 1, typed.UnknownCurrency},
		{"Acme 3com EUR", 2, typed.UnknownCurrency},
		{"Acme $x", 1, typed.NotANumber},
		{"Acme 99999999999999999 EUR", 2, typed.TooLarge},
		{"Acme € 12,34,5", 1, typed.BadGroups},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, amount, err := typed.LastAmount(words(tc.line), "EUR")
			if n != tc.n || whyOf(err) != tc.why {
				t.Errorf("LastAmount(%s): got %d, %v, %v, want %d, %s", tc.line, n, amount, err, tc.n, tc.why)
			}
		})
	}
}
