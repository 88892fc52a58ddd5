package bot

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a message. They are the strictest of the platforms' own where a
// part cannot be split; longer texts and tables are split by each renderer.
// Lengths are in runes unless marked.
const (
	MaxTitle       = 150    // Slack: header block
	MaxParagraph   = 3_000  // Slack: section block
	MaxText        = 40_000 // Slack: a message's text
	MaxFields      = 50     // Slack: blocks a message, one field each at worst
	MaxFieldValue  = 2_000  // Slack: a section's field
	MaxButtons     = 25     // Slack: elements of an actions block
	MaxButtonLabel = 75     // Slack: button text
	MaxButtonLine  = 64     // bytes; Telegram: callback_data
	MaxOptions     = 100    // Slack: options of a select
	MaxOptionLabel = 75     // Slack: option text
	MaxOptionValue = 150    // Slack: option value
	MaxHint        = 150    // Slack: placeholder of an input
	MaxFormFields  = 10     // ours: more is a questionnaire
	MaxColumns     = 20     // ours: more cannot be read on a phone
	MaxCell        = 200    // ours
	MaxNote        = 2_000  // Slack: context block
)

// Validate returns an error that names every limit the message breaks, or nil.
// It guards against programming errors: whoever builds a message shortens what
// people wrote.
func (m Message) Validate() error {
	var v violations
	if m.Empty() {
		v.add("message is empty")
	}
	v.line("title", m.Title, MaxTitle)
	m.validateText(&v)
	m.validateTable(&v)
	m.validateChart(&v)
	m.validateActions(&v)
	m.validateForm(&v)
	v.text("note", m.Note, MaxNote)
	for i, detail := range m.Details {
		if len(detail.Details) > 0 {
			v.add("detail %d has details", i)
		}
		if err := detail.Validate(); err != nil {
			v.add("detail %d: %w", i, err)
		}
	}
	return errors.Join(v...)
}

func (m Message) validateText(v *violations) {
	total := 0
	for i, paragraph := range m.Text {
		v.text(fmt.Sprintf("text %d", i), paragraph, MaxParagraph)
		total += utf8.RuneCountInString(paragraph)
	}
	v.most("text", total, MaxText)
	v.most("fields", len(m.Fields), MaxFields)
	for i, field := range m.Fields {
		v.line(fmt.Sprintf("field %d label", i), field.Label, MaxTitle)
		v.text(fmt.Sprintf("field %d value", i), field.Value, MaxFieldValue)
	}
}

func (m Message) validateTable(v *violations) {
	if m.Table == nil {
		return
	}
	v.most("columns", len(m.Table.Columns), MaxColumns)
	for _, column := range m.Table.Columns {
		v.line("column", column.Name, MaxCell)
	}
	for i, row := range m.Table.Rows {
		if len(row) != len(m.Table.Columns) {
			v.add("table row %d has %d cells, want %d", i, len(row), len(m.Table.Columns))
		}
		for _, cell := range row {
			v.line(fmt.Sprintf("table row %d cell", i), cell, MaxCell)
		}
	}
}

func (m Message) validateChart(v *violations) {
	if m.Chart == nil {
		return
	}
	v.line("chart title", m.Chart.Title, MaxTitle)
	v.line("chart unit", m.Chart.Unit, MaxCell)
	for _, group := range m.Chart.Groups {
		v.line("chart group", group, MaxCell)
	}
	v.finite("chart targets", m.Chart.Targets)
	for _, series := range m.Chart.Series {
		v.line("chart series", series.Name, MaxCell)
		v.finite("chart values", series.Values)
		if len(series.Values) != len(m.Chart.Groups) {
			v.add("chart series %q has %d values, want %d", series.Name, len(series.Values), len(m.Chart.Groups))
		}
		if n := len(series.Blank); n != 0 && n != len(series.Values) {
			v.add("chart series %q has %d blanks, want %d", series.Name, n, len(series.Values))
		}
	}
	if n := len(m.Chart.Targets); n != 0 && n != len(m.Chart.Groups) {
		v.add("chart has %d targets, want %d", n, len(m.Chart.Groups))
	}
}

func (m Message) validateActions(v *violations) {
	v.most("buttons", len(m.Buttons), MaxButtons)
	seen := map[string]bool{}
	for _, button := range m.Buttons {
		v.action(button, MaxButtonLabel, seen)
	}
	if m.Menu == nil {
		return
	}
	v.line("menu label", m.Menu.Label, MaxTitle)
	v.most("menu options", len(m.Menu.Options), MaxOptions)
	seen = map[string]bool{}
	for _, option := range m.Menu.Options {
		v.action(option, MaxOptionLabel, seen)
	}
}

func (m Message) validateForm(v *violations) {
	if m.Form == nil {
		return
	}
	v.line("form title", m.Form.Title, MaxTitle)
	v.button("form", m.Form.Line)
	v.most("form fields", len(m.Form.Fields), MaxFormFields)
	seen := map[string]bool{}
	for _, field := range m.Form.Fields {
		v.line("form field label", field.Label, MaxTitle)
		v.line("form field hint", field.Hint, MaxHint)
		v.most("form field options", len(field.Options), MaxOptions)
		for _, option := range field.Options {
			v.line("form field option", option.Label, MaxOptionLabel)
			v.line("form field option's value", option.Value, MaxOptionValue)
		}
		if field.Name == "" || seen[field.Name] {
			v.add("form field %q is unnamed or there twice", field.Name)
		}
		seen[field.Name] = true
	}
}

// violations collects what is wrong with a message.
type violations []error

func (v *violations) add(format string, args ...any) { *v = append(*v, fmt.Errorf(format, args...)) }

func (v *violations) most(what string, n, limit int) {
	if n > limit {
		v.add("%s: %d, at most %d", what, n, limit)
	}
}

// text checks words that may have line breaks.
func (v *violations) text(what, s string, limit int) {
	v.most(what, utf8.RuneCountInString(s), limit)
	if !utf8.ValidString(s) {
		v.add("%s is not valid UTF-8", what)
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
		v.add("%s has control characters", what)
	}
}

// line checks words that must stay on one line.
func (v *violations) line(what, s string, limit int) {
	v.text(what, s, limit)
	if strings.Contains(s, "\n") {
		v.add("%s has a line break", what)
	}
}

// finite checks numbers: neither a picture nor JSON can hold what is none.
func (v *violations) finite(what string, numbers []float64) {
	for _, n := range numbers {
		if math.IsNaN(n) || math.IsInf(n, 0) {
			v.add("%s: %v is no number", what, n)
		}
	}
}

func (v *violations) action(b Button, limit int, seen map[string]bool) {
	if b.Label == "" {
		v.add("the button of %q has no label", b.Line)
	}
	v.line("button label", b.Label, limit)
	v.button("button", b.Line)
	if seen[b.Line] {
		v.add("line %q is there twice", b.Line)
	}
	seen[b.Line] = true
}

// button checks a line that a button, an option or a form sends.
func (v *violations) button(what, line string) {
	v.line(what+" line", line, MaxButtonLine)
	if line == "" || len(line) > MaxButtonLine {
		v.add("%s line %q has %d bytes, want 1 to %d", what, line, len(line), MaxButtonLine)
	}
}
