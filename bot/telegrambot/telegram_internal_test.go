package telegrambot

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"fifteen/bot/draw"
)

// markup is whatever stands below a message.
type markup struct {
	Rows [][]struct {
		Text string `json:"text"`
		Data string `json:"callback_data"`
	} `json:"inline_keyboard"`
	Force       bool   `json:"force_reply"`
	Placeholder string `json:"input_field_placeholder"`
}

// refusals says what Telegram would refuse of a call, with a page of its
// keyboard, or would show as something else. It knows Telegram's limits on its
// own: figures of the documentation and of
// https://github.com/tdlib/td/blob/master/td/telegram/misc.cpp.
func refusals(c call, shown int) []string {
	params, err := c.params(shown)
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	object := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	text, entities, most, least := params["text"], params["entities"], 4096, 1
	if c.method == "sendPhoto" {
		text, entities, most, least = params["caption"], params["caption_entities"], 1024, 0
		if n := len(c.chart.Groups) * len(c.chart.Series); n == 0 || n > draw.MaxBars {
			object("a picture of %d bars", n)
		}
	}
	checkText(text, most, least, object)
	checkEntities(text, entities, object)
	if raw := params["reply_markup"]; raw != "" {
		checkMarkup(raw, object)
	}
	return found
}

// dropped are the characters that Telegram takes out of a text.
var dropped = regexp.MustCompile(`[\r\x{2028}-\x{202E}\x{0333}\x{033F}\x{030A}]`)

// hollow is a text that Telegram calls empty.
var hollow = regexp.MustCompile(`^[\x00-\x20\x{00A0}\x{1680}\x{180E}\x{2000}-\x{200F}\x{202E}\x{202F}\x{205F}\x{2800}\x{3000}\x{FEFF}\x{FFFC}\x{E0000}-\x{E007F}]*$`)

func checkText(text string, most, least int, object func(string, ...any)) {
	if !utf8.ValidString(text) {
		object("text is not UTF-8")
	}
	if n := len(utf16.Encode([]rune(text))); n > most {
		object("text has %d units, at most %d", n, most)
	}
	if len(text) > 34_000 {
		object("text has %d bytes", len(text))
	}
	if least > 0 && hollow.MatchString(dropped.ReplaceAllString(text, "")) {
		object("text %q is empty", text)
	}
	if least > 0 && outer.MatchString(text) {
		object("text %.20q begins or ends in a blank that Telegram takes away", text)
	}
	for _, match := range notices.FindAllStringSubmatchIndex(text, -1) {
		if before, _ := utf8.DecodeLastRuneInString(text[:match[2]]); match[2] == 0 || !word.MatchString(string(before)) {
			object("text notifies or commands: %q", text[match[0]:match[1]])
		}
	}
}

// outer is a blank around a text, unless it carries a mark.
var outer = regexp.MustCompile(`^[ \n]([^\p{M}\p{Cf}]|$)|[ \n]$`)

// notices finds what may be a mention or a command; word is what keeps it from
// being one when it stands before it.
var (
	notices = regexp.MustCompile(`(@[a-zA-Z0-9_]{2,32}|/[a-zA-Z0-9_]{1,64})`)
	word    = regexp.MustCompile(`[\pL\pN_/]`)
)

func checkEntities(text, raw string, object func(string, ...any)) {
	var all []entity
	if raw != "" {
		if err := json.Unmarshal([]byte(raw), &all); err != nil {
			object("entities: %v", err)
		}
	}
	if len(all) > 100 {
		object("%d entities", len(all))
	}
	encoded, end := utf16.Encode([]rune(text)), 0
	for _, e := range all {
		if !slices.Contains([]string{"bold", "italic", "pre"}, e.Type) {
			object("entity of type %q", e.Type)
		}
		if e.Length < 1 || e.Offset < end || e.Offset+e.Length > len(encoded) {
			object("entity %v is out of its place, text ends at %d and the one before at %d", e, len(encoded), end)
			return
		}
		end = e.Offset + e.Length
		for _, at := range []int{e.Offset, end} {
			if at < len(encoded) && encoded[at] >= 0xDC00 && encoded[at] <= 0xDFFF {
				object("entity %v cuts a pair", e)
			}
		}
	}
}

func checkMarkup(raw string, object func(string, ...any)) {
	var below markup
	if err := json.Unmarshal([]byte(raw), &below); err != nil {
		object("reply_markup: %v", err)
	}
	if n := len(utf16.Encode([]rune(below.Placeholder))); n > 64 {
		object("placeholder has %d units", n)
	}
	if below.Force == (len(below.Rows) > 0) {
		object("either buttons or a reply: %s", raw)
	}
	if len(raw) > 4_096 {
		object("keyboard has %d bytes", len(raw))
	}
	total, seen := 0, map[string]bool{}
	for _, row := range below.Rows {
		if len(row) < 1 || len(row) > 8 {
			object("row has %d buttons", len(row))
		}
		for _, button := range row {
			total++
			if hollow.MatchString(dropped.ReplaceAllString(button.Text, "")) {
				object("button %q has no label", button.Data)
			}
			if n := len(button.Data); n < 1 || n > 64 {
				object("button %q sends %d bytes", button.Text, n)
			}
			if seen[button.Data] && strings.HasPrefix(button.Data, marker) {
				object("button %q is there twice", button.Data)
			}
			seen[button.Data] = true
		}
	}
	if total > 100 {
		object("%d buttons", total)
	}
}
