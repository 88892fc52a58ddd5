package demo

import (
	"context"
	"strconv"

	"fifteen/storage"
)

// group is the team's group in Telegram, where somebody new has spoken to the bot
// whom nobody has taken in yet.
const (
	groupPlatform = "telegram"
	group         = "-1001515151515"
	groupName     = "Packaging sales"
	newcomer      = 1515
)

// visited has the newcomer speak in the group, a day ago.
func (s *stage) visited(ctx context.Context, b *book) error {
	yesterday := b.now.AddDate(0, 0, -1)
	_, _, err := s.tx.Visit(ctx, storage.Visitor{
		Platform: groupPlatform, ID: strconv.Itoa(newcomer), Name: "Eliška Dvořáková", Handle: "eliska_d", Locale: "cs",
		Chat: group, Place: groupName, At: yesterday,
	})
	return err
}
