package bottest

import "context"

// SlackFault is what goes wrong with one delivery.
type SlackFault struct {
	// LoseRequest: the bot never gets it.
	LoseRequest bool
	// LoseAck: the bot handles it, but Slack does not hear the acknowledgement.
	// The SlackAck holds it nevertheless, beside ErrSlackLost.
	LoseAck bool
}

// In returns a context under which every delivery goes wrong, whatever others
// deliver at the same time.
func (f SlackFault) In(ctx context.Context) context.Context {
	return context.WithValue(ctx, slackFaultKey{}, f)
}

// slackFaultKey is where In keeps a fault.
type slackFaultKey struct{}

// Next makes the next delivery go wrong, whoever's it is; called again, the one
// after it.
func (s *Slack) Next(f SlackFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f)
}
