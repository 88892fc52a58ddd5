package slackbot

import "sync"

// outsiders remembers the channels that people of other organisations are in.
// Slack says so with messages only; clicks, commands and what the outbox holds go
// by what was said last.
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
		if s.outside {
			o.channels[s.place.Channel] = true
		} else {
			delete(o.channels, s.place.Channel)
		}
	}
	return o.channels[s.place.Channel]
}

func (o *outsiders) in(channel string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.channels[channel]
}
