package main_test

import (
	"context"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/telegrambot"
	"fifteen/bot/terminal"
	"fifteen/storage"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// What Telegram draws differently from the terminal, and all that the comparison
// of words leaves out of account, beside what slack_transcript_same_test.go names
// of lists, charts and whom messages are for:
//
//   - The small print stands above the buttons, and a menu's label above all of
//     them: the lines of a message are compared in no order.
//   - A form asks for one value after the other, with its choices as buttons; of it
//     the question is compared.
//   - What is private in a group goes to the person alone, and the group hears that.

// TestTelegramTranscripts plays the terminal's transcripts through Telegram and
// wants the same words from it.
func TestTelegramTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(root + "/commands/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got no transcripts (%v), want some", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil || len(archive.Files) != 2 {
			t.Fatalf("read %s: %v, want a script and a transcript", file, err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			lines := strings.Split(strings.TrimSuffix(string(archive.Files[0].Data), "\n"), "\n")
			want := slackSteps(string(archive.Files[1].Data))
			s := newTelegramStage(t)
			for i, line := range lines {
				got := slackStep{line: line, shown: s.take(line)}
				if diff := cmp.Diff(telegramWords(want[i], got), telegramWords(got, got)); diff != "" {
					t.Errorf("step %d, %s: words (-terminal +Telegram):\n%s", i+1, line, diff)
				}
			}
		})
	}
}

// telegramWords are the lines that a step has in the terminal and in Telegram, each
// message's in their alphabetical order.
func telegramWords(step, as slackStep) []string {
	if step.line == ":again" {
		return nil
	}
	messages := slices.Clone(step.shown)
	slices.SortStableFunc(messages, func(a, b slackShown) int { return strings.Compare(a.to(), b.to()) })
	var words []string
	for _, m := range messages {
		var lines []string
		for _, line := range withoutBars(asTables(withoutForm(m.lines), as.drawn())) {
			line = strings.TrimPrefix(slackWords(line), "-- ")
			if line = draftNumber.ReplaceAllString(line, "draft"); line != "" {
				lines = append(lines, line)
			}
		}
		slices.Sort(lines)
		words = append(words, lines...)
	}
	return words
}

// withoutForm returns a terminal's lines without the form in them, but for its
// question, and without what stands around it.
func withoutForm(lines []string) []string {
	fill := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, ":fill") })
	if fill < 0 {
		return lines
	}
	return lines[:1]
}

// telegramStage plays scripts in Telegram.
type telegramStage struct {
	*telegramWorld
	user  int64
	name  string
	role  bot.Role
	group bool // they type in the group
	names []string
	edits map[string]int // by chat and message
	last  map[int64][]bottest.TelegramMessage
}

// telegramSales is the group of the transcripts.
const telegramSales = -77

