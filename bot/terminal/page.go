package terminal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// page is where answers are written, as text or as JSON.
type page struct {
	w    io.Writer
	json bool
	echo bool
	// spaced puts the blank line between messages below each answer, where the
	// prompt follows, instead of above the next one.
	spaced bool

	record  record
	gap     bool // a blank line stands before the next message
	started bool
	err     error // of the first write that failed; nothing is written after it
}

// record is what JSON output says of one line.
type record struct {
	Line string      `json:"line"`
	To   []addressed `json:"to"`
	At   string      `json:"at"`
}

// addressed is a message, with its addressee if it is not the answer.
type addressed struct {
	bot.Message
	For string `json:"for,omitempty"`
}

// begin starts the answer to a line.
func (p *page) begin(line string) {
	p.record = record{Line: line}
	if !p.echo || p.json {
		return
	}
	if p.started {
		p.write("\n")
	}
	p.write("> " + echoed(line) + "\n")
	p.started, p.gap = true, false
}

// echoed is a line as it is repeated above its answer. Of one that the Router
// refuses for its length only as much is repeated, and it says so.
func echoed(line string) string {
	runes := utf8.RuneCountInString(line)
	if runes <= bot.MaxLine {
		return plain.Line(line)
	}
	return fmt.Sprintf("%s… (%d characters)", plain.Line(string([]rune(line)[:bot.MaxLine])), runes)
}

// show writes a message below head, which is "" for none. JSON names the
// addressee instead.
func (p *page) show(head, to string, msg bot.Message) error {
	p.record.To = append(p.record.To, addressed{Message: msg, For: to})
	if p.json {
		return p.err
	}
	var b strings.Builder
	if p.gap {
		b.WriteByte('\n')
	}
	if head != "" {
		b.WriteString(plain.Line(head) + "\n")
	}
	b.WriteString(text(msg))
	p.write(b.String())
	p.started, p.gap = true, true
	return p.err
}

// empty tells whether nothing was shown since the last line began.
func (p *page) empty() bool { return len(p.record.To) == 0 }

// end closes the answer to a line.
func (p *page) end(at time.Time) error {
	switch {
	case p.json:
		p.writeRecord(at)
	case p.spaced && !p.empty():
		p.write("\n")
		p.gap = false
	}
	p.record = record{}
	return p.err
}

func (p *page) writeRecord(at time.Time) {
	p.record.At = at.UTC().Format(time.RFC3339)
	if p.record.To == nil {
		p.record.To = []addressed{}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(p.record); err != nil {
		p.err = fmt.Errorf("write answer: %w", err)
		return
	}
	p.write(escaped(b.String()))
}

// escaped escapes what JSON may hold as it is and a terminal would obey:
// control characters beyond ASCII and changes of direction.
func escaped(encoded string) string {
	var b strings.Builder
	for _, r := range encoded {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (p *page) write(text string) {
	if p.err != nil {
		return
	}
	if _, err := io.WriteString(p.w, text); err != nil {
		p.err = fmt.Errorf("write answer: %w", err)
	}
}
