package telegrambot

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"

	"pgregory.net/rapid"
)

// message is a generator of messages that are valid and hostile.
func message(details bool) *rapid.Generator[bot.Message] {
	return rapid.Custom(func(t *rapid.T) bot.Message {
		msg := bot.Message{
			Title:   text(bot.MaxTitle, true).Draw(t, "title"),
			Text:    rapid.SliceOfN(text(bot.MaxParagraph, false), 0, 6).Draw(t, "text"),
			Note:    text(bot.MaxNote, false).Draw(t, "note"),
			Private: rapid.Bool().Draw(t, "private"), Redraw: rapid.Bool().Draw(t, "redraw"),
		}
		for range some(t, "fields", bot.MaxFields) {
			msg.Fields = append(msg.Fields, bot.Field{
				Label: text(bot.MaxTitle, true).Draw(t, "label"), Value: text(bot.MaxFieldValue, false).Draw(t, "value"),
			})
		}
		msg.Buttons = buttons(t, "buttons", bot.MaxButtons)
		if rapid.Bool().Draw(t, "menu") {
			msg.Menu = &bot.Menu{Label: text(bot.MaxTitle, true).Draw(t, "menu label"), Options: buttons(t, "options", bot.MaxOptions)}
		}
		if rapid.Bool().Draw(t, "table") {
			msg.Table = grid(t)
		}
		if rapid.Bool().Draw(t, "chart") {
			msg.Chart = chart(t)
		}
		if rapid.Bool().Draw(t, "form") {
			msg.Form = form(t)
		}
		if details {
			msg.Details = rapid.SliceOfN(message(false), 0, 2).Draw(t, "details")
		}
		if msg.Empty() {
			msg.Note = "nothing"
		}
		return msg
	})
}

// some is a number from 0 to n, small as a rule and n now and then.
func some(t *rapid.T, what string, n int) int {
	return rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, n), rapid.Just(n)).Draw(t, what)
}

func buttons(t *rapid.T, what string, n int) []bot.Button {
	all := make([]bot.Button, 0, n)
	for i := range some(t, what, n) {
		label := text(bot.MaxButtonLabel, true).Draw(t, "label")
		if label == "" {
			label = "\u200b"
		}
		line := fmt.Sprintf("%d ", i) + rapid.SampledFrom([]string{"x", strings.Repeat("<", 60), strings.Repeat("日", 19)}).Draw(t, "line")
		all = append(all, bot.Button{Label: label, Line: line})
	}
	return all
}

func grid(t *rapid.T) *bot.Table {
	var table bot.Table
	for range some(t, "columns", bot.MaxColumns) {
		table.Columns = append(table.Columns, bot.Column{Name: text(20, true).Draw(t, "name"), Right: rapid.Bool().Draw(t, "right")})
	}
	for range some(t, "rows", 40) {
		row := make([]string, len(table.Columns))
		for i := range row {
			row[i] = text(rapid.SampledFrom([]int{3, 3, bot.MaxCell}).Draw(t, "room"), true).Draw(t, "cell")
		}
		table.Rows = append(table.Rows, row)
	}
	return &table
}

func chart(t *rapid.T) *bot.Chart {
	c := bot.Chart{Title: text(bot.MaxTitle, true).Draw(t, "chart title"), Unit: text(10, true).Draw(t, "unit")}
	for range some(t, "groups", 20) {
		c.Groups = append(c.Groups, text(bot.MaxCell, true).Draw(t, "group"))
	}
	for range some(t, "series", 8) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), len(c.Groups), len(c.Groups)).Draw(t, "values")
		c.Series = append(c.Series, bot.Series{Name: text(bot.MaxCell, true).Draw(t, "series"), Values: values})
	}
	return &c
}

func form(t *rapid.T) *bot.Form {
	f := bot.Form{Title: text(bot.MaxTitle, true).Draw(t, "form title"), Line: "deal add"}
	for i := range some(t, "form fields", bot.MaxFormFields) {
		field := bot.FormField{
			Name: fmt.Sprint(i), Label: text(bot.MaxTitle, true).Draw(t, "label"), Hint: text(bot.MaxHint, true).Draw(t, "hint"),
			Optional: rapid.Bool().Draw(t, "optional"),
		}
		for j := range some(t, "form options", bot.MaxOptions) {
			label := text(bot.MaxOptionLabel, true).Draw(t, "label")
			field.Options = append(field.Options, bot.Option{Label: label, Value: fmt.Sprint(j)})
		}
		f.Fields = append(f.Fields, field)
	}
	return &f
}

// TestTelegramTakesWhatIsValid draws random messages that Validate takes, and
// presses all their buttons that show more of them: Telegram refuses no call,
// every word is in one of them, and every button and option once.
func TestTelegramTakesWhatIsValid(t *testing.T) {
	t.Parallel()
	p := painter{words: bottest.Keys{}, kept: 1<<63 - 1}
	rapid.Check(t, func(t *rapid.T) {
		msg := message(true).Draw(t, "message")
		if err := msg.Validate(); err != nil {
			t.Fatalf("the generator made what is not valid: %v", err)
		}
		calls := everyCall(p, msg)
		for i, c := range calls {
			for shown := range max(1, len(c.pages)) {
				for _, why := range refusals(c, shown) {
					t.Errorf("call %d, page %d: %s", i, shown, why)
				}
			}
			if c.private != (msg.Private || c.section > 0 && msg.Details[c.section-1].Private) && msg.Form == nil {
				t.Errorf("call %d: got private %v of a message that is private %v", i, c.private, msg.Private)
			}
		}
		for section, part := range append([]bot.Message{msg}, msg.Details...) {
			nothingIsLost(t, part, section, calls)
		}
	})
}

// nothingIsLost looks for all of a message's words, lines and options in calls.
func nothingIsLost(t *rapid.T, msg bot.Message, section int, calls []call) {
	var said strings.Builder
	sends := map[string]int{}
	for _, c := range calls {
		if c.section != section {
			continue
		}
		if c.chart == nil {
			said.WriteString(c.text.text)
		}
		for _, board := range c.pages {
			for _, row := range board.Rows {
				for _, k := range row {
					sends[k.Data]++
				}
			}
		}
	}
	all := said.String()
	for _, paragraph := range append([]string{msg.Title}, msg.Text...) {
		for word := range strings.FieldsSeq(literal(paragraph)) {
			if units(word) <= maxCluster && !blank(word) && !strings.Contains(all, word) {
				t.Errorf("section %d: got no %q in %q", section, word, all)
			}
		}
	}
	wanted := msg.Buttons
	if msg.Menu != nil {
		wanted = append(slices.Clip(wanted), msg.Menu.Options...)
	}
	times := map[string]int{}
	for _, button := range wanted {
		times[button.Line]++
	}
	for line, want := range times {
		if got := sends[line]; got != want {
			t.Errorf("section %d: got %d buttons that send %q, want %d", section, got, line, want)
		}
	}
}
