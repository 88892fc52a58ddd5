package storage_test

import (
	"context"
	"testing"

	"fifteen/scoring"
	"fifteen/storage"
)

// short is a funnel of two steps, the second of which is the method's.
func short() scoring.Funnel {
	return scoring.Funnel{
		Steps: []scoring.FunnelStep{
			{ID: "demo", Name: "Demo", Target: 0.5, Patience: 10},
			{ID: scoring.Contract, Target: 0.25, Patience: 20, Signed: true},
		},
		Was: map[scoring.Step]scoring.Step{scoring.Contact: "demo", scoring.Presentation: "demo", scoring.Payment: scoring.Contract},
	}
}

// texts returns the settings that are kept as JSON, and the pitch.
func (p *place) texts() []string {
	p.Helper()
	return rows(p.T, p.raw(), "SELECT funnel, reasons, pitch FROM workspaces")
}

func TestFunnelReasonsAndPitch(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			first := p.settings()
			p.same("funnel of a new workspace", first.Funnel, scoring.MethodFunnel())
			p.same("reasons and pitch of a new workspace", []any{len(first.Reasons), first.Pitch}, []any{0, ""})

			want := first
			want.Funnel, want.Pitch = short(), "We forge “x” better."
			want.Reasons = []storage.ReasonWords{{ID: "weather", Words: "The weather"}, {ID: scoring.PriceTooHigh, Words: "Too dear"}}
			p.set(func(w *storage.Workspace) { *w = want })
			p.reopen()
			p.same("settings", p.settings(), want)
			p.mustUndo(p.petra)
			p.same("settings after undo", p.settings(), first)
			p.same("as they are kept", p.texts(), []string{" [] "})
			p.mustUndo(p.petra)
			p.same("settings after undo of undo", p.settings(), want)

			p.set(func(w *storage.Workspace) { w.Funnel, w.Reasons, w.Pitch = scoring.Funnel{}, nil, "" })
			p.same("emptied", p.settings(), first)
			p.mustUndo(p.petra)
			p.set(func(w *storage.Workspace) { w.Funnel, w.Reasons, w.Pitch = scoring.MethodFunnel(), nil, "" })
			p.same("the method's again", p.texts(), []string{" [] "})
			p.set(func(w *storage.Workspace) { w.Funnel = scoring.MethodFunnel() })
			p.same("changes", rows(t, p.raw(), "SELECT count(*) FROM changes"), []string{"6"})
		})
	}
}

func TestFunnelAndReasonsChangedInPlace(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			words := func(s ...string) (all []storage.ReasonWords) {
				for _, w := range s {
					all = append(all, storage.ReasonWords{ID: scoring.Reason(w), Words: w})
				}
				return all
			}
			p.set(func(w *storage.Workspace) { w.Funnel, w.Reasons = short(), words("a", "b") })
			p.set(func(w *storage.Workspace) {
				w.Funnel.Steps[0].Name, w.Reasons[0].Words = "Trial", "other"
				w.Funnel.Was["old"] = "demo"
			})
			p.same("first step", p.settings().Funnel.Steps[0].Name, "Trial")
			p.mustUndo(p.petra)
			p.same("funnel after undo", p.settings().Funnel, short())
			p.same("reasons after undo", p.settings().Reasons, words("a", "b"))
			p.set(func(w *storage.Workspace) { w.Reasons = w.Reasons[1:] })
			p.mustUndo(p.petra)
			p.same("reasons after undo of taking one away", p.settings().Reasons, words("a", "b"))
		})
	}
}

// What a caller does with a workspace that it has read or saved is no business
// of the transaction's.
func TestWorkspaceIsACopy(t *testing.T) {
	t.Parallel()
	for _, k := range kinds() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			p := open(t, k)
			p.set(func(w *storage.Workspace) {
				w.Funnel, w.Reasons = short(), []storage.ReasonWords{{ID: "a", Words: "a"}}
				w.Rates = map[string]float64{"USD": 2}
			})
			want := p.settings()
			spoil := func(w storage.Workspace) {
				w.Funnel.Steps[0].Name, w.Funnel.Was["x"], w.Reasons[0].Words, w.Rates["USD"] = "spoilt", "y", "spoilt", 0
			}
			got := write(p, func(ctx context.Context, tx *storage.Tx) (storage.Workspace, error) {
				first, err := tx.Workspace(ctx)
				if err != nil {
					return first, err
				}
				spoil(first)
				saved, err := tx.Workspace(ctx)
				if err != nil {
					return first, err
				}
				saved.Pitch = "We forge better."
				if err := tx.SaveWorkspace(ctx, saved, p.by(p.petra)); err != nil {
					return first, err
				}
				spoil(saved)
				return tx.Workspace(ctx)
			})
			want.Pitch = "We forge better."
			p.same("workspace in the transaction", got, want)
			p.same("workspace after it", p.settings(), want)
		})
	}
}
