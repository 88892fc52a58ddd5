package bot_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

func TestSamplesAreWithinTheLimits(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		if err := sample.Message.Validate(); err != nil {
			t.Errorf("%s: got %v, want nil", sample.Name, err)
		}
	}
}

func button(label, line string) bot.Message {
	return bot.Message{Buttons: []bot.Button{{Label: label, Line: line}}}
}

func option(label, line string) bot.Message {
	return bot.Message{Menu: &bot.Menu{Options: []bot.Button{{Label: label, Line: line}}}}
}

func table(columns int, cells ...string) bot.Message {
	return bot.Message{Table: &bot.Table{Columns: make([]bot.Column, columns), Rows: [][]string{cells}}}
}

func formOf(fields ...bot.FormField) bot.Message {
	return bot.Message{Form: &bot.Form{Line: "note", Fields: fields}}
}

func manyButtons(n int) []bot.Button {
	all := make([]bot.Button, n)
	for i := range all {
		all[i] = bot.Button{Label: "a", Line: fmt.Sprint("show ", i)}
	}
	return all
}

// limit is a message at a limit, which is refused with one thing more.
type limit struct {
	name string
	n    int
	of   func(n int) bot.Message
}

var limits = []limit{
	{"title", bot.MaxTitle, func(n int) bot.Message { return bot.Message{Title: long(n)} }},
	{"paragraph", bot.MaxParagraph, func(n int) bot.Message { return bot.Message{Text: []string{long(n)}} }},
	{"text", bot.MaxText, func(n int) bot.Message {
		msg := bot.Message{}
		for ; n > 0; n -= bot.MaxParagraph {
			msg.Text = append(msg.Text, long(min(n, bot.MaxParagraph)))
		}
		return msg
	}},
	{"fields", bot.MaxFields, func(n int) bot.Message { return bot.Message{Fields: make([]bot.Field, n)} }},
	{"field label", bot.MaxTitle, func(n int) bot.Message { return bot.Message{Fields: []bot.Field{{Label: long(n)}}} }},
	{"field value", bot.MaxFieldValue, func(n int) bot.Message { return bot.Message{Fields: []bot.Field{{Value: long(n)}}} }},
	{"columns", bot.MaxColumns, func(n int) bot.Message { return table(n, make([]string, n)...) }},
	{"column name", bot.MaxCell, func(n int) bot.Message {
		return bot.Message{Table: &bot.Table{Columns: []bot.Column{{Name: long(n)}}}}
	}},
	{"cell", bot.MaxCell, func(n int) bot.Message { return table(1, long(n)) }},
	{"buttons", bot.MaxButtons, func(n int) bot.Message { return bot.Message{Buttons: manyButtons(n)} }},
	{"button label", bot.MaxButtonLabel, func(n int) bot.Message { return button(long(n), "show") }},
	{"button line, bytes", bot.MaxButtonLine / 2, func(n int) bot.Message { return button("a", long(n)) }},
	{"menu label", bot.MaxTitle, func(n int) bot.Message { return bot.Message{Menu: &bot.Menu{Label: long(n)}} }},
	{"menu options", bot.MaxOptions, func(n int) bot.Message { return bot.Message{Menu: &bot.Menu{Options: manyButtons(n)}} }},
	{"option label", bot.MaxOptionLabel, func(n int) bot.Message { return option(long(n), "show") }},
	{"option line, bytes", bot.MaxButtonLine / 2, func(n int) bot.Message { return option("a", long(n)) }},
	{"form title", bot.MaxTitle, func(n int) bot.Message {
		return bot.Message{Form: &bot.Form{Line: "note", Title: long(n)}}
	}},
	{"form line, bytes", bot.MaxButtonLine / 2, func(n int) bot.Message { return bot.Message{Form: &bot.Form{Line: long(n)}} }},
	{"form fields", bot.MaxFormFields, func(n int) bot.Message {
		fields := make([]bot.FormField, n)
		for i := range fields {
			fields[i].Name = fmt.Sprint(i)
		}
		return formOf(fields...)
	}},
	{"form field label", bot.MaxTitle, func(n int) bot.Message { return formOf(bot.FormField{Name: "a", Label: long(n)}) }},
	{"form field hint", bot.MaxTitle, func(n int) bot.Message { return formOf(bot.FormField{Name: "a", Hint: long(n)}) }},
	{"form field options", bot.MaxOptions, func(n int) bot.Message {
		return formOf(bot.FormField{Name: "a", Options: make([]bot.Option, n)})
	}},
	{"form field option", bot.MaxOptionLabel, func(n int) bot.Message {
		return formOf(bot.FormField{Name: "a", Options: []bot.Option{{Label: long(n), Value: "a"}}})
	}},
	{"note", bot.MaxNote, func(n int) bot.Message { return bot.Message{Note: long(n)} }},
}

