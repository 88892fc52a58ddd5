package telegrambot

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// labels writes a keyboard as text: rows behind one another, buttons beside one
// another.
func labels(k keyboard) string {
	rows := make([]string, len(k.Rows))
	for i, row := range k.Rows {
		names := make([]string, len(row))
		for j, key := range row {
			names[j] = key.Text
		}
		rows[i] = strings.Join(names, " ")
	}
	return strings.Join(rows, " / ")
}

func numbered(n int, label string) []key {
	all := make([]key, n)
	for i := range all {
		all[i] = key{Text: fmt.Sprintf("%s%d", label, i), Data: fmt.Sprintf("line %d", i)}
	}
	return all
}

func TestPages(t *testing.T) {
	t.Parallel()
	p := painter{words: bottest.Keys{}}
	for _, c := range []struct {
		name           string
		first, options []key
		want           []string
	}{
		{name: "nothing"},
		{name: "beside one another", first: numbered(4, "yes"), want: []string{"yes0 yes1 yes2 yes3"}},
		{
			// the widest takes 20 + 2 letters, so that no second one fits into 30
			name: "long ones below one another", first: numbered(2, "a long label indeed"),
			want: []string{"a long label indeed0 / a long label indeed1"},
		},
		{
			// 12 options on a page: 12, 12 and 1
			name: "options in pages", first: numbered(1, "b"), options: numbered(25, "o"),
			want: []string{
				"b0 o0 o1 o2 o3 o4 o5 / o6 o7 o8 o9 o10 o11 / telegram.next count=13",
				"o12 o13 o14 o15 o16 o17 / o18 o19 o20 o21 o22 o23 / telegram.back telegram.next count=1",
				"o24 / telegram.back",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, board := range p.pages(c.first, c.options, 0) {
				got = append(got, labels(board))
			}
			if g, w := strings.Join(got, "\n"), strings.Join(c.want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
}

func TestPressed(t *testing.T) {
	t.Parallel()
	for _, does := range []press{
		{what: page, kept: 17, b: 2}, {what: more, a: 1, b: 5}, {what: pick, kept: 1<<63 - 1, b: 99},
	} {
		sent := does.String()
		if got, ok := pressed(sent); !ok || got != does || len(sent) > maxCallback {
			t.Errorf("%q: got %v, %v, want %v back in %d bytes", sent, got, ok, does, maxCallback)
		}
	}
	for _, line := range []string{
		"", "…", "page 17 0 2", "…page 17 0", "…page 17 0 2 3", "…drop 1 2 3", "…page -1 0 0", "…page 1 -1 0", "…page 1 0 x",
		"…page 9223372036854775808 0 0", "…page 1 2147483648 0", "answer #1 urgent yes ~7",
	} {
		if got, ok := pressed(line); ok {
			t.Errorf("%q: got %v, want a line", line, got)
		}
	}
}

// TestQuestion tells how each kind of field is asked.
func TestQuestion(t *testing.T) {
	t.Parallel()
	p := painter{words: bottest.Keys{}, kept: 17}
	option := []bot.Option{{Label: "Ivan", Value: "@ivan"}}
	for _, c := range []struct {
		name     string
		field    bot.FormField
		text     string
		buttons  string
		reply    bool
		typeHere string
	}{
		{name: "words", field: bot.FormField{Label: "Who?", Hint: "Acme"}, text: "Who?\ntelegram.leave", reply: true, typeHere: "Acme"},
		{
			name: "a long example", field: bot.FormField{Label: "Who?", Hint: strings.Repeat("x", 65)},
			text: "Who?\n" + strings.Repeat("x", 65) + "\ntelegram.leave", reply: true,
		},
		{name: "words that may be left out", field: bot.FormField{Label: "Who?", Hint: "Acme", Optional: true}, text: "Who?\nAcme", buttons: "Cancel"},
		{name: "a choice", field: bot.FormField{Label: "Who?", Options: option}, text: "Who?", buttons: "Ivan Cancel"},
		{name: "without a question", field: bot.FormField{}, text: "The form\ntelegram.leave", reply: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			form := bot.Form{Title: "The form", Line: "draft 3", Fields: []bot.FormField{c.field}}
			got := p.draw(bot.Message{Form: &form, Buttons: []bot.Button{{Label: "Cancel", Line: form.Drop()}}, Private: true})[0]
			buttons := ""
			if len(got.pages) > 0 {
				buttons = labels(got.pages[0])
			}
			if got.text.text != c.text || buttons != c.buttons || (got.reply != nil) != c.reply || !got.private {
				t.Errorf("got %+v with buttons %q, want %+v", got, buttons, c)
			}
			if got.reply != nil && got.reply.Placeholder != c.typeHere {
				t.Errorf("got %q where people type, want %q", got.reply.Placeholder, c.typeHere)
			}
		})
	}
}

// TestRedraw tells which call takes the place of the message that was pressed.
func TestRedraw(t *testing.T) {
	t.Parallel()
	p := painter{words: bottest.Keys{}}
	bars := &bot.Chart{Groups: []string{"a"}, Series: []bot.Series{{Name: "s", Values: []float64{1}}}}
	ask := &bot.Form{Line: "note #1", Fields: []bot.FormField{{Name: "text", Label: "What?"}}}
	for _, c := range []struct {
		name string
		msg  bot.Message
		want bool
	}{
		{"a text", bot.Message{Title: "a", Redraw: true}, true},
		{"a text with a picture", bot.Message{Title: "a", Chart: bars, Redraw: true}, true},
		{"a picture alone", bot.Message{Chart: bars, Redraw: true}, false},
		{"a question to reply to", bot.Message{Form: ask, Redraw: true}, false},
		{"another message", bot.Message{Title: "a"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for i, got := range p.draw(c.msg) {
				if got.edit != (c.want && i == 0) {
					t.Errorf("call %d: got edit %v, want %v for the first", i, got.edit, c.want)
				}
			}
		})
	}
}
