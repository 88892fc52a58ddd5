package bottest

import "slices"

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
	scope := slackInfoScopes[channel.kind()]
	if !s.granted[scope] {
		return nil, &slackError{code: "missing_scope", needed: scope, messages: []string{scope}}
	}
	s.used[scope] = true
	told := map[string]any{
		"id": id, "created": s.config.Clock().Unix(), "is_channel": channel.kind() == "channel", "is_group": channel.kind() == "group",
		"is_im": channel.isDM(), "is_mpim": false, "is_private": channel.Private || channel.isDM(), "is_archived": channel.Archived,
		"is_ext_shared": channel.External, "is_member": channel.BotIn, "is_general": false, "context_team_id": SlackTeam,
	}
	if channel.isDM() {
		told["user"] = channel.Members[0]
	} else {
		told["name"], told["name_normalized"] = channel.Name, channel.Name
	}
	if c.flag("include_num_members") {
		told["num_members"] = len(slices.Compact(slices.Sorted(slices.Values(channel.Members))))
	}
	return slackAnswer{"channel": told}, nil
}
