package storage_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fifteen/storage"
)

// TestRedeem tries codes as strangers do: once, again, too late, and too often.
func TestRedeem(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			code := func(hash string, after time.Duration) {
				at := p.now.Add(after)
				write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
					return struct{}{}, tx.AddCode(ctx, storage.Code{
						Hash: hash, Member: p.anna.ID, CreatedAt: at, ExpiresAt: at.Add(10 * time.Minute),
					})
				})
			}
			redeem := func(who, hash string, after time.Duration) error {
				by := storage.Guesser{Platform: "telegram", ID: who, Most: 5, Within: time.Hour}
				return p.store.Redeem(t.Context(), hash, by, p.now.Add(after), func(tx *storage.Tx, code storage.Code) error {
					if code.Member != p.anna.ID || code.Workspace != p.home {
						t.Errorf("got a code of %+v, want one of %d", code, p.anna.ID)
					}
					return tx.AddAccount(t.Context(), storage.Account{Platform: "telegram", ID: who, Member: code.Member})
				})
			}
			for i, c := range []struct {
				who, hash    string
				given, after time.Duration // when it was given, if it is a new one, and when it is said
				isNew        bool
				want         error
			}{
				{who: "1", hash: "one", isNew: true},
				{who: "2", hash: "one", want: storage.ErrNotFound},                                       // used
				{who: "2", hash: "two", isNew: true, after: 10 * time.Minute, want: storage.ErrNotFound}, // expired
				{who: "3", hash: "three", isNew: true, given: time.Second, after: time.Second},
				{who: "2", hash: "two", after: time.Second, want: storage.ErrNotFound}, // a newer one was given
				{who: "2", hash: "guess", want: storage.ErrNotFound},
				{who: "2", hash: "another", want: storage.ErrNotFound},
				{who: "2", hash: "right", isNew: true, want: storage.ErrNotFound}, // but the sixth guess
				{who: "4", hash: "right"},
				{who: "2", hash: "later", isNew: true, given: 2 * time.Hour, after: 2 * time.Hour},
				{who: "1", hash: "taken", isNew: true, given: time.Hour, after: time.Hour, want: storage.ErrExists}, // the account is somebody's
				{who: "5", hash: "taken", after: time.Hour},                                                         // and the code is not used up by that
			} {
				if c.isNew {
					code(c.hash, c.given)
				}
				if err := redeem(c.who, c.hash, c.after); !errors.Is(err, c.want) {
					t.Errorf("%d: got error %v, want %v", i, err, c.want)
				}
			}
		})
	}
}

// TestRedeemOnce has a code redeemed by many at once: one of them has it.
func TestRedeemOnce(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
				return struct{}{}, tx.AddCode(ctx, storage.Code{Hash: "x", Member: p.anna.ID, CreatedAt: p.now, ExpiresAt: p.now.Add(time.Minute)})
			})
			var won atomic.Int32
			var all sync.WaitGroup
			for i := range 8 {
				all.Go(func() {
					by := storage.Guesser{Platform: "telegram", ID: fmt.Sprint(i), Most: 5, Within: time.Hour}
					err := p.store.Redeem(t.Context(), "x", by, p.now, func(tx *storage.Tx, code storage.Code) error {
						return tx.AddAccount(t.Context(), storage.Account{Platform: "telegram", ID: by.ID, Member: code.Member})
					})
					switch {
					case err == nil:
						won.Add(1)
					case !errors.Is(err, storage.ErrNotFound):
						t.Errorf("got error %v, want %v", err, storage.ErrNotFound)
					}
				})
			}
			all.Wait()
			if n := won.Load(); n != 1 {
				t.Errorf("got %d who redeemed one code, want 1", n)
			}
		})
	}
}

// TestLease lets one holder at a time.
func TestLease(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for i, c := range []struct {
				holder    string
				at, until time.Duration
				want      bool
			}{
				{holder: "a", until: 30 * time.Second, want: true},
				{holder: "b", at: 10 * time.Second, until: 40 * time.Second},
				{holder: "a", at: 20 * time.Second, until: 50 * time.Second, want: true},
				{holder: "b", at: 49 * time.Second, until: 80 * time.Second},
				{holder: "b", at: 50 * time.Second, until: 80 * time.Second, want: true},
				{holder: "a", at: 60 * time.Second, until: 90 * time.Second},
				{holder: "b", at: 70 * time.Second, until: 70 * time.Second}, // gives it back
				{holder: "a", at: 70 * time.Second, until: 90 * time.Second, want: true},
			} {
				got, err := p.store.Lease(t.Context(), "poll", c.holder, p.now.Add(c.at), p.now.Add(c.until))
				if err != nil || got != c.want {
					t.Errorf("%d: got %v, %v, want %v", i, got, err, c.want)
				}
			}
		})
	}
}

