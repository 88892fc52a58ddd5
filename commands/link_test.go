package commands_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// linkCode is a code in an answer.
var linkCode = regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}`)

// TestLinkGivesCodes gives codes, of which the last is good, and not too many.
func TestLinkGivesCodes(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	seen := map[string]bool{}
	for range 10 {
		code := linkCode.FindString(f.types(f.petra, "link"))
		if code == "" || seen[code] {
			t.Fatalf("got the code %q, want a new one each time", code)
		}
		seen[code] = true
	}
	holds(t, "the eleventh", f.types(f.petra, "link"), "many codes within an hour")
	f.now = f.now.Add(time.Hour + time.Second)
	holds(t, "an hour later", f.types(f.petra, "link"), "Your code is")
}

// TestLinkTakesCodes says codes that are no good, for whoever is known.
func TestLinkTakesCodes(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	code := linkCode.FindString(f.types(f.petra, "link"))
	const wrong = "That code is not good"
	holds(t, "one's own", f.types(f.petra, "link "+code), "That is your own code")
	holds(t, "no code", f.types(f.ivanov, "link hello there"), wrong)
	holds(t, "another's rights", f.types(f.novak, "link "+code), "@petra may do less than you")
	for _, guess := range []string{"AAAA-AAAA", "BBBBBBBB", "cccc dddd", "DDDD-DDDD", "EEEE-EEEE"} {
		holds(t, guess, f.types(f.ivanov, "link "+guess), wrong)
	}
	holds(t, "right, but the sixth guess", f.types(f.ivanov, "link "+code), wrong)
	f.now = f.now.Add(time.Hour)
	holds(t, "too late", f.types(f.ivanov, "link "+code), wrong)
	code = linkCode.FindString(f.types(f.petra, "link"))
	lower := strings.ToLower(strings.ReplaceAll(code, "-", " "))
	holds(t, "as phones write it", f.types(f.ivanov, "link "+lower), "You speak as @ivanov here, and the code is of @petra")
}

// TestUnlinkAndReach shows and changes where somebody is reached.
func TestUnlinkAndReach(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	holds(t, "one account", f.types(f.novak, "reach"), "where you spoke last", "Say link to add another")
	holds(t, "none there", f.types(f.novak, "reach telegram"), "You have no account in Telegram")
	holds(t, "the last one", f.types(f.novak, "unlink terminal"), "That is your only account")
	f.hasTelegram(f.novak)
	holds(t, "two accounts", f.types(f.novak, "reach"), "[Telegram]", "[the terminal]")
	holds(t, "chosen", f.types(f.novak, "reach telegram"), "Reminders and questions come to Telegram")
	holds(t, "taken back", f.types(f.novak, "undo"), "Taken back")
	holds(t, "as before", f.types(f.novak, "reach"), "where you spoke last")
	holds(t, "shown", f.types(f.novak, "link"), "@novak", "[Unlink Telegram]")
	holds(t, "not theirs", f.types(f.petra, "unlink telegram"), "None of your accounts")
	holds(t, "gone", f.types(f.novak, "unlink telegram"), "@novak in Telegram does not speak as you any more")
	holds(t, "no chat", f.types(f.novak, "unlink here"), "linked to no team of yours")
}

// TestVisitors takes in, and turns away, who spoke in a linked chat.
func TestVisitors(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.visitors()
	f.visitors() // who asks again is not asked about again
	holds(t, "who waits", f.types(f.novak, "team"), "3 people asked in linked chats", "[Vera 11 is a rep]")
	if got := f.types(f.petra, "team"); strings.Contains(got, "Vera") {
		t.Errorf("for a rep: got %q, want nobody who waits", got)
	}
	holds(t, "a rep", f.types(f.petra, "team add 1"), "only for managers")
	holds(t, "taken in", f.types(f.novak, "team add 1"), "@Vera 11 is a rep now")
	holds(t, "again", f.types(f.novak, "team add 1"), "in the team already")
	holds(t, "turned away", f.types(f.novak, "team refuse 2"), "Vera 12 is not in the team")
	holds(t, "nobody", f.types(f.novak, "team add 9"), "Nobody asked under the number 9")
	holds(t, "one is left", f.types(f.novak, "team"), "One person asked in a linked chat", "@Vera 11")
	reply := f.hear(bot.Request{
		Account: bot.Account{Platform: "telegram", ID: "11"}, Line: "deals", Chat: bot.Chat{Platform: "telegram", ID: "11", Private: true},
	})
	holds(t, "who was taken in", text(t, reply.Message), "no open deal")
}

// TestCancel leaves a question, which takes no answer then.
func TestCancel(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.petra, "deal add Acme")
	holds(t, "asked", f.types(f.petra, "note acme"), "Your next message")
	holds(t, "left", f.types(f.petra, "cancel"), "Left. Nothing was written.")
	holds(t, "then", f.types(f.petra, "xyzzy plugh"), "I do not understand")
	holds(t, "nothing", f.types(f.petra, "cancel"), "No question waits")
}
