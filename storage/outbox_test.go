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

// post stores a post and returns it with its id.
func (p *place) post(m storage.Post) storage.Post {
	p.Helper()
	m.ID = write(p, func(ctx context.Context, tx *storage.Tx) (int64, error) { return tx.Post(ctx, m) })
	return m
}

// due returns the posts that are due after a while.
func (p *place) due(after time.Duration, limit int) []storage.Post {
	p.Helper()
	posts, err := p.store.DuePosts(p.Context(), p.now.Add(after), limit)
	if err != nil {
		p.Fatal(err)
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

func TestOutbox(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			second := p.post(p.message("", "second", 2*time.Minute))
			first := p.post(p.message("", "first", time.Minute))
			third := p.post(p.message("event", "third", 2*time.Minute))
			p.same("before anything is due", p.due(time.Minute-time.Microsecond, 10), []storage.Post{})
			p.same("when the first is due", p.due(time.Minute, 10), []storage.Post{first})
			p.same("when all are due", p.due(time.Hour, 10), []storage.Post{first, second, third})
			p.same("at most two", p.due(time.Hour, 2), []storage.Post{first, second})

			if err := p.store.PutOff(t.Context(), first.ID, p.now.Add(30*time.Minute)); err != nil {
				t.Fatal(err)
			}
			first.Attempts, first.DueAt = 1, p.now.Add(30*time.Minute)
			p.same("before the first is due again", p.due(29*time.Minute, 10), []storage.Post{second, third})
			p.same("after the first was put off", p.due(time.Hour, 10), []storage.Post{second, third, first})

			if err := p.store.MarkSent(t.Context()); err != nil {
				t.Errorf("marking nothing as sent: got error %v, want none", err)
			}
			if err := p.store.MarkSent(t.Context(), second.ID, first.ID, second.ID+100); err != nil {
				t.Fatal(err)
			}
			p.reopen()
			p.same("after two were sent", p.due(time.Hour, 10), []storage.Post{third})
			got := read(p, func(ctx context.Context, tx *storage.Tx) (storage.Post, error) { return tx.Answered(ctx, "event") })
			p.same("answer, sent or not", got, third)
		})
	}
}

func TestOutboxOfAllWorkspaces(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.post(p.message("event", "first", 0))
			p.settle("bolt")
			second := p.post(p.message("event", "second", 0))
			p.same("due posts", p.due(0, 10), []storage.Post{first, second})
		})
	}
}

func TestCursor(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			check := func(name, stream string, want int64) {
				t.Helper()
				got, err := p.store.Position(t.Context(), stream)
				if err != nil || got != want {
					t.Errorf("%s: got position %d, error %v, want %d", name, got, err, want)
				}
			}
			advance := func(stream string, position int64) {
				t.Helper()
				if err := p.store.Advance(t.Context(), stream, position); err != nil {
					t.Error(err)
				}
			}
			check("before anything was read", "telegram", 0)
			advance("telegram", 1<<40)
			check("after the first", "telegram", 1<<40)
			advance("telegram", 5)
			check("it never goes back", "telegram", 1<<40)
			check("another stream", "slack", 0)

			write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
				return struct{}{}, tx.Advance(ctx, "slack", 3)
			})
			check("advanced in a transaction", "slack", 3)
			failed := errors.New("failed")
			if err := p.try(func(ctx context.Context, tx *storage.Tx) error {
				return errors.Join(tx.Advance(ctx, "slack", 4), failed)
			}); !errors.Is(err, failed) {
				t.Errorf("write: got error %v, want %v", err, failed)
			}
			check("advanced in a transaction that failed", "slack", 3)
		})
	}
}
