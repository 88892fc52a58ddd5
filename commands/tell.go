package commands

import (
	"context"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// tell stores a message for another member, in that member's language. Nobody
// is told what they did themselves, and nobody who is gone is told anything.
func (c *call) tell(ctx context.Context, id int64, compose func(s speech) bot.Message) error {
	if id == c.req.Member.ID {
		return nil
	}
	m, err := c.member(ctx, id)
	if err != nil || !m.Active {
		return err
	}
	post := bot.Post{Workspace: c.req.Workspace, Message: compose(c.to(m))}
	post, err = mail(ctx, c.tx, m, post, c.req.Chat.Platform, c.req.At, c.req.Heard().Add(storage.AnswerGrace))
	if err == nil {
		c.posts = append(c.posts, post)
	}
	return err
}

// whisper leaves a message for another member beside the answer to a line that a
// schedule sends; the sweep stores it, in private. The line itself stores nothing.
func (c *call) whisper(m storage.Member, msg bot.Message) {
	c.posts = append(c.posts, bot.Post{Workspace: c.req.Workspace, Member: m.ID, Name: m.Name, Message: msg})
}

// whisperOnce is whisper for what several schedules may tell the same member, who
// is told it once: by the first that comes with the key.
func (c *call) whisperOnce(key string, m storage.Member, msg bot.Message) {
	c.whisper(m, msg)
	c.posts[len(c.posts)-1].Key = key
}

// to is the speech in which a member is spoken to.
func (s speech) to(m storage.Member) speech {
	s.tag, s.zone = m.Locale, zoneOf(m.Zone, s.home)
	return s
}

// mail stores a private post for a member, for the platform that is asked for if
// they are there, and returns it with its address.
func mail(
	ctx context.Context, tx *storage.Tx, m storage.Member, post bot.Post, platform string, now, due time.Time,
) (bot.Post, error) {
	at, account, err := tx.Account(ctx, m.ID, platform)
	if err != nil {
		return bot.Post{}, err
	}
	post.Member, post.Name, post.Account = m.ID, m.Name, account
	post.Chat = bot.Chat{Platform: at, ID: account, Private: true}
	row, err := postOf(post)
	if err != nil {
		return bot.Post{}, err
	}
	row.CreatedAt, row.DueAt = now, due
	row.Claimed = due.After(now) && at == platform // then the adapter sends it from memory
	post.ID, err = tx.Post(ctx, row)
	return post, err
}
