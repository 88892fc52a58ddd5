package slackbot

import (
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/draw"
)

// previewed is a message as Slack gets it, without where it goes.
type previewed struct {
	// Method is what sends it, where that is not chat.postMessage.
	Method string        `json:"method"`
	Thread bool          `json:"in_thread,omitempty"`
	Text   string        `json:"text,omitempty"`
	Blocks *slack.Blocks `json:"blocks,omitempty"`
	// Alt is what a picture shows.
	Alt string `json:"alt_txt,omitempty"`
}

// The methods that a message may need.
const (
	postMessage   = "chat.postMessage"
	postEphemeral = "chat.postEphemeral"
	uploadFile    = "files.completeUploadExternal"
)

// Preview returns, as indented JSON, the messages that a message becomes in Slack,
// for showing them: a form as a button that opens it. Where they go is not in it,
// in_thread marks those that go below the first.
func Preview(words bot.Words, locale string, msg bot.Message) ([]byte, error) {
	steps := painter{words: words, locale: locale}.steps(msg)
	calls := make([]previewed, len(steps))
	for i, s := range steps {
		calls[i] = previewed{Method: postMessage, Thread: s.below, Text: s.part.text}
		switch {
		case s.chart != nil:
			calls[i] = previewed{Method: uploadFile, Thread: s.below, Alt: draw.Alt(*s.chart)}
			continue
		case s.private:
			calls[i].Method = postEphemeral
		}
		calls[i].Blocks = blocksOf(s.part)
	}
	raw, err := json.MarshalIndent(calls, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("preview message: %w", err)
	}
	return raw, nil
}
