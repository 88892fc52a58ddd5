package storage_test

import (
	"context"
	"fmt"

	"fifteen/storage"
)

// numbered is for methods that give the first thing of a workspace its number.
func numbered(number int64, err error) (any, error) {
	if number != 1 {
		return fmt.Sprintf("number %d, want 1", number), err
	}
	return nothing(err)
}

// nounReaches has an entry for every method of a Tx that reads or writes what is
// a noun and no member.
var nounReaches = map[string]reach{
	"ActivityTotals": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.ActivityTotals(ctx, 0, november[0], november[1])
	}, nil},
	"Company": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Company(ctx, s.company.ID)
	}, storage.ErrNotFound},
	"Decision": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Decision(ctx, s.decision.Number)
	}, storage.ErrNotFound},
	"Decisions": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Decisions(ctx, 0, 10)
	}, nil},
	"DecisionsDue": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.DecisionsDue(ctx, s.now, s.now)
	}, nil},
	"LastReports": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.LastReports(ctx)
	}, nil},
	"Product": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Product(ctx, s.product.Number)
	}, storage.ErrNotFound},
	"Products": {func(ctx context.Context, tx *storage.Tx, _ stranger) (any, error) {
		return tx.Products(ctx)
	}, nil},
	"Reminder": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Reminder(ctx, s.reminder.Number)
	}, storage.ErrNotFound},
	"Reminders": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Reminders(ctx, 0, s.reminder.Day, 10)
	}, nil},
	"OwnsDealOf": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.OwnsDealOf(ctx, s.anna.ID, s.company.ID)
	}, nil},
	"SaveCompany": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.company
		after.Industry = "from elsewhere"
		return nothing(tx.SaveCompany(ctx, s.company, after, s.by))
	}, storage.ErrMoved},
	"SaveDecision": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.decision
		after.Reviews++
		return nothing(tx.SaveDecision(ctx, s.decision, after, s.by))
	}, storage.ErrMoved},
	"SaveReminder": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.reminder
		after.Done = true
		return nothing(tx.SaveReminder(ctx, s.reminder, after, s.by))
	}, storage.ErrMoved},
	"SaveProduct": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.product
		after.Deleted = true
		return nothing(tx.SaveProduct(ctx, s.product, after, s.by))
	}, storage.ErrMoved},
	"Checkin": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.Checkin(ctx, s.anna.ID, s.checkin.Day)
	}, storage.ErrNotFound},
	"CheckedIn": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.CheckedIn(ctx, s.anna.ID, s.checkin.Day)
	}, storage.ErrNotFound},
	"MovedDeals": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.MovedDeals(ctx, s.anna.ID, november[0], november[1])
	}, nil},
	"TouchedDeals": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		return tx.TouchedDeals(ctx, s.anna.ID, november[0], november[1], 10)
	}, nil},
	"SaveCheckin": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		after := s.checkin
		after.Meetings = true
		_, err := tx.SaveCheckin(ctx, s.checkin, after, storage.Activity{}, s.by)
		return nothing(err)
	}, storage.ErrMoved},

	// These write what belongs to the stranger's own workspace.
	"AddActivity": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		activity, err := tx.AddActivity(ctx, storage.Activity{Member: s.by.Member, Kind: "call", Count: 1}, s.by)
		return numbered(activity.Number, err)
	}, nil},
	"AddDecision": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		decision, err := tx.AddDecision(ctx, s.decision, s.by)
		return numbered(decision.Number, err)
	}, nil},
	"AddReminder": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		reminder, err := tx.AddReminder(ctx, s.reminder, s.by)
		return numbered(reminder.Number, err)
	}, nil},
	"AddProduct": {func(ctx context.Context, tx *storage.Tx, s stranger) (any, error) {
		product, err := tx.AddProduct(ctx, s.product, s.by)
		return numbered(product.Number, err)
	}, nil},
}
