package main_test

import (
	"context"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
	"fifteen/commands"
	"fifteen/storage"
)

// telegramGroup is a world with a group in it, whose privacy mode is on. Novak is
// a manager; nobody knows Petra.
type telegramGroup struct {
	*telegramWorld
}

// groupID is the group's.
const groupID = -500

func newTelegramGroup(t *testing.T) telegramGroup {
	t.Helper()
	g := telegramGroup{newTelegramWorld(t, bottest.TelegramConfig{Privacy: true})}
	g.knows(novak, bot.Manager)
	g.telegram.AddUser(petra)
	g.telegram.AddChat(bottest.TelegramChat{ID: groupID, Title: "Sales", Type: "supergroup", Topics: map[int]bool{7: true}})
	g.says(novak.ID, "deal add Acme 12000 EUR")
	g.says(novak.ID, "score acme 5 5 4")
	return g
}

// said types in the group and returns what the bot says there.
func (g telegramGroup) said(user int64, text string) bottest.TelegramMessage {
	g.t.Helper()
	return g.deed(groupID, func(ctx context.Context) { g.telegram.Say(ctx, bottest.Saying{User: user, Chat: groupID, Text: text}) })
}

// linked lets the bot in and links the group.
func (g telegramGroup) linked() {
	g.t.Helper()
	g.deed(groupID, func(ctx context.Context) { g.telegram.Membership(ctx, novak.ID, groupID, "left", "member") })
	g.said(novak.ID, "/link@fifteen_bot")
}

// admitted has a manager take Petra in, who spoke in the group.
func (g telegramGroup) admitted() {
	g.t.Helper()
	var toHer bottest.TelegramMessage
	asked := g.deed(novak.ID, func(context.Context) { toHer = g.said(petra.ID, "/who") })
	g.has("about her", asked, "Petra (@petra_n) speaks to me in Sales (Telegram)")
	g.has("to her", toHer, "Petra, you are not in the team yet")
	said := len(g.telegram.Said(groupID))
	welcome := g.deed(groupID, func(ctx context.Context) {
		if err := g.telegram.Press(ctx, novak.ID, novak.ID, asked.ID, "A rep"); err != nil {
			g.t.Error(err)
		}
		g.sweepUntil(groupID, said+1)
	})
	g.has("taken in", welcome, "Petra is in the team now", "https://t.me/fifteen_bot?start=hello")
}

// has looks for words in a message.
func (g telegramGroup) has(what string, m bottest.TelegramMessage, want ...string) {
	g.t.Helper()
	for _, part := range want {
		if !strings.Contains(unbroken(m.Plain()), part) {
			g.t.Errorf("%s: got %q, want %q in it", what, unbroken(m.Plain()), part)
		}
	}
}

// TestGroupIsLinked lets the bot into a group, where it keeps still until a manager
// links it.
func TestGroupIsLinked(t *testing.T) {
	t.Parallel()
	g := newTelegramGroup(t)
	hello := g.deed(groupID, func(ctx context.Context) { g.telegram.Membership(ctx, novak.ID, groupID, "left", "member") })
	g.has("let in", hello, "belongs to no team", "/link@fifteen_bot", "/setprivacy")
	if !strings.Contains(hello.Text, "/link@fifteen_bot") {
		t.Errorf("got %q, want a command that can be tapped", hello.Text)
	}
	g.has("before it is linked", g.said(novak.ID, "/who"), "belongs to no team")
	g.has("a stranger links", g.said(petra.ID, "/link"), "belongs to no team")
	g.has("linked", g.said(novak.ID, "/link@fifteen_bot"), "belongs to Acme Sales from now on")
	g.has("a manager asks", g.said(novak.ID, "/who@fifteen_bot"), "Who is 14 and 15?")
	before := len(g.telegram.Said(groupID))
	for _, other := range []string{"/who@another_bot", "who", "hello all", "@another_bot who"} {
		g.telegram.Say(t.Context(), bottest.Saying{User: novak.ID, Chat: groupID, Text: other})
	}
	for _, user := range []int64{novak.ID, petra.ID} { // a word of thanks is no line
		g.telegram.Say(t.Context(), bottest.Saying{User: user, Chat: groupID, Text: "thanks", ReplyTo: hello.ID})
	}
	g.settled()
	g.said(novak.ID, "/who") // which is answered behind all others
	if got := len(g.telegram.Said(groupID)); got != before+1 {
		t.Errorf("got %d messages after what was not for the bot, want %d", got, before+1)
	}
}

