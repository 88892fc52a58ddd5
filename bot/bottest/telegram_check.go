package bottest

import (
	"encoding/json"
	"strings"
	"unicode/utf16"
)

// Telegram's limits, in UTF-16 units unless marked.
// Source: https://core.telegram.org/bots/api#sendmessage and the pages beside it.
const (
	telegramText        = 4_096
	telegramCaption     = 1_024
	telegramData        = 64 // bytes
	telegramPlaceholder = 64
	telegramKeyboard    = 100    // buttons
	telegramMarkupBytes = 10_000 // no page says how many
	telegramEntities    = 100
)

// telegramDraft reads what a call says, and refuses what Telegram refuses.
func telegramDraft(call telegramCall, text, entities string, least, most int) (*TelegramMessage, *telegramError) {
	if call.params.Get("parse_mode") != "" {
		return nil, telegramBad("the fake takes entities only")
	}
	m := &TelegramMessage{Text: strings.TrimSpace(call.params.Get(text))}
	wide := utf16.Encode([]rune(call.params.Get(text)))
	switch {
	case len(strings.TrimSpace(m.Text)) < least:
		return nil, telegramBad("message text is empty")
	case len(wide) > most && most == telegramText:
		return nil, telegramBad("message is too long")
	case len(wide) > most:
		return nil, telegramBad("message caption is too long")
	}
	if raw := call.params.Get(entities); raw != "" {
		if json.Unmarshal([]byte(raw), &m.Entities) != nil {
			return nil, telegramBad("can't parse entities")
		}
		for _, e := range m.Entities {
			if refused := telegramEntity(e, wide); refused != nil {
				return nil, refused
			}
		}
		m.Entities = m.Entities[:min(len(m.Entities), telegramEntities)]
	}
	return m, telegramMarkup(call, m)
}

// telegramEntity checks that an entity stands in its text, and cuts no character.
func telegramEntity(e TelegramEntity, text []uint16) *telegramError {
	end := e.Offset + e.Length
	switch e.Type {
	case "bold", "italic", "pre", "code", "underline", "strikethrough", "spoiler", "blockquote":
	default:
		return telegramBad("can't parse MessageEntity: unsupported type %q", e.Type)
	}
	if e.Offset < 0 || e.Length <= 0 || end > len(text) {
		return telegramBad("can't parse entities: entity from %d to %d of %d units", e.Offset, end, len(text))
	}
	for _, at := range []int{e.Offset, end} {
		if at > 0 && at < len(text) && utf16.IsSurrogate(rune(text[at])) && text[at] >= 0xDC00 {
			return telegramBad("ENTITY_BOUNDS_INVALID")
		}
	}
	return nil
}

// telegramMarkup reads what stands below a message.
func telegramMarkup(call telegramCall, m *TelegramMessage) *telegramError {
	raw := call.params.Get("reply_markup")
	if raw == "" {
		return nil
	}
	var markup struct {
		Rows        [][]TelegramButton `json:"inline_keyboard"`
		Force       bool               `json:"force_reply"`
		Placeholder string             `json:"input_field_placeholder"`
	}
	if json.Unmarshal([]byte(raw), &markup) != nil {
		return telegramBad("can't parse reply keyboard markup JSON object")
	}
	if len(utf16.Encode([]rune(markup.Placeholder))) > telegramPlaceholder {
		return telegramBad("input field placeholder is too long")
	}
	n := 0
	for _, row := range markup.Rows {
		for _, button := range row {
			n++
			switch {
			case strings.TrimSpace(button.Text) == "":
				return telegramBad("inline keyboard button text can't be empty")
			case button.Data == "" || len(button.Data) > telegramData:
				return telegramBad("BUTTON_DATA_INVALID")
			}
		}
	}
	if n > telegramKeyboard || len(raw) > telegramMarkupBytes {
		return telegramBad("reply markup is too long")
	}
	m.Buttons, m.Force, m.Placeholder = markup.Rows, markup.Force, markup.Placeholder
	return nil
}
