package slackbot

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"fifteen/bot"
)

// formCallback is the callback id of every form.
const formCallback = "form"

// target is what a view carries: the line that it completes, and where its
// answer goes.
type target struct {
	Line  string `json:"line"`
	Place place  `json:"place"`
}

// view draws a form as a modal.
func (p painter) view(form bot.Form, to place) (slack.ModalViewRequest, error) {
	if len(form.Fields) == 0 {
		return slack.ModalViewRequest{}, errors.New("a form has no fields")
	}
	metadata, err := json.Marshal(target{Line: form.Line, Place: to})
	if err != nil {
		return slack.ModalViewRequest{}, fmt.Errorf("write a view's target: %w", err)
	}
	if len(metadata) > maxMetadata {
		return slack.ModalViewRequest{}, fmt.Errorf("a view's target has %d bytes, at most %d", len(metadata), maxMetadata)
	}
	title := visible(shorten(upper(form.Title), maxViewTitle))
	view := slack.ModalViewRequest{
		Type: slack.VTModal, Title: title, CallbackID: formCallback, NotifyOnClose: true,
		Submit: visible(shorten(p.say("slack.submit"), maxViewTitle)),
		Close:  visible(shorten(p.say("slack.cancel"), maxViewTitle)), PrivateMetadata: string(metadata),
	}
	for _, field := range form.Fields {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, p.input(field))
	}
	return view, nil
}

// input draws one field. A list that may be cut short, or that is empty, is
// left out: people type instead.
func (p painter) input(field bot.FormField) slack.Block {
	var hint *slack.TextBlockObject
	if field.Hint != "" {
		hint = visible(field.Hint)
	}
	var element slack.BlockElement
	if n := len(field.Options); n > 0 && n < bot.MaxOptions {
		options := make([]*slack.OptionBlockObject, n)
		for i, option := range field.Options {
			options[i] = slack.NewOptionBlockObject(option.Value, visible(option.Label), nil)
		}
		element = slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, hint, field.Name, options...)
	} else {
		input := slack.NewPlainTextInputBlockElement(hint, field.Name)
		input.Multiline, input.MaxLength = field.Long, maxBlockText
		element = input
	}
	block := slack.NewInputBlock(field.Name, visible(field.Label), nil, element)
	block.Optional = field.Optional
	return block
}

// upper writes the first letter as a capital.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
