package hours_test

import (
	"errors"
	"strings"
	"testing"

	"fifteen/commands/internal/hours"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
)

func words(text string) []typed.Word {
	var all []typed.Word
	for word := range strings.FieldsSeq(text) {
		all = append(all, typed.Word{Text: word})
	}
	return all
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ locale, text, want string }{
		{"en", "9:00-18:00", "09:00-18:00"},
		{"en", "9-18", "09:00-18:00"},
		{"en", "8 to 16", "08:00-16:00"},
		{"en", "from 9.30 to 17.30", "09:30-17:30"},
		{"en", "8am – 5pm", "08:00-17:00"},
		{"en", "8 am until 5 pm", "08:00-17:00"},
		{"en", "0:00-24:00", "00:00-24:00"},
		{"en", "14:00-0:00", "14:00-24:00"},
		{"en", "9:00-16:00 mon-thu", "09:00-16:00 mon,tue,wed,thu"},
		{"en", "mon-thu, 9:00-16:00", "09:00-16:00 mon,tue,wed,thu"},
		{"en", "workdays from 9 to 18", "09:00-18:00 mon,tue,wed,thu,fri"},
		{"en", "mon-fri", "mon,tue,wed,thu,fri"},
		{"en", "Mon, Wed and Fri", "mon,wed,fri"},
		{"en", "sun-thu", "mon,tue,wed,thu,sun"},
		{"en", "sat", "sat"},
		{"en", "working days", "mon,tue,wed,thu,fri"},
		{"cs", "po-čt 8–16", "08:00-16:00 mon,tue,wed,thu"},
		{"ru", "с 9 до 18 пн-пт", "09:00-18:00 mon,tue,wed,thu,fri"},
		{"pl", "od 8 do 16", "08:00-16:00"},
	} {
		got, err := hours.Parse(words(test.text), test.locale)
		if err != nil || got.String() != test.want {
			t.Errorf("%s: got %q, error %v, want %q", test.text, got, err, test.want)
		}
		again, err := hours.Parse(words(got.String()), "en")
		if err != nil || again != got {
			t.Errorf("%s read again: got %v, error %v, want %v", got, again, err, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		why   typed.Why
		meant string
	}{
		{"25:00-26:00", rule.BadTime, ""},
		{"9:00-25:00", rule.BadTime, ""},
		{"24:00-25:00", rule.BadTime, ""},
		{"9:00-17:60 mon", rule.BadTime, ""},
		{"18:00-9:00", hours.Backwards, "09:00-18:00"},
		{"9-5", hours.Backwards, "09:00-17:00"},
		{"22:00-14:00", hours.Backwards, "14:00-22:00"},
		{"9:00-9:00", hours.Empty, ""},
		{"9:00", rule.NotARule, ""},
		{"9:00-", rule.NotARule, ""},
		{"funday", rule.NotARule, ""},
		{"mon-fri 9:00", rule.NotARule, ""},
		{"9:00-18:00 funday", rule.NotARule, ""},
		{"every mon", rule.NotARule, ""},
		{"monthly", rule.NotARule, ""},
		{"", rule.NotARule, ""},
		{strings.Repeat("9-18 ", 200), rule.NotARule, ""},
	} {
		_, err := hours.Parse(words(test.text), "en")
		bad, ok := errors.AsType[*hours.Error](err)
		if !ok || bad.Why != test.why || bad.Text != strings.TrimSpace(test.text) {
			t.Errorf("%.40s: got error %v, want %s", test.text, err, test.why)
			continue
		}
		if meant := bad.Meant; test.meant != "" && meant.String() != test.meant {
			t.Errorf("%s: got %s as what is meant, want %s", test.text, meant, test.meant)
		}
	}
	if _, err := hours.Parse([]typed.Word{{Text: "9-18", Quoted: true}}, "en"); err == nil {
		t.Error("quoted: got hours, want an error")
	}
}

func TestReadBack(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"09:00-18:00", "00:00-24:00", "23:59-24:00"} {
		if s, ok := hours.ReadSpan(text); !ok || s.String() != text {
			t.Errorf("%s: got %s, %v", text, s, ok)
		}
	}
	for _, text := range []string{"", "9:00-18:00", "18:00-09:00", "09:00-09:00", "00:00-24:01", "-1:00-09:00", "x", "09:00"} {
		if s, ok := hours.ReadSpan(text); ok {
			t.Errorf("%q: got %s, want none", text, s)
		}
	}
	for _, text := range []string{"mon", "mon,fri", "mon,tue,wed,thu,fri,sat,sun"} {
		if d, ok := hours.ReadDays(text); !ok || d.String() != text {
			t.Errorf("%s: got %s, %v", text, d, ok)
		}
	}
	for _, text := range []string{"", "fri,mon", "mon,mon", "funday", "mon, fri"} {
		if d, ok := hours.ReadDays(text); ok {
			t.Errorf("%q: got %s, want none", text, d)
		}
	}
}
