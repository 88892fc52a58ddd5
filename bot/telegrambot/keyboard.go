package telegrambot

import (
	"encoding/json"
	"fmt"
	"slices"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// A key is a button below a message.
// Source: https://core.telegram.org/bots/api#inlinekeyboardbutton.
type key struct {
	Text string `json:"text"`
	// Data is the button's line, or a press.
	Data string `json:"callback_data"`
}

// A keyboard is rows of buttons below a message.
// Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup.
type keyboard struct {
	Rows [][]key `json:"inline_keyboard"`
}

// keys draws buttons. Their lines are their data.
func keys(buttons []bot.Button) []key {
	all := make([]key, len(buttons))
	for i, button := range buttons {
		all[i] = key{Text: seen(button.Label), Data: button.Line}
	}
	return all
}

// seen is a label that can be seen.
func seen(label string) string {
	if label = trimmed(plain.Line(label)); !blank(label) {
		return label
	}
	return ellipsis
}

// pages lays keys out as one or more keyboards, of which a message shows one.
// The first ones stay together as long as there is room; of the options no more
// than pageOptions stand on a page. section is the message of a drawing that the
// keyboard belongs to.
func (p painter) pages(first, options []key, section int) []keyboard {
	all := append(slices.Clip(first), options...)
	var groups [][]key
	group := make([]key, 0, len(all))
	size, listed := 0, 0
	fixed := len(`{"inline_keyboard":[]}`) + bytesOf(p.turns(1, bot.MaxOptions, section))
	for i, k := range all {
		isOption := i >= len(first)
		full := len(group)+2 >= maxKeyboard || size+fixed+bytesOf([]key{k}) > maxKeyboardBytes
		if len(group) > 0 && (full || isOption && listed == pageOptions) {
			groups, group, size, listed = append(groups, group), nil, 0, 0
		}
		group, size = append(group, k), size+bytesOf([]key{k})
		if isOption {
			listed++
		}
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	boards := make([]keyboard, len(groups))
	left := len(all)
	for i, group := range groups {
		left -= len(group)
		boards[i].Rows = rows(group)
		if turn := p.turns(i, left, section); len(turn) > 0 {
			boards[i].Rows = append(boards[i].Rows, turn)
		}
	}
	return boards
}

// turns are the buttons below page number at that lead to others. The one that
// leads on says how many buttons are there.
func (p painter) turns(at, left, section int) []key {
	var turn []key
	if at > 0 {
		turn = append(turn, p.key(p.say("telegram.back"), press{what: page, kept: p.kept, a: section, b: at - 1}))
	}
	if left > 0 {
		turn = append(turn, p.key(p.say("telegram.next", "count", left), press{what: page, kept: p.kept, a: section, b: at + 1}))
	}
	return turn
}

// key is a button of this package's own.
func (p painter) key(label string, does press) key {
	return key{Text: shorten(seen(label), bot.MaxButtonLabel), Data: does.String()}
}

// rows lays keys out side by side as far as their labels can be read there: the
// buttons of a row are all as wide as the widest.
func rows(all []key) [][]key {
	var laid [][]key
	row := make([]key, 0, maxRow)
	widest := 0
	for _, k := range all {
		width := max(widest, plain.Cells(k.Text)+2)
		if len(row) > 0 && (len(row) == maxRow || width*(len(row)+1) > rowCells) {
			laid, row, width = append(laid, row), nil, plain.Cells(k.Text)+2
		}
		row, widest = append(row, k), width
	}
	if len(row) > 0 {
		laid = append(laid, row)
	}
	return laid
}

// bytesOf is how long keys are in JSON, each in a row of its own at worst.
func bytesOf(keys []key) int {
	size := 0
	for _, k := range keys {
		raw, err := json.Marshal(k)
		if err != nil { // two strings
			panic(fmt.Sprintf("encode a key: %v", err))
		}
		size += len(raw) + len(",[]")
	}
	return size
}
