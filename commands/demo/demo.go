// Package demo loads a company to play with: a year in the life of a team that
// sells packaging, told in the lines that its members could have typed. What
// the company is like is in the tables of funnel.go (companies that are only
// rows of the funnel), pipeline.go (what is open and scored), past.go (what was
// won and lost), inquiry.go (what was found out about a no), workload.go (what
// the reps report) and decisions.go (what the manager decided); what people said,
// and what the team sells, is in words/.
//
// Until three months ago the team kept only its larger contracts in the bot, and
// Ivanov what he was selling beside them; since then its whole list, with the
// small first deliveries that most new customers begin with.
package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fifteen/storage"
)

// ErrNotEmpty says that the workspace has members, and maybe deals, already.
var ErrNotEmpty = errors.New("the workspace has members already; the demo company needs an empty one")

// Load fills an empty workspace with the demo company as it stands at the given
// moment: the same moment gives the same rows. Nothing is dated later, and
// nothing more than 400 days earlier. It returns ErrNotEmpty, and stores
// nothing, when the workspace has members.
func Load(ctx context.Context, store *storage.Store, workspace int64, at time.Time) error {
	return store.Write(ctx, workspace, func(tx *storage.Tx) error {
		if err := mustBeEmpty(ctx, tx); err != nil {
			return err
		}
		home, err := tx.Workspace(ctx)
		if err != nil {
			return err
		}
		zone, err := time.LoadLocation(home.Zone)
		if err != nil {
			return fmt.Errorf("zone of workspace %d: %w", home.ID, err)
		}
		return play(ctx, tx, compose(at.In(zone)))
	})
}

// mustBeEmpty looks for members: without them there are no deals, since each
// has an owner.
func mustBeEmpty(ctx context.Context, tx *storage.Tx) error {
	members, err := tx.Members(ctx)
	if err == nil && len(members) > 0 {
		err = ErrNotEmpty
	}
	return err
}
