package bottest

import (
	"encoding/base64"
	"strings"
	"time"
)

// slackUserPage is the page of users.list that Slack recommends.
// Source: https://docs.slack.dev/reference/methods/users.list.
const slackUserPage = 200

// profile is a user as Slack tells it.
func (s *Slack) profile(u SlackUser, locale bool) map[string]any {
	told := map[string]any{
		"id": u.ID, "team_id": u.home(), "name": u.Name, "real_name": u.RealName, "deleted": u.Deleted,
		"profile": map[string]any{
			"real_name": u.RealName, "display_name": u.Name, "real_name_normalized": u.RealName,
			"display_name_normalized": u.Name, "team": u.home(),
		},
		"is_bot": u.Bot, "is_app_user": false, "updated": s.config.Clock().Unix(),
	}
	if u.Deleted {
		return told // without zone and roles, as Slack leaves them out
	}
	if zone, err := time.LoadLocation(u.Zone); err == nil && u.Zone != "" {
		_, offset := s.config.Clock().In(zone).Zone()
		told["tz"], told["tz_label"], told["tz_offset"] = u.Zone, u.Zone, offset
	}
	if u.Stranger {
		told["is_stranger"] = true
	}
	if u.home() != SlackTeam {
		return told
	}
	told["is_admin"], told["is_owner"], told["is_primary_owner"] = u.Admin, u.Owner, false
	told["is_restricted"], told["is_ultra_restricted"] = u.Guest, false
	if locale && u.Locale != "" {
		told["locale"] = u.Locale
	}
	return told
}

func (s *Slack) usersInfo(c slackCall) (slackAnswer, error) {
	u, ok := s.users[c.text("user")]
	if !ok {
		return nil, slackRefuse("user_not_found", c.text("user"))
	}
	return slackAnswer{"user": s.profile(u, c.flag("include_locale"))}, nil
}

// usersList leaves strangers out, as Slack does.
func (s *Slack) usersList(c slackCall) (slackAnswer, error) {
	page := slackUserPage
	if s.config.UserPage > 0 {
		page = s.config.UserPage
	}
	if limit := c.number("limit"); limit > 0 {
		page = min(page, limit)
	}
	from, err := s.cursor(c.text("cursor"))
	if err != nil {
		return nil, err
	}
	members, next := []map[string]any{}, ""
	for _, id := range s.userIDs[from:] {
		if len(members) == page {
			next = base64.StdEncoding.EncodeToString([]byte("user:" + id))
			break
		}
		if !s.users[id].Stranger {
			members = append(members, s.profile(s.users[id], c.flag("include_locale")))
		}
	}
	return slackAnswer{
		"members": members, "cache_ts": s.config.Clock().Unix(),
		"response_metadata": map[string]any{"next_cursor": next},
	}, nil
}

// cursor returns where in userIDs a page begins.
func (s *Slack) cursor(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	decoded, err := base64.StdEncoding.DecodeString(cursor)
	if err == nil {
		for i, id := range s.userIDs {
			if rest, ok := strings.CutPrefix(string(decoded), "user:"); ok && rest == id {
				return i, nil
			}
		}
	}
	return 0, slackRefuse("invalid_cursor", cursor)
}

func (s *Slack) authTest(slackCall) (slackAnswer, error) {
	return slackAnswer{
		"url": "https://fake.slack.com/", "team": SlackTeamName, "team_id": SlackTeam,
		"user": s.users[SlackBotUser].Name, "user_id": SlackBotUser, "bot_id": SlackBotID,
		"is_enterprise_install": false,
	}, nil
}

// conversationsOpen opens a DM with one person.
func (s *Slack) conversationsOpen(c slackCall) (slackAnswer, error) {
	id := c.text("users")
	u, ok := s.users[id]
	switch {
	case id == "" && c.text("channel") != "":
		if _, known := s.channels[c.text("channel")]; !known {
			return nil, slackRefuse("channel_not_found", c.text("channel"))
		}
		return slackAnswer{"channel": map[string]any{"id": c.text("channel")}}, nil
	case id == "":
		return nil, slackRefuse("users_list_not_supplied")
	case strings.Contains(id, ","):
		return nil, slackRefuse("not_supported_by_the_fake", "conversations of several people")
	case !ok || u.Stranger:
		return nil, slackRefuse("user_not_found", id)
	case u.Deleted:
		return nil, slackRefuse("user_disabled", id)
	case u.Bot:
		return nil, slackRefuse("cannot_dm_bot", id)
	}
	_, before := s.dms[id]
	channel := map[string]any{"id": s.dm(id)}
	if c.flag("return_im") {
		channel["user"], channel["is_im"] = id, true
	}
	return slackAnswer{"channel": channel, "no_op": before, "already_open": before}, nil
}
