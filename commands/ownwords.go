package commands

import (
	"context"

	"fifteen/scoring"
	"fifteen/storage"
)

// ownWords are what an organisation calls its steps and reasons.
type ownWords struct {
	funnel  scoring.Funnel
	reasons map[scoring.Reason]string
}

func ownWordsOf(home storage.Workspace) *ownWords {
	own := &ownWords{funnel: home.Funnel, reasons: map[scoring.Reason]string{}}
	for _, reason := range home.Reasons {
		own.reasons[reason.ID] = reason.Words
	}
	return own
}

// useOwnWords makes the call speak of steps and reasons as the organisation
// does.
func (c *call) useOwnWords(ctx context.Context) error {
	home, err := c.tx.Workspace(ctx)
	if err == nil {
		c.own = ownWordsOf(home)
	}
	return err
}

// useSteps is useOwnWords for a line that takes a deal to a step: nobody changes
// the steps meanwhile.
func (c *call) useSteps(ctx context.Context) error {
	if err := c.tx.Share(ctx); err != nil {
		return err
	}
	return c.useOwnWords(ctx)
}

// funnel returns the organisation's steps.
func (s speech) funnel() scoring.Funnel {
	if s.own == nil {
		return scoring.MethodFunnel()
	}
	return s.own.funnel
}

// step says what a step is called, also one that histories name and the funnel
// no longer has.
func (s speech) step(id scoring.Step) string {
	step, ok := s.funnel().Find(id)
	if !ok {
		return s.say("step.onlist")
	}
	return s.stepName(step)
}

// reason says what a reason is called; one that has no words any more by its id.
func (s speech) reason(id scoring.Reason) string {
	if s.own != nil && s.own.reasons[id] != "" {
		return s.own.reasons[id]
	}
	if words := s.say("reason." + string(id)); words != "" || id == "" {
		return words
	}
	return string(id)
}

// allReasons returns the method's reasons, then those that an organisation
// added.
func allReasons(home storage.Workspace) []scoring.Reason {
	reasons := append([]scoring.Reason{}, scoring.Reasons...)
	for _, reason := range home.Reasons {
		if !reason.ID.Known() {
			reasons = append(reasons, reason.ID)
		}
	}
	return reasons
}
