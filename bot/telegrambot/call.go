package telegrambot

import (
	"encoding/json"
	"fmt"

	"fifteen/bot"
)

// The methods that are called.
const (
	sendMessage = "sendMessage" // https://core.telegram.org/bots/api#sendmessage
	sendPhoto   = "sendPhoto"   // https://core.telegram.org/bots/api#sendphoto
)

// A call is one message of Telegram's that a message of the bot's became.
type call struct {
	// method is what sends it as a new message.
	method string
	// text is a photo's caption where there is a chart.
	text  rich
	chart *bot.Chart
	// pages are the keyboards that can stand below it, of which the first is shown;
	// none for no buttons.
	pages []keyboard
	// reply has the person answer in a reply; then there are no buttons.
	reply *forceReply
	// edit says that it may take the place of the message whose button was pressed,
	// if that has a text.
	edit bool
	// section is 0 for the message itself and counts its details from 1.
	section int
	// private says that only the one who asked may see it.
	private bool
}

// forceReply opens the answer to a question on the person's phone.
// Source: https://core.telegram.org/bots/api#forcereply.
type forceReply struct {
	Force       bool   `json:"force_reply"`
	Placeholder string `json:"input_field_placeholder,omitempty"`
}

// preview says that addresses in a text are not shown as a picture of what they
// lead to. Source: https://core.telegram.org/bots/api#linkpreviewoptions.
const preview = `{"is_disabled":true}`

// params are the parameters of the call, without those that say where it goes
// and without the picture. shown is the page of the keyboard; a message is only
// changed to have no keyboard by saying so.
func (c call) params(shown int) (map[string]string, error) {
	all := map[string]string{}
	text, entities := "text", "entities"
	if c.chart != nil {
		text, entities = "caption", "caption_entities"
	} else {
		all["link_preview_options"] = preview
	}
	if c.text.text != "" {
		all[text] = c.text.text
	}
	if err := put(all, entities, c.text.entities(), len(c.text.spans) > 0); err != nil {
		return nil, err
	}
	if err := put(all, "reply_markup", c.reply, c.reply != nil); err != nil {
		return nil, err
	}
	if shown < 0 || shown >= len(c.pages) {
		return all, nil
	}
	return all, put(all, "reply_markup", c.pages[shown], true)
}

// put sets a parameter that is JSON, if it is there.
func put(all map[string]string, name string, value any, there bool) error {
	if !there {
		return nil
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode %s: %w", name, err)
	}
	all[name] = string(raw)
	return nil
}
