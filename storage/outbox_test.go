package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/storage"
)

// message is a post that is due after a while.
func (p *place) message(event, body string, after time.Duration) storage.Post {
	return storage.Post{
		Workspace: p.home, EventKey: event, Member: p.anna.ID, Platform: "terminal", Chat: "dm", Thread: "t", Private: true,
		Body: body, CreatedAt: p.now, DueAt: p.now.Add(after),
	}
}

// in is a post in another chat.
func in(chat string, m storage.Post) storage.Post {
	m.Chat = chat
	return m
}

// post stores a post and returns it with its id.
func (p *place) post(m storage.Post) storage.Post {
	p.Helper()
	m.ID = write(p, func(ctx context.Context, tx *storage.Tx) (int64, error) { return tx.Post(ctx, m) })
	return m
}

// due claims the posts for the terminal that are due after a while.
func (p *place) due(after time.Duration, limit int) []storage.Post {
	p.Helper()
	return p.claim(after, limit, "terminal")
}

// claim claims the posts that are due on platforms after a while, without whom
// they are for.
func (p *place) claim(after time.Duration, limit int, platforms ...string) []storage.Post {
	p.Helper()
	posts, err := p.store.ClaimPosts(p.Context(), platforms, p.now.Add(after), limit)
	if err != nil {
		p.Fatal(err)
	}
	for i := range posts {
		posts[i].Name, posts[i].Account = "", ""
	}
	return posts
}

func TestAnswerOfAnEvent(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			want := p.post(p.message("event 1", "answer", storage.AnswerGrace))
			p.post(p.message("", "post", 0))
			p.post(p.message("", "post", 0))
			err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				if _, err := tx.AddDeal(ctx, storage.Deal{Name: "Acme", Key: "acme", Owner: p.anna.ID}, p.by(p.anna)); err != nil {
					return err
				}
				_, err := tx.Post(ctx, p.message("event 1", "second answer", 0))
				return err
			})
			if !errors.Is(err, storage.ErrExists) {
				t.Errorf("second answer: got error %v, want %v", err, storage.ErrExists)
			}
			p.same("deals of the second time", p.lists(0), lists{})
			got := read(p, func(ctx context.Context, tx *storage.Tx) (storage.Post, error) { return tx.Answered(ctx, "event 1") })
			p.same("stored answer", got, want)
			for _, event := range []string{"event 2", ""} {
				err := p.store.Read(t.Context(), p.home, func(tx *storage.Tx) error {
					_, err := tx.Answered(t.Context(), event)
					return err
				})
				if !errors.Is(err, storage.ErrNotFound) {
					t.Errorf("answer of event %q: got error %v, want %v", event, err, storage.ErrNotFound)
				}
			}
		})
	}
}
