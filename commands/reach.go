package commands

import (
	"context"
	"slices"

	"fifteen/bot"
	"fifteen/storage"
)

// nameReach is the command.
const nameReach = "reach"

// reachLast is the choice of being reached where one spoke last.
const reachLast = "last"

// platforms are where a member may have accounts, and the choice of none of them.
var platforms = []string{"slack", "telegram", platformTerminal, reachLast}

// platformTerminal is the platform of names and of channels that need no invitation.
const platformTerminal = "terminal"

// reach says on which platform the asker wants what the bot says by itself, and
// shows it.
func reach(d *Deps, k kinds) bot.Command {
	show, change := d.read(showReach), d.write(changeReach)
	return bot.Command{
		Name: nameReach, Summary: "reach.summary", Examples: []string{"reach", "reach telegram"},
		Args: []bot.Arg{{Name: "platform", Kind: k.platform, Optional: true, Writes: true}},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			if req.Has("platform") {
				return change(ctx, req)
			}
			return show(ctx, req)
		},
	}
}

// platformsOf are those on which a member has an account.
func (c *call) platformsOf(ctx context.Context, member int64) ([]string, error) {
	accounts, err := c.tx.Accounts(ctx, member)
	all := make([]string, len(accounts))
	for i, a := range accounts {
		all[i] = a.Platform
	}
	return slices.Compact(all), err
}

func showReach(ctx context.Context, c *call) (bot.Message, error) {
	m, err := c.tx.Member(ctx, c.req.Member.ID)
	if err != nil {
		return bot.Message{}, err
	}
	return c.reached(ctx, m)
}

// reached says where a member is reached, with the other choices.
func (c *call) reached(ctx context.Context, m storage.Member) (bot.Message, error) {
	theirs, err := c.platformsOf(ctx, m.ID)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{Text: []string{c.say("reach.last")}, Private: !c.req.Chat.Private}
	if m.Reach != "" {
		msg.Text[0] = c.say("reach.chosen", "platform", c.say("platform."+m.Reach))
		msg.Buttons = append(msg.Buttons, c.button("platform."+reachLast, "reach "+reachLast))
	}
	if len(theirs) < 2 {
		msg.Note = c.say("reach.link")
		return msg, nil
	}
	for _, p := range theirs {
		if p != m.Reach {
			msg.Buttons = append(msg.Buttons, c.button("platform."+p, "reach "+p))
		}
	}
	return msg, nil
}

func changeReach(ctx context.Context, c *call) (bot.Message, error) {
	before, err := c.tx.Member(ctx, c.req.Member.ID)
	if err != nil {
		return bot.Message{}, err
	}
	theirs, err := c.platformsOf(ctx, before.ID)
	if err != nil {
		return bot.Message{}, err
	}
	after, word := before, c.req.Text("platform")
	switch {
	case word == reachLast:
		after.Reach = ""
	case slices.Contains(theirs, word):
		after.Reach = word
	default:
		return bot.Message{}, bot.Problem("reach.none", "platform", c.say("platform."+word))
	}
	c.people = true
	if err := c.tx.SaveMember(ctx, before, after, c.author(nameReach)); err != nil {
		return bot.Message{}, err
	}
	msg, err := c.reached(ctx, after)
	if after.Reach != before.Reach {
		msg.Buttons = []bot.Button{c.undoButton()}
	}
	return msg, err
}
