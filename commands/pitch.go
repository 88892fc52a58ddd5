package commands

import (
	"context"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
)

// maxPitch is the longest pitch, in runes: what can be said in a minute or so.
const maxPitch = 1_500

// pitch shows how the team puts itself across in a minute; a manager sets it.
func pitch(d *Deps) bot.Command {
	show := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		home, err := c.tx.Workspace(ctx)
		if err != nil {
			return bot.Message{}, err
		}
		return c.pitchText(home.Pitch), nil
	})
	change := d.write(changePitch)
	return bot.Command{
		Name: "pitch", Summary: "pitch.summary",
		Examples: []string{"pitch", "pitch We wrap pallets in 40 seconds, with film from our own mill", "pitch none"},
		Args:     []bot.Arg{{Name: "words", Kind: bot.TextKind, Optional: true, Rest: true, Writes: true, Long: true}},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case !req.Has("words"):
				return show(ctx, req)
			case req.Member.Role < bot.Manager:
				return bot.Reply{}, bot.Problem("pitch.manager")
			}
			return change(ctx, req)
		},
	}
}

func changePitch(ctx context.Context, c *call) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	was, words := home.Pitch, strings.TrimSpace(c.req.Text("words"))
	if isNone(bot.Word{Text: words}) {
		words = ""
	}
	switch count := utf8.RuneCountInString(words); {
	case count > maxPitch:
		return bot.Message{}, bot.Problem("pitch.long", "most", maxPitch, "count", count)
	case words != "" && !readable(words):
		return bot.Message{}, bot.Problem("pitch.empty")
	}
	home.Pitch = words
	if err := c.tx.SaveWorkspace(ctx, home, c.author("pitch")); err != nil {
		return bot.Message{}, err
	}
	msg := c.pitchText(words)
	if was == words {
		msg.Note = c.say("settings.same")
		return msg, nil
	}
	if words == "" {
		msg = bot.Message{Text: []string{c.say("pitch.gone")}}
	}
	msg.Buttons = []bot.Button{c.undoButton()}
	return msg, nil
}

func (c *call) pitchText(words string) bot.Message {
	if words == "" {
		return bot.Message{Text: []string{c.say("pitch.nothing")}}
	}
	return bot.Message{Title: c.say("pitch.title"), Text: []string{words}}
}
