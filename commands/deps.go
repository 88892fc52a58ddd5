package commands

import (
	"context"
	"errors"

	"fifteen/bot"
	"fifteen/storage"
)

// Deps is what the commands need from outside.
type Deps struct {
	Store *storage.Store
	Words bot.Words
	// Commands returns the commands that a role may use; help lists them.
	Commands func(role bot.Role) []bot.Command
	// Command returns the command of that name.
	Command func(name string) (bot.Command, bool)
	// Router returns the router over the commands, for lines that a schedule sends.
	Router func() *bot.Router
	// Ways returns how people come to the bot on the platforms that are served; nil
	// knows none.
	Ways func() []Way
	// Forget makes the directory read everybody anew, after a change of roles or
	// zones.
	Forget func()
}

// handler answers one line within one transaction.
type handler func(ctx context.Context, c *call) (bot.Message, error)

// read makes a command's Run of a handler that only reads.
func (d *Deps) read(run handler) func(context.Context, bot.Request) (bot.Reply, error) {
	return func(ctx context.Context, req bot.Request) (bot.Reply, error) {
		var reply bot.Reply
		err := d.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
			var err error
			c := d.call(tx, req)
			reply.Message, err = run(ctx, c)
			reply.Posts = c.posts
			return err
		})
		return reply, err
	}
}

// write makes a command's Run of a handler that changes something. The event's
// key, its effects and its answer are stored together.
func (d *Deps) write(run handler) func(context.Context, bot.Request) (bot.Reply, error) {
	return func(ctx context.Context, req bot.Request) (bot.Reply, error) {
		var reply bot.Reply
		var people bool
		err := d.Store.Write(ctx, req.Workspace, func(tx *storage.Tx) error {
			c := d.call(tx, req)
			if err := c.checkWaiting(ctx); err != nil {
				return err
			}
			if err := c.closeDraft(ctx); err != nil {
				return err
			}
			msg, err := run(ctx, c)
			if moved, ok := errors.AsType[*movedError](err); ok {
				msg, err = moved.redraw(ctx, c)
			}
			if err != nil {
				return err
			}
			if err := c.pinUndo(ctx, &msg); err != nil {
				return err
			}
			if err := c.validate(msg); err != nil {
				return err
			}
			reply, people = bot.Reply{Message: msg, Posts: c.posts}, c.people
			reply.Stored, err = c.keepAnswer(ctx, msg)
			return err
		})
		if people {
			d.Forget()
		}
		return reply, err
	}
}

// validate checks all that is to be said before its effects are stored.
func (c *call) validate(msg bot.Message) error {
	err := msg.Validate()
	for _, post := range c.posts {
		err = errors.Join(err, post.Message.Validate())
	}
	return err
}

// checkWaiting returns bot.ErrWaiting when a question waits in the chat and
// nobody has looked for one yet.
func (c *call) checkWaiting(ctx context.Context) error {
	if !c.req.Unasked {
		return nil
	}
	waits, err := c.tx.Waits(ctx, c.req.Member.ID, c.req.Chat.Platform, draftChat(c.req), c.req.At)
	if err == nil && waits {
		err = bot.ErrWaiting
	}
	return err
}

// closeDraft ends the draft that the line continued.
func (c *call) closeDraft(ctx context.Context) error {
	if c.req.Draft == 0 {
		return nil
	}
	err := c.tx.CloseDraft(ctx, c.req.Draft, c.req.Member.ID, c.req.Chat.Platform, draftChat(c.req))
	if errors.Is(err, storage.ErrMoved) {
		return bot.Problem("draft.gone")
	}
	return err
}

// pinUndo makes the message's undo button take back the change that was just
// made, and no other: a second click must not do it again.
func (c *call) pinUndo(ctx context.Context, msg *bot.Message) error {
	for i := range msg.Buttons {
		if msg.Buttons[i].Line != lineUndo {
			continue
		}
		change, err := c.tx.LastChange(ctx, c.req.Member.ID)
		if err != nil {
			return err
		}
		msg.Buttons[i].Line += " " + bot.Revision(change.ID)
	}
	return nil
}

// keepAnswer stores the answer of the line's event, if it has a key.
func (c *call) keepAnswer(ctx context.Context, msg bot.Message) (int64, error) {
	if c.req.EventID == "" {
		return 0, nil
	}
	return storeAnswer(ctx, c.tx, c.req, msg)
}

// storeAnswer stores the answer to an event, and returns bot.ErrRepeated when
// it has one already.
func storeAnswer(ctx context.Context, tx *storage.Tx, req bot.Request, msg bot.Message) (int64, error) {
	post, err := postOf(bot.Post{Member: req.Member.ID, Chat: req.To(msg), Message: msg})
	if err != nil {
		return 0, err
	}
	post.EventKey, post.CreatedAt, post.DueAt = req.EventID, req.At, req.Heard().Add(storage.AnswerGrace)
	post.Claimed = true // by the adapter, which sends it from memory
	id, err := tx.Post(ctx, post)
	if errors.Is(err, storage.ErrExists) {
		return 0, bot.ErrRepeated
	}
	return id, err
}
