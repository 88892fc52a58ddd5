package commands

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// A Way is how people come to the bot on a platform that is served.
type Way struct {
	// Platform is its name in accounts.
	Platform string
	// Open is an address that opens a chat with the bot there, to which a code can
	// be added.
	Open string
}

// How codes are given and taken.
const (
	codeLetters = 8
	codeLife    = 10 * time.Minute
	// codesAnHour is how many codes a member is given in an hour, and guessesAnHour
	// how many wrong ones an account may say.
	codesAnHour   = 10
	guessesAnHour = 5
)

// joinWord ends the line that says that joining two accounts is meant.
const joinWord = "join"

// link gives a code that joins another account to the asker, takes such a code, or
// links the chat that it is said in.
func link(d *Deps) bot.Command {
	return bot.Command{
		Name: "link", Summary: "link.summary", Writes: true, Examples: []string{"link", "link K7QF-2XQM"},
		Args: []bot.Arg{{Name: "code", Kind: bot.TextKind, Optional: true, Rest: true}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			switch {
			case c.req.Unlinked && !c.req.Has("code"):
				return c.linkChat(ctx)
			case c.req.Unlinked:
				return bot.Message{Text: []string{c.say("link.elsewhere")}, Private: true}, nil
			case c.req.Has("code"):
				return c.takeCode(ctx)
			}
			return c.giveCode(ctx, d.ways())
		}),
	}
}

func (d *Deps) ways() []Way {
	if d.Ways == nil {
		return nil
	}
	return d.Ways()
}

// linkChat links the chat in which the line was said to the asker's workspace.
func (c *call) linkChat(ctx context.Context) (bot.Message, error) {
	if !c.manages() {
		return bot.Message{}, bot.Problem("link.manager")
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	chat := c.req.Chat.Whole()
	team := storage.Team{Platform: chat.Platform, ID: chat.ID, Name: oneName(c.req.ChatName(ctx, c.req.Chat.ID)), LinkedAt: c.now}
	c.people = true
	err = c.tx.AddTeam(ctx, team)
	if errors.Is(err, storage.ErrExists) {
		return bot.Message{}, bot.Problem("link.taken")
	}
	return bot.Message{
		Text:    []string{c.say("link.chat", "name", home.Name)},
		Buttons: []bot.Button{c.button("button.schedules", "schedules"), c.button("button.unlink.here", nameUnlink+" "+unlinkHere)},
	}, err
}

// giveCode gives the asker a code, and shows the accounts that are theirs.
func (c *call) giveCode(ctx context.Context, ways []Way) (bot.Message, error) {
	given, err := c.tx.CountCodes(ctx, c.req.Member.ID, c.now.Add(-time.Hour))
	if err != nil {
		return bot.Message{}, err
	}
	if given >= codesAnHour {
		return bot.Message{}, bot.Problem("link.often")
	}
	code := rand.Text()[:codeLetters]
	until := c.now.Add(codeLife)
	err = c.tx.AddCode(ctx, storage.Code{Hash: hashOf(code), Member: c.req.Member.ID, CreatedAt: c.now, ExpiresAt: until})
	if err != nil {
		return bot.Message{}, err
	}
	shown := code[:codeLetters/2] + "-" + code[codeLetters/2:]
	msg := bot.Message{
		Title:   c.say("link.code", "code", shown),
		Text:    []string{c.say("link.how", "code", shown, "clock", until.In(c.zone).Format("15:04"))},
		Note:    c.say("link.secret"),
		Private: true,
	}
	for _, way := range ways {
		if way.Platform != c.req.Chat.Platform && way.Open != "" {
			msg.Text = append(msg.Text, c.say("link.open", "platform", c.say("platform."+way.Platform), "url", way.Open+"?start="+code))
		}
	}
	err = c.showAccounts(ctx, &msg)
	return msg, err
}

// showAccounts adds the asker's accounts, with a button for each but the one that
// they speak through.
func (c *call) showAccounts(ctx context.Context, msg *bot.Message) error {
	accounts, err := c.tx.Accounts(ctx, c.req.Member.ID)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		account := bot.Account{Platform: a.Platform, ID: a.ID}
		value := accountName("", a.Handle, a.ID)
		if account == c.req.Account {
			value = c.say("link.this", "name", value)
		}
		msg.Fields = append(msg.Fields, bot.Field{Label: c.say("platform." + a.Platform), Value: value})
		line := unlinkLine(account)
		if account != c.req.Account && len(line) <= bot.MaxButtonLine && len(msg.Buttons) < 4 {
			msg.Buttons = append(msg.Buttons, c.button("button.unlink.from", line, "platform", c.say("platform."+a.Platform)))
		}
	}
	return nil
}

