package commands

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/scoring"
	"fifteen/storage"
)

// nameReason is the command as the audit trail names it.
const nameReason = "settings reason"

// How long the words for a reason may be, in runes, and how many reasons an
// organisation may add.
const (
	maxReasonWords = 60
	maxOwnReasons  = 30
)

// wordDefault takes the organisation's words for a reason back.
const wordDefault = "default"

// keptWords mean something else where a reason stands.
var keptWords = []string{wordAdd, noAmount, replySkip, wordDefault}

// settingsReason shows why customers say no, renames a reason, or adds one.
func settingsReason(d *Deps, k kinds) bot.Command {
	show := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		home, err := c.tx.Workspace(ctx)
		return c.reasonsTable(home), err
	})
	change := d.write(changeReason)
	return bot.Command{
		Name: nameReason, Aliases: []string{"settings reasons"}, Summary: "settings reason.summary", Role: bot.Manager,
		Examples: []string{
			"settings reasons", `settings reason price "too dear"`, "settings reason price default",
			`settings reason add legal "Legal department says no"`,
		},
		Args: []bot.Arg{
			{Name: "new", Kind: newReasonKind{}, Optional: true, Writes: true, Hidden: true},
			{Name: "reason", Kind: renamedKind{k.reason}, Optional: true},
			{Name: "words", Kind: bot.TextKind, Optional: true, Rest: true, Writes: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case !req.Has("new") && !req.Has("reason"):
				return show(ctx, req)
			case !req.Has("words"):
				return bot.Reply{}, bot.Missing("words", "ask.settings reason.words")
			}
			return change(ctx, req)
		},
	}
}

func changeReason(ctx context.Context, c *call) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	c.own = ownWordsOf(home)
	words := oneLine(c.req.Text("words"))
	before := slices.Clone(home.Reasons)
	var said string
	if id := c.req.Text("new"); id != "" {
		said, err = c.addReason(&home, scoring.Reason(id), words)
	} else {
		said, err = c.renameReason(&home, scoring.Reason(c.req.Text("reason")), words)
	}
	if err != nil {
		return bot.Message{}, err
	}
	if err := c.tx.SaveWorkspace(ctx, home, c.author(nameReason)); err != nil {
		return bot.Message{}, err
	}
	msg := c.reasonsTable(home)
	if slices.Equal(before, home.Reasons) {
		msg.Text = []string{c.say("settings.same")}
		return msg, nil
	}
	msg.Title, msg.Buttons = brief(said, bot.MaxTitle), []bot.Button{c.undoButton()}
	return msg, nil
}

// addReason adds a reason of the organisation's own.
func (c *call) addReason(home *storage.Workspace, id scoring.Reason, words string) (string, error) {
	reasons := allReasons(*home)
	switch {
	case slices.Contains(reasons, id):
		return "", bot.Problem("settings reason.there", "id", string(id), "reason", brief(c.reason(id), maxReasonWords))
	case len(reasons)-len(scoring.Reasons) >= maxOwnReasons:
		return "", bot.Problem("settings reason.full", "most", maxOwnReasons)
	}
	if other, ok := c.reasonOf(*home, id, string(id)); ok {
		return "", bot.Problem("settings reason.taken", "words", string(id), "reason", brief(c.reason(other), maxReasonWords))
	}
	if err := c.checkWords(*home, id, words); err != nil {
		return "", err
	}
	home.Reasons = append(home.Reasons, storage.ReasonWords{ID: id, Words: words})
	return c.say("settings reason.added", "reason", words, "id", string(id)), nil
}

// renameReason gives a reason other words, or takes them back.
func (c *call) renameReason(home *storage.Workspace, id scoring.Reason, words string) (string, error) {
	was := c.reason(id)
	if back := names.Fold(words); id.Known() && (back == wordDefault || back == names.Fold(c.say("reason."+string(id)))) {
		home.Reasons = slices.DeleteFunc(home.Reasons, func(r storage.ReasonWords) bool { return r.ID == id })
		return c.say("settings reason.renamed", "was", was, "reason", c.say("reason."+string(id))), nil
	} else if back == wordDefault {
		return "", bot.Problem("settings reason.own", "reason", brief(was, maxReasonWords), "id", string(id))
	}
	if err := c.checkWords(*home, id, words); err != nil {
		return "", err
	}
	i := slices.IndexFunc(home.Reasons, func(r storage.ReasonWords) bool { return r.ID == id })
	if i < 0 {
		i, home.Reasons = len(home.Reasons), append(home.Reasons, storage.ReasonWords{ID: id})
	}
	home.Reasons[i].Words = words
	return c.say("settings reason.renamed", "was", was, "reason", words), nil
}

