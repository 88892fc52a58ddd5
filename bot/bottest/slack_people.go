package bottest

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// SlackUser is a person, or a bot, that Slack knows.
type SlackUser struct {
	ID, Name, RealName string
	Zone               string // IANA name, such as "Europe/Berlin"
	Locale             string // such as "de-DE"
	Admin, Owner, Bot  bool
	Guest              bool
	Stranger           bool // of another workspace, and in no channel with the bot
	Deleted            bool
	Team               string // "" means SlackTeam
}

// home returns the ID of the user's own workspace.
func (u SlackUser) home() string {
	if u.Team == "" {
		return SlackTeam
	}
	return u.Team
}

// AddUser adds a user, or changes the one with that ID without telling the bot.
func (s *Slack) AddUser(u SlackUser) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.users[u.ID]; !ok {
		s.userIDs = append(s.userIDs, u.ID)
	}
	s.users[u.ID] = u
}

// AnnounceUser delivers the user_change event of a user.
func (s *Slack) AnnounceUser(ctx context.Context, id string) error {
	s.mu.Lock()
	u, ok := s.users[id]
	event := map[string]any{
		"type": "user_change", "user": s.profile(u, true), "cache_ts": s.config.Clock().Unix(), "event_ts": s.ts(),
	}
	s.mu.Unlock()
	if !ok {
		return fmt.Errorf("%w: there is no user %s", ErrSlackUnable, id)
	}
	_, err := s.Deliver(ctx, event)
	return err
}

// SlackChannel is a channel. People who are not in Members neither read nor
// write there.
type SlackChannel struct {
	ID, Name string
	Members  []string
	BotIn    bool
	External bool // shared with other workspaces
	Archived bool
	Private  bool
}

// AddChannel adds a channel, or changes the one with that ID.
func (s *Slack) AddChannel(c SlackChannel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Members = slices.Clone(c.Members)
	s.channels[c.ID] = c
}

// DM returns the ID of the bot's conversation with a user, "D...", which is made
// when it is first asked for.
func (s *Slack) DM(user string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.dm(user)
}

func (s *Slack) dm(user string) string {
	channel, ok := s.dms[user]
	if !ok {
		channel = s.id("D")
		s.dms[user] = channel
		s.channels[channel] = SlackChannel{ID: channel, Members: []string{user}, BotIn: true}
	}
	return channel
}

// isDM tells whether it is the bot's conversation with one person.
func (c SlackChannel) isDM() bool { return strings.HasPrefix(c.ID, "D") }

// label is the channel's name as slash commands and clicks tell it.
func (c SlackChannel) label() string {
	switch {
	case c.isDM():
		return "directmessage"
	case c.Private:
		return "privategroup"
	default:
		return c.Name
	}
}

// sits finds a user and a channel that the user is in, or says why the user
// could not do anything there.
func (s *Slack) sits(user, channel string) (SlackUser, SlackChannel, error) {
	u, ok := s.users[user]
	c, found := s.channels[channel]
	switch {
	case !ok:
		return u, c, fmt.Errorf("%w: there is no user %s", ErrSlackUnable, user)
	case u.Deleted:
		return u, c, fmt.Errorf("%w: %s is deactivated", ErrSlackUnable, user)
	case !found:
		return u, c, fmt.Errorf("%w: there is no channel %s", ErrSlackUnable, channel)
	case !slices.Contains(c.Members, user):
		return u, c, fmt.Errorf("%w: %s is not in %s", ErrSlackUnable, user, channel)
	case c.Archived:
		return u, c, fmt.Errorf("%w: %s is archived", ErrSlackUnable, channel)
	}
	return u, c, nil
}
