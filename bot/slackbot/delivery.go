package slackbot

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/draw"
)

// A delivery is a message on its way to a place.
type delivery struct {
	to  place
	msg bot.Message
	// edit says that it takes the place of the message that was clicked, public
	// that the answer to a command is for everybody in the channel.
	edit, public bool
	// latest is when a call may begin at the latest, zero for any time: one that
	// has to be cut may have been heard all the same.
	latest time.Time
}

// private tells whether only the user may see the message where others are.
func (d delivery) private() bool {
	return !d.to.Direct && (d.msg.Private || d.to.Hidden && !d.public)
}

// send sends a message, in as many parts as it needs. Where the bot cannot write
// it goes to the person it is for.
func (b *Bot) send(ctx context.Context, d delivery, p painter) error {
	picture := d.msg.Chart != nil && !d.private()
	parts := p.draw(d.msg)
	if d.msg.Chart != nil && !picture {
		parts = append(parts, p.parts(summary(d.msg), drawn(*d.msg.Chart), nil)...)
	}
	err := b.sendParts(ctx, &d, parts)
	if absent(err) && d.to.User != "" && d.to.Channel != d.to.User {
		d.msg.Note = joined(d.msg.Note, p.say("slack.elsewhere"))
		d.to = place{Channel: d.to.User, User: d.to.User, Direct: true}
		err = b.sendParts(ctx, &d, p.draw(d.msg))
	}
	if err == nil && picture {
		b.sendPicture(ctx, d, p)
	}
	return err
}

// betweenParts is how long the second part of an answer waits at most for Slack
// to take more: the first one cannot be taken back.
const betweenParts = 2 * time.Minute

func (b *Bot) sendParts(ctx context.Context, d *delivery, parts []part) error {
	for i, part := range parts {
		err := b.sendPart(ctx, d, part)
		for wait, ok := errors.AsType[*bot.WaitError](err); ok && i > 0 && wait.For < betweenParts; wait, ok = errors.AsType[*bot.WaitError](err) {
			again, stop := context.WithTimeout(b.life, betweenParts)
			if pause(again, wait.For) {
				err = b.sendPart(again, d, part)
			}
			stop()
		}
		if err != nil {
			return err
		}
		d.edit = false // only the first part takes the old one's place
	}
	return nil
}

// sendPart sends one part by the first way that is open: the address that came
// with a click or a command, the message itself, and then a new one.
func (b *Bot) sendPart(ctx context.Context, d *delivery, part part) error {
	if d.to.Hidden && d.to.reachable(b.config.Now()) {
		d.to.Used++
		err := b.respond(ctx, *d, part)
		if err == nil || !gone(err) {
			return err
		}
		d.to.URL = ""
	}
	content := []slack.MsgOption{
		slack.MsgOptionText(part.text, false), slack.MsgOptionBlocks(part.blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if d.edit && d.to.Message != "" && !d.private() {
		_, _, _, err := b.api.UpdateMessageContext(ctx, d.to.Channel, d.to.Message, content...)
		if err = b.failure(err); err == nil || !gone(err) {
			return err
		}
	}
	if d.to.Thread != "" {
		content = append(content, slack.MsgOptionTS(d.to.Thread))
	}
	if err := b.pace.wait(ctx, d.to.Channel, b.config.Now); err != nil {
		return err
	}
	if !d.latest.IsZero() && b.config.Now().After(d.latest) {
		return &bot.WaitError{For: time.Second, Err: errPace}
	}
	var err error
	if d.private() {
		_, err = b.api.PostEphemeralContext(ctx, d.to.Channel, d.to.User, content...)
	} else {
		_, _, err = b.api.PostMessageContext(ctx, d.to.Channel, content...)
	}
	err = b.failure(err)
	if wait, ok := errors.AsType[*bot.WaitError](err); ok {
		b.pace.block(d.to.Channel, b.config.Now().Add(wait.For))
	}
	return err
}

// respond sends a part to the address that came with a command or a click.
func (b *Bot) respond(ctx context.Context, d delivery, part part) error {
	reply := &slack.WebhookMessage{
		Text: part.text, Blocks: blocksOf(part), ResponseType: slack.ResponseTypeEphemeral, ReplaceOriginal: d.edit,
	}
	if d.public {
		reply.ResponseType = slack.ResponseTypeInChannel
	}
	return b.failure(slack.PostWebhookCustomHTTPContext(ctx, d.to.URL, b.client, reply))
}

// gone tells whether a message cannot be changed any more, or an address takes
// no more.
func gone(err error) bool {
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return status.Code >= 400 && status.Code < 500 && status.Code != 429
	}
	switch reason(err) {
	case "message_not_found", "cant_update_message", "edit_window_closed":
		return true
	}
	return absent(err)
}

// sendPicture sends a chart as a picture. When that fails the bars are drawn
// with letters: the message itself has been sent.
func (b *Bot) sendPicture(ctx context.Context, d delivery, p painter) {
	picture, err := draw.PNG(*d.msg.Chart)
	if err == nil {
		_, err = b.api.UploadFileContext(ctx, slack.UploadFileParameters{
			Reader: bytes.NewReader(picture), FileSize: len(picture), Filename: "chart.png", Channel: d.to.Channel,
			Title: shorten(d.msg.Chart.Title, bot.MaxTitle), AltTxt: shorten(draw.Alt(*d.msg.Chart), maxAltText),
			ThreadTimestamp: d.to.Thread,
		})
		err = b.failure(err)
	}
	if err == nil {
		return
	}
	b.config.Log.WarnContext(ctx, "picture was not sent", "platform", Platform, "err", err)
	d.edit = false
	if err := b.sendParts(ctx, &d, p.parts(summary(d.msg), drawn(*d.msg.Chart), nil)); err != nil {
		b.config.Log.WarnContext(ctx, "nor were its bars", "platform", Platform, "err", err)
	}
}

// maxAltText is how long a picture's description may be.
// Source: https://docs.slack.dev/reference/methods/files.getUploadURLExternal.
const maxAltText = 1_000

func joined(note, more string) string {
	if note == "" {
		return more
	}
	return note + "\n" + more
}
