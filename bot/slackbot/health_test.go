package slackbot_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
)

// TestRevoked has the token revoked: the bot is unhealthy, and says so once.
func TestRevoked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		if err := d.bot.Healthy(); err != nil {
			t.Fatalf("got %v, want a healthy bot", err)
		}
		d.says(t, "U1", sales, "say hello")
		d.refused = true
		d.RevokeTokens()
		for range 3 {
			d.types(t, "U1", d.DM("U1"), "say more")
		}
		if err := d.bot.Healthy(); err == nil || !strings.Contains(err.Error(), "token_revoked") {
			t.Errorf("got %v, want the bot unhealthy for its token", err)
		}
		if got := strings.Count(d.log.String(), "level=ERROR"); got != 1 {
			t.Errorf("got %d errors in the log, want one:\n%s", got, d.log)
		}
	})
}

// TestRemoved has Slack tell that the app was removed.
func TestRemoved(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"app_uninstalled", "tokens_revoked"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newDesk(t)
				for range 2 {
					if got := d.post(t, event(bottest.SlackTeam, fmt.Sprintf(`{"type":%q}`, kind))).Code; got != 200 {
						t.Errorf("got %d, want 200", got)
					}
				}
				if err := d.bot.Healthy(); err == nil || strings.Count(d.log.String(), "level=ERROR") != 1 {
					t.Errorf("got %v and the log %s, want an unhealthy bot and one loud line", err, d.log)
				}
			})
		})
	}
}

// TestNewRefused has Slack, or the configuration, refuse the bot at its start.
func TestNewRefused(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newDesk(t)
		d.refused = true
		for name, change := range map[string]func(*slackbot.Config){
			"a wrong token": func(c *slackbot.Config) { c.BotToken = "xoxb-wrong" },
			"no token":      func(c *slackbot.Config) { c.BotToken = "" },
			"no secret":     func(c *slackbot.Config) { c.SigningSecret = "" },
		} {
			config := d.config
			change(&config)
			b, err := slackbot.New(t.Context(), config)
			if err == nil || b != nil || strings.Contains(err.Error(), "xoxb-wrong") {
				t.Errorf("%s: got %v, want an error without the token", name, err)
			}
		}
		d.RevokeTokens()
		if _, err := slackbot.New(t.Context(), d.config); err == nil {
			t.Error("got a bot with a revoked token, want an error")
		}
	})
}
