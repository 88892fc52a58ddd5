package slackbot

import "sync"

// outsiders remembers the channels that people of other organisations are in.
// Slack says so with messages only; clicks, commands and what the outbox holds go
// by what was said last. A command in a channel that nothing is known of is
// answered as if they were there: what a customer has read cannot be taken back.
type outsiders struct {
	mu       sync.Mutex
	channels map[string]bool
}

// note takes in what a payload tells, and returns whether outsiders are where it
// was said.
func (o *outsiders) note(s said) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if s.means == message {
		if o.channels == nil {
			o.channels = map[string]bool{}
		}
		o.channels[s.place.Channel] = s.outside
	}
	there, known := o.channels[s.place.Channel]
	return there || !known && s.means == command
}

func (o *outsiders) in(channel string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.channels[channel]
}
