package slackbot

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"

	"fifteen/bot"
)

// spoken is the answer to a command as its acknowledgement holds it.
type spoken struct {
	Type   string        `json:"response_type"`
	Text   string        `json:"text"`
	Blocks *slack.Blocks `json:"blocks,omitempty"`
}

// viewed is what a submitted modal is told.
type viewed struct {
	Action string                  `json:"response_action"`
	Errors map[string]string       `json:"errors,omitempty"`
	View   *slack.ModalViewRequest `json:"view,omitempty"`
}

// answer has a reply travel the way that fits what was said.
func (b *Bot) answer(ctx context.Context, s said, req bot.Request, reply bot.Reply, a *receipt) {
	for _, post := range reply.Posts {
		if post.Chat.Platform == Platform {
			b.forward(ctx, post)
		}
	}
	msg := reply.Message
	msg.Private = msg.Private || s.outside
	p := b.painter(ctx, s.place.User)
	switch {
	case s.means == closed, reply.Repeated && s.means != command:
		b.settle(s, reply)
		return
	case s.means == form && b.complain(s, reply, a), msg.Form != nil && b.open(ctx, s, p, *msg.Form, a):
		b.courier.Sent(reply.Stored)
		return
	case s.means == command && b.speak(s, p, msg, reply.Stored, a):
		return
	}
	a.give(nil, nil)
	b.deliver(ctx, s, req, msg, reply.Stored)
}

// settle ends an answer that nobody is shown. One that is repeated was sent
// before, or the sweep sends it.
func (b *Bot) settle(s said, reply bot.Reply) {
	if s.means == closed {
		b.courier.Sent(reply.Stored)
	}
}

// complain shows what is wrong with a form's field beside it.
func (b *Bot) complain(s said, reply bot.Reply, a *receipt) bool {
	if _, ok := s.values[reply.Field]; !ok || len(reply.Message.Text) == 0 {
		return false
	}
	text := strings.Join(reply.Message.Text, " ")
	return a.give(viewed{Action: "errors", Errors: map[string]string{reply.Field: text}}, nil)
}

// open shows a form as a modal. false says that it could not, and that a message
// has to do.
func (b *Bot) open(ctx context.Context, s said, p painter, fields bot.Form, a *receipt) bool {
	fields.Title = cmp.Or(s.title, fields.Title)
	view, err := p.view(fields, s.place)
	if err != nil { // the address is what can be long
		s.place.URL = ""
		view, err = p.view(fields, s.place)
	}
	if err != nil {
		b.config.Log.ErrorContext(ctx, "form could not be drawn", "platform", Platform, "err", err)
		return false
	}
	if s.means == form {
		return a.give(viewed{Action: "update", View: &view}, nil)
	}
	if s.trigger == "" {
		return false
	}
	ctx, stop := context.WithTimeout(ctx, ackBudget)
	defer stop()
	if _, err = b.api.OpenViewContext(ctx, s.trigger, view); err != nil {
		b.config.Log.InfoContext(ctx, "form could not be opened, so it is offered", "platform", Platform, "err", b.failure(err))
		return false
	}
	a.give(nil, nil)
	return true
}

// speak answers a command in its acknowledgement, if that holds the answer.
func (b *Bot) speak(s said, p painter, msg bot.Message, stored int64, a *receipt) bool {
	if msg.Chart != nil || len(msg.Details) > 0 {
		return false
	}
	parts := p.draw(msg)
	if len(parts) != 1 {
		return false
	}
	body := spoken{Type: slack.ResponseTypeEphemeral, Text: parts[0].text, Blocks: blocksOf(parts[0])}
	if !msg.Private && !s.place.Direct {
		body.Type = slack.ResponseTypeInChannel
	}
	raw, err := json.Marshal(body)
	if err != nil || len(raw) > maxAckBytes-200 { // with room for the envelope
		return false
	}
	return a.give(json.RawMessage(raw), func(err error) {
		if err == nil {
			b.courier.Sent(stored)
		}
	})
}

// painter draws in the language of a member, and for everybody, which is "", in
// the usual one.
func (b *Bot) painter(ctx context.Context, user string) painter {
	p := painter{words: b.config.Words}
	if user == "" {
		return p
	}
	if member, err := b.config.Directory.Member(ctx, b.workspace, account(user)); err == nil {
		p.locale = member.Locale
	}
	return p
}

// leaving is the line for a form that was closed: what is typed next is not
// meant for it. It is "" for a form that nothing waits for.
func leaving(line string) string {
	if strings.HasPrefix(line, "draft ") {
		return line + " leave"
	}
	return ""
}
