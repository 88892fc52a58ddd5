package typed_test

import (
	"testing"

	"fifteen/commands/internal/typed"
)

func TestLastDate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		want string
	}{
		{"", 0, ""},
		{"call them", 0, ""},
		{"call them Thu", 1, "2026-11-26"},
		{"call them on Thu", 2, "2026-11-26"},
		{"send it by thursday.", 2, "2026-11-26"},
		{"call them tomorrow", 1, "2026-11-23"},
		{"call back in 75 days", 3, "2027-02-05"},
		{"call back +7d", 1, "2026-11-29"},
		{"contract with their lawyer, Thu", 1, "2026-11-26"},
		{"confirm the start 15 January", 2, "2027-01-15"},
		{"confirm the start 15 January 2027", 3, "2027-01-15"},
		{"meet on Mon 8 Feb 2027", 5, "2027-02-08"},
		{"meet 5.12.", 1, "2026-12-05"},
		{"meet 5. 12. 2026", 3, "2026-12-05"},
		{"meet 2026-12-05", 1, "2026-12-05"},
		{"meet next sun", 2, "2026-11-29"},
		{"meet on sun", 2, "2026-11-29"},
		{"they may", 0, ""},
		{"they are at mar", 0, ""},
		{"out in the sun", 0, ""},
		{"there they sat", 0, ""},
		{"install 5.12", 0, ""},
		{"install 1.26.8", 0, ""},
		{"costs 45.50.", 0, ""},
		{"open 24/7", 0, ""},
		{"chances are 9/10", 0, ""},
		{"in december", 0, ""},
		{"for 75 days", 0, ""},
		{"pay 12000", 0, ""},
		{`meet "Thu"`, 0, ""},
		{`meet "in" 75 days`, 0, ""},
		{`meet "5" Dec`, 0, ""},
		{`"call_them" Thu`, 1, "2026-11-26"},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, d, err := typed.LastDate(words(tc.line), today, "en")
			got := ""
			if n > 0 {
				got = d.String()
			}
			if n != tc.n || got != tc.want || err != nil {
				t.Errorf("LastDate(%s): got %d, %q, %v, want %d, %q", tc.line, n, got, err, tc.n, tc.want)
			}
		})
	}
}

func TestLastDateRefusesWhatIsMeantAsOne(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		line string
		n    int
		why  typed.Why
	}{
		{"call 31 Feb", 2, typed.NoSuchDay},
		{"call on 31.02.2027", 2, typed.NoSuchDay},
		{"call 12/05/2026", 1, typed.Ambiguous},
		{"call on 5/12", 2, typed.Ambiguous},
		{"call Mon 5 Dec", 3, typed.WrongWeekday},
		{"call in 999999 days", 3, typed.TooFar},
	} {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			n, d, err := typed.LastDate(words(tc.line), today, "en")
			if n != tc.n || whyOf(err) != tc.why {
				t.Errorf("LastDate(%s): got %d, %s, %v, want %d, %s", tc.line, n, d, err, tc.n, tc.why)
			}
		})
	}
}

func TestLastDateInOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		locale, line string
		n            int
		want         string
	}{
		{"cs", "zavolat čt", 0, ""}, // two letters are too little
		{"cs", "zavolat ve čt", 2, "2026-11-26"},
		{"cs", "zavolat ve čtvrtek", 2, "2026-11-26"},
		{"cs", "zatím ne", 0, ""},
		{"pl", "jeszcze nie", 0, ""},
		{"pl", "zadzwonić w pt", 2, "2026-11-27"},
		{"ru", "настроить среду", 0, ""},
		{"ru", "позвонить в среду", 2, "2026-11-25"},
		{"tr", "yeni pazar", 0, ""},
		{"tr", "ara cuma", 1, "2026-11-27"},
	} {
		t.Run(tc.locale+" "+tc.line, func(t *testing.T) {
			t.Parallel()
			n, d, err := typed.LastDate(words(tc.line), today, tc.locale)
			got := ""
			if n > 0 {
				got = d.String()
			}
			if n != tc.n || got != tc.want || err != nil {
				t.Errorf("LastDate(%s): got %d, %q, %v, want %d, %q", tc.line, n, got, err, tc.n, tc.want)
			}
		})
	}
}
