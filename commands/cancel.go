package commands

import (
	"context"

	"fifteen/bot"
)

// cancel ends the question that waits for an answer where it is said. It is never
// taken for the answer.
func cancel(d *Deps) bot.Command {
	return bot.Command{
		Name: "cancel", Summary: "cancel.summary", Writes: true, Leaves: true, Examples: []string{"cancel"},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			n, err := c.tx.CloseDrafts(ctx, c.req.Member.ID, c.req.Own().Platform, draftChat(c.req))
			if err != nil {
				return bot.Message{}, err
			}
			key := "cancel.done"
			if n == 0 {
				key = "cancel.nothing"
			}
			return bot.Message{Text: []string{c.say(key)}, Private: !c.req.Chat.Private}, nil
		}),
	}
}