func newTelegramStage(t *testing.T) *telegramStage {
	t.Helper()
	s := &telegramStage{
		telegramWorld: newTelegramWorldOf(t, "local", bottest.TelegramConfig{}), role: bot.Manager, edits: map[string]int{},
		last: map[int64][]bottest.TelegramMessage{},
	}
	s.telegram.AddChat(bottest.TelegramChat{ID: telegramSales, Title: "#sales", Type: "supergroup", BotIn: true})
	err := s.app.Store.Write(t.Context(), s.home, func(tx *storage.Tx) error {
		return tx.AddTeam(t.Context(), storage.Team{Platform: telegrambot.Platform, ID: strconv.Itoa(telegramSales), Name: "#sales"})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.enter("novak")
	return s
}

func (s *telegramStage) enter(name string) {
	s.name, s.user = name, s.id(name)
	if !slices.Contains(s.names, name) {
		s.names = append(s.names, name)
		s.knows(bottest.TelegramUser{ID: s.user, First: name, Started: true}, s.role)
	}
}

// id is somebody's account.
func (*telegramStage) id(name string) int64 {
	id := int64(1)
	for _, r := range name {
		id = id*31 + int64(r)
	}
	return id
}

// here is the chat where the user types.
func (s *telegramStage) here() int64 {
	if s.group {
		return telegramSales
	}
	return s.user
}

// take plays one line of a script and returns what people saw.
func (s *telegramStage) take(line string) []slackShown {
	s.t.Helper()
	directive, ok := strings.CutPrefix(line, ":")
	if !ok {
		text := line
		if s.group {
			text = "@" + bottest.TelegramBotName + " " + line
		}
		return s.shown(func(ctx context.Context) {
			s.telegram.Say(ctx, bottest.Saying{User: s.user, Chat: min(s.here(), 0), Text: text})
		})
	}
	name, rest, _ := strings.Cut(directive, " ")
	switch name {
	case "as":
		s.enter(rest)
	case "role":
		s.role, _ = bot.ParseRole(rest)
	case "in":
		s.group = rest != "dm"
	case "at":
		return s.at(rest)
	case "press":
		return s.shown(func(ctx context.Context) {
			m, data := s.button(rest)
			s.telegram.PressData(ctx, s.user, s.here(), m, data)
		})
	case "fill":
		return s.fills(rest)
	case "again":
		return nil
	}
	return slackNote(name + " " + rest)
}

// button finds a button of the last message and what it sends. Those of a form are
// not counted, as in the terminal.
func (s *telegramStage) button(number string) (message int, data string) {
	s.t.Helper()
	n, err := strconv.Atoi(number)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, m := range s.last[s.here()] {
		for _, row := range m.Buttons {
			for _, b := range row {
				n--
				if n == 0 {
					return m.ID, b.Data
				}
			}
		}
	}
	s.t.Fatalf(":press %s: the last message has no such button: %v", number, s.last[s.here()])
	return 0, ""
}

// fills answers a form's questions, one after the other, by replies.
func (s *telegramStage) fills(rest string) (shown []slackShown) {
	s.t.Helper()
	for _, match := range slackValue.FindAllStringSubmatch(rest, -1) {
		asked := s.last[s.here()][0]
		shown = s.shown(func(ctx context.Context) {
			s.telegram.Say(ctx, bottest.Saying{User: s.user, Text: strings.Trim(match[2], `"`), ReplyTo: asked.ID})
		})
	}
	return shown
}

// shown does something and writes what people see of it as the terminal would.
func (s *telegramStage) shown(do func(ctx context.Context)) []slackShown {
	s.t.Helper()
	ctx, stop := context.WithTimeout(s.t.Context(), slackHang)
	defer stop()
	do(ctx)
	s.flush(ctx)
	var all []slackShown
	chats := []int64{s.here()}
	for _, name := range s.names {
		if id := s.id(name); id != s.here() {
			chats = append(chats, id)
		}
	}
	for _, chat := range chats {
		news := s.news(chat)
		if len(news) == 0 {
			continue
		}
		lines := telegramLines(news)
		if chat != s.here() {
			lines = append([]string{"→ to @" + s.nameOf(chat)}, lines...)
		}
		all = append(all, slackShown{lines: lines})
	}
	return all
}

// flush waits until everything has been said: what comes behind it in each chat
// has come.
func (s *telegramStage) flush(ctx context.Context) {
	s.t.Helper()
	s.settled()
	if err := s.telegram.Wait(ctx, func() bool { return s.count("SELECT count(*) FROM outbox WHERE NOT sent") == 0 }); err != nil {
		s.t.Fatalf("something was not sent; the log:\n%s", s.logs.String())
	}
	for _, chat := range slices.Compact([]int64{s.user, s.here()}) {
		s.telegram.PressData(ctx, s.user, chat, 1<<30, "…page 0 0 0")
		var last int
		if err := s.telegram.Wait(ctx, func() bool {
			last = s.ofItself(chat, "too old to be pressed")
			return last != 0
		}); err != nil {
			s.t.Fatalf("nothing more came: %v", err)
		}
		s.telegram.Delete(chat, last)
		if aside := s.ofItself(chat, "so it is in our own chat"); aside != 0 {
			s.telegram.Delete(chat, aside)
		}
	}
	s.settled()
}

// ofItself finds what the adapter itself says in a chat, 0 for nothing.
func (s *telegramStage) ofItself(chat int64, words string) int {
	for _, m := range s.telegram.Said(chat) {
		if strings.Contains(m.Text, words) {
			return m.ID
		}
	}
	return 0
}

// news are the bot's messages in a chat that are new or have changed.
func (s *telegramStage) news(chat int64) []bottest.TelegramMessage {
	var news []bottest.TelegramMessage
	for _, m := range s.telegram.Said(chat) {
		key := strconv.FormatInt(chat, 10) + "/" + strconv.Itoa(m.ID)
		if s.edits[key] != m.Edits+1 {
			news = append(news, m)
		}
		s.edits[key] = m.Edits + 1
	}
	if len(news) > 0 {
		s.last[chat] = news
	}
	return news
}

func (s *telegramStage) nameOf(chat int64) string {
	for _, name := range s.names {
		if s.id(name) == chat {
			return name
		}
	}
	return ""
}

// at turns the clock and has what is due sent, one post after the other, as the
// terminal does.
func (s *telegramStage) at(when string) []slackShown {
	s.t.Helper()
	moment, ok := terminal.Moment(when, s.clock())
	if !ok {
		s.t.Fatalf(":at %s: this is no time", when)
	}
	s.turn(moment.Sub(s.clock()))
	if err := s.app.Wake(s.t.Context()); err != nil {
		s.t.Fatalf("wake at %s: %v", when, err)
	}
	shown := slackNote(moment.Format("Mon 2 Jan 2006 15:04 MST"))
	sender := telegramSender{stage: s, shown: &shown}
	err := bot.Sweeper{Outbox: s.app.Outbox, Senders: map[string]bot.Sender{telegrambot.Platform: sender}, AtOnce: 1}.Sweep(s.t.Context())
	if err != nil {
		s.t.Errorf("sweep: %v", err)
	}
	return shown
}

// telegramSender notes what people see of each post.
type telegramSender struct {
	stage *telegramStage
	shown *[]slackShown
}

// Send implements bot.Sender.
func (w telegramSender) Send(ctx context.Context, post bot.Post) error {
	if err := w.stage.bot.Send(ctx, post); err != nil {
		w.stage.t.Errorf("send post %d: %v", post.ID, err)
		return err
	}
	chat, err := strconv.ParseInt(post.Chat.ID, 10, 64)
	if err != nil {
		return err
	}
	head := "→ in #sales"
	if chat > 0 {
		head = "→ to @" + w.stage.nameOf(chat)
	}
	lines := append([]string{head}, telegramLines(w.stage.news(chat))...)
	*w.shown = append(*w.shown, slackShown{lines: lines})
	return nil
}

// telegramPart is the mark below a text that goes on.
var telegramPart = regexp.MustCompile(`^Part \d+ of \d+$`)

// telegramLines writes messages as the terminal would.
func telegramLines(all []bottest.TelegramMessage) []string {
	var lines []string
	for _, m := range all {
		text := strings.ReplaceAll(unbroken(m.Text), "\u00a0", " ")
		switch {
		case m.Photo != nil:
			title, _, _ := strings.Cut(text, "; ")
			lines = append(lines, "", pictureLine(title))
			continue
		case m.Force:
			lines = append(lines, strings.Split(text, "\n")[0])
			continue
		}
		asks := false
		var buttons []string
		for _, row := range m.Buttons {
			for _, b := range row {
				asks = asks || strings.HasPrefix(b.Data, "…pick")
				buttons = append(buttons, "["+b.Text+"]  > "+b.Data)
			}
		}
		if asks {
			lines = append(lines, strings.Split(text, "\n")[0])
			continue
		}
		for line := range strings.SplitSeq(text, "\n") {
			if !telegramPart.MatchString(line) {
				lines = append(lines, line)
			}
		}
		lines = append(lines, "")
		lines = append(lines, buttons...)
	}
	return lines
}
