package main_test

import (
	"context"
	"strings"
	"testing"

	"fifteen/bot/bottest"
)

// chooses picks a shortcut, on a message if there is one, fills in the form that it
// opens, and returns what is seen of the answer.
func (s *slackStage) chooses(callback string, on *bottest.SlackMessage, title, fill string) string {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), slackHang)
	defer stop()
	s.deed(callback, func() (bottest.SlackAck, error) {
		if on != nil {
			return s.slack.MessageShortcut(ctx, s.user, *on, callback)
		}
		return s.slack.Shortcut(ctx, s.user, callback)
	})
	if v := s.slack.View(s.user); v == nil || v.Title != title {
		s.t.Fatalf("%s: got the form %+v, want %q", callback, v, title)
	}
	return theirs(s.fills(fill))
}

// Score a deal, log a refusal, and keep a colleague's message as evidence, each from
// Slack's menus, in both ways of connecting.
func TestSlackShortcuts(t *testing.T) {
	t.Parallel()
	inBothWays(t, func(t *testing.T, s *slackStage, plug func()) {
		t.Helper()
		plug()
		s.twoReps()
		wants(t, "score", s.chooses("score", nil, "Score a deal", "deal=#2"), "Acme", "question 1 of 9")
		s.slack.AddUser(bottest.SlackUser{ID: "U9", Name: "eva", RealName: "Eva Nová"})
		said := s.speaks("U9", "<@UIVANOV> their fiscal year *ends* in June &lt;b&gt; <https://acme.example|acme.example> <!channel>")
		kept := s.chooses("answer", &said, "Keep as evidence", "deal=#2 criterion=urgent reply=yes")
		wants(t, "evidence", kept, "Acme", "Yes, they call it urgent themselves.")
		shown := theirs(s.take("deal acme", false))
		wants(t, "the deal", shown, "eva, "+address(said)+": @ivanov their fiscal year *ends* in June <b> acme.example @channel")
		for words, want := range map[string]string{strings.Repeat("ж", 3_000): strings.Repeat("ж", 40), " ": "(a message without words)"} {
			m := s.speaks("U9", words)
			s.chooses("answer", &m, "Keep as evidence", "deal=#2 criterion=means reply=unsure")
			wants(t, "what is long or empty", theirs(s.take("deal acme", false)), "eva, "+address(m)+": "+want)
		}
		wants(t, "refusal", s.chooses("lost", nil, "Log a refusal", "deal=#2"), "Acme, 12,000 EUR: why did they say no?")
		s.enter("petra")
		if _, err := s.slack.MessageShortcut(t.Context(), s.user, said, "score"); err == nil {
			t.Error("got a shortcut of the composer chosen on a message, want none")
		}
		if n := s.count("SELECT count(*) FROM members"); n != 3 {
			t.Errorf("got %d members, want nobody more for having written a message", n)
		}
		s.close()
	})
}

// speaks has somebody write in a channel where the bot is not.
func (s *slackStage) speaks(user, text string) bottest.SlackMessage {
	s.t.Helper()
	s.slack.AddChannel(bottest.SlackChannel{ID: "CWAR", Name: "war-room", Members: append([]string{user}, s.people...)})
	if _, err := s.slack.Type(s.t.Context(), user, "CWAR", text); err != nil {
		s.t.Fatal(err)
	}
	all := s.slack.Messages("CWAR")
	return all[len(all)-1]
}

// address is where a message stands in a browser.
func address(m bottest.SlackMessage) string {
	return "https://fake.slack.com/archives/" + m.Channel + "/p" + strings.ReplaceAll(m.TS, ".", "")
}

// count returns the number that a query gives.
func (s *slackStage) count(query string) int {
	s.t.Helper()
	var n int
	if err := s.raw.QueryRowContext(s.t.Context(), query).Scan(&n); err != nil {
		s.t.Fatal(err)
	}
	return n
}
