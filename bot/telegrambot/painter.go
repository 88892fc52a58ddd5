package telegrambot

import (
	"slices"

	"fifteen/bot"
)

// A painter draws messages in one person's language.
type painter struct {
	words  bot.Words
	locale string
	// kept is the number under which whoever sends a drawing keeps its message, so
	// that its presses find it again; 0 for none but the place it was sent to.
	kept int64
}

func (p painter) say(key string, args ...any) string { return p.words.Say(p.locale, key, args...) }

// draw draws a message, and its details behind it. How many calls there are
// depends on nothing but the message and the language, because a post is
// continued where it was left. There is at least one.
func (p painter) draw(msg bot.Message) []call {
	calls := p.message(msg, 0)
	calls[0].edit = msg.Redraw && calls[0].chart == nil && calls[0].reply == nil
	for i, detail := range msg.Details {
		detail.Private = detail.Private || msg.Private
		calls = append(calls, p.message(detail, i+1)...)
	}
	return calls
}

// message draws a message without its details: its texts, with the buttons below
// the last of them, and its picture.
func (p painter) message(msg bot.Message, section int) []call {
	pages := p.below(msg, section)
	calls := p.texts(msg, section, len(pages) > 0)
	if msg.Chart != nil && pictured(*msg.Chart) {
		calls = append(calls, photo(*msg.Chart))
	}
	if len(calls) == 0 {
		text := ellipsis
		if len(pages) > 0 {
			text = p.say("telegram.choose")
		}
		calls = []call{{method: sendMessage, text: rich{text: text}}}
	}
	last := &calls[0] // of the texts, if there are any
	for i := range calls {
		calls[i].section, calls[i].private = section, msg.Private
		if calls[i].chart == nil {
			last = &calls[i]
		}
	}
	if len(pages) > 0 {
		last.pages = pages
	} else if asks(msg) && forces(msg) {
		last.reply = reply(msg.Form.Fields[0])
	}
	return calls
}

// texts draws what a message says, in as many texts as it needs. Those beyond
// what it may become wait behind a button, and then what it asks and its note
// stand on their own, in sight.
func (p painter) texts(msg bot.Message, section int, buttons bool) []call {
	said, tail := body(msg), p.tail(msg)
	whole := said
	whole.paragraph(tail)
	if parts := split(whole, maxText-markRoom); len(parts) <= most(section) {
		return p.stretch(parts, section, 0)
	}
	calls := p.stretch(split(said, maxText-markRoom), section, 0)
	if tail.text == "" && (buttons || asks(msg)) { // which need a text of their own
		tail = rich{text: p.say("telegram.choose")}
	}
	for _, part := range split(tail, maxText-markRoom) {
		calls = append(calls, call{method: sendMessage, text: part})
	}
	return calls
}

// onward draws the texts of a message or of a detail that wait behind a button,
// from number from on. It draws none when there are no such texts.
func (p painter) onward(msg bot.Message, section, from int) []call {
	private := msg.Private
	if section > len(msg.Details) {
		return nil
	}
	if section > 0 {
		msg = msg.Details[section-1]
	}
	parts := split(body(msg), maxText-markRoom)
	if from >= len(parts) {
		return nil
	}
	calls := p.stretch(parts, section, from)
	for i := range calls {
		calls[i].section, calls[i].private = section, private || msg.Private
	}
	return calls
}

// most is how many texts of a message are shown at once.
func most(section int) int {
	if section > 0 {
		return maxDetailParts
	}
	return maxParts
}

// stretch draws as many texts as are shown at once, each with a mark that says
// which it is, and a button for what is left.
func (p painter) stretch(parts []rich, section, from int) []call {
	to := min(len(parts), from+most(section))
	calls := make([]call, 0, to-from)
	for i, part := range parts[from:to] {
		if len(parts) > 1 {
			mark := shorten(p.say("telegram.part", "number", from+i+1, "of", len(parts)), markRoom-2)
			part.add("\n\n", rich{text: mark})
		}
		calls = append(calls, call{method: sendMessage, text: part})
	}
	left := 0
	for _, part := range parts[to:] {
		left += part.lines()
	}
	if to < len(parts) {
		on := p.key(p.say("telegram.more", "count", left), press{what: more, kept: p.kept, a: section, b: to})
		calls[len(calls)-1].pages = []keyboard{{Rows: [][]key{{on}}}}
	}
	return calls
}

// below lays out the buttons of a message; there may be none.
func (p painter) below(msg bot.Message, section int) []keyboard {
	buttons := msg.Buttons
	var options []key
	if msg.Menu != nil {
		options = keys(msg.Menu.Options)
	}
	switch {
	case msg.Form == nil:
	case !asks(msg): // a form without a question is its line
		buttons = append(slices.Clip(buttons), bot.Button{Label: msg.Form.Title, Line: msg.Form.Line})
	case forces(msg):
		buttons = nil // what is left of them leaves the form
	default:
		var ways []bot.Button
		buttons, ways = partWays(*msg.Form, buttons)
		options = append(append(options, p.options(*msg.Form)...), keys(ways)...)
	}
	return p.pages(keys(buttons), options, section)
}
