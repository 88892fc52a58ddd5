package bottest

import (
	"fmt"
	"regexp"
	"time"
)

// slackTrigger can be exchanged once for a view of one person.
type slackTrigger struct {
	user string
	at   time.Time
	used bool
}

// slackTriggerForm is what a trigger_id looks like.
// Source: https://docs.slack.dev/reference/methods/views.open.
var slackTriggerForm = regexp.MustCompile(`^\d+\.\d+\.[0-9a-f]+$`)

// trigger returns the ID of a new trigger.
func (s *Slack) trigger(user string) string {
	s.serial++
	id := fmt.Sprintf("%d.%d.%016x", s.serial, s.serial*7, s.serial*7919)
	s.triggers[id] = &slackTrigger{user: user, at: s.config.Clock()}
	return id
}

// exchange uses a trigger up.
func (s *Slack) exchange(id string) (user string, err error) {
	life := s.config.TriggerLife
	if life == 0 {
		life = slackPatience
	}
	t, ok := s.triggers[id]
	switch {
	case !slackTriggerForm.MatchString(id):
		return "", slackRefuse("invalid_trigger_id", id)
	case !ok || s.config.Clock().Sub(t.at) > life:
		return "", slackRefuse("expired_trigger_id", id)
	case t.used:
		return "", slackRefuse("exchanged_trigger_id", id)
	}
	t.used = true
	return t.user, nil
}
