package slackbot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
)

// profile is what Slack says of a person, as far as the bot looks.
type profile struct {
	ID         string `json:"id"`
	Team       string `json:"team_id"`
	Name       string `json:"name"`
	RealName   string `json:"real_name"`
	Zone       string `json:"tz"`
	Locale     string `json:"locale"`
	Deleted    bool   `json:"deleted"`
	Bot        bool   `json:"is_bot"`
	Admin      bool   `json:"is_admin"`
	Owner      bool   `json:"is_owner"`
	Restricted bool   `json:"is_restricted"`
	Single     bool   `json:"is_ultra_restricted"`
	Stranger   bool   `json:"is_stranger"`
	Profile    struct {
		Display string `json:"display_name"`
		Real    string `json:"real_name"`
	} `json:"profile"`
}

func profileOf(u *slack.User) profile {
	p := profile{
		ID: u.ID, Team: u.TeamID, Name: u.Name, RealName: u.RealName, Zone: u.TZ, Locale: u.Locale, Deleted: u.Deleted,
		Bot: u.IsBot, Admin: u.IsAdmin, Owner: u.IsOwner, Restricted: u.IsRestricted, Single: u.IsUltraRestricted,
		Stranger: u.IsStranger,
	}
	p.Profile.Display, p.Profile.Real = u.Profile.DisplayName, u.Profile.RealName
	return p
}

// person is the profile as the bot's house knows people.
func (p profile) person() bot.Person {
	name := p.ID
	for _, known := range []string{p.Name, p.Profile.Real, p.RealName, p.Profile.Display} { // the last one wins
		if strings.TrimSpace(known) != "" {
			name = known
		}
	}
	return bot.Person{
		Account: bot.Account{Platform: Platform, ID: p.ID}, Name: name, Zone: p.Zone, Locale: p.Locale,
		Gone: p.Deleted || p.Bot || p.Restricted || p.Single || p.Stranger, Leads: p.Admin || p.Owner,
	}
}

// refusal is the key of why someone is not talked with, "" for nobody's.
func (p profile) refusal(team string) string {
	switch {
	case p.Stranger || p.Team != "" && p.Team != team:
		return "slack.stranger"
	case p.Restricted || p.Single:
		return "slack.guest"
	case p.Deleted:
		return "slack.gone"
	}
	return ""
}

// metFor is how long it is remembered that someone was met; news of people
// come as events meanwhile. refusedFor is the same for those who are not talked
// with.
const (
	metFor     = 12 * time.Hour
	refusedFor = time.Minute
)

// met is what is known of somebody since they first spoke.
type met struct {
	refusal string
	bot     bool
	until   time.Time
}

// crowd remembers who was met.
type crowd struct {
	mu    sync.Mutex
	known map[string]met
}

func (c *crowd) find(user string, now time.Time) (met, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok := c.known[user]
	return m, ok && now.Before(m.until)
}

func (c *crowd) keep(user string, m met) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = map[string]met{}
	}
	c.known[user] = m
}

func (c *crowd) forget(user string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, user)
}

// meet finds out who speaks, the first time with Slack's help. Someone who is a
// member already is believed when Slack cannot be asked.
func (b *Bot) meet(ctx context.Context, user, home string) (met, error) {
	now := b.config.Now()
	if m, ok := b.crowd.find(user, now); ok {
		return m, nil
	}
	if home != "" && home != b.team {
		return met{refusal: "slack.stranger"}, nil
	}
	p, err := b.look(ctx, user)
	if err != nil {
		if _, known := b.config.Directory.Member(ctx, b.workspace, account(user)); known == nil {
			return met{}, nil
		}
		return met{}, fmt.Errorf("look up user: %w", err)
	}
	m := met{refusal: p.refusal(b.team), bot: p.Bot, until: now.Add(metFor)}
	if m.refusal != "" || m.bot {
		m.until = now.Add(refusedFor)
		b.crowd.keep(user, m)
		return m, nil
	}
	if err := b.config.People.Meet(ctx, b.workspace, p.person(), true); err != nil {
		return met{}, fmt.Errorf("meet user: %w", err)
	}
	b.crowd.keep(user, m)
	return m, nil
}

// name is what a member is called here. Somebody who is named to the bot is
// taken in; guests, bots and strangers are not, and have no name.
func (b *Bot) name(ctx context.Context, user string) string {
	member, err := b.config.Directory.Member(ctx, b.workspace, account(user))
	if err == nil {
		return member.Name
	}
	if !errors.Is(err, bot.ErrStranger) {
		return ""
	}
	p, err := b.look(ctx, user)
	if err != nil || p.refusal(b.team) != "" || p.Bot {
		return ""
	}
	if err := b.config.People.Meet(ctx, b.workspace, p.person(), false); err != nil {
		b.config.Log.WarnContext(ctx, "somebody who was named could not be taken in", "err", err)
		return ""
	}
	member, err = b.config.Directory.Member(ctx, b.workspace, account(user))
	if err != nil {
		return ""
	}
	return member.Name
}

// look asks Slack who somebody is.
func (b *Bot) look(ctx context.Context, user string) (profile, error) {
	ctx, stop := context.WithTimeout(ctx, ackBudget)
	defer stop()
	u, err := b.api.GetUserInfoContext(ctx, user, slack.GetUserInfoOptionIncludeLocale(true))
	if err != nil {
		return profile{}, b.failure(err)
	}
	return profileOf(u), nil
}

func account(user string) bot.Account { return bot.Account{Platform: Platform, ID: user} }
