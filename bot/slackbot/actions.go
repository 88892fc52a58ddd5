package slackbot

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// painter draws messages in one person's language.
type painter struct {
	words  bot.Words
	locale string
	// most is how many messages a message may become; less than maxParts is
	// maxParts.
	most int
}

func (p painter) say(key string, args ...any) string { return p.words.Say(p.locale, key, args...) }

// tail draws what stands below a message's text: buttons, menu, form and note.
func (p painter) tail(msg bot.Message) []piece {
	row := msg.Buttons
	if msg.Form != nil { // whoever cannot be shown it at once opens it with a click
		row = append([]bot.Button{{Label: p.say("slack.open"), Line: msg.Form.Line}}, row...)
	}
	tail := buttons(row)
	if msg.Menu != nil {
		tail = append(tail, p.menu(*msg.Menu)...)
	}
	return append(tail, small(msg.Note)...)
}

// buttons draws buttons as one block. The line is the button's value, and its
// action's id too, which Slack wants to be unique.
func buttons(all []bot.Button) []piece {
	if len(all) == 0 {
		return nil
	}
	size := 0
	elements := make([]slack.BlockElement, len(all))
	for i, button := range all {
		label := visible(button.Label)
		elements[i] = slack.NewButtonBlockElement(button.Line, button.Line, label)
		size += utf8.RuneCountInString(label.Text) + len(button.Line)
	}
	return []piece{{block: slack.NewActionBlock("", elements...), size: size}}
}

// menuText is how many runes the options of one menu may have; a longer menu
// becomes several.
const menuText = maxAllText / 3

// menu draws a menu as one or more lists to choose from.
func (p painter) menu(m bot.Menu) []piece {
	var pieces []piece
	options := make([]*slack.OptionBlockObject, 0, len(m.Options))
	size := 0
	label := strings.TrimSpace(plain.Line(m.Label))
	if label == "" {
		label = p.say("slack.choose")
	}
	flush := func() {
		if len(options) == 0 {
			return
		}
		id := fmt.Sprintf("menu %d", len(pieces)+1)
		list := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, visible(label), id, options...)
		pieces = append(pieces, piece{block: slack.NewActionBlock("", list), size: size + len(label)})
		options, size = nil, 0
	}
	for _, option := range m.Options {
		shown := visible(option.Label)
		n := utf8.RuneCountInString(shown.Text) + len(option.Line)
		if size+n > menuText {
			flush()
		}
		options, size = append(options, slack.NewOptionBlockObject(option.Line, shown, nil)), size+n
	}
	flush()
	return pieces
}

// small draws small print.
func small(note string) []piece {
	markup := safe(strings.TrimSpace(note))
	if markup == "" {
		return nil
	}
	var pieces []piece
	for _, chunk := range texts(strings.Split(markup, "\n"), "", "") {
		text, _ := chunk.block.(*slack.SectionBlock)
		chunk.block = slack.NewContextBlock("", text.Text)
		pieces = append(pieces, chunk)
	}
	return pieces
}

// visible is a label that Slack shows as it is written.
func visible(label string) *slack.TextBlockObject {
	label = strings.TrimSpace(plain.Line(label))
	if label == "" {
		label = "…"
	}
	return slack.NewTextBlockObject(slack.PlainTextType, label, false, false)
}
