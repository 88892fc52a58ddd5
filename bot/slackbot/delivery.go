package slackbot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/dispatch"
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
	// patience is how long a step waits for its channel's turn.
	patience time.Duration
	// sent is how many steps have gone out, and below the thread that details
	// belong in, or "".
	sent  int
	below string
}

// private tells whether only the user may see a message where others are.
func (d delivery) private(hidden bool) bool {
	return !d.to.Direct && (hidden || d.to.Hidden && !d.public)
}

// send sends a message, in as many steps as it needs. Where the bot cannot write
// it goes to the person it is for.
func (b *Bot) send(ctx context.Context, d delivery, p painter) error {
	asked := d.to
	err := b.sendSteps(ctx, &d, p)
	if absent(err) && d.sent == 0 && d.to.User != "" && d.to.Channel != d.to.User {
		d.msg.Note = joined(d.msg.Note, p.say("slack.elsewhere"))
		d.to = place{Channel: d.to.User, User: d.to.User, Direct: true}
		err = b.sendSteps(ctx, &d, p)
	}
	switch {
	case !absent(err):
		return err
	case asked.User != "" && !asked.Direct: // the person is gone; the channel may be well
		return fmt.Errorf("%w: %w", bot.ErrUnfit, err)
	default:
		chat := bot.Chat{Platform: Platform, ID: asked.Channel, Thread: asked.Thread, Private: asked.Direct}
		return &bot.GoneError{Chat: chat, Person: asked.Direct, Err: err}
	}
}

// sendSteps sends what has not been sent of a message.
func (b *Bot) sendSteps(ctx context.Context, d *delivery, p painter) error {
	for i, step := range p.steps(d.msg) {
		if i < d.sent {
			continue
		}
		if err := b.sendStep(ctx, d, step, p); err != nil {
			if i > 0 {
				err = &bot.PartError{Sent: i, Below: d.below, Err: err}
			}
			return err
		}
		d.sent = i + 1
		d.edit = false // only the first one takes the old one's place
		d.patience = patience
	}
	return nil
}

// sendStep sends one step, each within a time of its own. A detail goes into the
// message's thread, where it is one that others can see.
func (b *Bot) sendStep(ctx context.Context, d *delivery, s step, p painter) error {
	ctx, stop := context.WithTimeout(ctx, sendTimeout)
	defer stop()
	thread := d.to.Thread
	if s.below && thread == "" && !d.private(s.private) {
		thread = d.below
	}
	if s.chart != nil {
		return b.sendChart(ctx, d, s, thread, p)
	}
	return b.sendPart(ctx, d, s, thread)
}

// sendPart sends a part by the first way that is open: the address that came
// with a click or a command, the message itself, and then a new one.
func (b *Bot) sendPart(ctx context.Context, d *delivery, s step, thread string) error {
	if d.to.Hidden && d.to.reachable(b.config.Now()) {
		d.to.Used++
		err := b.respond(ctx, *d, s)
		if err == nil || !gone(err) {
			return err
		}
		d.to.URL = ""
	}
	content := []slack.MsgOption{
		slack.MsgOptionText(s.part.text, false), slack.MsgOptionBlocks(s.part.blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl(),
	}
	if d.edit && d.to.Message != "" && !d.private(s.private) {
		_, _, _, err := b.api.UpdateMessageContext(ctx, d.to.Channel, d.to.Message, content...)
		if err = b.failure(err); err == nil {
			d.thread(d.to.Message)
		}
		if err == nil || !gone(err) {
			return err
		}
	}
	return b.post(ctx, d, s, thread, content)
}

// post sends a part as a new message, when its channel's turn has come. When
// nothing can be said in the thread any more, it is said in the channel.
func (b *Bot) post(ctx context.Context, d *delivery, s step, thread string, content []slack.MsgOption) error {
	if d.to.Direct {
		b.pace.Join(d.to.User, d.to.Channel, b.config.Now())
	}
	if err := b.pace.Wait(ctx, d.to.Channel, b.config.Now, d.patience); err != nil {
		return err
	}
	if !d.latest.IsZero() && b.config.Now().After(d.latest) {
		return &bot.WaitError{For: time.Second, Err: dispatch.ErrPace}
	}
	all := content
	if thread != "" {
		all = append(slices.Clip(content), slack.MsgOptionTS(thread))
	}
	var in, ts string
	var err error
	if d.private(s.private) {
		_, err = b.api.PostEphemeralContext(ctx, d.to.Channel, d.to.User, all...)
	} else if in, ts, err = b.api.PostMessageContext(ctx, d.to.Channel, all...); err == nil {
		b.arrived(d, in)
		d.thread(ts)
	}
	err = b.failure(err)
	if wait, ok := errors.AsType[*bot.WaitError](err); ok {
		b.pace.Block(d.to.Channel, b.config.Now().Add(wait.For))
	}
	if thread != "" && threadGone(err) {
		return b.post(ctx, d, s, "", content)
	}
	return err
}

// arrived notes in which channel a message is that was sent to a person: the one
// that takes pictures too.
func (b *Bot) arrived(d *delivery, channel string) {
	if channel != "" {
		b.pace.Join(d.to.Channel, channel, b.config.Now())
		d.to.Channel = channel
	}
}

// thread notes the first message, in whose thread details belong. In a chat with
// one person they follow it, where they are read without a click.
func (d *delivery) thread(ts string) {
	if d.below == "" && d.sent == 0 && !d.to.Direct {
		d.below = ts
	}
}

// threadGone tells whether a thread takes no more.
func threadGone(err error) bool {
	return slices.Contains([]string{"thread_not_found", "cannot_reply_to_message"}, reason(err))
}

// respond sends a part to the address that came with a command or a click.
func (b *Bot) respond(ctx context.Context, d delivery, s step) error {
	reply := &slack.WebhookMessage{
		Text: s.part.text, Blocks: blocksOf(s.part), ResponseType: slack.ResponseTypeEphemeral, ReplaceOriginal: d.edit,
	}
	if d.public && !s.private {
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

// sendChart sends a chart: as a picture where everybody may see it, else as bars
// of letters. When the picture fails the bars have to do.
func (b *Bot) sendChart(ctx context.Context, d *delivery, s step, thread string, p painter) error {
	if !d.private(s.private) {
		err := b.sendPicture(ctx, d.to.Channel, thread, *s.chart)
		if _, waits := errors.AsType[*bot.WaitError](err); err == nil || waits {
			return err
		}
		b.config.Log.WarnContext(ctx, "picture was not sent", "platform", Platform, "err", err)
	}
	for _, part := range p.parts(summary(d.msg), drawn(*s.chart), nil) {
		if err := b.sendPart(ctx, d, step{part: part, below: s.below, private: s.private}, thread); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bot) sendPicture(ctx context.Context, channel, thread string, chart bot.Chart) error {
	picture, err := draw.PNG(chart)
	if err != nil {
		return fmt.Errorf("draw picture: %w", err)
	}
	_, err = b.api.UploadFileContext(ctx, slack.UploadFileParameters{
		Reader: bytes.NewReader(picture), FileSize: len(picture), Filename: "chart.png", Channel: channel,
		Title: shorten(chart.Title, bot.MaxTitle), AltTxt: shorten(draw.Alt(chart), maxAltText), ThreadTimestamp: thread,
	})
	return b.failure(err)
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
