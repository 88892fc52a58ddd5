package storage_test

import (
	"context"
	"errors"
	"testing"

	"fifteen/storage"
)

func TestMembers(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			all := read(p, func(ctx context.Context, tx *storage.Tx) ([]storage.Member, error) { return tx.Members(ctx) })
			p.same("members, by name", all, []storage.Member{p.anna, p.boris, p.petra})
			p.same("anna", p.anna, storage.Member{
				ID: p.anna.ID, Name: "ANNA", Key: "anna", Role: "rep", Locale: "cs", Active: true, Revision: 1, CreatedAt: start,
			})
			got := read(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) { return tx.Member(ctx, p.anna.ID) })
			p.same("member", got, p.anna)
			got = read(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) {
				return tx.MemberByAccount(ctx, "terminal", "anna")
			})
			p.same("member by account", got, p.anna)
			type account struct{ Platform, ID string }
			p.same("account", read(p, func(ctx context.Context, tx *storage.Tx) (a account, err error) {
				a.Platform, a.ID, err = tx.Account(ctx, p.anna.ID, "slack")
				return a, err
			}), account{"terminal", "anna"})
		})
	}
}

// A member is greeted once, whoever is quicker.
func TestGreet(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			fresh := write(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) {
				return tx.AddMember(ctx, storage.Member{Name: "Nina", Key: "nina", Role: "rep", Fresh: true}, "slack", "U9")
			})
			for i, want := range []struct {
				member int64
				first  bool
			}{{fresh.ID, true}, {fresh.ID, false}, {p.anna.ID, false}, {fresh.ID + 100, false}} {
				first := write(p, func(ctx context.Context, tx *storage.Tx) (bool, error) { return tx.Greet(ctx, want.member) })
				if first != want.first {
					t.Errorf("%d: got first %v, want %v", i, first, want.first)
				}
			}
			now := read(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) { return tx.Member(ctx, fresh.ID) })
			fresh.Fresh = false
			p.same("greeted", now, fresh)
		})
	}
}

func TestMemberErrors(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for _, test := range []struct {
				name string
				try  func(context.Context, *storage.Tx) error
				want error
			}{
				{"a name that is taken", func(ctx context.Context, tx *storage.Tx) error {
					_, err := tx.AddMember(ctx, storage.Member{Name: "Anna", Key: "anna", Role: "rep"}, "terminal", "new")
					return err
				}, storage.ErrExists},
				{"an account that is taken", func(ctx context.Context, tx *storage.Tx) error {
					_, err := tx.AddMember(ctx, storage.Member{Name: "New", Key: "new", Role: "rep"}, "terminal", "anna")
					return err
				}, storage.ErrExists},
				{"an unknown member", func(ctx context.Context, tx *storage.Tx) error {
					_, err := tx.Member(ctx, p.petra.ID+100)
					return err
				}, storage.ErrNotFound},
				{"an unknown account", func(ctx context.Context, tx *storage.Tx) error {
					_, err := tx.MemberByAccount(ctx, "slack", "anna")
					return err
				}, storage.ErrNotFound},
				{"the account of an unknown member", func(ctx context.Context, tx *storage.Tx) error {
					_, _, err := tx.Account(ctx, p.petra.ID+100, "terminal")
					return err
				}, storage.ErrNotFound},
				{"a role for an unknown member", func(ctx context.Context, tx *storage.Tx) error {
					return tx.SetRole(ctx, p.petra.ID+100, "admin", p.by(p.petra))
				}, storage.ErrNotFound},
			} {
				if err := p.try(test.try); !errors.Is(err, test.want) {
					t.Errorf("%s: got error %v, want %v", test.name, err, test.want)
				}
			}
			p.same("members", rows(t, p.raw(), "SELECT key FROM members ORDER BY key"), []string{"anna", "boris", "petra"})
		})
	}
}

func TestSetRole(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			for range 2 { // the second time is no change
				by := p.by(p.petra)
				write(p, func(ctx context.Context, tx *storage.Tx) (struct{}, error) {
					return struct{}{}, tx.SetRole(ctx, p.anna.ID, "admin", by)
				})
			}
			want := p.anna
			want.Role, want.Revision = "admin", 2
			role := func() storage.Member {
				return read(p, func(ctx context.Context, tx *storage.Tx) (storage.Member, error) { return tx.Member(ctx, p.anna.ID) })
			}
			p.same("member", role(), want)
			p.mustUndo(p.petra)
			want.Role, want.Revision = "rep", 3
			p.same("member after undo", role(), want)
		})
	}
}