// TestGroupKeepsPrivate keeps what concerns one person out of the group, and says
// how to let the bot in where it cannot write.
func TestGroupKeepsPrivate(t *testing.T) {
	t.Parallel()
	g := newTelegramGroup(t)
	g.linked()
	g.admitted()
	g.has("never started", g.said(petra.ID, "/reminders"), "Petra, the answer is for you alone", "press Start")
	g.deed(petra.ID, func(ctx context.Context) { g.telegram.Start(ctx, petra.ID, "hello") })
	before := len(g.telegram.Said(petra.ID))
	g.has("started", g.said(petra.ID, "/reminders"), "Petra, the answer is for you alone", "https://t.me/fifteen_bot")
	if got := g.telegram.Said(petra.ID); len(got) != before+1 {
		t.Fatalf("got %d messages to her alone, want one more than %d", len(got), before)
	}
	g.said(petra.ID, "/deal_add") // asks in private, and the answer is a reply to that
	question := g.telegram.Said(petra.ID)[before+1]
	g.has("asked", question, "What is the deal called?")
	if !question.Force {
		t.Errorf("got %+v, want a reply that opens by itself", question)
	}
	added := g.deed(petra.ID, func(ctx context.Context) {
		g.telegram.Say(ctx, bottest.Saying{User: petra.ID, Text: "Borealis", ReplyTo: question.ID})
	})
	g.has("answered", added, "Borealis is deal #2")
	if got := g.says(petra.ID, "/cancel").Plain(); !strings.Contains(got, "No question waits here") {
		t.Errorf("got %q, want nothing to be left", got)
	}
	g.said(petra.ID, "/note")
	if got := g.says(petra.ID, "/cancel").Plain(); !strings.Contains(got, "Left. Nothing was written.") {
		t.Errorf("got %q, want the question left", got)
	}
}

// TestGroupChanges has a topic, somebody who leaves, a group that becomes a
// supergroup, and one that throws the bot out.
func TestGroupChanges(t *testing.T) {
	t.Parallel()
	g := newTelegramGroup(t)
	g.linked()
	g.admitted()
	g.deed(petra.ID, func(ctx context.Context) { g.telegram.Start(ctx, petra.ID, "") })
	inTopic := g.deed(groupID, func(ctx context.Context) {
		g.telegram.Say(ctx, bottest.Saying{User: novak.ID, Chat: groupID, Topic: 7, Text: "/schedule who mon 9:00"})
	})
	if inTopic.Topic != 7 {
		t.Errorf("got an answer in topic %d, want it in 7: %s", inTopic.Topic, inTopic.Plain())
	}
	if n := g.count("SELECT count(*) FROM schedules WHERE chat = '-500/7'"); n != 1 {
		t.Errorf("got %d schedules for the topic, want one", n)
	}

	if got := g.says(novak.ID, "schedule forecast fri 9:00 in #Sales").Plain(); !strings.Contains(got, "in Sales") {
		t.Errorf("named from elsewhere: got %q, want it scheduled for the group", got)
	}
	if n := g.count("SELECT count(*) FROM schedules WHERE chat = '-500'"); n != 1 {
		t.Errorf("got %d schedules for the group, want one", n)
	}

	g.telegram.Leave(t.Context(), petra.ID, groupID) // she was recognised by it
	g.settled()
	g.has("after she left", g.says(petra.ID, "deals"), "do not know you here")
	if n := g.count("SELECT count(*) FROM members WHERE key = 'petra' AND NOT active"); n != 1 {
		t.Errorf("got %d who are gone, want her", n)
	}

	again := g.deed(novak.ID, func(ctx context.Context) { // she comes back, and is asked about again
		g.telegram.Say(ctx, bottest.Saying{User: petra.ID, Chat: groupID, Text: "/who"})
	})
	g.has("back", again, "Petra (@petra_n) speaks to me in Sales")
	back := g.deed(novak.ID, func(ctx context.Context) {
		if err := g.telegram.Press(ctx, novak.ID, novak.ID, again.ID, "A rep"); err != nil {
			t.Error(err)
		}
	})
	g.has("taken in again", back, "@Petra 2 is a rep now")
	g.settled()

	g.telegram.Migrate(t.Context(), novak.ID, groupID, -900)
	g.settled()
	if n := g.count("SELECT count(*) FROM schedules WHERE chat = '-900/7'"); n != 1 {
		t.Errorf("got %d schedules in the new group, want the one", n)
	}
	moved := g.deed(-900, func(ctx context.Context) {
		g.telegram.Say(ctx, bottest.Saying{User: novak.ID, Chat: -900, Text: "/who"})
	})
	g.has("moved", moved, "Who is 14 and 15?")

	g.telegram.Membership(t.Context(), novak.ID, -900, "member", "kicked")
	g.settled()
	if n := g.count("SELECT count(*) FROM teams") + g.count("SELECT count(*) FROM schedules WHERE ended = ''"); n != 0 {
		t.Errorf("got %d links and live schedules, want none", n)
	}
}

