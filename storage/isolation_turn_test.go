package storage_test

import (
	"context"
	"time"

	"fifteen/storage"
)

// turnReaches has an entry for every method of a Tx about schedules and what is
// due.
var turnReaches = map[string]reach{
	"Adrift": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Adrift(ctx, s.anna.ID, s.now.AddDate(1, 0, 0), "2099-01-01", 10)
	}, nil},
	"DropNudge": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.DropNudge(ctx, s.anna.ID, "2026-12-01"))
	}, nil},
	"Nudges": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Nudges(ctx, s.deal.Number, time.Time{})
	}, nil},
	"SteplessSince": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		_, err := tx.SteplessSince(ctx, s.deal) // says when the deal was made that it is given
		return nothing(err)
	}, nil},
	"ChatSchedules": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.ChatSchedules(ctx, s.schedule.Platform, s.schedule.Chat)
	}, nil},
	"DropTurn": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.DropTurn(ctx, s.turn.Kind, s.turn.Number, s.turn.Member))
	}, nil},
	"DropTurns": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.DropTurns(ctx, s.turn.Kind, s.turn.Number))
	}, nil},
	"Fire": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.Fire(ctx, s.turn, s.now))
	}, storage.ErrMoved},
	"Fired": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Fired(ctx, s.turn.Kind, s.turn.Number, s.turn.Member, s.now.AddDate(-1, 0, 0))
	}, nil},
	"HasFired": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.HasFired(ctx, s.turn)
	}, nil},
	"Pass": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.Pass(ctx, s.turn))
	}, storage.ErrMoved},
	"PostKey": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.PostKey(ctx, 1)
	}, storage.ErrNotFound},
	"TakeBack": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.TakeBack(ctx, 1, "why"))
	}, nil},
	"PlanDealReminders": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.PlanDealReminders(ctx, s.deal.Number))
	}, nil},
	"PlanWhatConcerns": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.PlanWhatConcerns(ctx, s.anna.ID))
	}, nil},
	"Planned": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Planned(ctx, storage.Plan{Kind: storage.PlanSchedule, Number: s.schedule.Number})
	}, nil},
	"SaveSchedule": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.schedule
		after.Ended = "stopped"
		return nothing(tx.SaveSchedule(ctx, s.schedule, after, s.by))
	}, storage.ErrMoved},
	"Schedule": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Schedule(ctx, s.schedule.Number)
	}, storage.ErrNotFound},
	"Schedules": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Schedules(ctx)
	}, nil},
	"Turns": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Turns(ctx, s.turn.Kind, s.turn.Number)
	}, nil},
	"Unfire": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.Unfire(ctx, s.turn))
	}, storage.ErrNotFound},

	// These write what belongs to the stranger's own workspace.
	"AddNudge": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.AddNudge(ctx, storage.Nudge{Member: s.anna.ID, Day: "2026-12-01", What: storage.NudgeStep, Deal: 1, At: s.now}))
	}, nil},
	"AddSchedule": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		schedule, err := tx.AddSchedule(ctx, s.schedule, s.by)
		return numbered(schedule.Number, err)
	}, nil},
	"AddSchedules": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		added, err := tx.AddSchedules(ctx, []storage.Schedule{s.schedule}, s.by)
		return numbered(added[0].Number, err)
	}, nil},
	"PlanHome": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return nothing(tx.PlanHome(ctx))
	}, nil},
	"SetTurn": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return nothing(tx.SetTurn(ctx, s.turn))
	}, nil},
}
