package demo

import (
	"context"

	"fifteen/storage"
)

// stage is where the lines take effect.
type stage struct {
	tx      *storage.Tx
	members [len(people)]storage.Member
}

// play stores the people and then what they typed, in the order of time, so
// that deals and changes are numbered as they would have been.
func play(ctx context.Context, tx *storage.Tx, b *book) error {
	s := &stage{tx: tx}
	for p := range people {
		m := person(p).member()
		m.CreatedAt = b.midnight(-reach)
		var err error
		if s.members[p], err = tx.AddMember(ctx, m, platform, m.Key); err != nil {
			return err
		}
	}
	deals := make([]storage.Deal, b.stories+1)
	for _, l := range b.lines {
		m := s.members[l.by]
		by := storage.Author{Member: m.ID, At: l.at, Platform: platform, Chat: m.Key, Command: l.act.command}
		var err error
		if deals[l.story], err = l.act.run(ctx, s, deals[l.story], by); err != nil {
			return err
		}
	}
	if err := s.visited(ctx, b); err != nil {
		return err
	}
	return s.told(ctx, b.now)
}