// TestGroupMovesWhileSending learns of a supergroup from a message that is refused.
func TestGroupMovesWhileSending(t *testing.T) {
	t.Parallel()
	g := newTelegramGroup(t)
	g.linked()
	g.said(novak.ID, "/schedule who mon 9:00")
	g.marked()
	g.telegram.MoveSilently(groupID, -900)
	g.turn(7 * 24 * 3600e9)
	if err := g.app.Wake(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := bot.Sweep(t.Context(), g.app.Outbox, map[string]bot.Sender{"telegram": g.bot}); err != nil {
		t.Fatal(err)
	}
	if got := g.telegram.Said(-900); len(got) != 3 || !strings.Contains(got[0].Plain(), "Who is 14 and 15?") {
		t.Errorf("got %v in the new group, want the digest", got)
	}
	if n := g.count("SELECT count(*) FROM teams WHERE external_id = '-900'"); n != 1 {
		t.Errorf("got %d links of the new group, want one", n)
	}
}

// TestBlockedGoesElsewhere has somebody block the bot: what it has for them goes to
// another account of theirs.
func TestBlockedGoesElsewhere(t *testing.T) {
	t.Parallel()
	g := newTelegramGroup(t)
	other := bottest.TelegramUser{ID: 103, First: "Novak", Last: "on the tablet"}
	g.telegram.AddUser(other)
	code := codeIn.FindString(g.says(novak.ID, "link").Plain())
	g.says(other.ID, "/link "+code)
	g.quiet() // Novak has been warned
	g.says(novak.ID, "remind acme in 1 day call them")
	g.quiet()
	g.telegram.Membership(t.Context(), novak.ID, novak.ID, "member", "kicked")
	g.settled()
	before := len(g.telegram.Said(other.ID))
	g.turn(25 * 3600e9)
	if err := g.app.Wake(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := bot.Sweep(t.Context(), g.app.Outbox, map[string]bot.Sender{"telegram": g.bot}); err != nil {
		t.Fatal(err)
	}
	said := g.telegram.Said(other.ID)
	if len(said) != before+1 || !strings.Contains(said[before].Plain(), "call them") {
		t.Errorf("got %v, want the reminder on the tablet", said[before:])
	}
}

// TestAnotherWorkspace has a member of another workspace press buttons of this one,
// forged and real: nothing happens to its deals, and nothing is told of them.
func TestAnotherWorkspace(t *testing.T) {
	t.Parallel()
	g := newTelegramGroup(t)
	g.linked()
	g.telegram.AddUser(mallory)
	err := func() error {
		other, err := commands.NewWorkspace(t.Context(), g.app.Store, "Rivals", slackMonday)
		if err != nil {
			return err
		}
		return g.app.Store.Write(t.Context(), other.ID, func(tx *storage.Tx) error {
			_, err := tx.AddMember(t.Context(), storage.Member{Name: "mallory", Key: "mallory", Role: "admin", CreatedAt: slackMonday}, telegrambot.Platform, "666")
			return err
		})
	}()
	if err != nil {
		t.Fatal(err)
	}
	shown := g.said(novak.ID, "/deal Acme")
	before := g.count("SELECT count(*) FROM changes")
	g.has("a real button", g.deed(groupID, func(ctx context.Context) {
		g.telegram.PressData(ctx, mallory.ID, groupID, shown.ID, "answer #1 necessary no ~3")
	}), "you are not in the team yet")
	g.has("a forged one", g.deed(mallory.ID, func(ctx context.Context) {
		g.telegram.Start(ctx, mallory.ID, "")
		g.telegram.PressData(ctx, mallory.ID, mallory.ID, 1, "answer #1 necessary no ~3")
	}), "Hello mallory, I am Fifteen")
	g.quiet()
	said := g.telegram.Said(mallory.ID)
	g.has("of this workspace's deal", said[len(said)-1], "There is no deal 1")
	g.has("in the group", g.said(mallory.ID, "/deal Acme"), "you are not in the team yet")
	if n := g.count("SELECT count(*) FROM changes"); n != before {
		t.Errorf("got %d changes, want %d as before", n, before)
	}
	if n := g.count("SELECT count(*) FROM visitors"); n != 0 {
		t.Errorf("got %d visitors, want none: they belong elsewhere", n)
	}
}
