package main_test

import (
	"context"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// theirs is what a step of a stage shows, as one text.
func theirs(shown []slackShown) string {
	var all strings.Builder
	for _, m := range shown {
		all.WriteString(strings.Join(m.lines, "\n") + "\n")
	}
	return all.String()
}

// wants checks that a text holds others.
func wants(t *testing.T, name, got string, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(got, want) {
			t.Errorf("%s: got\n%s\nwant in it %q", name, got, want)
		}
	}
}

// The owner of a Slack opens the app: the bot says hello in private, and is set up
// with six clicks and a number; the digests come on Monday.
func TestSlackSetup(t *testing.T) {
	t.Parallel()
	inBothWays(t, func(t *testing.T, s *slackStage, plug func()) {
		t.Helper()
		greeted, greet := make(chan struct{}), s.app.Directory.Greet
		s.app.Directory.Greet = func(ctx context.Context, req bot.Request) {
			greet(ctx, req)
			close(greeted)
		}
		plug()
		s.user = slackID("petra")
		s.people = append(s.people, s.user)
		s.slack.AddUser(bottest.SlackUser{ID: s.user, Name: "petra", Owner: true, Zone: "Europe/Prague", Locale: "en-CZ"})
		s.channels[slackChannel("sales")] = "sales"
		s.join()
		ctx, stop := context.WithTimeout(t.Context(), slackHang)
		defer stop()
		tab := "home"
		if strings.HasSuffix(t.Name(), "/socket") {
			tab = "messages"
		}
		if _, err := s.slack.OpenHome(ctx, s.user, tab); err != nil {
			t.Fatal(err)
		}
		select {
		case <-greeted:
		case <-ctx.Done():
			t.Fatal("got no greeting")
		}
		wants(t, "greeting", theirs(s.at("+1m")), "Hello petra, I am Fifteen", "Set me up, three steps")
		wants(t, "step 1", theirs(s.take(":press 1", false)), "Your own clock is in Europe/Prague.", "CZK, Europe/Prague")
		wants(t, "step 2", theirs(s.take(":press 1", false)), "Amounts are in CZK now", "/invite @fifteen", "#sales")
		wants(t, "step 3", theirs(s.take(":press 1", false)), "The team's channel is #sales.", "Keep these")
		wants(t, "the month", theirs(s.take(":press 1", true)), "What should each month bring?")
		wants(t, "the offer", theirs(s.take(":fill amount=80000", false)), "should bring 80,000 CZK each", "who is 14 and 15", "in #sales.")
		wants(t, "the end", theirs(s.take(":press 1", false)), "That is all I need to know", "Colleagues just write to me")
		if n := len(s.slack.Messages(s.slack.DM(s.user))); n != 1 {
			t.Errorf("got %d messages, want the greeting that became each of the steps", n)
		}
		wants(t, "Monday", theirs(s.at("2026-11-30 09:00")), "#sales", "Nobody is 14 or 15 right now.", "No company was on the list")
		s.close()
	})
}

// The same in Telegram, where the groups that are linked are offered.
func TestTelegramSetup(t *testing.T) {
	t.Parallel()
	s := newTelegramStage(t)
	s.role = bot.Admin
	s.enter("petra")
	wants(t, "greeting", theirs(s.take("/start")), "Hello petra, I am Fifteen", "Set me up, three steps")
	wants(t, "step 1", theirs(s.take(":press 1")), "Amounts without a currency are in EUR, and days begin in UTC.")
	wants(t, "another", theirs(s.take(":press 3")), "Which currency?")
	wants(t, "the zone", theirs(s.take("CZK")), "In which zone do your days begin?")
	wants(t, "step 2", theirs(s.take("Prague")), "Amounts are in CZK now, and days begin in Europe/Prague.", "add me to the group", "#sales")
	wants(t, "step 3", theirs(s.take(":press 1")), "The team's channel is #sales.")
	wants(t, "the month", theirs(s.take(":press 1")), "What should each month bring?")
	wants(t, "the offer", theirs(s.take("80000")), "should bring 80,000 CZK each", "in #sales.")
	wants(t, "the end", theirs(s.take(":press 1")), "That is all I need to know", "Colleagues who write in the group")
	wants(t, "Monday", theirs(s.at("2026-11-30 09:00")), "Nobody is 14 or 15 right now.", "No company was on the list")
}
