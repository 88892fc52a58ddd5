package storage_test

import (
	"strings"
	"testing"
	"time"

	"fifteen/storage"
)

// bodies are what posts hold, in their order.
func bodies(posts []storage.Post) string {
	all := make([]string, len(posts))
	for i, post := range posts {
		all[i] = post.Body
	}
	return strings.Join(all, " ")
}

// A chat's posts are given out in their order, whenever they are due; a chat is a
// chat of one workspace on one platform.
func TestClaimPostsInOrder(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			answer := p.post(in("a", p.message("event", "answer", 10*time.Second)))
			p.post(in("a", p.message("", "digest", 0)))
			p.post(in("b", p.message("", "other", 0)))
			elsewhere := in("a", p.message("", "slack", 0))
			elsewhere.Platform = "slack"
			p.post(elsewhere)
			p.settle("bolt")
			p.post(in("a", p.message("", "bolt", 0)))
			got := p.claim(0, 10, "slack", "terminal")
			p.same("while an answer waits", bodies(got), "other slack bolt")
			p.same("when it is due", bodies(p.due(10*time.Second, 10)), "answer")
			p.same("while it is claimed", bodies(p.due(11*time.Second, 10)), "")
			if err := p.store.MarkSent(t.Context(), answer.ID); err != nil {
				t.Fatal(err)
			}
			p.same("when it is sent", bodies(p.due(11*time.Second, 10)), "digest")
		})
	}
}

// A post that is put off takes its chat along, and what comes to it later waits
// too, also after a restart. Other chats go on.
func TestPutOffChat(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.post(in("a", p.message("", "first", 0)))
			p.post(in("a", p.message("", "second", 0)))
			p.post(in("a", p.message("", "late", 3*time.Hour)))
			p.post(in("b", p.message("", "other", 0)))
			if err := p.store.PutOff(t.Context(), first, p.now.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			p.post(in("a", p.message("", "new", 0)))
			p.reopen()
			p.same("due", rows(t, p.raw(), "SELECT body FROM outbox WHERE due_at < '2026-11-22 09:30:00+00' ORDER BY id"), []string{"other", "new"})
			p.same("while the chat waits", bodies(p.due(time.Hour-time.Second, 10)), "other")
			for _, want := range []string{"first", "second", "late", "new"} {
				got := p.due(3*time.Hour, 10)
				p.same("after the wait", bodies(got[:1]), want)
				if err := p.store.MarkSent(t.Context(), got[0].ID); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// What is dropped is not given out, keeps why, and goes when it is old.
func TestDropPosts(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			one := p.post(in("a", p.message("", "one", 0)))
			p.post(in("a", p.message("", "two", 0)))
			three := p.post(in("b", p.message("", "three", 0)))
			p.post(in("b", p.message("", "four", 0)))
			if err := p.store.MarkSent(t.Context(), one.ID); err != nil {
				t.Fatal(err)
			}
			if n, err := p.store.DropChat(t.Context(), one, "is_archived"); n != 1 || err != nil {
				t.Errorf("got %d, %v dropped with the chat, want one", n, err)
			}
			if err := p.store.DropPost(t.Context(), three.ID, "too long"); err != nil {
				t.Fatal(err)
			}
			p.same("left", bodies(p.due(0, 10)), "four")
			p.same("why", rows(t, p.raw(), "SELECT body, dropped FROM outbox ORDER BY id"),
				[]string{"one ", "two is_archived", "three too long", "four "})
			if err := p.store.PruneOutbox(t.Context(), p.now.Add(time.Second)); err != nil {
				t.Fatal(err)
			}
			p.same("kept", rows(t, p.raw(), "SELECT body FROM outbox"), []string{"four"})
		})
	}
}
