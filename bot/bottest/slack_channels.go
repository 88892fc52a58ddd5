package bottest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// kind is what sort of conversation it is, as the types of Slack's events say.
func (c SlackChannel) kind() string {
	switch {
	case c.isDM():
		return "im"
	case c.Private:
		return "group"
	default:
		return "channel"
	}
}

// conversationsInfo tells of a channel: of a public one to every app, of others
// only where the bot is.
// Source: https://docs.slack.dev/reference/methods/conversations.info.
func (s *Slack) conversationsInfo(c slackCall) (slackAnswer, error) {
	id := c.text("channel")
	if id == "" {
		return nil, slackRefuse("invalid_arguments", "[ERROR] missing required field: channel")
	}
	channel, ok := s.channels[id]
	if !ok || channel.kind() != "channel" && !channel.BotIn {
		return nil, slackRefuse("channel_not_found", id)
	}
	if err := s.mayKnow(channel.kind()); err != nil {
		return nil, err
	}
	told := s.channelTold(channel)
	if c.flag("include_num_members") {
		told["num_members"] = len(slices.Compact(slices.Sorted(slices.Values(channel.Members))))
	}
	return slackAnswer{"channel": told}, nil
}

// mayKnow refuses to tell of a kind of channel without its scope.
func (s *Slack) mayKnow(kind string) error {
	scope := slackInfoScopes[kind]
	if !s.granted[scope] {
		return &slackError{code: "missing_scope", needed: scope, messages: []string{scope}}
	}
	s.used[scope] = true
	return nil
}

// slackConversationTypes are the kinds of channels by the types of
// users.conversations.
var slackConversationTypes = map[string]string{"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}

// usersConversations tells which channels the bot is in, of those types, on one
// page.
// Source: https://docs.slack.dev/reference/methods/users.conversations.
func (s *Slack) usersConversations(c slackCall) (slackAnswer, error) {
	if c.text("cursor") != "" {
		return nil, slackRefuse("invalid_cursor", c.text("cursor"))
	}
	wanted := map[string]bool{}
	for name := range strings.SplitSeq(cmp.Or(c.text("types"), "public_channel"), ",") {
		kind, ok := slackConversationTypes[strings.TrimSpace(name)]
		if !ok {
			return nil, slackRefuse("invalid_types", name)
		}
		if err := s.mayKnow(kind); err != nil {
			return nil, err
		}
		wanted[kind] = true
	}
	found := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(s.channels)) {
		channel := s.channels[id]
		if wanted[channel.kind()] && channel.BotIn && !(channel.Archived && c.flag("exclude_archived")) {
			found = append(found, s.channelTold(channel))
		}
	}
	return slackAnswer{"channels": found, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

// channelTold is a channel as Slack tells it.
func (s *Slack) channelTold(channel SlackChannel) map[string]any {
	told := map[string]any{
		"id": channel.ID, "created": s.config.Clock().Unix(), "is_channel": channel.kind() == "channel", "is_group": channel.kind() == "group",
		"is_im": channel.isDM(), "is_mpim": false, "is_private": channel.Private || channel.isDM(), "is_archived": channel.Archived,
		"is_ext_shared": channel.External, "is_member": channel.BotIn, "is_general": false, "context_team_id": SlackTeam,
	}
	if channel.isDM() {
		told["user"] = channel.Members[0]
	} else {
		told["name"], told["name_normalized"] = channel.Name, channel.Name
	}
	return told
}
