package storage_test

import (
	"context"
	"time"

	"fifteen/storage"
)

// linkReaches are those of the methods that link chats and accounts.
var linkReaches = map[string]reach{
	"Accounts": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Accounts(ctx, s.anna.ID)
	}, nil},
	"MemberByHandle": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.MemberByHandle(ctx, "anna_n")
	}, storage.ErrNotFound},
	"FindAccount": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.FindAccount(ctx, "telegram", "7")
	}, storage.ErrNotFound},
	"AddAccount": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.AddAccount(ctx, storage.Account{Platform: "slack", ID: "U-new", Member: s.anna.ID}))
	}, storage.ErrNotFound},
	"MoveAccount": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.MoveAccount(ctx, "telegram", "7", s.by.Member, s.now))
	}, storage.ErrNotFound},
	"DropAccount": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.DropAccount(ctx, "telegram", "7"))
	}, storage.ErrNotFound},
	"Greet": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Greet(ctx, s.fresh.ID)
	}, nil},
	"HeardFrom": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.HeardFrom(ctx, "telegram", "7", s.now))
	}, storage.ErrNotFound},
	"NoteAccount": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.NoteAccount(ctx, storage.Account{Platform: "telegram", ID: "7", Handle: "mallory"}))
	}, storage.ErrNotFound},
	"AddTeam": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.AddTeam(ctx, storage.Team{Platform: "telegram", ID: "-99"}))
	}, nil},
	"DropTeam": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.DropTeam(ctx, "slack", "T1"))
	}, storage.ErrNotFound},
	"Teams": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Teams(ctx, "slack")
	}, nil},
	"AddCode": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.AddCode(ctx, storage.Code{Hash: "another", Member: s.anna.ID, CreatedAt: s.now, ExpiresAt: s.now}))
	}, storage.ErrNotFound},
	"Code": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Code(ctx, "hash", s.now)
	}, storage.ErrNotFound},
	"UseCode": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.UseCode(ctx, "hash", s.now))
	}, storage.ErrNotFound},
	"CountCodes": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.CountCodes(ctx, s.anna.ID, s.now.Add(-time.Hour))
	}, nil},
	"CloseDrafts": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.CloseDrafts(ctx, s.anna.ID, s.draft.Platform, storage.DraftChat{ID: s.draft.Chat})
	}, nil},
	"Visit": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		v, first, err := tx.Visit(ctx, storage.Visitor{Platform: "telegram", ID: "8", Name: "Vera", Chat: "-2", At: s.now})
		if v.Number != 1 || !first {
			return v, err
		}
		return nothing(err)
	}, nil},
	"Visitor": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Visitor(ctx, 1)
	}, storage.ErrNotFound},
	"VisitorOf": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.VisitorOf(ctx, "telegram", "8")
	}, storage.ErrNotFound},
	"Visitors": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Visitors(ctx)
	}, nil},
	"SettleVisitor": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.SettleVisitor(ctx, 1, storage.VisitorAdmitted))
	}, nil},
	"KeepPageMessage": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.KeepPageMessage(ctx, storage.PageMessage{Number: 1, Room: "#sales", Body: "{}"}))
	}, nil},
	"PageMessages": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		found, err := tx.PageMessages(ctx, 10)
		if len(found) == 1 && found[0].Body == "{}" { // the stranger's own
			found = nil
		}
		return found, err
	}, nil},
	"PrunePageMessages": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.PrunePageMessages(ctx, 100))
	}, nil},
	"KeepSent": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.KeepSent(ctx, storage.Post{Platform: "telegram", Chat: "-1", CreatedAt: s.now})
		return nothing(err)
	}, nil},
	"PostIn": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.PostIn(ctx, s.shown, "telegram", "-1")
	}, storage.ErrNotFound},
	"PostShown": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.PostShown(ctx, "telegram", "-1", "55")
	}, storage.ErrNotFound},
}

// linked fills the place with what links it to chats and accounts, and returns a
// post that is shown.
func (p *place) linked() int64 {
	p.Helper()
	return write(p, func(ctx context.Context, tx *storage.Tx) (int64, error) {
		err := tx.AddAccount(ctx, storage.Account{Platform: "telegram", ID: "7", Handle: "anna_n", Member: p.anna.ID, LinkedAt: p.now})
		if err != nil {
			return 0, err
		}
		code := storage.Code{Hash: "hash", Member: p.anna.ID, CreatedAt: p.now, ExpiresAt: p.now.Add(time.Minute)}
		if err := tx.AddCode(ctx, code); err != nil {
			return 0, err
		}
		if _, _, err := tx.Visit(ctx, storage.Visitor{Platform: "telegram", ID: "8", Name: "Vera", Chat: "-1", At: p.now}); err != nil {
			return 0, err
		}
		if p.fresh, err = tx.AddMember(ctx, storage.Member{Name: "NINA", Key: "nina", Role: "rep", Fresh: true}, "slack", "U9"); err != nil {
			return 0, err
		}
		if err := tx.KeepPageMessage(ctx, storage.PageMessage{Number: 1, Room: "#sales", Body: `{"text":"ours"}`}); err != nil {
			return 0, err
		}
		post := storage.Post{Platform: "telegram", Chat: "-1", CreatedAt: p.now}
		id, err := tx.KeepSent(ctx, post)
		return id, err
	})
}