// long has n characters of two bytes.
func long(n int) string { return strings.Repeat("ж", n) }

func TestLimits(t *testing.T) {
	t.Parallel()
	for _, c := range limits {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if err := c.of(c.n).Validate(); err != nil {
				t.Errorf("%d: got %v, want nil", c.n, err)
			}
			if err := c.of(c.n + 1).Validate(); err == nil {
				t.Errorf("%d: got nil, want an error", c.n+1)
			}
		})
	}
}

func TestWhatNoMessageHas(t *testing.T) {
	t.Parallel()
	chart := func(title string, targets []float64, values ...float64) bot.Message {
		return bot.Message{Chart: &bot.Chart{
			Title: title, Groups: []string{"a", "b"}, Series: []bot.Series{{Name: "s", Values: values}}, Targets: targets,
		}}
	}
	blank := func(n int) bot.Message {
		msg := chart("t", nil, 1, 2)
		msg.Chart.Series[0].Blank = make([]bool, n)
		return msg
	}
	for _, c := range []struct {
		name string
		msg  bot.Message
	}{
		{"nothing", bot.Message{Private: true}},
		{"invalid UTF-8", bot.Message{Title: "\xff"}},
		{"a control character in a title", bot.Message{Title: "a\x1b[2J"}},
		{"a control character of C1 in a text", bot.Message{Text: []string{"a\u009b2J"}}},
		{"a tab in a text", bot.Message{Text: []string{"a\tb"}}},
		{"a line break in a title", bot.Message{Title: "a\nb"}},
		{"a line break in a cell", table(1, "a\nb")},
		{"a line break in a label", button("a\nb", "show")},
		{"a line break in a button's line", button("a", "note #1 a\nb")},
		{"a line break in an option", option("a\nb", "show")},
		{"a button without a label", button("", "show")},
		{"a button without a line", button("a", "")},
		{"an option without a label", option("", "show")},
		{"two buttons of one line", bot.Message{Buttons: append(manyButtons(1), manyButtons(1)...)}},
		{"two options of one line", bot.Message{Menu: &bot.Menu{Options: append(manyButtons(1), manyButtons(1)...)}}},
		{"a row with too few cells", table(2, "a")},
		{"a row with too many cells", table(1, "a", "b")},
		{"a form without a line", bot.Message{Form: &bot.Form{}}},
		{"a field without a name", formOf(bot.FormField{})},
		{"two fields of one name", formOf(bot.FormField{Name: "a"}, bot.FormField{Name: "a"})},
		{"too few values in a chart", chart("t", nil, 1)},
		{"too few targets in a chart", chart("t", []float64{1}, 1, 2)},
		{"too few blanks in a chart", blank(1)},
		{"too many blanks in a chart", blank(3)},
		{"a value that is no number", chart("t", nil, 1, math.NaN())},
		{"a target without an end", chart("t", []float64{1, math.Inf(1)}, 1, 2)},
		{"a control character in a chart", chart("\x1b", nil, 1, 2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if err := c.msg.Validate(); err == nil {
				t.Error("got nil, want an error")
			}
		})
	}
}

func TestSeriesKnown(t *testing.T) {
	t.Parallel()
	values := []float64{1, 2, 3}
	for _, c := range []struct {
		name   string
		series bot.Series
		known  []int // of the groups -1 to 3
	}{
		{"no values", bot.Series{}, nil},
		{"no blanks", bot.Series{Values: values}, []int{0, 1, 2}},
		{"one blank", bot.Series{Values: values, Blank: []bool{false, true, false}}, []int{0, 2}},
		{"too few blanks", bot.Series{Values: values, Blank: []bool{true}}, []int{1, 2}},
		{"too many blanks", bot.Series{Values: values, Blank: make([]bool, 9)}, []int{0, 1, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var known []int
			for group := -1; group <= 3; group++ {
				if c.series.Known(group) {
					known = append(known, group)
				}
			}
			if !slices.Equal(known, c.known) {
				t.Errorf("got %v, want %v", known, c.known)
			}
		})
	}
}

func TestValidateNamesEverything(t *testing.T) {
	t.Parallel()
	msg := bot.Message{Title: "a\nb", Note: "\x00", Buttons: []bot.Button{{Label: "a", Line: long(40)}}}
	err := msg.Validate()
	for _, want := range []string{"title has a line break", "note has control characters", "80 bytes, want 1 to 64"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}
