package terminal_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/terminal"
)

func draw(t *testing.T, msg bot.Message) string {
	t.Helper()
	var b strings.Builder
	if err := terminal.Draw(&b, msg); err != nil {
		t.Fatalf("got %v, want nil", err)
	}
	return b.String()
}

func TestDraw(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			t.Parallel()
			bottest.Golden(t, "draw_"+sample.Name, draw(t, sample.Message))
		})
	}
}

// Whatever anybody's words hold, the terminal obeys none of it.
func TestDrawObeysNobody(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		msg := bottest.Rewrite(sample.Message, func(text string) string {
			return text + bottest.Controls + bottest.Hostile + "\xff"
		})
		if msg.Form != nil {
			msg.Form.Line += bottest.Controls
			msg.Form.Fields = append(msg.Form.Fields, bot.FormField{
				Name: bottest.Controls, Options: []bot.Option{{Label: "a", Value: bottest.Controls}},
			})
		}
		msg.Buttons = append(msg.Buttons, bot.Button{Label: "x", Line: bottest.Controls})
		got := draw(t, msg)
		if !utf8.ValidString(got) {
			t.Errorf("%s: got invalid UTF-8", sample.Name)
		}
		for _, r := range got {
			if unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) {
				t.Fatalf("%s: got %q in the output, want it neutralised", sample.Name, r)
			}
		}
	}
}

func TestDrawLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		msg  bot.Message
		want string
	}{
		{name: "nothing", msg: bot.Message{}, want: ""},
		{name: "a line break in a title", msg: bot.Message{Title: "a\nb\r\nc\td\u2028e"}, want: "a b c d e\n"},
		{
			name: "no blanks at the end of a line",
			msg:  bot.Message{Table: &bot.Table{Columns: []bot.Column{{}, {}}, Rows: [][]string{{"a"}, {"b", "c", "d"}}}},
			want: "a\nb  c\n",
		},
		{
			name: "values with blanks are quoted",
			msg: bot.Message{Form: &bot.Form{Line: "x", Fields: []bot.FormField{{
				Name: "who", Options: []bot.Option{{Label: "same", Value: "same"}, {Label: "L", Value: "two words"}},
			}}}},
			want: "<who>\n       same\n       \"two words\"  L\n:fill who=…  > x\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := draw(t, c.msg); got != c.want {
				t.Errorf("got\n%q, want\n%q", got, c.want)
			}
		})
	}
}

var errFull = errors.New("disk full")

// full is a stream that takes n bytes.
type full struct{ n int }

func (f *full) Write(p []byte) (int, error) {
	if f.n -= len(p); f.n < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// Details stand below their message, each apart.
func TestDrawDetails(t *testing.T) {
	t.Parallel()
	msg := bot.Message{
		Title: "Three deals", Buttons: []bot.Button{{Label: "Why?", Line: "why"}}, Note: "small print",
		Details: []bot.Message{
			{Text: []string{"the first"}, Buttons: []bot.Button{{Label: "Show", Line: "deal #1"}}},
			{Title: "The second"},
		},
	}
	want := "Three deals\n[Why?]  > why\n-- small print\n\nthe first\n[Show]  > deal #1\n\nThe second\n"
	if got := draw(t, msg); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDrawTellsThatItCannotWrite(t *testing.T) {
	t.Parallel()
	if err := terminal.Draw(&full{}, bot.Message{Title: "a"}); !errors.Is(err, errFull) {
		t.Errorf("got %v, want %v", err, errFull)
	}
}