// TestReached tells through which account a member is reached.
func TestReached(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			check := func(what, prefer, want string) {
				t.Helper()
				got := read(p, func(ctx context.Context, tx *storage.Tx) (string, error) {
					platform, id, err := tx.Account(ctx, p.anna.ID, prefer)
					return platform + "/" + id, err
				})
				if got != want {
					t.Errorf("%s: got %s, want %s", what, got, want)
				}
			}
			do := func(change func(ctx context.Context, tx *storage.Tx) error) {
				write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) { return struct{}{}, change(ctx, tx) })
			}
			do(func(ctx context.Context, tx *storage.Tx) error {
				return tx.AddAccount(ctx, storage.Account{Platform: "telegram", ID: "7", Member: p.anna.ID, LinkedAt: p.now})
			})
			check("where it is asked for", "telegram", "telegram/7")
			check("a terminal comes last", "terminal", "telegram/7")
			do(func(ctx context.Context, tx *storage.Tx) error { return tx.HeardFrom(ctx, "telegram", "7", p.now) })
			check("where they spoke last", "terminal", "telegram/7")
			do(func(ctx context.Context, tx *storage.Tx) error {
				err := tx.AddAccount(ctx, storage.Account{Platform: "slack", ID: "U1", Member: p.anna.ID})
				if err == nil {
					err = tx.HeardFrom(ctx, "slack", "U1", p.now.Add(time.Second))
				}
				return err
			})
			check("where they spoke last", "telegram", "slack/U1")
			do(func(ctx context.Context, tx *storage.Tx) error {
				m, err := tx.Member(ctx, p.anna.ID)
				if err != nil {
					return err
				}
				after := m
				after.Reach = "telegram"
				return tx.SaveMember(ctx, m, after, p.by(p.anna))
			})
			check("where they chose", "terminal", "telegram/7")
			if err := p.store.Silence(t.Context(), "telegram", "7", true); err != nil {
				t.Fatal(err)
			}
			check("where they can be written to", "telegram", "slack/U1")
		})
	}
}

// TestMoveChat gives a group another id wherever it is named.
func TestMoveChat(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
				err := tx.AddTeam(ctx, storage.Team{Platform: "telegram", ID: "-1", Name: "Sales", LinkedAt: p.now})
				for _, chat := range []string{"-1", "-1/7", "-12"} {
					if err == nil {
						_, err = tx.Post(ctx, storage.Post{Platform: "telegram", Chat: chat, CreatedAt: p.now, DueAt: p.now})
					}
				}
				return struct{}{}, err
			})
			for range 2 {
				if err := p.store.MoveChat(t.Context(), "telegram", "-1", "-1001"); err != nil {
					t.Fatal(err)
				}
			}
			posts, err := p.store.ClaimPosts(t.Context(), []string{"telegram"}, p.now, 10)
			got := map[string]bool{}
			for _, post := range posts {
				got[post.Chat] = true
			}
			if err != nil || len(got) != 3 || !got["-1001"] || !got["-1001/7"] || !got["-12"] {
				t.Errorf("got posts in %v, %v, want in -1001, -1001/7 and -12", got, err)
			}
			if team, err := p.store.Team(t.Context(), "telegram", "-1001"); err != nil || team.Workspace != p.home || !team.LinkedAt.Equal(p.now) {
				t.Errorf("got team %+v, %v, want the one that was linked", team, err)
			}
			if _, err := p.store.Team(t.Context(), "telegram", "-1"); !errors.Is(err, storage.ErrNotFound) {
				t.Errorf("got error %v, want %v", err, storage.ErrNotFound)
			}
		})
	}
}

// TestShelf finds messages by their number and by what a platform calls them.
func TestShelf(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			id := write(p, func(ctx context.Context, tx *storage.Tx) (int64, error) {
				return tx.KeepSent(ctx, storage.Post{Platform: "telegram", Chat: "7", Body: "body", CreatedAt: p.now})
			})
			if err := p.store.ShowPost(t.Context(), id, "55"); err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				chat, shown string
				want        error
			}{{chat: "7", shown: "55"}, {chat: "8", shown: "55", want: storage.ErrNotFound}, {chat: "7", shown: "", want: storage.ErrNotFound}} {
				err := p.try(func(ctx context.Context, tx *storage.Tx) error {
					post, err := tx.PostShown(ctx, "telegram", c.chat, c.shown)
					if err == nil && (post.ID != id || post.Body != "body") {
						t.Errorf("got post %+v, want %d", post, id)
					}
					return err
				})
				if !errors.Is(err, c.want) {
					t.Errorf("shown in %s as %q: got error %v, want %v", c.chat, c.shown, err, c.want)
				}
			}
			posts, err := p.store.ClaimPosts(t.Context(), []string{"telegram"}, p.now.Add(time.Hour), 10)
			if err != nil || len(posts) != 0 {
				t.Errorf("got %v, %v to be sent, want nothing: it was sent", posts, err)
			}
		})
	}
}
