package slackbot

import (
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"fifteen/bot"
	"fifteen/bot/dispatch"
)

// learn takes in what Slack tells of people and of the app itself.
func (b *Bot) learn(ctx context.Context, n news) {
	switch n.kind {
	case "app_uninstalled", "tokens_revoked":
		if b.health.Refuse(fmt.Errorf("%w: %s", errRefused, n.kind)) {
			b.config.Log.ErrorContext(ctx, "the app was removed from Slack", "platform", Platform, "type", n.kind)
		}
	case "user_change":
		if n.user == nil || n.user.ID == "" {
			return
		}
		b.crowd.forget(n.user.ID)
		if err := b.config.People.Refresh(ctx, b.workspace, n.user.person()); err != nil {
			b.config.Log.ErrorContext(ctx, "news of a person could not be stored", "platform", Platform, "err", err)
		}
	}
}

// censusPage is how many people Slack is asked for at once.
const censusPage = 200

// census takes in what has changed with people while the bot was away.
func (b *Bot) census(ctx context.Context) {
	page := b.api.GetUsersPaginated(slack.GetUsersOptionLimit(censusPage), slack.GetUsersOptionIncludeLocale(true))
	for {
		next, err := page.Next(ctx)
		if next.Done(err) || ctx.Err() != nil {
			return
		}
		if wait, ok := errors.AsType[*bot.WaitError](b.failure(err)); ok {
			if !dispatch.Pause(ctx, wait.For) {
				return
			}
			continue
		}
		if err == nil {
			err = b.refresh(ctx, next.Users)
		}
		if err != nil {
			b.config.Log.WarnContext(ctx, "the list of people could not be read to its end", "platform", Platform, "err", err)
			return
		}
		page = next
	}
}

func (b *Bot) refresh(ctx context.Context, users []slack.User) error {
	people := make([]bot.Person, len(users))
	for i := range users {
		people[i] = profileOf(&users[i]).person()
	}
	return b.config.People.Refresh(ctx, b.workspace, people...)
}
