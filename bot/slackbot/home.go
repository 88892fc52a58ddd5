package slackbot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"fifteen/bot"
)

// How Slack calls the app's own page, and the chat with the bot beside it.
// Source: https://docs.slack.dev/surfaces/app-home.
const (
	homeTab     = "home"
	messagesTab = "messages"
)

// opened returns what somebody does who opens the app's page or the chat with the
// bot; nil for another tab.
func (e event) opened(w wrapper, user string) *said {
	if user == "" || e.Tab != homeTab && e.Tab != messagesTab {
		return nil
	}
	return &said{
		means: looked, team: w.Team, way: bot.Pressed,
		place: place{Channel: user, User: user, Direct: true, Home: e.Tab == homeTab},
	}
}

// welcome has somebody noticed who opened the chat with the bot: the first time they
// are greeted there.
func (b *Bot) welcome(ctx context.Context, s said) {
	req := b.request(ctx, s)
	member, err := b.config.Directory.Member(ctx, b.workspace, req.Account)
	if err == nil {
		req.Member = member
		err = b.config.Directory.Heard(ctx, req)
	}
	if err != nil {
		b.config.Log.WarnContext(ctx, "somebody could not be welcomed", "platform", Platform, "err", err)
	}
}

// publish draws somebody's page anew. Who has none, because none is configured or
// Slack does not take it, misses nothing but that.
func (b *Bot) publish(ctx context.Context, s said) {
	if b.config.Home == "" {
		return
	}
	s.means, s.line, s.values, s.way, s.key = looked, b.config.Home, nil, bot.Pressed, ""
	s.place = place{Channel: s.place.User, User: s.place.User, Direct: true, Home: true}
	reply := b.config.Router.Serve(ctx, b.request(ctx, s))
	b.show(ctx, s.place.User, reply.Message)
}

// show puts a message on somebody's page.
func (b *Bot) show(ctx context.Context, user string, msg bot.Message) {
	ctx, stop := context.WithTimeout(ctx, sendTimeout)
	defer stop()
	view := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: b.painter(ctx, user).home(msg)}}
	if _, err := b.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view}); err != nil {
		b.config.Log.WarnContext(ctx, "a home could not be shown", "platform", Platform, "err", b.failure(err))
	}
}

// home draws a message with its details as one page, a line between each. What does
// not fit is counted.
func (p painter) home(msg bot.Message) []slack.Block {
	var blocks []slack.Block
	seen := map[string]bool{}
	for i, part := range append([]bot.Message{msg}, msg.Details...) {
		part.Details = nil
		if i > 0 {
			blocks = append(blocks, slack.NewDividerBlock())
		}
		for _, s := range p.steps(part) {
			blocks = append(blocks, unique(s.part.blocks, seen)...)
		}
	}
	if over := len(blocks) - maxViewBlocks; over > 0 {
		blocks = append(blocks[:maxViewBlocks-1:maxViewBlocks-1], section(safe(p.say("slack.missing", "count", over+1))))
	}
	return blocks
}

// unique leaves out the buttons that a page has already, because each action is on
// it once.
func unique(blocks []slack.Block, seen map[string]bool) []slack.Block {
	var kept []slack.Block
	for _, block := range blocks {
		actions, ok := block.(*slack.ActionBlock)
		if !ok {
			kept = append(kept, block)
			continue
		}
		elements := slices.DeleteFunc(slices.Clone(actions.Elements.ElementSet), func(e slack.BlockElement) bool {
			button, ok := e.(*slack.ButtonBlockElement)
			twice := ok && seen[button.ActionID]
			if ok {
				seen[button.ActionID] = true
			}
			return twice
		})
		if len(elements) > 0 {
			kept = append(kept, slack.NewActionBlock("", elements...))
		}
	}
	return kept
}
