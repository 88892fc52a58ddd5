package main_test

import (
	"context"
	"slices"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	"fifteen/bot/terminal"
)

// at turns the clock and has what is due sent, one post after the other, as the
// terminal does.
func (s *slackStage) at(when string) []slackShown {
	s.t.Helper()
	moment, ok := terminal.Moment(when, s.clock())
	if !ok {
		s.t.Fatalf(":at %s: this is no time", when)
	}
	s.turn(moment)
	if err := s.app.Wake(s.t.Context()); err != nil {
		s.t.Fatalf("wake at %s: %v", when, err)
	}
	sweeper := &slackSweeper{stage: s}
	err := bot.Sweeper{Outbox: s.app.Outbox, Senders: map[string]bot.Sender{slackbot.Platform: sweeper}, AtOnce: 1}.Sweep(s.t.Context())
	if err != nil {
		s.t.Errorf("sweep: %v", err)
	}
	if n := s.unsent(); n > 0 {
		s.t.Errorf(":at %s: got %d posts that were not sent, want none", when, n)
	}
	shown := slackNote(moment.Format("Mon 2 Jan 2006 15:04 MST"))
	for _, post := range sweeper.posts {
		shown = append(shown, s.delivered(post))
	}
	return shown
}

// slackSweeper is how a sweep reaches Slack. It notes what people see of each
// post: one message, or several when the post has details or is long.
type slackSweeper struct {
	stage *slackStage
	posts [][]bottest.SlackMessage
}

// Send implements bot.Sender.
func (w *slackSweeper) Send(ctx context.Context, post bot.Post) error {
	s := w.stage
	err := s.bot.Send(ctx, post)
	if err != nil {
		s.t.Errorf("send post %d: %v", post.ID, err)
		return err
	}
	news := s.changes()
	s.know(news)
	if len(news) == 0 {
		s.t.Errorf("post %d: it was sent and nobody sees it", post.ID)
		return nil
	}
	s.together(news)
	w.posts = append(w.posts, news)
	return nil
}

// together notes that messages are one, whose buttons are counted on.
func (s *slackStage) together(post []bottest.SlackMessage) {
	texts := slices.DeleteFunc(slices.Clone(post), isPicture)
	for _, user := range s.people {
		if m := post[0]; !m.Ephemeral || m.User == user {
			s.last[m.Channel+user] = texts
		}
	}
}

// delivered writes what a sweep brought as the terminal does: below whom it is
// for, also when that is who types, and with the details of a thread below what
// they belong to.
func (s *slackStage) delivered(post []bottest.SlackMessage) slackShown {
	s.t.Helper()
	all := slackShown{lines: []string{s.address(post[0])}}
	for i, m := range post {
		if m.Channel != post[0].Channel || m.Thread != s.below(post[0], i) {
			s.t.Errorf("got a part of a post at another place than %s: %s", post[0].Channel, m)
		}
		if isPicture(m) {
			all.lines = append(all.lines, pictureLine(m.Files[0].Title))
			continue
		}
		part := s.written(m, false)
		all.lines = append(all.lines, part.lines...)
		all.form = max(all.form, part.form)
	}
	return all
}

// below is the thread where a part of a post belongs: in a channel all but the
// first are below that.
func (s *slackStage) below(first bottest.SlackMessage, part int) string {
	if part > 0 && !first.Ephemeral && s.channels[first.Channel] != "" {
		return first.TS
	}
	return first.Thread
}

// address says whom a message is for.
func (s *slackStage) address(m bottest.SlackMessage) string {
	channel := "#" + s.channels[m.Channel]
	if m.Ephemeral {
		return "→ to @" + slackName(m.User) + " in " + channel
	}
	for _, user := range s.people {
		if m.Channel == s.slack.DM(user) {
			return "→ to @" + slackName(user)
		}
	}
	return "→ in " + channel
}
