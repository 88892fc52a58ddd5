package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/locale"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// call is one line being answered: the request, its transaction, and the
// asker's language.
type call struct {
	speech
	tx    *storage.Tx
	req   bot.Request
	posts []bot.Post
	// people says that the line changes what the directory knows.
	people bool

	members map[int64]storage.Member
	// few says that the line is about few members, who are read one by one.
	few bool
}

func (d *Deps) call(tx *storage.Tx, req bot.Request) *call {
	return &call{tx: tx, req: req, speech: speech{
		words: d.Words, tag: req.Locale, zone: req.Member.Zone, home: req.Member.Home, now: req.At,
	}}
}

// author says who changes something with this line.
func (c *call) author(command string) storage.Author {
	return storage.Author{
		Member: c.req.Member.ID, At: c.req.At, Platform: c.req.Chat.Platform, Chat: c.req.Chat.ID, Command: command,
	}
}

// manages tells whether the asker sees and changes everybody's deals.
func (c *call) manages() bool { return c.req.Member.Role >= bot.Manager }

// sight returns whose deals the asker sees: a member's id, or 0 for all.
func (c *call) sight(ctx context.Context) (int64, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil || c.manages() || home.Visibility == storage.VisibleTeam {
		return 0, err
	}
	return c.req.Member.ID, nil
}

// deal returns the deal that the line names, for changing it. What the asker
// may not see and what does not exist get the same answer; a button drawn from
// another revision gets a movedError.
func (c *call) deal(ctx context.Context, redraw redraw) (storage.Deal, error) {
	deal, err := c.visible(ctx)
	switch {
	case err != nil:
		return storage.Deal{}, err
	case !c.manages() && deal.Owner != c.req.Member.ID:
		return storage.Deal{}, bot.Problem("deal.notyours", "deal", deal.Name).End()
	case c.req.Revision > 0 && c.req.Revision != deal.Revision:
		return storage.Deal{}, &movedError{deal: deal, draw: redraw}
	}
	return deal, nil
}

// openDeal is deal for lines that make no sense once a deal has ended.
func (c *call) openDeal(ctx context.Context, redraw redraw) (storage.Deal, error) {
	deal, err := c.deal(ctx, redraw)
	if err == nil && !deal.Open() {
		return deal, c.ended(deal)
	}
	return deal, err
}

// ended says that a deal is not open any more.
func (c *call) ended(deal storage.Deal) error {
	return bot.Problem("deal.ended", "deal", deal.Name, "outcome", c.say("outcome."+string(deal.Outcome))).
		Button(c.say("button.reopen"), dealLine("reopen", deal)).
		Button(c.show(deal)).End()
}

// visible returns the deal that the line names, for looking at it.
func (c *call) visible(ctx context.Context) (storage.Deal, error) {
	number := bot.Value[int64](c.req, "deal")
	deal, err := c.tx.Deal(ctx, number)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return storage.Deal{}, err
	}
	if err == nil && (c.manages() || deal.Owner == c.req.Member.ID) {
		return deal, nil
	}
	sight, sightErr := c.sight(ctx)
	if sightErr != nil {
		return storage.Deal{}, sightErr
	}
	if err != nil || sight != 0 {
		return storage.Deal{}, bot.Problem("deal.none", "number", number).End()
	}
	return deal, nil
}

// redraw draws a deal as it is now.
type redraw func(ctx context.Context, c *call, deal storage.Deal) (bot.Message, error)

// movedError says that a button was drawn from an older revision of a deal.
type movedError struct {
	deal storage.Deal
	draw redraw
}

func (e *movedError) Error() string { return fmt.Sprintf("deal %d has moved on", e.deal.Number) }

// redraw answers with the deal as it is now; nothing has been written.
func (e *movedError) redraw(ctx context.Context, c *call) (bot.Message, error) {
	msg, err := e.draw(ctx, c, e.deal)
	msg.Redraw = true
	msg.Note = c.say("deal.moved", "deal", e.deal.Name)
	return msg, err
}

// member returns a member of the workspace; all of them are read at once, unless few
// are wanted.
func (c *call) member(ctx context.Context, id int64) (storage.Member, error) {
	if m, ok := c.members[id]; ok {
		return m, nil
	}
	if c.few {
		m, err := c.tx.Member(ctx, id)
		if err == nil {
			c.know(m)
		}
		return m, err
	}
	if c.members == nil {
		all, err := c.tx.Members(ctx)
		if err != nil {
			return storage.Member{}, err
		}
		c.know(all...)
	}
	m, ok := c.members[id]
	if !ok {
		return storage.Member{}, fmt.Errorf("read member %d: %w", id, storage.ErrNotFound)
	}
	return m, nil
}

// know keeps members who were read.
func (c *call) know(read ...storage.Member) {
	if c.members == nil {
		c.members = make(map[int64]storage.Member, len(read))
	}
	for _, m := range read {
		c.members[m.ID] = m
	}
}

// heir returns a member who is to be given something; nobody who is gone is.
func (c *call) heir(ctx context.Context, id int64) (storage.Member, error) {
	m, err := c.member(ctx, id)
	if err == nil && !m.Active {
		err = bot.Problem("who.gone", "who", brief("@"+m.Name, 60))
	}
	return m, err
}

// handle returns a member as people write them, "@ivanov".
func (c *call) handle(ctx context.Context, id int64) (string, error) {
	m, err := c.member(ctx, id)
	return "@" + m.Name, err
}

// private tells whether an answer that may hold others' deals must stay between
// the asker and the bot: in a channel only a manager shows them to everybody.
func (c *call) private() bool { return !c.req.Chat.Private && !c.manages() }

// today returns the day it is where the asker's days begin.
func (c *call) today() typed.Date { return typed.DateOf(c.req.At.In(c.zone)) }

// speech is a language, the place whose days count, and the workspace's, whose
// months do.
type speech struct {
	words      bot.Words
	tag        string
	zone, home *time.Location
	now        time.Time
	// own is what the organisation calls its steps and reasons; nil for the
	// method's words.
	own *ownWords
}

// say puts a key into words.
func (s speech) say(key string, args ...any) string { return s.words.Say(s.tag, key, args...) }

func (s speech) locale() locale.Locale { return locale.For(s.tag) }

// money writes an amount, or the word for one that nobody has named.
func (s speech) money(m scoring.Money) string {
	if !m.Known() {
		return s.say("money.unknown")
	}
	return s.locale().Money(m.Minor, m.Currency)
}

// day writes the day of a moment, "Thu 26 Nov".
func (s speech) day(t time.Time) string { return s.date(typed.DateOf(t.In(s.zone)).String()) }

// date writes a day such as "2026-11-26".
func (s speech) date(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return s.locale().Day(typed.DateOf(t), s.now.In(s.zone).Year())
}

// month writes a month, with its year unless it is this year's and its name
// alone would be read as this very month.
func (s speech) month(m typed.Month) string {
	year := s.now.In(s.home).Year()
	if typed.Nearest(m.Month, s.current()) != m {
		year = 0
	}
	return s.locale().Month(m, year)
}

// current returns the month it is where the workspace is.
func (s speech) current() typed.Month { return typed.MonthOf(typed.DateOf(s.now.In(s.home))) }

// since writes how many days something has lasted.
func (s speech) since(then time.Time) string {
	if n := s.days(then); n > 0 {
		return s.say("count.days", "count", n)
	}
	return s.say("count.today")
}

// days counts whole days from then to now.
func (s speech) days(then time.Time) int { return int(s.now.Sub(then) / (24 * time.Hour)) }
