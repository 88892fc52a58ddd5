package terminal

import (
	"fmt"
	"io"
	"strings"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// Draw writes a message as plain text that ends in a line break. Whatever
// people's text holds, none of it controls the terminal. The parts that a
// terminal cannot show say what to type: a button its line, a form ":fill".
// Messages that break the limits of bot.Message are drawn all the same; an empty
// one writes nothing.
func Draw(w io.Writer, msg bot.Message) error {
	if _, err := io.WriteString(w, text(msg)); err != nil {
		return fmt.Errorf("draw message: %w", err)
	}
	return nil
}

// part is some lines of a message. One that stands apart has a blank line
// before and after it.
type part struct {
	lines []string
	apart bool
}

// text draws a message, and its details below it, each behind a blank line.
func text(msg bot.Message) string {
	var b strings.Builder
	write(&b, msg)
	for _, detail := range msg.Details {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		write(&b, detail)
	}
	return b.String()
}

func write(b *strings.Builder, msg bot.Message) {
	var before *part
	for _, p := range parts(msg) {
		if len(p.lines) == 0 {
			continue
		}
		if before != nil && (before.apart || p.apart) {
			b.WriteByte('\n')
		}
		for _, line := range p.lines {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
		before = &p
	}
}

// parts draws the parts of a message in the order they are shown.
func parts(msg bot.Message) []part {
	all := []part{{lines: head(msg)}, {lines: plain.Fields(msg.Fields)}}
	if msg.Table != nil {
		all = append(all, part{lines: plain.Table(*msg.Table), apart: true})
	}
	if msg.Chart != nil {
		all = append(all, part{lines: plain.Chart(*msg.Chart), apart: true})
	}
	all = append(all, part{lines: buttons(msg.Buttons)})
	if msg.Menu != nil {
		all = append(all, part{lines: menu(*msg.Menu)})
	}
	if msg.Form != nil {
		all = append(all, part{lines: form(*msg.Form, msg.Title)})
	}
	return append(all, part{lines: note(msg.Note)})
}

func head(msg bot.Message) []string {
	var lines []string
	if msg.Title != "" {
		lines = append(lines, plain.Line(msg.Title))
	}
	for _, paragraph := range msg.Text {
		lines = append(lines, strings.Split(plain.Text(paragraph), "\n")...)
	}
	return lines
}

// buttons draws one button a line, with the line that it sends.
func buttons(all []bot.Button) []string {
	labels := make([]string, len(all))
	width := 0
	for i, button := range all {
		labels[i] = "[" + plain.Line(button.Label) + "]"
		width = max(width, plain.Cells(labels[i]))
	}
	for i, button := range all {
		labels[i] = plain.Padded(labels[i], width, false) + "  > " + plain.Line(button.Line)
	}
	return labels
}

func menu(m bot.Menu) []string {
	lines := buttons(m.Options)
	if m.Label != "" {
		lines = append([]string{plain.Line(m.Label)}, lines...)
	}
	return lines
}

func note(small string) []string {
	if small == "" {
		return nil
	}
	lines := strings.Split(plain.Text(small), "\n")
	for i := range lines {
		lines[i] = "-- " + lines[i]
	}
	return lines
}
