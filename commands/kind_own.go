package commands

import (
	"context"

	"fifteen/bot"
	"fifteen/storage"
)

// ownKind reads one of a few words that the organisation has chosen itself: a
// step of its funnel, or a reason of its own.
type ownKind struct {
	choiceKind
	deps *Deps
	// list returns the ids with the organisation's words for them; an id without
	// any is one of the catalogue's.
	list func(home storage.Workspace) (ids []string, named map[string]string)
}

// Read implements bot.Kind.
func (k ownKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	choice, err := k.choice(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	return choice.Read(ctx, req, span)
}

// ReadEnd implements bot.Ender.
func (k ownKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	choice, err := k.choice(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	return choice.ReadEnd(ctx, req, span)
}

// Offer implements bot.Offerer.
func (k ownKind) Offer(ctx context.Context, req bot.Request) ([]bot.Option, error) {
	choice, err := k.choice(ctx, req)
	if err != nil {
		return nil, err
	}
	return choice.Offer(ctx, req)
}

// choice is the kind as it is in the asker's workspace.
func (k ownKind) choice(ctx context.Context, req bot.Request) (choiceKind, error) {
	choice := k.choiceKind
	err := k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		home, err := tx.Workspace(ctx)
		if err == nil {
			choice.ids, choice.named = k.list(home)
		}
		return err
	})
	return choice, err
}

func ownSteps(home storage.Workspace) (ids []string, named map[string]string) {
	named = map[string]string{}
	for _, step := range home.Funnel.Steps {
		ids = append(ids, string(step.ID))
		named[string(step.ID)] = step.Name
	}
	return ids, named
}

func ownReasons(home storage.Workspace) (ids []string, named map[string]string) {
	named = map[string]string{}
	for _, reason := range home.Reasons {
		named[string(reason.ID)] = reason.Words
	}
	return texted(allReasons(home)), named
}

// ownObjections are the reasons, and none.
func ownObjections(home storage.Workspace) (ids []string, named map[string]string) {
	ids, named = ownReasons(home)
	return append(ids, string(storage.NoObjection)), named
}

// texted writes ids as plain words.
func texted[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
