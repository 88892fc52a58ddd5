package terminal

import (
	"strings"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// form draws what a form asks for, one field a line, as usage lines do: <must>
// and [may]. The last line is how to answer. What the message's title says
// already is not said again.
func form(f bot.Form, title string) []string {
	var lines []string
	if f.Title != "" && f.Title != title {
		lines = append(lines, plain.Line(f.Title))
	}
	names := make([]string, len(f.Fields))
	width := 0
	for i, field := range f.Fields {
		names[i] = "<" + plain.Line(field.Name) + ">"
		if field.Optional {
			names[i] = "[" + plain.Line(field.Name) + "]"
		}
		width = max(width, plain.Cells(names[i]))
	}
	var answer strings.Builder
	answer.WriteString(":fill")
	for i, field := range f.Fields {
		lines = append(lines, plain.Padded(names[i], width, false)+question(field, title))
		lines = append(lines, choices(field.Options, width+2)...)
		answer.WriteString(" " + plain.Line(field.Name) + "=…")
	}
	return append(lines, answer.String()+"  > "+plain.Line(f.Line))
}

// question is what a field asks, with an example behind it.
func question(field bot.FormField, title string) string {
	asked := ""
	if field.Label != title {
		asked = "  " + plain.Line(field.Label)
	}
	if field.Hint != "" {
		asked += "  (" + plain.Line(field.Hint) + ")"
	}
	return asked
}

// choices draws the values to choose from, as they are typed, with what they
// are called.
func choices(options []bot.Option, indent int) []string {
	values := make([]string, len(options))
	width := 0
	for i, option := range options {
		values[i] = plain.Line(option.Value)
		if strings.Contains(values[i], " ") && !strings.Contains(values[i], `"`) {
			values[i] = `"` + values[i] + `"`
		}
		width = max(width, plain.Cells(values[i]))
	}
	for i, option := range options {
		line := strings.Repeat(" ", indent) + values[i]
		if option.Label != option.Value {
			line = strings.Repeat(" ", indent) + plain.Padded(values[i], width, false) + "  " + plain.Line(option.Label)
		}
		values[i] = line
	}
	return values
}
