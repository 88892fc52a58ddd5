// Package locale writes numbers, money and days the way people of a language do:
// English, Russian, Polish, Czech and Turkish. English uses plain spaces only, so
// that what the bot says can be typed; the others use no-break spaces inside
// numbers.
package locale

import (
	"strings"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/tr"
	"golang.org/x/text/language"
)

// Locale writes in one language. Its zero value is not usable: take it from For.
type Locale struct {
	*rules
}

// rules are what differs between languages.
type rules struct {
	tag            language.Tag
	names          locales.Translator
	group, decimal string
	percent        string // with {n} for the number
	currency       string // the ISO code that money, with {n}, is the pattern of
	money          string
	otherMoney     string // for every other currency, with {n} and {code}
	day, dayOfYear string // a date in this year, and in another one
	long, longYear string // the same with whole names
	months         []string
}

// Patterns of dates name {weekday}, {day}, {month} and {year}; {month} is a name,
// {m} a number. In the languages that decline, names of months in a date are in
// the genitive, so the plain names of Month stand apart.
var all = []*rules{
	withSeparators(&rules{
		tag: language.English, names: en.New(),
		percent: "{n} %", otherMoney: "{n} {code}",
		day: "{weekday} {day} {month}", dayOfYear: "{weekday} {day} {month} {year}",
		long: "{weekday} {day} {month}", longYear: "{weekday} {day} {month} {year}",
	}),
	withSeparators(&rules{
		tag: language.Russian, names: ru.New(),
		percent: "{n}\u00a0%", currency: "RUB", money: "{n}\u00a0₽", otherMoney: "{n}\u00a0{code}",
		day: "{weekday} {day} {month}", dayOfYear: "{weekday} {day} {month} {year}",
		long: "{weekday}, {day} {month}", longYear: "{weekday}, {day} {month} {year} г.",
		months: strings.Fields("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
	}),
	withSeparators(&rules{
		tag: language.Polish, names: pl.New(),
		percent: "{n}%", currency: "PLN", money: "{n}\u00a0zł", otherMoney: "{n}\u00a0{code}",
		day: "{weekday} {day} {month}", dayOfYear: "{weekday} {day} {month} {year}",
		long: "{weekday}, {day} {month}", longYear: "{weekday}, {day} {month} {year}",
		months: strings.Fields("styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"),
	}),
	withSeparators(&rules{
		tag: language.Czech, names: cs.New(),
		percent: "{n}\u00a0%", currency: "CZK", money: "{n}\u00a0Kč", otherMoney: "{n}\u00a0{code}",
		day: "{weekday} {day}. {m}.", dayOfYear: "{weekday} {day}. {m}. {year}",
		long: "{weekday} {day}. {month}", longYear: "{weekday} {day}. {month} {year}",
		months: strings.Fields("leden únor březen duben květen červen červenec srpen září říjen listopad prosinec"),
	}),
	withSeparators(&rules{
		tag: language.Turkish, names: tr.New(),
		percent: "%{n}", currency: "TRY", money: "₺{n}", otherMoney: "{n}\u00a0{code}",
		day: "{day} {month} {weekday}", dayOfYear: "{day} {month} {year} {weekday}",
		long: "{day} {month} {weekday}", longYear: "{day} {month} {year} {weekday}",
	}),
}

// withSeparators takes the separators of numbers from a sample, because the
// library writes floats only and they lose the units of very large sums.
func withSeparators(r *rules) *rules {
	sample := r.names.FmtNumber(1000.5, 1) // 1,000.5
	r.group, r.decimal, _ = strings.Cut(strings.Trim(sample, "15"), "000")
	return r
}

var matcher = func() language.Matcher {
	tags := make([]language.Tag, 0, len(all))
	for _, r := range all {
		tags = append(tags, r.tag)
	}
	return language.NewMatcher(tags)
}()

// For returns the locale that suits a language tag such as "cs", "pl-PL" or
// "ru_RU", and English for every tag that none suits, the empty one too.
func For(tag string) Locale {
	// The matcher offers its nearest even without confidence: Russian for
	// Ukrainian, which nobody asked for.
	_, index, confidence := matcher.Match(language.Make(tag))
	if confidence == language.No {
		index = 0
	}
	return Locale{all[index]}
}

// Tag returns the language as two letters: en, ru, pl, cs or tr.
func (l Locale) Tag() string { return l.tag.String() }
