package slackbot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// gridRoom is how many cells stand before a grid's last column at most; what is
// wider is drawn as a list. Ours: a phone shows about 40.
const gridRoom = 60

// A part is one message of Slack's that a message of the bot's became.
type part struct {
	// text is what notifications and screen readers say.
	text   string
	blocks []slack.Block
}

// piece is a block with its length, and for text the lines it holds, so that
// what does not fit can be counted.
type piece struct {
	block slack.Block
	size  int
	lines int
}

// draw draws a message as one or more of Slack's. The picture of a chart is not
// among them.
func (p painter) draw(msg bot.Message) []part {
	var body []piece
	if title := bold(msg.Title); title != "" {
		body = append(body, piece{block: section(title), size: utf8.RuneCountInString(title), lines: 1})
	}
	for _, paragraph := range msg.Text {
		body = append(body, texts(strings.Split(safe(paragraph), "\n"), "", "")...)
	}
	body = append(body, texts(fieldLines(msg.Fields), "", "")...)
	if msg.Table != nil {
		body = append(body, tablePieces(*msg.Table)...)
	}
	return p.parts(summary(msg), body, p.tail(msg))
}

// drawn is text that replaces a chart where no picture can be shown.
func drawn(c bot.Chart) []piece { return codePieces(plain.Chart(c)) }

// section is a block of markup. Verbatim keeps Slack from linking what people
// wrote.
func section(markup string) slack.Block {
	return slack.NewSectionBlock(slack.NewTextBlockObject(slack.MarkdownType, markup, false, true), nil, nil)
}

// fieldLines draws labelled values, a line each.
func fieldLines(fields []bot.Field) []string {
	var lines []string
	for _, field := range fields {
		label := bold(field.Label)
		for line := range strings.SplitSeq(safe(field.Value), "\n") {
			lines = append(lines, strings.TrimSpace(label+"  "+line))
			label = ""
		}
	}
	return lines
}

// tablePieces draws a table. One with heads is a grid in letters of one width, if
// it is no wider than the room for it. Every other is a list, which a phone can
// wrap: a line each row.
func tablePieces(t bot.Table) []piece {
	named := slices.ContainsFunc(t.Columns, func(c bot.Column) bool { return c.Name != "" })
	if named && plain.Fits(t, gridRoom) {
		return codePieces(plain.TableWithin(t, gridRoom))
	}
	lines := make([]string, len(t.Rows))
	for i, row := range t.Rows {
		lines[i] = listLine(t.Columns, row)
	}
	return texts(lines, "", "")
}

// listLine draws a row: its first cell in bold, and if that is a number what it
// numbers too; then the others, each behind its column's head.
func listLine(columns []bot.Column, row []string) string {
	if len(row) == 0 {
		return ""
	}
	head, rest := row[0], 1
	if len(row) > 1 && columns[1].Name == "" && strings.Trim(head, "0123456789") == "" {
		head, rest = head+"  "+row[1], 2
	}
	var cells []string
	for i := rest; i < min(len(row), len(columns)); i++ {
		if cell := safe(plain.Line(row[i])); cell != "" {
			cells = append(cells, strings.TrimSpace(safe(plain.Line(columns[i].Name))+" "+cell))
		}
	}
	return strings.TrimSpace(bold(head) + "  " + strings.Join(cells, " · "))
}

// codePieces draws lines in letters of one width.
func codePieces(lines []string) []piece {
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = strings.TrimSuffix(strings.TrimPrefix(code([]string{line}), "```\n"), "\n```")
	}
	return texts(escaped, "```\n", "\n```")
}

// texts puts lines of markup into as few blocks as Slack's limit allows, each
// between before and behind. Lines too long for a block are cut in several.
func texts(lines []string, before, behind string) []piece {
	room := blockRoom - len(before) - len(behind)
	var pieces []piece
	var b strings.Builder
	held, size := 0, 0
	flush := func() {
		if strings.TrimSpace(b.String()) != "" {
			text := before + b.String() + behind
			pieces = append(pieces, piece{block: section(text), size: utf8.RuneCountInString(text), lines: held})
		}
		b.Reset()
		held, size = 0, 0
	}
	for _, line := range lines {
		for _, chunk := range chunks(line, room) {
			n := utf8.RuneCountInString(chunk)
			if held > 0 && size+1+n > room {
				flush()
			}
			if held > 0 {
				b.WriteByte('\n')
				size++
			}
			b.WriteString(chunk)
			held, size = held+1, size+n
		}
	}
	flush()
	return pieces
}

// chunks cuts a line of markup into pieces of at most n runes, at a blank where
// there is one and never within an escaped character.
func chunks(line string, n int) []string {
	var cut []string
	for utf8.RuneCountInString(line) > n {
		runes := []rune(line)
		end := n
		for i := n; i > n/2; i-- {
			if runes[i-1] == ' ' {
				end = i
				break
			}
		}
		for back := end - 1; back > 0 && back > end-5; back-- { // &amp; has five
			if runes[back] == '&' && !strings.ContainsRune(string(runes[back:end]), ';') {
				end = back
			}
		}
		cut = append(cut, strings.TrimRight(string(runes[:end]), " "))
		line = string(runes[end:])
	}
	return append(cut, line)
}

// maxSummary keeps a notification's text below the 4,000 bytes that chat.update
// takes (measured), whatever it is written in and however much of it is escaped.
const maxSummary = 800

// summary is the text of a message's notification.
func summary(msg bot.Message) string {
	words := msg.Title
	for _, paragraph := range msg.Text {
		words = strings.TrimSpace(words + "\n" + paragraph)
	}
	if words == "" {
		words = msg.Note
	}
	if words == "" && len(msg.Fields) > 0 {
		words = msg.Fields[0].Label + " " + msg.Fields[0].Value
	}
	if words == "" && msg.Table != nil && len(msg.Table.Rows) > 0 {
		words = strings.Join(msg.Table.Rows[0], " · ")
	}
	return safe(shorten(words, maxSummary))
}

// shorten cuts text to at most n runes, the last one an ellipsis when it was
// longer.
func shorten(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}
