package terminal

import (
	"context"
	"fmt"

	"fifteen/bot"
)

// send asks the bot, shows the answer and what other people get, and marks both
// as sent. What is not shown stays in the outbox.
func (t *Terminal) send(ctx context.Context, req bot.Request) error {
	t.last = &req
	reply := t.config.Router.Serve(ctx, req)
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("answer line: %w", err)
	}
	head := ""
	if reply.Message.Private && !req.Chat.Private {
		head = "→ to @" + req.Account.ID
	}
	if err := t.page.show(head, "", reply.Message); err != nil {
		return err
	}
	t.remember(req.Chat, req.Account.ID, reply.Message)
	var sent []int64
	if reply.Stored != 0 {
		sent = append(sent, reply.Stored)
	}
	for _, post := range reply.Posts {
		if post.Chat.Platform != Platform {
			continue
		}
		if err := t.deliver(post); err != nil {
			return err
		}
		if post.ID != 0 {
			sent = append(sent, post.ID)
		}
	}
	if len(sent) == 0 {
		return nil
	}
	if err := t.config.Outbox.Sent(ctx, sent...); err != nil {
		return fmt.Errorf("mark answer as sent: %w", err)
	}
	return nil
}

// sweep does what is due and shows what arrives.
func (t *Terminal) sweep(ctx context.Context) error {
	if t.config.Wake != nil {
		if err := t.config.Wake(ctx); err != nil {
			return fmt.Errorf("do what is due: %w", err)
		}
	}
	err := bot.Sweeper{
		Outbox: t.config.Outbox, Senders: map[string]bot.Sender{Platform: sender{t}}, AtOnce: 1, // there is one screen
	}.Sweep(ctx)
	if t.page.err != nil { // to Sweep this is a post's failure, here it is the end
		return t.page.err
	}
	return err
}

// sender is how a sweep reaches the screen.
type sender struct{ terminal *Terminal }

// Send implements bot.Sender. A post of another workspace is put off: it is for
// whoever opens that one.
func (s sender) Send(_ context.Context, post bot.Post) error {
	if post.Workspace != s.terminal.config.Workspace {
		return bot.ErrElsewhere
	}
	return s.terminal.deliver(post)
}

// deliver shows a post with its addressee: "→ to @petra", "→ in #sales", or both
// for what only one person in a channel may see.
func (t *Terminal) deliver(post bot.Post) error {
	name := post.Name
	if name == "" {
		name = post.Chat.ID
	}
	to := "@" + name
	head := "→ to " + to
	switch {
	case post.Chat.Private:
	case post.Message.Private && post.Name != "":
		head += " in " + post.Chat.ID
	default:
		to = post.Chat.ID
		head = "→ in " + to
	}
	if err := t.page.show(head, to, post.Message); err != nil {
		return err
	}
	t.remember(post.Chat, name, post.Message)
	return nil
}

// A sight is a message that somebody has before them; later ones have higher
// numbers.
type sight struct {
	number  int
	message bot.Message
}

// remember notes what a chat's last message is, for :press and :fill. What only
// one person in a channel saw is remembered for that person.
func (t *Terminal) remember(chat bot.Chat, name string, msg bot.Message) {
	t.shows++
	key := chat.ID
	if msg.Private && !chat.Private {
		key += " " + name
	}
	t.shown[key] = sight{number: t.shows, message: msg}
}

// before returns the last message that whoever types has seen in this chat.
func (t *Terminal) before() bot.Message {
	chat := t.chat()
	public, private := t.shown[chat.ID], t.shown[chat.ID+" "+t.account.ID]
	if private.number > public.number {
		return private.message
	}
	return public.message
}
