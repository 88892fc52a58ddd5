package main_test

import (
	"context"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
)

// Who uses Telegram in these tests.
var (
	novak   = bottest.TelegramUser{ID: 101, First: "Novak", Language: "en"}
	petra   = bottest.TelegramUser{ID: 102, First: "Petra", Username: "petra_n", Language: "en"}
	mallory = bottest.TelegramUser{ID: 666, First: "Mallory", Language: "en"}
)

// TestStrangers has somebody unknown try every command, buttons of others, and
// codes that are used, too old and guessed: nothing comes of it, and the answer is
// the same each time.
func TestStrangers(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	w.telegram.AddUser(mallory)
	w.telegram.AddUser(petra)
	w.says(novak.ID, "deal add Acme 12000 EUR")
	code := func() string { return codeIn.FindString(w.says(novak.ID, "link").Plain()) }
	used := code()
	if got := w.says(petra.ID, "/link "+used).Plain(); !strings.Contains(unbroken(got), "You are @Novak of Acme Sales") {
		t.Fatalf("got %q, want her in", got)
	}
	w.quiet() // Novak has been warned
	old := code()
	w.turn(10 * time.Minute)
	good := code()
	before := w.rows()
	var lines []string
	for _, cmd := range w.app.Router.Commands(bot.Admin) {
		lines = append(lines, cmd.Name, "/"+strings.ReplaceAll(cmd.Name, " ", "_")+" 1")
		lines = append(lines, cmd.Examples...)
	}
	lines = append(lines, "/start", "hello", "draft 1", "link", "link "+used, used, "/start "+strings.ReplaceAll(old, "-", ""))
	answers := map[string]bool{}
	for _, line := range lines {
		answers[w.says(mallory.ID, line).Plain()] = true
	}
	for _, data := range []string{"answer #1 necessary yes ~1", "deal #1", "…pick 1 0 0", "…more 1 0 0", "…page 1 0 1", "link " + good + " join"} {
		answers[w.deed(mallory.ID, func(ctx context.Context) { w.telegram.PressData(ctx, mallory.ID, mallory.ID, 1, data) }).Plain()] = true
	}
	// Two codes were tried above; three more guesses, and the sixth is right and too late.
	for _, guess := range []string{"AAAA-AAAA", "BBBB-BBBB", "CCCC-CCCC", good} {
		answers[w.says(mallory.ID, "link "+guess).Plain()] = true
	}
	if len(answers) != 1 {
		t.Errorf("got %d different answers, want one: %v", len(answers), answers)
	}
	w.settled()
	after := w.rows()
	delete(before, "guesses")
	delete(after, "guesses")
	for table, n := range after {
		if before[table] != n {
			t.Errorf("%s: got %d rows, want %d as before; the log:\n%s", table, n, before[table], w.logs.String())
		}
	}
	w.turn(time.Hour)
	if got := w.says(mallory.ID, "link "+code()).Plain(); !strings.Contains(unbroken(got), "You are @Novak") {
		t.Errorf("an hour later, with a good code: got %q, want him in", got)
	}
}

// rows counts the rows of each table that people fill.
func (w *telegramWorld) rows() map[string]int {
	w.t.Helper()
	all := map[string]int{}
	for _, table := range []string{"members", "accounts", "deals", "changes", "answers", "notes", "drafts", "teams", "visitors", "outbox", "guesses"} {
		all[table] = w.count("SELECT count(*) FROM " + table)
	}
	return all
}

