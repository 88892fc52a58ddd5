package typed_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/typed"

	"github.com/google/go-cmp/cmp"
)

// today is a Sunday.
var today = typed.Date{Year: 2026, Month: time.November, Day: 22}

func TestParseDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-12-05":                   "2026-12-05",
		"2026-12-5":                    "2026-12-05",
		"2026/12/05":                   "2026-12-05",
		"2020-01-31":                   "2020-01-31", // the past is a date too
		"05.12.2026":                   "2026-12-05",
		"5.12.26":                      "2026-12-05",
		"5.12.":                        "2026-12-05",
		"5.12":                         "2026-12-05",
		"5. 12. 2026":                  "2026-12-05",
		"5. 12.":                       "2026-12-05",
		"21.11.":                       "2027-11-21",
		"22.11.":                       "2026-11-22", // today included
		"29.2.":                        "2028-02-29",
		"25/12/2026":                   "2026-12-25",
		"12/25/2026":                   "2026-12-25",
		"05/05/2027":                   "2027-05-05",
		"25-12-2026":                   "2026-12-25",
		"25/12":                        "2026-12-25",
		"5 Dec":                        "2026-12-05",
		"5 december":                   "2026-12-05",
		"5 Dec 2026":                   "2026-12-05",
		"5 Dec. 2027":                  "2027-12-05",
		"Dec 5":                        "2026-12-05",
		"Dec 5 2026":                   "2026-12-05",
		"December 5th, 2026":           "2026-12-05",
		"may 5":                        "2027-05-05",
		"1st March":                    "2027-03-01",
		"Thu 26 Nov":                   "2026-11-26",
		"Thursday, 26 November":        "2026-11-26",
		"Mon 8 Feb 2027":               "2027-02-08",
		"Thu 26.11":                    "2026-11-26",
		"today":                        "2026-11-22",
		"Tomorrow":                     "2026-11-23",
		"tomorrow!":                    "2026-11-23",
		"mon":                          "2026-11-23",
		"monday":                       "2026-11-23",
		"next monday":                  "2026-11-23",
		"sun":                          "2026-11-29", // strictly after today
		"Sunday":                       "2026-11-29",
		"sat":                          "2026-11-28",
		"on Friday":                    "2026-11-27",
		"by 5 Dec":                     "2026-12-05",
		"in 75 days":                   "2027-02-05",
		"in 1 day":                     "2026-11-23",
		"in 2 weeks":                   "2026-12-06",
		"in a year":                    "2027-11-22",
		"in 10 years":                  "2036-11-22",
		"in a week":                    "2026-11-29",
		"in 3 months":                  "2027-02-22",
		"in two months":                "2027-01-22",
		"in 0 days":                    "2026-11-22",
		"+7d":                          "2026-11-29",
		"+2w":                          "2026-12-06",
		"+3m":                          "2027-02-22",
		"ＤＥＣ 5":                        "2026-12-05",
		"\u00a0 2026-12-05":            "2026-12-05",
		"on Thursday 26 November 2026": "2026-11-26",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseDate(strings.Split(text, " "), today, "en")
			if got.String() != want || err != nil {
				t.Errorf("ParseDate(%q): got %s, %v, want %s", text, got, err, want)
			}
		})
	}
}

func TestParseDateAtTheEndOfAMonth(t *testing.T) {
	t.Parallel()
	got, err := typed.ParseDate([]string{"in", "1", "month"}, date(t, "2026-01-31"), "en")
	if want := date(t, "2026-02-28"); got != want || err != nil {
		t.Errorf("a month after 31 January: got %s, %v, want %s", got, err, want)
	}
}

func TestParseDateRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]typed.Why{
		"":                         typed.NotADate,
		"soon":                     typed.NotADate,
		"may":                      typed.NotADate,
		"dec 2026":                 typed.NotADate,
		"5":                        typed.NotADate,
		"75":                       typed.NotADate,
		"2026":                     typed.NotADate,
		"2026-12":                  typed.NotADate,
		"12000 EUR":                typed.NotADate,
		"in days 3":                typed.NotADate,
		"in days weeks":            typed.NotADate,
		"in":                       typed.NotADate,
		"next":                     typed.NotADate,
		"next may":                 typed.NotADate,
		"next week":                typed.NotADate,
		"5 Dec 26th":               typed.NotADate,
		"1.2.3":                    typed.NotADate,
		"5-12":                     typed.NotADate,
		"7d":                       typed.NotADate,
		"-7d":                      typed.NotADate,
		"on by on by on by on mon": typed.NotADate,
		"31 Feb":                   typed.NoSuchDay,
		"29 Feb 2027":              typed.NoSuchDay,
		"32 Dec":                   typed.NoSuchDay,
		"0 Dec":                    typed.NoSuchDay,
		"2026-02-30":               typed.NoSuchDay,
		"2026-13-01":               typed.NoSuchDay,
		"31.04.2027":               typed.NoSuchDay,
		"12.25.2026":               typed.NoSuchDay,
		"13/13/2026":               typed.NoSuchDay,
		"12/05/2026":               typed.Ambiguous,
		"12-05-2026":               typed.Ambiguous,
		"5/12":                     typed.Ambiguous,
		"Mon 5 Dec":                typed.WrongWeekday,
		"Fri 26 Nov 2026":          typed.WrongWeekday,
		"1989-12-31":               typed.TooFar,
		"2200-01-01":               typed.TooFar,
		"5 Dec 9999":               typed.TooFar,
		"in 99999999999 days":      typed.TooFar,
		"in 999999 months":         typed.TooFar,
		"+99999w":                  typed.TooFar,
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseDate(strings.Split(text, " "), today, "en")
			if whyOf(err) != want {
				t.Errorf("ParseDate(%q): got %s, %v, want %s", text, got, err, want)
			}
		})
	}
}

func TestAmbiguousDateOffersBothReadings(t *testing.T) {
	t.Parallel()
	_, err := typed.ParseDate([]string{"12/05/2026"}, today, "en")
	var got *typed.DateError
	if !errors.As(err, &got) {
		t.Fatalf("ParseDate(12/05/2026): got %v, want a DateError", err)
	}
	want := &typed.DateError{
		Text:     "12/05/2026",
		Why:      typed.Ambiguous,
		Readings: []typed.Date{date(t, "2026-05-12"), date(t, "2026-12-05")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ParseDate(12/05/2026) (-want +got):\n%s", diff)
	}
	if got, want := err.Error(), `read date "12/05/2026": ambiguous`; got != want {
		t.Errorf("Error: got %q, want %q", got, want)
	}
}

func TestParseDateInOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ locale, text, want string }{
		{"ru", "5 декабря 2026", "2026-12-05"},
		{"ru", "8 февраля 2027 г.", "2027-02-08"},
		{"ru", "в пятницу", "2026-11-27"},
		{"ru", "чт", "2026-11-26"},
		{"ru", "послезавтра", "2026-11-24"},
		{"ru", "через 75 дней", "2027-02-05"},
		{"ru", "через неделю", "2026-11-29"},
		{"ru", "через два месяца", "2027-01-22"},
		{"ru", "следующий понедельник", "2026-11-23"},
		{"ru-RU", "завтра", "2026-11-23"},
		{"pl", "5 grudnia", "2026-12-05"},
		{"pl", "5 PAŹDZIERNIKA 2027 r.", "2027-10-05"},
		{"pl", "we środę", "2026-11-25"},
		{"pl", "za 2 tygodnie", "2026-12-06"},
		{"pl_PL", "jutro", "2026-11-23"},
		{"cs", "5. prosince 2026", "2026-12-05"},
		{"cs", "čt 26. 11.", "2026-11-26"},
		{"cs", "ve středu", "2026-11-25"},
		{"cs", "stredu", "2026-11-25"},
		{"cs", "za týden", "2026-11-29"},
		{"cs", "příští pondělí", "2026-11-23"},
		{"tr", "5 Aralık 2026", "2026-12-05"},
		{"tr", "26 Kasım Perşembe", "2026-11-26"},
		{"tr", "75 gün sonra", "2027-02-05"},
		{"tr", "iki hafta sonra", "2026-12-06"},
		{"tr", "YARIN", "2026-11-23"},
		{"cs", "next monday", "2026-11-23"}, // English everywhere
		{"xx", "5 Dec", "2026-12-05"},
		{"", "5 Dec", "2026-12-05"},
	} {
		t.Run(tc.locale+" "+tc.text, func(t *testing.T) {
			t.Parallel()
			got, err := typed.ParseDate(strings.Split(tc.text, " "), today, tc.locale)
			if got.String() != tc.want || err != nil {
				t.Errorf("ParseDate(%q) in %s: got %s, %v, want %s", tc.text, tc.locale, got, err, tc.want)
			}
		})
	}
	if got, err := typed.ParseDate([]string{"5", "grudnia"}, today, "cs"); err == nil {
		t.Errorf("a Polish date in Czech: got %s, want an error", got)
	}
}
