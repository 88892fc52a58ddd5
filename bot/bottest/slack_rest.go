package bottest

import "time"

// SlackRest is when somebody does not want to be disturbed: in a pause until
// Snooze, and from From to To, which is where the schedule of a night has come
// to. Zero times are none.
type SlackRest struct{ Snooze, From, To time.Time }

// Rest sets when a user does not want to be disturbed.
func (s *Slack) Rest(user string, rest SlackRest) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rests[user] = rest
}

// dndInfo tells of a pause only the person who made it, and everybody else by
// the window, as Slack does.
// Source: https://docs.slack.dev/reference/methods/dnd.info.
func (s *Slack) dndInfo(c slackCall) (slackAnswer, error) {
	user := c.text("user")
	if _, ok := s.users[user]; !ok {
		return nil, slackRefuse("user_not_found", user)
	}
	rest := s.rests[user]
	if rest.Snooze.After(s.config.Clock()) {
		rest.From, rest.To = s.config.Clock(), rest.Snooze
	}
	if rest.To.IsZero() {
		return slackAnswer{"dnd_enabled": false, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, nil
	}
	return slackAnswer{"dnd_enabled": true, "next_dnd_start_ts": rest.From.Unix(), "next_dnd_end_ts": rest.To.Unix()}, nil
}