// TestOnePersonInTwoChats answers question four in Slack and question five in
// Telegram: one deal, one trail, one undo.
func TestOnePersonInTwoChats(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.telegram.AddUser(petra)
	slack := bottest.NewSlack(bottest.SlackConfig{Clock: w.clock, Scopes: slackbot.Scopes, Patience: slackHang})
	t.Cleanup(slack.Close)
	slack.AddUser(bottest.SlackUser{ID: "U1", Name: "petra", RealName: "Petra", Owner: true})
	inSlack, err := slackbot.New(t.Context(), slackbot.Config{
		Router: w.app.Router, Directory: w.app.Directory, Outbox: w.app.Outbox, People: w.app.People, Words: w.app.Words,
		Log: slog.New(slog.DiscardHandler), Now: w.clock, BotToken: bottest.SlackBotToken, SigningSecret: bottest.SlackSecret,
		APIURL: slack.APIURL(), Unpaced: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = inSlack.Close(context.WithoutCancel(t.Context())) })
	slack.UseHTTP(handedTo(inSlack.Handler()), "http://bot.example")
	says := func(line string) string {
		t.Helper()
		if ack, err := slack.Command(t.Context(), "U1", slack.DM("U1"), slackbot.Command, line); err != nil {
			t.Fatalf("%s: %+v, %v", line, ack, err)
		}
		seen := slack.Seen(slack.DM("U1"), "U1")
		return seen[len(seen)-1].Plain()
	}
	says("deal add Acme 12000 EUR")
	for _, criterion := range []string{"necessary", "urgent", "specific", "means"} {
		says("answer #1 " + criterion + " yes")
	}
	linked := says("link")
	url := regexp.MustCompile(`https://t\.me/fifteen_bot\?start=([A-Z2-7]{8})`).FindStringSubmatch(linked)
	if url == nil {
		t.Fatalf("got %q, want an address that opens Telegram", linked)
	}
	w.deed(petra.ID, func(ctx context.Context) { w.telegram.Start(ctx, petra.ID, url[1]) })
	asked := w.says(petra.ID, "score acme")
	if !strings.Contains(asked.Plain(), "question 5 of 9") {
		t.Fatalf("got %q, want the fifth question", asked.Plain())
	}
	w.press(petra.ID, asked, "Yes")
	w.settled()
	if got := says("score acme"); !strings.Contains(got, "question 6 of 9") {
		t.Errorf("in Slack again: got %q, want the sixth question", got)
	}
	if n := w.count("SELECT count(*) FROM deals"); n != 1 {
		t.Errorf("got %d deals, want one", n)
	}
	if n := w.count("SELECT count(DISTINCT member_id) FROM answers"); n != 1 {
		t.Errorf("got answers of %d members, want of one", n)
	}
	if got := w.count("SELECT count(*) FROM changes WHERE platform = 'telegram'"); got != 1 {
		t.Errorf("got %d changes from Telegram in the trail, want one", got)
	}
	if got := says("undo"); !strings.Contains(got, "lead") && !strings.Contains(got, "Acme") {
		t.Errorf("undo in Slack of what was said in Telegram: got %q", got)
	}
	if n := w.count("SELECT count(*) FROM answers WHERE criterion = 'leadership'"); n == 0 {
		t.Errorf("got no answer of the fifth question, want it in the history")
	}
	w.remindedWhere(says)
}

// remindedWhere has reminders come where somebody spoke last, which was Slack, and
// then where they chose.
func (w *telegramWorld) remindedWhere(says func(line string) string) {
	w.t.Helper()
	for _, c := range []struct{ line, want string }{{"", "slack"}, {"reach telegram", "telegram"}} {
		if c.line != "" {
			says(c.line)
		}
		says("remind acme in 1 day call them")
		w.turn(25 * time.Hour)
		if err := w.app.Wake(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
		if n := w.count("SELECT count(*) FROM outbox WHERE event_key LIKE 'reminder/%' AND platform = ?", c.want); n != 1 {
			w.t.Errorf("after %q: got %d reminders in %s, want one", c.line, n, c.want)
		}
	}
}

// TestMergedAccounts joins somebody who was a member in Telegram already with who
// they are elsewhere: their deals go with them, and nobody gains a right by it.
func TestMergedAccounts(t *testing.T) {
	t.Parallel()
	w := newTelegramWorld(t, bottest.TelegramConfig{})
	w.knows(novak, bot.Admin)
	w.knows(petra, bot.Rep)
	w.says(petra.ID, "deal add Acme 12000 EUR")
	code := codeIn.FindString(w.says(petra.ID, "link").Plain())
	if got := w.says(novak.ID, "link "+code).Plain(); !strings.Contains(unbroken(got), "@Petra may do less than you") {
		t.Errorf("an admin takes a rep's code: got %q, want it refused", got)
	}
	code = codeIn.FindString(w.says(novak.ID, "link").Plain())
	sure := w.says(petra.ID, "link "+code)
	if want := "with your open deal"; !strings.Contains(sure.Plain(), want) {
		t.Fatalf("got %q, want %q in it", sure.Plain(), want)
	}
	w.turn(time.Minute)
	joined := w.deed(petra.ID, func(ctx context.Context) {
		if err := w.telegram.Press(ctx, petra.ID, petra.ID, sure.ID, "Yes, I am @Novak"); err != nil {
			t.Error(err)
		}
	})
	if !strings.Contains(unbroken(joined.Plain()), "You are @Novak here too") {
		t.Errorf("got %q, want them joined", joined.Plain())
	}
	if n := w.count("SELECT count(*) FROM deals WHERE owner_id = 1"); n != 1 {
		t.Errorf("got %d deals of Novak's, want the one that came along", n)
	}
	if n := w.count("SELECT count(*) FROM members WHERE active"); n != 1 {
		t.Errorf("got %d members, want one", n)
	}
	old := slices.IndexFunc(w.telegram.Said(petra.ID), func(m bottest.TelegramMessage) bool { _, ok := m.Data("Score it"); return ok })
	stale := w.deed(petra.ID, func(ctx context.Context) {
		if err := w.telegram.Press(ctx, petra.ID, petra.ID, w.telegram.Said(petra.ID)[old].ID, "Score it"); err != nil {
			t.Error(err)
		}
	})
	if !strings.Contains(stale.Plain(), "too old to be pressed") {
		t.Errorf("a button from before: got %q, want it refused", stale.Plain())
	}
}
