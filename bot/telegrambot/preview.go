package telegrambot

import (
	"encoding/json"
	"fmt"

	"fifteen/bot"
)

// Preview returns, as indented JSON, the calls that a message becomes in Telegram,
// for showing them. Where they go is not in it; of a keyboard in pages it holds the
// first.
func Preview(words bot.Words, locale string, msg bot.Message) ([]byte, error) {
	drawn := painter{words: words, locale: locale}.draw(msg)
	calls := make([]map[string]any, len(drawn))
	for i, c := range drawn {
		params, err := c.params(0)
		if err != nil {
			return nil, err
		}
		calls[i] = map[string]any{"method": c.method}
		for name, value := range params {
			calls[i][name] = value
			if name != "text" && name != "caption" && json.Valid([]byte(value)) {
				calls[i][name] = json.RawMessage(value)
			}
		}
	}
	raw, err := json.MarshalIndent(calls, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("preview message: %w", err)
	}
	return raw, nil
}
