package main_test

import (
	"context"
	"strings"
	"testing"

	"fifteen/bot"
)

// The app's own page shows what its viewer may see, its buttons are answered in the
// chat with the bot, and it is drawn anew after each; in both ways of connecting.
func TestSlackHome(t *testing.T) {
	t.Parallel()
	inBothWays(t, func(t *testing.T, s *slackStage, plug func()) {
		t.Helper()
		plug()
		s.twoReps()
		s.take("score acme 5 5 4", false)
		s.role = bot.Manager
		s.enter("novak")
		ctx, stop := context.WithTimeout(t.Context(), slackHang)
		defer stop()
		shows := func(user string, want ...string) {
			t.Helper()
			err := s.slack.WaitHome(ctx, user, func(text string) bool {
				for _, w := range want {
					if !strings.Contains(text, w) {
						return false
					}
				}
				return true
			})
			if err != nil {
				t.Fatalf("want %q: %v", want, err)
			}
		}
		ivanov, novak := slackID("ivanov"), slackID("novak")
		for _, user := range []string{ivanov, novak} {
			if _, err := s.slack.OpenHome(ctx, user, "messages"); err != nil || s.slack.Home(user) != "" {
				t.Fatalf("got %v and the page %q for another tab, want none", err, s.slack.Home(user))
			}
			if _, err := s.slack.OpenHome(ctx, user, "home"); err != nil {
				t.Fatal(err)
			}
		}
		shows(ivanov, "Who is 14 and 15? 1 deal, 12,000 EUR", "Acme", "1 open deal", "question 1 of 9", "Not sure")
		shows(novak, "1 deal, 12,000 EUR", "2 companies", "Funnel")
		if page := s.slack.Home(ivanov); strings.Contains(page, "Omega") {
			t.Errorf("got somebody else's deal on a rep's page\n%s", page)
		}
		if _, err := s.slack.PressHome(ctx, ivanov, "answer #2 necessary yes ~2"); err != nil {
			t.Fatal(err)
		}
		shows(ivanov, "question 2 of 9")
		s.until("the answer to the button, in the chat", func() bool {
			posted := s.slack.Messages(s.slack.DM(ivanov))
			return strings.Contains(posted[len(posted)-1].Plain(), "Yes, they want to act right now")
		})
		s.close()
	})
}
