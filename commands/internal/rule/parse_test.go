package rule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
)

// today is a Friday.
var today = typed.Date{Year: 2026, Month: time.November, Day: 27}

// words splits a line at its spaces; what stands in quotes is quoted, with _ for
// a space.
func words(line string) []typed.Word {
	texts := strings.Fields(line)
	list := make([]typed.Word, 0, len(texts))
	for _, text := range texts {
		bare := strings.Trim(text, `"`)
		list = append(list, typed.Word{Text: strings.ReplaceAll(bare, "_", " "), Quoted: bare != text})
	}
	return list
}

func whyOf(err error) typed.Why {
	if bad, ok := errors.AsType[*rule.Error](err); ok {
		return bad.Why
	}
	return ""
}

func TestParseDaysOfTheWeek(t *testing.T) {
	t.Parallel()
	reads(t, map[string]string{
		// every week
		"mon":                      "mon 09:00",
		"mon 09:00":                "mon 09:00",
		"Mondays, 9:00.":           "mon 09:00",
		"mondays at 9":             "mon 09:00",
		"EVERY MONDAY":             "mon 09:00",
		"every monday 9:00":        "mon 09:00",
		"on friday":                "fri 09:00",
		"weekly on friday 10:00":   "fri 10:00",
		"every week on fri 10:00":  "fri 10:00",
		"every 1 week fri":         "fri 09:00",
		"at 9 every monday":        "mon 09:00",
		"9:00 every monday":        "mon 09:00",
		"mon,wed 9.30":             "mon,wed 09:30",
		"mon ,wed 9:30":            "mon,wed 09:30",
		"Mon, Wed and Fri":         "mon,wed,fri 09:00",
		"mon/wed/fri 10":           "mon,wed,fri 10:00",
		"sun,mon 9":                "mon,sun 09:00",
		"mon – thu 17:30":          "mon,tue,wed,thu 17:30",
		"fri-mon 8":                "mon,fri,sat,sun 08:00",
		"mon,tue,wed,thu,fri 9:00": "mon,tue,wed,thu,fri 09:00",
		"fri 9.10":                 "fri 09:10",
		// every few weeks, from the first Friday or Monday, today included
		"every 2 weeks fri 16:00":                "every 2 weeks fri 16:00 from 2026-11-27",
		"every 2 weeks on Monday at 4 p.m.":      "every 2 weeks mon 16:00 from 2026-11-30",
		"every two weeks mon and fri":            "every 2 weeks mon,fri 09:00 from 2026-11-27",
		"every second friday 16:00":              "every 2 weeks fri 16:00 from 2026-11-27",
		"every 2nd friday 16":                    "every 2 weeks fri 16:00 from 2026-11-27",
		"every other fri":                        "every 2 weeks fri 09:00 from 2026-11-27",
		"every 52 weeks fri":                     "every 52 weeks fri 09:00 from 2026-11-27",
		"every 2 weeks fri 16:00 from 4 Dec":     "every 2 weeks fri 16:00 from 2026-12-04",
		"every 2 weeks fri 16:00 from 5 Dec":     "every 2 weeks fri 16:00 from 2026-12-11",
		"every 2 weeks fri from 2020-01-03":      "every 2 weeks fri 09:00 from 2020-01-03",
		"every 2 weeks fri starting next friday": "every 2 weeks fri 09:00 from 2026-12-04",
	})
}

