package storage_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fifteen/storage"
)

// draft is a draft of Anna's.
func (p *place) draft(event, line, waiting string) storage.Draft {
	return storage.Draft{
		Member: p.anna.ID, Platform: "terminal", Chat: "dm", Line: line, Values: map[string]string{"text": "“ahoj”"},
		Waiting: waiting, Question: "which?", EventKey: event, CreatedAt: p.now,
	}
}

// keep stores a draft and returns it with its number.
func (p *place) keep(d storage.Draft) storage.Draft {
	p.Helper()
	d.Number = write(p, func(ctx context.Context, tx *storage.Tx) (int64, error) { return tx.KeepDraft(ctx, d) })
	return d
}

// kept returns a draft of a member's at a moment, or none.
func (p *place) kept(number int64, m storage.Member, at time.Time) (d storage.Draft, ok bool) {
	p.Helper()
	return p.maybe(func(tx *storage.Tx) (storage.Draft, error) { return tx.Draft(p.Context(), number, m.ID, at) })
}

// waiting returns the draft that waits for typed words in a chat, or none.
func (p *place) waiting(m storage.Member, chat string, at time.Time) (d storage.Draft, ok bool) {
	p.Helper()
	return p.maybe(func(tx *storage.Tx) (storage.Draft, error) {
		return tx.WaitingDraft(p.Context(), m.ID, "terminal", storage.DraftChat{ID: chat}, at)
	})
}

func (p *place) maybe(fn func(*storage.Tx) (storage.Draft, error)) (d storage.Draft, ok bool) {
	p.Helper()
	err := p.store.Read(p.Context(), p.home, func(tx *storage.Tx) (err error) {
		d, err = fn(tx)
		return err
	})
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		p.Fatal(err)
	}
	return d, err == nil
}

// end closes a draft and returns the error.
func (p *place) end(number int64, m storage.Member) error {
	return p.try(func(ctx context.Context, tx *storage.Tx) error {
		return tx.CloseDraft(ctx, number, m.ID, "terminal", storage.DraftChat{ID: "dm"})
	})
}

func TestDraftNumbers(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			other := p.draft("event 1", "note", "")
			other.Values = map[string]string{"text": "else"}
			for _, test := range []struct {
				name  string
				draft storage.Draft
				want  int64
			}{
				{"the first", p.draft("event 1", "note", ""), 1},
				{"the same line of the same event", p.draft("event 1", "note", ""), 1},
				{"another line of the event", p.draft("event 1", "lost", ""), 2},
				{"other values", other, 3},
				{"the same line, waiting", p.draft("event 1", "note", "text"), 4},
				{"another event", p.draft("event 2", "note", ""), 5},
				{"no event", p.draft("", "note", ""), 6},
				{"no event again", p.draft("", "note", ""), 7},
			} {
				if got := p.keep(test.draft).Number; got != test.want {
					t.Errorf("%s: got number %d, want %d", test.name, got, test.want)
				}
			}
		})
	}
}

func TestDraft(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			draft := p.keep(p.draft("event", "note", ""))
			last := p.now.Add(storage.DraftLife)
			got, ok := p.kept(draft.Number, p.anna, last)
			p.same("draft at its last moment", got, draft)
			if !ok {
				t.Error("draft at its last moment: got none, want it")
			}
			if _, ok := p.kept(draft.Number, p.anna, last.Add(time.Microsecond)); ok {
				t.Error("draft after a day: got it, want none")
			}
			if _, ok := p.kept(draft.Number, p.boris, p.now); ok {
				t.Error("draft of somebody else: got it, want none")
			}
			if err := p.end(draft.Number, p.boris); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("closing a draft of somebody else: got error %v, want %v", err, storage.ErrMoved)
			}
			if err := p.end(draft.Number, p.anna); err != nil {
				t.Errorf("closing: got error %v, want none", err)
			}
			if _, ok := p.kept(draft.Number, p.anna, p.now); ok {
				t.Error("closed draft: got it, want none")
			}
			if err := p.end(draft.Number, p.anna); !errors.Is(err, storage.ErrMoved) {
				t.Errorf("closing twice: got error %v, want %v", err, storage.ErrMoved)
			}
		})
	}
}

func TestWaitingDraft(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.keep(p.draft("", "note", "text"))
			newest := p.keep(p.draft("", "note", "text"))
			quiet := p.keep(p.draft("", "note", ""))
			elsewhere := p.draft("", "note", "text")
			elsewhere.Chat = "channel"
			elsewhere = p.keep(elsewhere)
			last := p.now.Add(storage.DraftLife)

			check := func(name string, m storage.Member, chat string, at time.Time, want int64) {
				t.Helper()
				if got, _ := p.waiting(m, chat, at); got.Number != want {
					t.Errorf("%s: got draft %d, want %d", name, got.Number, want)
				}
				waits := read(p, func(ctx context.Context, tx *storage.Tx) (bool, error) {
					return tx.Waits(ctx, m.ID, "terminal", storage.DraftChat{ID: chat}, at)
				})
				if waits != (want != 0) {
					t.Errorf("%s: got waits %t, want %t", name, waits, want != 0)
				}
			}
			check("newest of the chat", p.anna, "dm", last, newest.Number)
			check("after a day", p.anna, "dm", last.Add(time.Microsecond), 0)
			check("somebody else's", p.boris, "dm", last, 0)
			check("another chat", p.anna, "channel", last, elsewhere.Number)

			// Ending any draft of the chat ends the wait there, and only there.
			if err := p.end(quiet.Number, p.anna); err != nil {
				t.Fatal(err)
			}
			check("the chat after a draft was ended", p.anna, "dm", last, 0)
			check("another chat after a draft was ended", p.anna, "channel", last, elsewhere.Number)
		})
	}
}
