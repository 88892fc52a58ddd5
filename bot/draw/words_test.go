package draw_test

import (
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/draw"
)

// The fonts have every letter of the languages that the bot speaks.
func TestAlphabets(t *testing.T) {
	t.Parallel()
	for language, alphabet := range map[string]string{
		"en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,;:!?'\"()[]/%&@#*+-=<>€$£",
		"ru": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ абвгдеёжзийклмнопрстуфхцчшщъыьэюя «»„“—№",
		"pl": "ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż „”",
		"cs": "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ áčďéěíňóřšťúůýž „“",
		"tr": "ÇĞIİÖŞÜ çğıiöşü",
		"us": "… − – · ? →", // what we write ourselves
	} {
		regular, bold, err := draw.Letters(alphabet)
		if err != nil || regular != alphabet || bold != alphabet {
			t.Errorf("%s: got %q and %q, %v, want %q", language, regular, bold, err, alphabet)
		}
	}
}

func TestLetters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, given, want string }{
		{"what the fonts lack", "日本 😀", "?? ?"},
		{"blanks", "  a\nb\t\u2028\u202fc ", "a b c"},
		{"changes of direction, joiners", "a\u202eb\u2066\u200f\u200dc\ufeff", "abc"},
		{"control characters", "\x1b[2Ja\x00b", "[2Ja b"},
		{"currencies", "₽ ₺ ₴ € zł Kč", "RUB TRY UAH € zł Kč"},
		{"hyphens", "a\u2010b\u2011c", "a-b-c"},
		{"invalid UTF-8", "\xff\ufffd", "??"},
		{
			"marks behind their letters, as macOS writes them",
			"R\u030Cezni\u0301k Z\u0307o\u0301łc\u0301 И\u0306од е\u0308ж ıI\u0307 c\u0327 u\u030A a\u0328 g\u0306",
			"Řezník Żółć Йод ёж ıİ ç ů ą ğ",
		},
		{"marks that letters do not take", "\u0301x\u0301a\u0301\u0301\u20dd", "xá"},
		{"a text too long for any line", strings.Repeat("i", 10_000), strings.Repeat("i", 400)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got, _, err := draw.Letters(c.given); err != nil || got != c.want {
				t.Errorf("got %q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, words string
		room        float64
		want        []string
		whole       bool
	}{
		{name: "nothing", room: 100, whole: true},
		{name: "one line", words: "Первый контакт", room: 250, want: []string{"Первый контакт"}, whole: true},
		{name: "two lines", words: "Первый контакт", room: 150, want: []string{"Первый", "контакт"}, whole: true},
		{name: "an end too long", words: "Prezentacja u klienta w Gdańsku", room: 190, want: []string{"Prezentacja u", "klienta w G…"}},
		{name: "a word too long", words: "Předvedení u zákazníka", room: 100, want: []string{"Před…", "u zá…"}},
		{name: "no room for a letter", words: "ab", room: 31, want: []string{"…"}},
		{name: "no room at all", words: "ab", room: 1, want: []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, whole, longest, err := draw.Wrap(c.words, c.room, 2)
			if err != nil || !slices.Equal(got, c.want) || whole != c.whole {
				t.Errorf("got %q, whole %v, %v, want %q, %v", got, whole, err, c.want, c.whole)
			}
			if longest > c.room {
				t.Errorf("got a line of %.1f pixels, want at most %v", longest, c.room)
			}
		})
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value    float64
		decimals int
		want     string
	}{
		{0, 1, "0"},
		{80, 1, "80"},
		{66.66, 1, "66.7"},
		{-12.5, 1, "−12.5"},
		{-0.04, 1, "0"},
		{999.96, 1, "1\u00a0000"},
		{1_234_567.8, 0, "1\u00a0234\u00a0568"},
		{-100_000, 0, "−100\u00a0000"},
		{0.0123, 3, "0.012"},
		{1e12, 0, "1e+12"},
		{-1.23456e300, 0, "−1.235e+300"},
	} {
		if got := draw.Number(c.value, c.decimals); got != c.want {
			t.Errorf("%v to %d decimals: got %q, want %q", c.value, c.decimals, got, c.want)
		}
	}
}

func TestPrecision(t *testing.T) {
	t.Parallel()
	for size, want := range map[float64]int{0: 0, 1e9: 0, 1000: 0, 999: 1, 1: 1, 0.5: 2, 0.05: 3, 1e-9: 10} {
		if got := draw.Precision(size); got != want {
			t.Errorf("%v: got %d decimals, want %d", size, got, want)
		}
	}
}

func TestTicks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 0, "0"},
		{0, 100, "0, 20, 40, 60, 80, 100"},
		{-12.5, 100, "0, 25, 50, 75, 100"},
		{-10, 0, "−10, −8, −6, −4, −2, 0"},
		{0, 12.2, "0, 2.5, 5, 7.5, 10"},
		{0, 1, "0, 0.2, 0.4, 0.6, 0.8, 1"},
		{0, 0.012, "0, 0.0025, 0.005, 0.0075, 0.01"},
		{0, 41_500, "0, 10\u00a0000, 20\u00a0000, 30\u00a0000, 40\u00a0000"},
	} {
		if got := strings.Join(draw.Ticks(c.low, c.high), ", "); got != c.want {
			t.Errorf("%v to %v: got %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

func TestAlt(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ж", 3*draw.MaxAlt)
	for _, c := range []struct {
		name  string
		chart bot.Chart
		want  string
	}{
		{name: "nothing"},
		{name: "only a title", chart: bot.Chart{Title: "a\nb\u202e"}, want: "a b"},
		{
			name: "the funnel", chart: bot.Chart{
				Title: "Conversion", Unit: "%", Groups: []string{"contact", "contract"}, Targets: []float64{100},
				Series: []bot.Series{{Name: "Ivanov", Values: []float64{80, 85}}, {Name: "日本", Values: []float64{66.66}}},
			},
			want: "Conversion; contact (100\u00a0%): Ivanov 80\u00a0%, 日本 66.7\u00a0%; contract: Ivanov 85\u00a0%",
		},
		{
			name: "no names", chart: bot.Chart{Groups: []string{"", "b"}, Series: []bot.Series{{Values: []float64{1, -2}}}},
			want: ": 1; b: −2",
		},
		{
			// the 4,000 that is not known asks for no thousands: one decimal stays
			name: "blank", chart: bot.Chart{
				Groups: []string{"a", "b"}, Unit: "%", Targets: []float64{9},
				Series: []bot.Series{{Name: "s", Values: []float64{4000, 2.5}, Blank: []bool{true, false}}},
			},
			want: "a (9\u00a0%): s –; b: s 2.5\u00a0%",
		},
		{name: "long", chart: bot.Chart{Title: long}, want: long[:2*(draw.MaxAlt-1)] + "…"},
		{name: "garbled", chart: bot.Chart{Title: "a\xffb\x00"}, want: "a?b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := draw.Alt(c.chart); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	for _, sample := range bottest.Samples() {
		if sample.Message.Chart != nil && strings.ContainsAny(draw.Alt(*sample.Message.Chart), "\n\u202e\u2066\u200f") {
			t.Errorf("%s: got line breaks or changes of direction, want none", sample.Name)
		}
	}
}
