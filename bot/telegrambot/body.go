package telegrambot

import (
	"strings"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// body writes what a message says above what it asks.
func body(msg bot.Message) rich {
	var r rich
	if asks(msg) && msg.Title == msg.Form.Fields[0].Label {
		msg.Title = "" // it is asked below
	}
	r.paragraph(styled(bold, literalLine(msg.Title)))
	for _, paragraph := range msg.Text {
		r.paragraph(rich{text: trimmed(literal(paragraph))})
	}
	r.paragraph(fieldLines(msg.Fields))
	if msg.Table != nil {
		r.paragraph(table(*msg.Table))
	}
	if msg.Chart != nil && !pictured(*msg.Chart) {
		r.paragraph(oneWidth(plain.Chart(*msg.Chart)))
	}
	if msg.Menu != nil {
		r.paragraph(rich{text: literalLine(msg.Menu.Label)})
	}
	return r
}

// tail writes what a message asks, and its note.
func (p painter) tail(msg bot.Message) rich {
	var r rich
	if asks(msg) {
		r.paragraph(p.question(*msg.Form, forces(msg)))
	}
	r.paragraph(small(msg.Note))
	return r
}

// small writes the note: Telegram has no smaller letters, so it leans.
func small(note string) rich {
	var lines []rich
	for line := range strings.SplitSeq(trimmed(literal(note)), "\n") {
		lines = append(lines, styled(italic, trimmed(line)))
	}
	return joined(lines)
}

// fieldLines writes labelled values, a line each.
func fieldLines(fields []bot.Field) rich {
	lines := make([]rich, 0, len(fields))
	for _, field := range fields {
		line := styled(bold, literalLine(field.Label))
		line.add("  ", rich{text: trimmed(literal(field.Value))})
		if !blank(line.text) {
			lines = append(lines, line)
		}
	}
	return joined(lines)
}

// table writes a table for a phone. One that has heads and is narrow is a grid
// in letters of one width. Any other is a list, which a phone can wrap: a line
// for each row, the first cell in bold, each other one behind the name of its column.
func table(t bot.Table) rich {
	named := false
	for _, column := range t.Columns {
		named = named || !blank(column.Name)
	}
	if grid := plain.TableWithin(t, maxText); named && narrow(grid) {
		return oneWidth(grid)
	}
	lines := make([]rich, 0, len(t.Rows))
	for _, row := range t.Rows {
		if line := listed(t.Columns, row); !blank(line.text) {
			lines = append(lines, line)
		}
	}
	return joined(lines)
}

// listed writes a row of a list. Cells without anything to be seen are left out.
func listed(columns []bot.Column, row []string) rich {
	var line rich
	for i, cell := range row {
		text := literalLine(cell)
		if blank(text) {
			continue
		}
		if name := literalLine(columns[i].Name); i > 0 && !blank(name) {
			text = name + " " + text
		}
		switch {
		case i == 0:
			line = styled(bold, text)
		case i > 0 && len(line.spans) == 1 && line.spans[0].end == len(line.text):
			line.add("  ", rich{text: text})
		default:
			line.add(" · ", rich{text: text})
		}
	}
	return line
}

// narrow tells whether lines fit side by side on a phone.
func narrow(lines []string) bool {
	for _, line := range lines {
		if plain.Cells(strings.TrimRight(line, " ")) > gridCells {
			return false
		}
	}
	return true
}

// oneWidth writes lines in letters of one width. Blanks that begin a line do not
// break, because Telegram takes others away where a text begins.
func oneWidth(lines []string) rich {
	drawn := make([]string, len(lines))
	for i, line := range lines {
		line = strings.TrimRight(literal(line), " ")
		kept := strings.TrimLeft(line, " ")
		drawn[i] = strings.Repeat("\u00A0", len(line)-len(kept)) + kept
	}
	return styled(pre, strings.Join(drawn, "\n"))
}

// trimmed takes away blanks and line breaks around a text.
func trimmed(text string) string { return strings.Trim(text, " \n") }
