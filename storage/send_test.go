package storage_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"fifteen/storage"
)

// claimed is a post as it is after it was claimed.
func (p *place) claimed(m storage.Post, after time.Duration) storage.Post {
	m.DueAt, m.Claimed = p.now.Add(after+storage.SendLease), true
	return m
}

func TestClaimPosts(t *testing.T) {
	t.Parallel()
	const lease = storage.SendLease
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			second := p.post(in("b", p.message("", "second", 2*time.Minute)))
			first := p.post(in("a", p.message("", "first", time.Minute)))
			third := p.post(in("c", p.message("event", "third", 2*time.Minute)))
			p.same("before anything is due", p.due(time.Minute-time.Microsecond, 10), []storage.Post{})
			p.same("when the first is due", p.due(time.Minute, 10), []storage.Post{first})
			first = p.claimed(first, time.Minute)
			p.same("while the first is claimed", p.due(time.Minute+lease-time.Microsecond, 10), []storage.Post{})
			p.same("at most two, by number when they are due together", p.due(time.Minute+lease, 2), []storage.Post{second, first})
			p.same("the rest", p.due(time.Minute+lease, 2), []storage.Post{third})
			first, second, third = p.claimed(first, time.Minute+lease), p.claimed(second, time.Minute+lease), p.claimed(third, time.Minute+lease)
			p.same("when the lease is over", p.due(time.Minute+2*lease, 10), []storage.Post{second, first, third})

			first.Attempts, first.Parts, first.Below, first.Claimed = 1, 2, "1.2", false
			if err := p.store.PutOff(t.Context(), first, p.now.Add(30*time.Minute)); err != nil {
				t.Fatal(err)
			}
			if err := p.store.MarkSent(t.Context()); err != nil {
				t.Errorf("marking nothing as sent: got error %v, want none", err)
			}
			if err := p.store.MarkSent(t.Context(), second.ID, second.ID+100); err != nil {
				t.Fatal(err)
			}
			p.reopen()
			first.DueAt = p.now.Add(30 * time.Minute)
			third = p.claimed(third, time.Minute+2*lease)
			p.same("after one was put off and one was sent", p.due(29*time.Minute, 10), []storage.Post{third})
			third = p.claimed(third, 29*time.Minute)
			got := read(p, func(ctx context.Context, tx *storage.Tx) (storage.Post, error) { return tx.Answered(ctx, "event") })
			p.same("answer, sent or not", got, third)
			p.same("when all are due again", p.due(time.Hour, 10), []storage.Post{first, third})
		})
	}
}

func TestClaimPostsOfPlatforms(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			on := func(platform string, after time.Duration) storage.Post {
				m := p.message("", platform, after)
				m.Platform = platform
				return p.post(m)
			}
			terminal, slack, telegram := on("terminal", 0), on("slack", 2*time.Second), on("telegram", time.Second)
			p.same("on no platform", p.claim(time.Hour, 10), []storage.Post{})
			p.same("on one that has none", p.claim(time.Hour, 10, "playground"), []storage.Post{})
			p.same("on two", p.claim(time.Hour, 10, "slack", "telegram"), []storage.Post{telegram, slack})
			p.same("on the other", p.claim(time.Hour, 10, "slack", "terminal"), []storage.Post{terminal})
		})
	}
}

func TestClaimPostsOfAllWorkspaces(t *testing.T) {
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

// TestClaimPostsSaysForWhom has a member with two accounts on one platform and
// one on another, and one of another workspace with the same.
func TestClaimPostsSaysForWhom(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, id := range []string{"anna 2", "anna 3"} {
				p.account(p.anna, "terminal", id)
			}
			all := p.message("", "for all", 2*time.Second)
			all.Member = 0
			slack := p.message("", "for Anna in Slack", time.Second)
			slack.Platform = "slack"
			for _, m := range []storage.Post{in("a", p.message("", "for Anna", 0)), slack, in("b", all)} {
				p.post(m)
			}
			got, err := p.store.ClaimPosts(t.Context(), []string{"terminal", "slack"}, p.now.Add(time.Hour), 10)
			if err != nil {
				t.Fatal(err)
			}
			names := make([][2]string, len(got))
			for i, post := range got {
				names[i] = [2]string{post.Name, post.Account}
			}
			p.same("names and accounts", names, [][2]string{{"ANNA", "anna"}, {"ANNA", ""}, {"", ""}})
		})
	}
}

// account gives a member another account.
func (p *place) account(m storage.Member, platform, id string) {
	p.Helper()
	_, err := p.raw().ExecContext(p.Context(),
		"INSERT INTO accounts (workspace_id, platform, external_id, member_id) VALUES ($1, $2, $3, $4)", p.home, platform, id, m.ID)
	if err != nil {
		p.Fatal(err)
	}
}

// TestClaimPostsAtOnce lets two processes claim at the same time: neither gets
// what the other one has.
func TestClaimPostsAtOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			const posts = 60
			for i := range posts {
				p.post(in(fmt.Sprint(i%(posts/2)), p.message("", "post", 0)))
			}
			other, err := storage.Open(t.Context(), p.dsn)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { shut(t, other) })
			stores := []*storage.Store{p.store, other}
			var mu sync.Mutex
			times := map[int64]int{}
			for _, err := range together(8, func(i int) error {
				for {
					got, err := stores[i%2].ClaimPosts(t.Context(), []string{"terminal"}, p.now, 7)
					if err != nil || len(got) == 0 {
						return err
					}
					mu.Lock()
					for _, post := range got {
						times[post.ID]++
					}
					mu.Unlock()
					ids := make([]int64, len(got))
					for i := range got {
						ids[i] = got[i].ID
					}
					if err := stores[i%2].MarkSent(t.Context(), ids...); err != nil {
						return err
					}
				}
			}) {
				if err != nil {
					t.Errorf("claim: got error %v, want none", err)
				}
			}
			for id, n := range times {
				if n != 1 {
					t.Errorf("post %d: got it claimed %d times, want once", id, n)
				}
			}
			// Whoever comes while others hold the last rows gets nothing, and goes.
			left := 0
			for got := p.due(0, posts); len(got) > 0; got = p.due(0, posts) {
				left += len(got)
				for _, post := range got {
					if err := p.store.MarkSent(t.Context(), post.ID); err != nil {
						t.Fatal(err)
					}
				}
			}
			p.same("claimed, or still there", len(times)+left, posts)
		})
	}
}