func TestParseDays(t *testing.T) {
	t.Parallel()
	reads(t, map[string]string{
		// every day
		"every day 8am":            "daily 08:00",
		"daily":                    "daily 09:00",
		"everyday at 8":            "daily 08:00",
		"each day 8:30 pm":         "daily 20:30",
		"workdays 17:30":           "workdays 17:30",
		"weekdays 17:30":           "workdays 17:30",
		"every weekday":            "workdays 09:00",
		"workdays at 5:30 pm":      "workdays 17:30",
		"every working day 17h":    "workdays 17:00",
		"business days 10 o’clock": "workdays 10:00",
		"mon-fri 17:30":            "workdays 17:30",
		"monday to friday 9":       "workdays 09:00",
		// weeks in days
		"every 7 days":           "fri 09:00",
		"every 14 days":          "every 2 weeks fri 09:00 from 2026-11-27",
		"every 14 days mon 8:00": "every 2 weeks mon 08:00 from 2026-11-30",
		// parts of a day
		"every morning":         "daily 09:00",
		"monday mornings":       "mon 09:00",
		"monday morning 8:30":   "mon 08:30",
		"monday 8:30 morning":   "mon 08:30",
		"every day at noon":     "daily 12:00",
		"fri afternoon":         "fri 14:00",
		"friday afternoon at 3": "fri 15:00",
		"tomorrow evening":      "2026-11-28 18:00",
		// every month
		"monthly 1 09:00":                               "monthly 1 09:00",
		"monthly 15":                                    "monthly 15 09:00",
		"monthly 15 10":                                 "monthly 15 10:00",
		"monthly on the 15th":                           "monthly 15 09:00",
		"on the 1st of every month 9:00":                "monthly 1 09:00",
		"every month on the 31st":                       "monthly 31 09:00",
		"last day of the month":                         "monthly 31 09:00",
		"monthly first workday 09:00":                   "monthly first workday 09:00",
		"first workday of the month":                    "monthly first workday 09:00",
		"on the last working day of every month at 5pm": "monthly last workday 17:00",
		// once
		"2027-02-08 09:00":  "2027-02-08 09:00",
		"5 Dec 10:00":       "2026-12-05 10:00",
		"5 Dec 10":          "2026-12-05 10:00",
		"Dec 5 2026 9:15":   "2026-12-05 09:15",
		"5.12. 10:00":       "2026-12-05 10:00",
		"5.12":              "2026-12-05 09:00",
		"5.12 9.30":         "2026-12-05 09:30",
		"5. 12. 2026":       "2026-12-05 09:00",
		"today 8:00":        "2026-11-27 08:00",
		"tomorrow 8:00":     "2026-11-28 08:00",
		"next friday 10:00": "2026-12-04 10:00",
		"in 75 days":        "2027-02-10 09:00", // 27 Nov + 3 + 31 + 31 = 31 Jan, + 10
		"in 75 days at 10":  "2027-02-10 10:00",
		"29.2.":             "2028-02-29 09:00",
		// times
		"mon 0:00":     "mon 00:00",
		"mon 23:59":    "mon 23:59",
		"mon 12am":     "mon 00:00",
		"mon 12:30 pm": "mon 12:30",
		"mon 18:00 pm": "mon 18:00",
		"mon 9：00":     "mon 09:00",
	})
}

