package storage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"fifteen/scoring"
)

// SaveWorkspace stores changed settings: currency, zone, visibility, rates,
// funnel, reasons, pitch, when people work and are asked, and the team's channel. A funnel without steps is the method's. Nothing is
// stored when nothing has changed.
func (tx *Tx) SaveWorkspace(ctx context.Context, after Workspace, by Author) error {
	before, err := tx.Workspace(ctx)
	if err != nil {
		return err
	}
	return tx.saveWorkspace(ctx, before, after, by, 0)
}

func (tx *Tx) saveWorkspace(ctx context.Context, before, after Workspace, by Author, undoes int64) error {
	after = after.whole()
	diff, err := diffOf(settingFields, &before, &after)
	if err != nil || len(diff) == 0 {
		return err
	}
	now, err := tx.readWorkspace(ctx, tx.forUpdate())
	if err != nil {
		return err
	}
	if moved, err := diffOf(settingFields, &before, &now); err != nil || len(moved) > 0 {
		return errors.Join(err, errAgain) // others saved theirs after this transaction read them
	}
	if err := tx.updateSettings(ctx, after); err != nil {
		return fmt.Errorf("save workspace %d: %w", tx.workspace, err)
	}
	tx.home = &after
	if err := tx.plan(ctx, PlanWorkspace, 0); err != nil {
		return err
	}
	if err := tx.record(ctx, Change{Subject: subjectSettings, Diff: diff, Undoes: undoes}, by); err != nil {
		return err
	}
	if diff.has("currency") || diff.has("rates") {
		return tx.revalue(ctx, after)
	}
	return nil
}

func (tx *Tx) updateSettings(ctx context.Context, w Workspace) error {
	var texts [6]string
	for i, part := range []any{w.Rates, w.Reasons, w.DaysOff, w.Channel, w.Funnel, scoring.MethodFunnel()} {
		text, err := json.Marshal(part)
		if err != nil {
			return err
		}
		texts[i] = string(text)
	}
	rates, reasons, daysOff, channel, funnel, method := texts[0], texts[1], texts[2], texts[3], texts[4], texts[5]
	if funnel == method {
		funnel = ""
	}
	if w.Channel == (Channel{}) {
		channel = ""
	}
	_, err := tx.exec(ctx, `UPDATE workspaces SET currency = ?, zone = ?, visibility = ?, rates = ?, funnel = ?,
		reasons = ?, pitch = ?, hours = ?, days = ?, country = ?, days_off = ?, nudge = ?, channel = ? WHERE id = ?`,
		w.Currency, w.Zone, w.Visibility, rates, funnel, reasons, w.Pitch, w.Hours, w.Days, w.Country, daysOff, w.Nudge,
		channel, tx.workspace)
	return err
}

func (tx *Tx) undoSettings(ctx context.Context, c Change, by Author) error {
	before, err := tx.Workspace(ctx)
	if err != nil {
		return err
	}
	after := before
	if err := revert(settingFields, &after, c.Diff); err != nil {
		return err
	}
	return tx.saveWorkspace(ctx, before, after, by, c.ID)
}

// whole returns a copy of the workspace that shares nothing with it and has a
// funnel.
func (w Workspace) whole() Workspace {
	rates := make(map[string]float64, len(w.Rates))
	maps.Copy(rates, w.Rates)
	w.Rates = rates
	w.Reasons = append([]ReasonWords{}, w.Reasons...)
	w.DaysOff = append([]DayOff{}, w.DaysOff...)
	w.Funnel.Steps, w.Funnel.Was = slices.Clone(w.Funnel.Steps), maps.Clone(w.Funnel.Was)
	if len(w.Funnel.Steps) == 0 {
		w.Funnel = scoring.MethodFunnel()
	}
	return w
}

// settingFields are the parts of a workspace that changes name.
var settingFields = fields[Workspace]{
	"currency":   func(w *Workspace) any { return &w.Currency },
	"zone":       func(w *Workspace) any { return &w.Zone },
	"visibility": func(w *Workspace) any { return &w.Visibility },
	"rates":      func(w *Workspace) any { return (*ratesPart)(&w.Rates) },
	"funnel":     func(w *Workspace) any { return (*funnelPart)(&w.Funnel) },
	"reasons":    func(w *Workspace) any { return (*reasonsPart)(&w.Reasons) },
	"pitch":      func(w *Workspace) any { return &w.Pitch },
	"hours":      func(w *Workspace) any { return &w.Hours },
	"days":       func(w *Workspace) any { return &w.Days },
	"country":    func(w *Workspace) any { return &w.Country },
	"days_off":   func(w *Workspace) any { return (*daysOffPart)(&w.DaysOff) },
	"nudge":      func(w *Workspace) any { return &w.Nudge },
	"channel":    func(w *Workspace) any { return &w.Channel },
}

// The parts of a workspace that JSON adds to, or writes into what others hold;
// they are emptied before a value is put back.
type (
	ratesPart   map[string]float64
	funnelPart  scoring.Funnel
	reasonsPart []ReasonWords
	daysOffPart []DayOff
)

func (p *ratesPart) clear()   { *p = nil }
func (p *funnelPart) clear()  { *p = funnelPart{} }
func (p *reasonsPart) clear() { *p = nil }
func (p *daysOffPart) clear() { *p = nil }
