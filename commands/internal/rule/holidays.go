package rule

import (
	"maps"
	"slices"
	"strings"
	"time"

	"fifteen/commands/internal/typed"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/us"
)

// byCountry holds the public holidays of whole countries: no region's own, and no
// country whose list is one of regions. Where the library lags behind the law it
// is put right here.
var byCountry = func() map[string][]*cal.Holiday {
	cal.DefaultLoc = time.UTC // its days must not depend on where the program runs
	return map[string][]*cal.Holiday{
		"at": at.Holidays,
		"be": be.Holidays,
		"cz": cz.Holidays,
		"de": de.Holidays,
		"es": es.Holidays,
		"fr": fr.Holidays,
		"gb": gb.Holidays, // England and Wales
		"hr": hr.Holidays,
		"ie": ie.Holidays,
		"it": it.Holidays,
		"no": no.Holidays,
		"pl": append(slices.Clone(pl.Holidays), since(2025, time.December, 24)...),
		"ru": append(slices.Clone(ru.Holidays), since(2013, time.January, 2, 3, 4, 5, 6, 8)...),
		"se": se.Holidays,
		"sk": slovak(),
		"us": us.Holidays, // the federal ones
	}
}()

// since returns holidays on days of a month of every year from one on.
func since(year int, month time.Month, days ...int) []*cal.Holiday {
	list := make([]*cal.Holiday, len(days))
	for i, day := range days {
		list[i] = &cal.Holiday{StartYear: year, Month: month, Day: day, Func: cal.CalcDayOfMonth}
	}
	return list
}

// slovak returns the days off in Slovakia, where some holidays have become
// working days: for good, or in 2026 only.
func slovak() []*cal.Holiday {
	list := slices.Clone(sk.Holidays)
	for i, holiday := range list {
		switch holiday {
		case sk.Constitution:
			list[i] = holiday.Clone(&cal.Holiday{EndYear: 2023})
		case sk.Freedom:
			list[i] = holiday.Clone(&cal.Holiday{EndYear: 2024})
		case sk.Liberation, sk.LadyOfSorrows:
			list[i] = holiday.Clone(&cal.Holiday{Except: []int{2026}})
		}
	}
	return list
}

// Countries returns the codes of the countries that Holidays knows, in order.
func Countries() []string { return slices.Sorted(maps.Keys(byCountry)) }

// Holidays returns whether a day is a public holiday in a country, given by its
// ISO 3166 code of two letters in any case; ok is false for a country that is not
// known. A holiday that is kept on another day because it falls on a weekend is
// off on both. Days that a government moves from year to year, and those of
// regions, are not known.
//
// The result may be called from several goroutines.
func Holidays(country string) (off func(typed.Date) bool, ok bool) {
	list, ok := byCountry[strings.ToLower(country)]
	if !ok {
		return nil, false
	}
	calendar := cal.Calendar{Holidays: list}
	return func(d typed.Date) bool {
		actual, observed, _ := calendar.IsHoliday(d.In(time.UTC))
		return actual || observed
	}, true
}