// reads checks what texts mean today.
func reads(t *testing.T, texts map[string]string) {
	t.Helper()
	for text, want := range texts {
		r, err := rule.Parse(words(text), today, "en")
		if r.String() != want || err != nil {
			t.Errorf("Parse(%s): got %s, %v, want %s", text, r, err, want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]typed.Why{
		"":                          rule.NotARule,
		"banana":                    rule.NotARule,
		"9:00":                      rule.NotARule,
		"every":                     rule.NotARule,
		"mon monday":                rule.NotARule,
		"mon daily":                 rule.NotARule,
		"daily monthly 1":           rule.NotARule,
		"second friday":             rule.NotARule,
		"second every friday":       rule.NotARule,
		"2 weeks fri":               rule.NotARule,
		"mon noonish":               rule.NotARule,
		`"mon" 9:00`:                rule.NotARule,
		`mon "9:00"`:                rule.NotARule,
		"mon 25:00":                 rule.BadTime,
		"mon 24:00":                 rule.BadTime,
		"mon 9:60":                  rule.BadTime,
		"mon 9:5":                   rule.BadTime,
		"mon 99":                    rule.BadTime,
		"mon 13am":                  rule.BadTime,
		"mon 9am pm":                rule.BadTime,
		"5 Dec 24:00":               rule.BadTime,
		"every 0 weeks fri":         rule.NoWeeks,
		"every 53 weeks fri":        rule.TooManyWeeks,
		"every 100 weeks fri":       rule.TooManyWeeks,
		"every 999999 weeks fri":    rule.TooManyWeeks,
		"weekly":                    rule.WhichDay,
		"every 2 weeks":             rule.WhichDay,
		"every 2 weeks 9:00":        rule.WhichDay,
		"monthly":                   rule.WhichDay,
		"every 3 days":              rule.Unsupported,
		"every 15 days":             rule.Unsupported,
		"morning":                   rule.NotARule,
		"every 2 months on the 1st": rule.Unsupported,
		"first monday of the month": rule.Unsupported,
		"every first friday":        rule.Unsupported,
		"daily 9:00 from 4 Dec":     rule.Unsupported,
		"monthly 0":                 typed.NoSuchDay,
		"monthly 32":                typed.NoSuchDay,
		"31 Feb 9:00":               typed.NoSuchDay,
		"12/05/2026 9:00":           typed.Ambiguous,
		"mon 5 Dec 9:00":            typed.WrongWeekday,
		"fri 9.10.":                 typed.WrongWeekday, // 9 October 2027 is a Saturday
		"in 99999 days":             typed.TooFar,
		"2020-01-01 9:00":           rule.Past,
		"26.11.2026":                rule.Past,
	} {
		r, err := rule.Parse(words(text), today, "en")
		if whyOf(err) != want || r != (rule.Rule{}) {
			t.Errorf("Parse(%s): got %s, %v, want %s", text, r, err, want)
		}
	}
}

func TestAmbiguousDayHasTwoReadings(t *testing.T) {
	t.Parallel()
	_, err := rule.Parse(words("12/05/2027 9:00"), today, "en")
	var bad *rule.Error
	if !errors.As(err, &bad) || len(bad.Readings) != 2 || bad.Readings[0].String() != "2027-05-12" || bad.Readings[1].String() != "2027-12-05" {
		t.Errorf("got %+v, want 12 May and 5 December", err)
	}
}

func TestParseInOtherLanguages(t *testing.T) {
	t.Parallel()
	const secondFriday = "every 2 weeks fri 16:00 from 2026-11-27"
	for _, tc := range []struct{ locale, text, want string }{
		{"cs", "každé pondělí 9:00", "mon 09:00"},
		{"cs", "v pondělí v 9", "mon 09:00"},
		{"cs", "každou středu v 18 hod.", "wed 18:00"},
		{"cs", "čtvrtky 9", "thu 09:00"},
		{"cs", "po, st a pá 9:00", "mon,wed,fri 09:00"},
		{"cs", "po-pá 9:00", "workdays 09:00"},
		{"cs", "pondělí až pátek 9:00", "workdays 09:00"},
		{"cs", "každý druhý pátek v 16", secondFriday},
		{"cs", "každé 2 týdny v pátek 16:00", secondFriday},
		{"cs", "každé dva týdny v pá 16.00", secondFriday},
		{"cs", "pracovní dny 17:30", "workdays 17:30"},
		{"cs", "každý pracovní den v 9 hodin", "workdays 09:00"},
		{"cs", "každý den v 8 ráno", "daily 08:00"},
		{"cs", "denně 8:00", "daily 08:00"},
		{"cs", "měsíčně 1. v 9", "monthly 1 09:00"},
		{"cs", "1. každého měsíce 9:00", "monthly 1 09:00"},
		{"cs", "poslední pracovní den každého měsíce", "monthly last workday 09:00"},
		{"cs", "za 75 dní", "2027-02-10 09:00"},
		{"cs", "5. 12. v 10", "2026-12-05 10:00"},
		{"cs", "zítra v 8", "2026-11-28 08:00"},
		{"cs", "every monday 9:00", "mon 09:00"},
		{"cs", "každé pondělí ráno", "mon 09:00"},
		{"pl", "co tydzień w piątek rano", "fri 09:00"},
		{"ru", "каждое утро", "daily 09:00"},
		{"tr", "cuma akşam", "fri 18:00"},
		{"pl", "w poniedziałki o 9", "mon 09:00"},
		{"pl", "każdy wtorek i czwartek o godz. 9", "tue,thu 09:00"},
		{"pl", "co tydzień w poniedziałek", "mon 09:00"},
		{"pl", "co dwa tygodnie w piątek 16:00", secondFriday},
		{"pl", "co drugi piątek o 16", secondFriday},
		{"pl", "codziennie 8:00", "daily 08:00"},
		{"pl", "dni robocze 17:30", "workdays 17:30"},
		{"pl", "w dni powszednie 17:30", "workdays 17:30"},
		{"pl", "co miesiąc 1. o 9:00", "monthly 1 09:00"},
		{"pl", "ostatni dzień roboczy miesiąca", "monthly last workday 09:00"},
		{"pl", "za 75 dni", "2027-02-10 09:00"},
		{"ru", "каждый понедельник в 9", "mon 09:00"},
		{"ru", "по понедельникам в 9 утра", "mon 09:00"},
		{"ru", "каждую среду в 18:00", "wed 18:00"},
		{"ru", "пн, ср 9:30", "mon,wed 09:30"},
		{"ru", "пн-пт 9:00", "workdays 09:00"},
		{"ru", "каждые две недели по пятницам 16:00", secondFriday},
		{"ru", "каждую вторую пятницу в 4 вечера", secondFriday},
		{"ru", "по будням 17:30", "workdays 17:30"},
		{"ru", "рабочие дни 9:00", "workdays 09:00"},
		{"ru", "каждый день в 8", "daily 08:00"},
		{"ru", "1-го числа каждого месяца в 9", "monthly 1 09:00"},
		{"ru", "ежемесячно 15 числа в 9:00", "monthly 15 09:00"},
		{"ru", "последний рабочий день месяца", "monthly last workday 09:00"},
		{"ru", "через 75 дней", "2027-02-10 09:00"},
		{"ru", "5 декабря в 10", "2026-12-05 10:00"},
		{"tr", "her pazartesi 9:00", "mon 09:00"},
		{"tr", "her pazartesi saat 9’da", "mon 09:00"},
		{"tr", "pazartesi günü 9:00", "mon 09:00"},
		{"tr", "iki haftada bir cuma 16:00", secondFriday},
		{"tr", "her ikinci cuma akşam 4", secondFriday},
		{"tr", "her gün 8:00", "daily 08:00"},
		{"tr", "hafta içi 17:30", "workdays 17:30"},
		{"tr", "her iş günü 9:00", "workdays 09:00"},
		{"tr", "her ayın 1'i 9:00", "monthly 1 09:00"},
		{"tr", "75 gün sonra", "2027-02-10 09:00"},
		{"pt", "every monday 9:00", "mon 09:00"},
	} {
		r, err := rule.Parse(words(tc.text), today, tc.locale)
		if r.String() != tc.want || err != nil {
			t.Errorf("Parse(%s) in %s: got %s, %v, want %s", tc.text, tc.locale, r, err, tc.want)
		}
	}
}

func TestParseOnce(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		today typed.Date
		text  string
		want  string
		why   typed.Why
	}{
		{today, "in 75 days", "2027-02-10 09:00", ""},
		{today, "fri", "2026-12-04 09:00", ""}, // the next one after today
		{today, "friday at 10", "2026-12-04 10:00", ""},
		{today, "fri 9.10", "2026-12-04 09:10", ""},
		{today, "every friday", "", rule.NotARule},
		{today, "yesterday", "", rule.NotARule},
		{today, "2026-11-26", "", rule.Past},
		{today, "2026-11-27", "2026-11-27 09:00", ""},
		{today, "tomorrow 26:00", "", rule.BadTime},
		{typed.Date{Year: 2027, Month: time.January, Day: 31}, "in 1 month", "2027-02-28 09:00", ""},
		{typed.Date{Year: 2028, Month: time.January, Day: 31}, "in a month", "2028-02-29 09:00", ""},
		{typed.Date{Year: 2028, Month: time.February, Day: 29}, "in 1 year", "2029-02-28 09:00", ""},
		{typed.Date{Year: 2027, Month: time.January, Day: 1}, "29 Feb 2027", "", typed.NoSuchDay},
	} {
		r, err := rule.ParseOnce(words(tc.text), tc.today, "en")
		if r.String() != tc.want || whyOf(err) != tc.why {
			t.Errorf("ParseOnce(%s) on %s: got %s, %v, want %s%s", tc.text, tc.today, r, err, tc.want, tc.why)
		}
	}
}
