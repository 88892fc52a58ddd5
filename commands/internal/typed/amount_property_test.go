package typed_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"fifteen/commands/internal/typed"

	"pgregory.net/rapid"
)

// whyOf returns what an error of this package says is wrong.
func whyOf(err error) typed.Why {
	var amount *typed.AmountError
	var date *typed.DateError
	switch {
	case errors.As(err, &amount):
		return amount.Why
	case errors.As(err, &date):
		return date.Why
	}
	return ""
}

// groupedBy writes n with a separator between its thousands.
func groupedBy(n int64, separator string) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + separator + digits[i:]
	}
	return digits
}

func TestGroupedThousandsReadAsTheNumber(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(0, typed.MaxMinor/100-1).Draw(t, "whole")
		cents := rapid.Int64Range(0, 99).Draw(t, "cents")
		separator := rapid.SampledFrom([]string{"", ".", ",", " ", "\u00a0", "\u202f", "'", "’"}).Draw(t, "separator")
		point := rapid.SampledFrom([]string{".", ","}).Filter(func(p string) bool { return p != separator }).Draw(t, "point")
		text := groupedBy(whole, separator)
		want := whole * 100
		if rapid.Bool().Draw(t, "with cents") {
			text += point + strconv.FormatInt(100+cents, 10)[1:]
			want += cents
		}
		got, err := typed.ParseAmount(strings.Split(text, " "), "EUR")
		if got.Minor != want || err != nil {
			t.Fatalf("ParseAmount(%q): got %v, %v, want %d", text, got, err, want)
		}
	})
}

func TestAmountReadsBackWhatItWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := typed.Amount{
			Minor:    rapid.Int64Range(0, typed.MaxMinor).Draw(t, "minor"),
			Currency: rapid.SampledFrom([]string{"EUR", "JPY", "KWD", "CZK", "ALL"}).Draw(t, "currency"),
		}
		home := rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "home")
		got, err := typed.ParseAmount(strings.Fields(want.String()), home)
		if got != want || err != nil {
			t.Fatalf("ParseAmount(%q): got %v, %v, want the same", want, got, err)
		}
		line := append(words("Acme Corp"), words(want.String())...)
		if n, got, err := typed.LastAmount(line, home); n != 2 || got != want || err != nil {
			t.Fatalf("LastAmount of a line with %q: got %d, %v, %v, want 2 words", want, n, got, err)
		}
	})
}

// anyWords draws words of any characters, often those that amounts and dates are
// made of.
func anyWords() *rapid.Generator[[]typed.Word] {
	text := rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.StringOf(rapid.SampledFrom([]rune("0123459.,'’ -+−–€$kMčKzłeExр/\u00a0\u202f"))),
		rapid.SampledFrom(strings.Fields("in next 5 12 000 31. feb Dec 2026 monday on +7d 05.12.2026 12/05/2026 EUR k € 999999 days 7")),
	)
	word := rapid.Custom(func(t *rapid.T) typed.Word {
		return typed.Word{Text: text.Draw(t, "text"), Quoted: rapid.IntRange(0, 4).Draw(t, "quoted") == 0}
	})
	return rapid.SliceOfN(word, 0, 8)
}

func texts(words []typed.Word) []string {
	list := make([]string, len(words))
	for i, word := range words {
		list[i] = word.Text
	}
	return list
}

func TestAnyWordsAreAnAmountOrAnError(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line := anyWords().Draw(t, "line")
		all, err := typed.ParseAmount(texts(line), "EUR")
		if (err == nil) != (all.Currency != "") || (err != nil) != (whyOf(err) != "") {
			t.Fatalf("ParseAmount(%q): got %v, %v, want one of the two", texts(line), all, err)
		}
		if all.Minor < 0 || all.Minor > typed.MaxMinor {
			t.Fatalf("ParseAmount(%q): got %v, want 0 to MaxMinor", texts(line), all)
		}
		n, last, err := typed.LastAmount(line, "EUR")
		if n < 0 || n > len(line) || n == 0 && err != nil {
			t.Fatalf("LastAmount(%v): got %d, %v, %v, want 0 to %d words", line, n, last, err, len(line))
		}
		ending := line[len(line)-n:]
		if n == 0 {
			return
		}
		for _, word := range ending {
			if word.Quoted {
				t.Fatalf("LastAmount(%v): got %d words, want none of them quoted", line, n)
			}
		}
		if same, sameErr := typed.ParseAmount(texts(ending), "EUR"); same != last || whyOf(sameErr) != whyOf(err) {
			t.Fatalf("ParseAmount(%q): got %v, %v, want %v, %v as LastAmount", texts(ending), same, sameErr, last, err)
		}
	})
}
