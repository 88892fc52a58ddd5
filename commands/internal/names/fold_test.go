package names_test

import (
	"testing"
	"unicode"
	"unicode/utf8"

	"fifteen/commands/internal/names"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "acme corp", "acme corp"},
		{"case", "ACME Corp", "acme corp"},
		{"czech", "Škoda Plzeň", "skoda plzen"},
		{"polish", "Łódź", "lodz"},
		{"russian", "Иванов", "иванов"},
		{"russian, letters with marks", "Ёлкин и Андрей", "елкин и андреи"},
		{"turkish, dotted capital", "İstanbul", "istanbul"},
		{"turkish, dotless", "Işık", "isik"},
		{"german", "Groß & Söhne", "gross & sohne"},
		{"german, capital sharp s", "GROẞ", "gross"},
		{"danish", "Ærø Smørrebrød", "aero smorrebrod"},
		{"croatian", "Đorđević", "dordevic"},
		{"french", "Cœur", "coeur"},
		{"greek, final sigma", "Σίσυφος", "σισυφοσ"},
		{"greek, capitals", "ΣΙΣΥΦΟΣ", "σισυφοσ"},
		{"full width", "ＡＣＭＥ", "acme"},
		{"ligature", "ﬁnland", "finland"},
		{"mark apart from its letter", "S\u030ckoda", "skoda"},
		{"inner white space", "Acme \t\u00a0 Corp", "acme corp"},
		{"space around", " \n acme \r\n", "acme"},
		{"controls around", "\x00\x1f acme \x7f\u0085", "acme"},
		{"pasted invisible characters", "\ufeffac\u200bme\u200e", "acme"},
		{"no UTF-8", "ac\xffme", "ac\ufffdme"},
		{"nothing visible", " \u200b\t", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := names.Fold(tc.in); got != tc.want {
				t.Errorf("Fold(%q): got %q, want %q", tc.in, got, tc.want)
			}
		})
	}
}

func TestFoldOfEveryCharacterIsFolded(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		once := names.Fold(string(r))
		if twice := names.Fold(once); twice != once {
			t.Errorf("Fold of %U twice: got %q, want %q", r, twice, once)
		}
	}
}

func TestFoldOfAnyTextIsFolded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := anyText().Draw(t, "in")
		once := names.Fold(in)
		if twice := names.Fold(once); twice != once {
			t.Fatalf("Fold of %q twice: got %q, want %q", in, twice, once)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("Fold(%q): got %q, want valid UTF-8", in, once)
		}
	})
}

// anyText draws text that is valid, bytes that are not, and letters with loose
// marks and spaces between them.
func anyText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
		rapid.StringOf(rapid.SampledFrom([]rune("aŠłİıßς \u00a0\t\u030c\u0327\u0345\u200b가"))),
	)
}
