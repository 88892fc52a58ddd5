package telegrambot

import (
	"fmt"
	"strconv"
	"strings"
)

// A verb is what a button of this package's own does.
type verb string

const (
	// page shows page b of the buttons below message a of a drawing.
	page verb = "page"
	// more shows the texts of message a of a drawing from number b on.
	more verb = "more"
	// pick answers a form's question with its option b.
	pick verb = "pick"
)

// A press is what a button of this package's own sends in place of a line. Like
// a line it comes from outside: it may be old, and whoever forges it may say
// anything.
type press struct {
	what verb
	// kept is the number under which what was drawn is kept: see painter.
	kept int64
	// a and b count from 0. Message 0 of a drawing is the message itself, 1 its
	// first detail.
	a, b int
}

// marker begins a press. Lines are canonical English and never begin with it.
const marker = "…"

// String writes a press as a button sends it.
func (p press) String() string { return fmt.Sprintf("%s%s %d %d %d", marker, p.what, p.kept, p.a, p.b) }

// pressed reads what a button sent; ok is false when that is a line.
func pressed(sent string) (p press, ok bool) {
	sent, marked := strings.CutPrefix(sent, marker)
	words := strings.Split(sent, " ")
	if !marked || len(words) != 4 {
		return press{}, false
	}
	switch p.what = verb(words[0]); p.what {
	case page, more, pick:
	default:
		return press{}, false
	}
	kept, err := strconv.ParseUint(words[1], 10, 63)
	if err != nil {
		return press{}, false
	}
	a, err := strconv.ParseUint(words[2], 10, 31)
	if err != nil {
		return press{}, false
	}
	b, err := strconv.ParseUint(words[3], 10, 31)
	if err != nil {
		return press{}, false
	}
	p.kept, p.a, p.b = int64(kept), int(a), int(b)
	return p, true
}