// takeCode joins the account through which the line was said to the member who was
// given the code. A wrong guess is an answer and no problem, so that it counts.
func (c *call) takeCode(ctx context.Context) (bot.Message, error) {
	wrong := bot.Message{Text: []string{c.say("link.wrong")}, Private: true}
	words := strings.Fields(c.req.Text("code"))
	meant := len(words) > 1 && words[len(words)-1] == joinWord
	if meant {
		words = words[:len(words)-1]
	}
	text, ok := codeOf(strings.Join(words, ""))
	if !ok {
		return wrong, nil
	}
	by := guesser(c.req.Account)
	guesses, err := c.tx.Guess(ctx, by, c.now)
	if err != nil {
		return bot.Message{}, err
	}
	if guesses > by.Most {
		return wrong, nil
	}
	code, err := c.tx.Code(ctx, hashOf(text), c.now)
	if errors.Is(err, storage.ErrNotFound) {
		return wrong, nil
	}
	if err == nil {
		err = c.tx.Forgive(ctx, by)
	}
	if err != nil {
		return bot.Message{}, err
	}
	return c.joinMembers(ctx, code, text, meant)
}

// joinMembers makes the account through which a member speaks that of another one,
// who is the same person, and hands their open deals over.
func (c *call) joinMembers(ctx context.Context, code storage.Code, text string, meant bool) (bot.Message, error) {
	to, err := c.member(ctx, code.Member)
	if err != nil {
		return bot.Message{}, err
	}
	from, err := c.member(ctx, c.req.Member.ID)
	if err != nil {
		return bot.Message{}, err
	}
	open, err := c.tx.CountOpen(ctx, from.ID)
	if err != nil {
		return bot.Message{}, err
	}
	who := brief("@"+to.Name, 60)
	switch {
	case to.ID == from.ID:
		return bot.Message{Text: []string{c.say("link.own")}, Private: true}, nil
	case !to.Active || roleOf(from.Role) > roleOf(to.Role): // whoever can do more gives the code, so that nobody is talked out of it
		return bot.Message{Text: []string{c.say("link.higher", "who", who)}, Private: true}, nil
	case !meant:
		return bot.Message{
			Text:    []string{c.say("link.sure", "me", brief("@"+from.Name, 60), "who", who, "count", open)},
			Buttons: []bot.Button{c.button("button.join", "link "+text+" "+joinWord, "who", who)},
			Private: true,
		}, nil
	}
	if err := c.merge(ctx, from, to, hashOf(text)); err != nil {
		return bot.Message{}, err
	}
	return bot.Message{Text: []string{c.say("link.joined", "who", who, "count", open)}, Private: true}, nil
}

func (c *call) merge(ctx context.Context, from, to storage.Member, hash string) error {
	c.people = true
	if err := c.tx.UseCode(ctx, hash, c.now); err != nil {
		return err
	}
	person := bot.Person{Account: c.req.Account, Name: from.Name}
	if err := c.warn(ctx, to, c.req.Account, person); err != nil {
		return err
	}
	if err := c.tx.MoveAccount(ctx, c.req.Account.Platform, c.req.Account.ID, to.ID, c.now); err != nil {
		return err
	}
	if _, err := c.tx.HandOver(ctx, from.ID, to.ID, c.author("link")); err != nil {
		return err
	}
	left, err := c.tx.Accounts(ctx, from.ID)
	if err != nil || len(left) > 0 {
		return err
	}
	return c.retire(ctx, from, c.req.Chat.Platform)
}

// codeOf reads a code as people type it; ok is false for what cannot be one.
func codeOf(text string) (code string, ok bool) {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '-', '–', '—', ' ':
			return -1
		case '0':
			return 'O'
		case '1':
			return 'I'
		case '8':
			return 'B'
		}
		return r
	}, strings.ToUpper(text))
	if len(text) != codeLetters || strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		return "", false
	}
	return text, true
}

// hashOf is what is kept of a code.
func hashOf(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:])
}

func guesser(a bot.Account) storage.Guesser {
	return storage.Guesser{Platform: a.Platform, ID: a.ID, Most: guessesAnHour, Within: time.Hour}
}