// checkWords refuses words that cannot stand for a reason.
func (c *call) checkWords(home storage.Workspace, id scoring.Reason, words string) error {
	switch count := utf8.RuneCountInString(words); {
	case !readable(words):
		return bot.Problem("settings reason.empty", "id", string(id))
	case count > maxReasonWords:
		return bot.Problem("settings reason.long", "most", maxReasonWords, "count", count)
	case strings.ContainsAny(words, "<>"):
		return bot.Problem("name.brackets")
	case slices.Contains(keptWords, names.Fold(words)):
		return bot.Problem("settings reason.kept", "words", words)
	}
	if other, ok := c.reasonOf(home, id, words); ok {
		return bot.Problem("settings reason.taken", "words", words, "reason", brief(c.reason(other), maxReasonWords))
	}
	return nil
}

// reasonOf returns the reason other than id that words stand for.
func (c *call) reasonOf(home storage.Workspace, id scoring.Reason, words string) (scoring.Reason, bool) {
	key := names.Fold(words)
	for _, other := range allReasons(home) {
		if other == id {
			continue
		}
		taken := append(alsoCalled(c.say("reason.also."+string(other))),
			names.Fold(string(other)), names.Fold(c.reason(other)), names.Fold(c.say("reason."+string(other))))
		if slices.Contains(taken, key) {
			return other, true
		}
	}
	return "", false
}

// reasonsTable shows the reasons with what lines call them.
func (c *call) reasonsTable(home storage.Workspace) bot.Message {
	c.own = ownWordsOf(home)
	reasons := allReasons(home)
	table := &bot.Table{Columns: []bot.Column{
		{Name: c.say("settings reason.short")}, {Name: c.say("settings reason.says")}, {},
	}}
	for _, id := range reasons {
		mark := ""
		switch usual := c.say("reason." + string(id)); {
		case !id.Known():
			mark = c.say("settings reason.mine")
		case usual != c.reason(id):
			mark = c.say("settings reason.was", "reason", usual)
		}
		table.Rows = append(table.Rows, []string{string(id), c.reason(id), mark})
	}
	return bot.Message{
		Title: c.say("settings reason.title", "count", len(reasons)), Table: table, Note: c.say("settings reason.note"),
	}
}

// wordAdd begins a reason that is new.
const wordAdd = "add"

// newReasonKind reads "add legal", the short name of a new reason. Its value is
// the short name.
type newReasonKind struct{}

// ID implements bot.Kind.
func (newReasonKind) ID() string { return "new" }

var reasonID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,15}$`)

// Read implements bot.Kind.
func (newReasonKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 || span.Words[0].Quoted || !strings.EqualFold(span.Words[0].Text, wordAdd) {
		return bot.Reading{}, nil
	}
	if len(span.Words) == 1 {
		return bot.Reading{}, bot.Problem("settings reason.add")
	}
	id := strings.ToLower(span.Words[1].Text)
	if slices.Contains(keptWords, id) {
		return bot.Reading{}, bot.Problem("settings reason.kept", "words", id)
	}
	if !reasonID.MatchString(id) {
		return bot.Reading{}, bot.Problem("settings reason.badid", "typed", brief(span.Words[1].Text, 60), "most", 16)
	}
	return bot.Reading{Value: id, Words: 2, Canonical: wordAdd + " " + id}, nil
}

// renamedKind reads the reason that is to be renamed, where none is new. A short
// name comes before the words that begin with it.
type renamedKind struct{ ownKind }

// Read implements bot.Kind.
func (k renamedKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if req.Has("new") || len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	choice, err := k.choice(ctx, req)
	if err != nil {
		return bot.Reading{}, err
	}
	if id := names.Fold(span.Words[0].Text); slices.Contains(choice.ids, id) {
		return bot.Reading{Value: id, Words: 1, Canonical: id}, nil
	}
	choice.within = false
	return choice.Read(ctx, req, span)
}

// keepsReasons refuses to take back a reason of the organisation's own that a
// customer has had since; the call still speaks as it was.
func (c *call) keepsReasons(ctx context.Context) error {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return err
	}
	left := allReasons(home)
	for id := range c.own.reasons {
		if slices.Contains(left, id) {
			continue
		}
		count, err := c.tx.CountDealsOver(ctx, id)
		if err != nil {
			return err
		}
		if count > 0 {
			return bot.Problem("settings reason.used", "count", count, "reason", brief(c.reason(id), maxReasonWords), "id", string(id))
		}
	}
	return nil
}
