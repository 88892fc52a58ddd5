package bottest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// slackMethodScopes is the bot scope that each method of the Web API needs, ""
// for none. Source: the page of each method below
// https://docs.slack.dev/reference/methods.
var slackMethodScopes = map[string]string{
	"apps.connections.open":        "", // connections:write of the app token
	"auth.test":                    "",
	"chat.delete":                  "chat:write",
	"chat.postEphemeral":           "chat:write",
	"chat.postMessage":             "chat:write",
	"chat.update":                  "chat:write",
	"conversations.info":           "", // depends on the channel
	"conversations.open":           "im:write",
	"dnd.info":                     "dnd:read",
	"files.completeUploadExternal": "files:write",
	"files.getUploadURLExternal":   "files:write",
	"users.conversations":          "", // depends on the types
	"users.info":                   "users:read",
	"users.list":                   "users:read",
	"views.open":                   "",
	"views.publish":                "",
	"views.update":                 "",
}

// slackEventScopes is the scope that each event needs; events that are not here
// need none. Source: the page of each event below
// https://docs.slack.dev/reference/events.
var slackEventScopes = map[string]string{
	"app_mention":           "app_mentions:read",
	"message.channel":       "channels:history",
	"message.group":         "groups:history",
	"message.im":            "im:history",
	"message.mpim":          "mpim:history",
	"channel_archive":       "channels:read",
	"channel_rename":        "channels:read",
	"member_joined_channel": "channels:read",
	"member_left_channel":   "channels:read",
	"reaction_added":        "reactions:read",
	"reaction_removed":      "reactions:read",
	"team_join":             "users:read",
	"user_change":           "users:read",
}

// slackInfoScopes are the scopes of conversations.info, one for each kind of
// channel. Source: https://docs.slack.dev/reference/methods/conversations.info.
var slackInfoScopes = map[string]string{
	"channel": "channels:read", "group": "groups:read", "im": "im:read",
}

// slackCommandScope is what slash commands need.
const slackCommandScope = "commands"

// slackScopes returns every scope that the fake knows.
func slackScopes() []string {
	known := map[string]bool{slackCommandScope: true}
	for _, scopes := range []map[string]string{slackMethodScopes, slackEventScopes, slackInfoScopes} {
		for _, scope := range scopes {
			known[scope] = true
		}
	}
	delete(known, "")
	return slices.Sorted(maps.Keys(known))
}

// Scopes returns the scopes that calls, events and commands needed that went
// through.
func (s *Slack) Scopes() map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.used)
}

// eventScope notes the scope of an event, or says that it is missing.
func (s *Slack) eventScope(kind, channelType string) error {
	scope, ok := slackEventScopes[kind]
	if !ok {
		scope = slackEventScopes[kind+"."+channelType]
	}
	return s.needs(scope, kind)
}

// needs notes a scope that was needed for what, or says that it is missing.
func (s *Slack) needs(scope, what string) error {
	if scope != "" && !s.granted[scope] {
		return fmt.Errorf("%w: %s needs the scope %s, it has %s", ErrSlackNotInstalled, what, scope, s.provided())
	}
	if scope != "" {
		s.used[scope] = true
	}
	return nil
}

// provided lists the granted scopes as Slack does.
func (s *Slack) provided() string {
	return strings.Join(slices.Sorted(maps.Keys(s.granted)), ",")
}
