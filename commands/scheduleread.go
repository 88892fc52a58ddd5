package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/rule"
	"fifteen/commands/internal/typed"
	"fifteen/storage"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"
)

// An order is what somebody wants to have scheduled, as its words are read from
// the end.
type order struct {
	schedule storage.Schedule
	text     string
	words    []bot.Word
	rule     rule.Rule
	when     string // the words of the rule
	placed   bool   // the words say who gets it
}

// readOrder reads "<line> <rule> [in #channel|to <who>|each rep] [zone]"; who gets it
// may stand before the rule, too. It reads the line, too, and answers it once for a chat: what would be private there is
// refused.
func (d *Deps) readOrder(ctx context.Context, k kinds, req bot.Request) (storage.Schedule, error) {
	o := order{text: req.Text("what")}
	o.words = bot.Split(o.text)
	if len(o.words) == 1 && o.words[0].Quoted {
		o.text = o.words[0].Text
		o.words = bot.Split(o.text)
	}
	o.schedule = placed(ctx, req)
	if err := o.takeAudience(ctx, k, req); err != nil {
		return o.schedule, err
	}
	command := func(name string) bool {
		_, ok := d.Command(name)
		return ok
	}
	if err := o.takeRule(req, command); err != nil {
		return o.schedule, err
	}
	if !o.placed {
		if err := o.takeInner(ctx, k, req); err != nil {
			return o.schedule, err
		}
	}
	line := bot.Span{Text: o.text, Words: o.words}.Raw(len(o.words))
	line, err := d.Router().Schedulable(ctx, req.As(line, nil))
	if _, ok := errors.AsType[*bot.ProblemError](err); ok && o.timesLeft(req.Locale) {
		err = bot.Problem("schedule.unread", "line", brief(bot.Join(o.words), 60), "rule", brief(o.when, 60))
	}
	if err != nil {
		return o.schedule, err
	}
	o.schedule.Line, o.schedule.Rule = line, o.rule.String()
	return o.schedule, d.checkAudience(ctx, req, o)
}

// timesLeft tells whether the line holds words of another rule: "who mon 9 and".
func (o *order) timesLeft(locale string) bool {
	lexicon := typed.LexiconOf(locale)
	return slices.ContainsFunc(o.words, func(w bot.Word) bool {
		word := names.Fold(w.Text)
		_, _, day := lexicon.Weekday(strings.TrimRight(word, ",;"))
		return !w.Quoted && (day || lexicon.Is(typed.Every, word))
	})
}

// placed is a schedule for the chat that it was typed in; a private chat is its
// member.
func placed(ctx context.Context, req bot.Request) storage.Schedule {
	if req.Chat.Private {
		return storage.Schedule{Audience: storage.ForMember, Platform: req.Chat.Platform, Member: req.Member.ID}
	}
	return inChat(ctx, req, req.Chat.ID)
}

// inChat is a schedule for a chat, with what people call it.
func inChat(ctx context.Context, req bot.Request, id string) storage.Schedule {
	return storage.Schedule{Audience: storage.ForChat, Platform: req.Chat.Platform, Chat: id, Name: req.ChatName(ctx, id)}
}

// takeAudience takes the audience and the zone off the end, in any order.
func (o *order) takeAudience(ctx context.Context, k kinds, req bot.Request) error {
	for range 2 {
		o.takeReps(req)
		for _, take := range []func(context.Context, kinds, bot.Request) error{o.takeChat, o.takeZone, o.takeMember} {
			if err := take(ctx, k, req); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeReps takes "each rep", and "to" or "for" before it.
func (o *order) takeReps(req bot.Request) {
	if !o.endsIn("each", "rep") && !o.endsIn("each", "reps") && !o.endsIn("every", "rep") && !o.endsIn("all", "reps") {
		return
	}
	o.schedule = storage.Schedule{Audience: storage.ForReps, Platform: req.Chat.Platform, Zone: o.schedule.Zone}
	o.placed = true
	o.cut(2)
	if o.endsIn("to") || o.endsIn("for") {
		o.cut(1)
	}
}

// takeInner takes who gets it where that stands between the line and the rule:
// "who in #sales every monday". Words that name nobody are the line's.
func (o *order) takeInner(ctx context.Context, k kinds, req bot.Request) error {
	o.takeReps(req)
	if err := o.takeChat(ctx, k, req); o.placed || err != nil {
		return err
	}
	last := len(o.words) - 1
	if last < 2 || !o.isTo(last-1) {
		return nil
	}
	err := o.placeMember(ctx, k, req, last-1)
	if _, ok := errors.AsType[*bot.ProblemError](err); ok {
		return nil
	}
	return err
}

// endsIn tells whether the last words are these, and something stands before them.
func (o *order) endsIn(words ...string) bool {
	n := len(o.words) - len(words)
	if n < 1 {
		return false
	}
	for i, word := range words {
		if o.words[n+i].Quoted || names.Fold(o.words[n+i].Text) != word {
			return false
		}
	}
	return true
}

func (o *order) cut(n int) { o.words = o.words[:len(o.words)-n] }

// isTo tells whether a word leads to who gets it.
func (o *order) isTo(at int) bool {
	word := names.Fold(o.words[at].Text)
	return !o.words[at].Quoted && (word == "to" || word == "for")
}

// takeChat takes "in #sales", "#sales" and "in here".
func (o *order) takeChat(ctx context.Context, _ kinds, req bot.Request) error {
	if o.endsIn("in", "here") || o.endsIn("here") {
		o.cut(1)
		if o.endsIn("in") {
			o.cut(1)
		}
		o.placed = true
		return nil
	}
	last := len(o.words) - 1
	if last < 1 || o.words[last].Quoted {
		return nil
	}
	led := last > 1 && (names.Fold(o.words[last-1].Text) == "in" || o.isTo(last-1))
	name := o.words[last].Text
	_, number := bot.ParseNumber(o.words[last]) // deal #42
	if !strings.HasPrefix(name, "#") || number && !led {
		return o.nameless(req)
	}
	id, ok := req.FindChat(name)
	if !ok {
		return bot.Problem("schedule.nochat", "chat", brief(name, 60))
	}
	zone := o.schedule.Zone
	o.schedule = inChat(ctx, req, id)
	o.schedule.Zone = zone
	o.placed = true
	o.cut(1)
	if led {
		o.cut(1)
	}
	return nil
}

// nameless asks for the mark of a channel behind a rule: "mon 9:00 in sales".
func (o *order) nameless(req bot.Request) error {
	last := len(o.words) - 1
	if last < 3 || names.Fold(o.words[last-1].Text) != "in" {
		return nil
	}
	if n, _, _ := rule.Last(typedWords(o.words), todayOf(req), req.Locale); n > 0 { // fri in 2 weeks
		return nil
	}
	if n, _, _ := rule.Last(typedWords(o.words[:last-1]), todayOf(req), req.Locale); n == 0 {
		return nil
	}
	return bot.Problem("schedule.nochat", "chat", brief(o.words[last].Text, 60))
}

// takeZone takes the name of a zone, such as Europe/Prague.
func (o *order) takeZone(context.Context, kinds, bot.Request) error {
	last := len(o.words) - 1
	if last < 2 || o.words[last].Quoted || !zoneLike(o.words[last].Text) {
		return nil
	}
	zone, err := zoneName(o.words[last].Text)
	if err != nil {
		return err
	}
	o.schedule.Zone = zone
	o.cut(1)
	return nil
}

// zoneLike tells whether a word can only be meant as a zone.
func zoneLike(word string) bool {
	area, place, ok := strings.Cut(word, "/")
	letters := func(s string) bool { return strings.ContainsFunc(s, isLetter) }
	return ok && letters(area) && letters(place) || word == "UTC" || word == "GMT"
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// takeMember takes "to <who>" where a rule stands before it.
func (o *order) takeMember(ctx context.Context, k kinds, req bot.Request) error {
	at := -1
	for i := range slices.Backward(o.words) {
		if o.isTo(i) {
			at = i
			break
		}
	}
	if at < 1 || at == len(o.words)-1 {
		return nil
	}
	if n, _, _ := rule.Last(typedWords(o.words[:at]), todayOf(req), req.Locale); n == 0 {
		return nil
	}
	return o.placeMember(ctx, k, req, at)
}

// placeMember takes "to" or "for" at an index and the member behind it.
func (o *order) placeMember(ctx context.Context, k kinds, req bot.Request, at int) error {
	span := bot.Span{Text: o.text, Words: o.words[at+1:], Whole: true, Strict: true}
	reading, err := k.who.Read(ctx, req, span)
	if problem, ok := errors.AsType[*bot.ProblemError](err); ok {
		problem.Options = nil // which would be put in place of the whole line
		return problem
	}
	if err != nil || reading.Words < len(span.Words) {
		return err
	}
	member, _ := reading.Value.(int64)
	o.schedule = storage.Schedule{
		Audience: storage.ForMember, Platform: req.Chat.Platform, Member: member, Zone: o.schedule.Zone,
	}
	o.placed = true
	o.words = o.words[:at]
	return nil
}

// takeRule takes the rule off the end; the line is what stands before it.
func (o *order) takeRule(req bot.Request, command func(string) bool) error {
	zone := zoneOf(o.schedule.Zone, req.Member.Zone)
	if o.schedule.Audience == storage.ForChat {
		zone = zoneOf(o.schedule.Zone, req.Member.Home)
	}
	today := typed.DateOf(req.At.In(zone))
	n, r, err := rule.Last(typedWords(o.words), today, req.Locale)
	if n == len(o.words) && n > 1 && command(o.words[0].Text) { // "next mon 9:00" is the line next
		n, r, err = rule.Last(typedWords(o.words[1:]), today, req.Locale)
	}
	text := brief(bot.Join(o.words), 60)
	switch {
	case err != nil:
		problem := whenProblem(err, 0)
		if p, ok := errors.AsType[*bot.ProblemError](problem); ok {
			p.Key, p.Options, p.Arg = strings.Replace(p.Key, "when.", "schedule.when.", 1), nil, ""
		}
		return problem
	case n == 0:
		return o.noRule(req, today, text)
	case n == len(o.words):
		return bot.Problem("schedule.noline", "typed", text)
	}
	if _, ok := r.Next(req.At, zone, nil); !ok {
		return bot.Problem("schedule.passed", "clock", r.At.String())
	}
	o.rule, o.when = r, bot.Join(o.words[len(o.words)-n:])
	o.cut(n)
	return nil
}

// noRule says that no rule stands at the end, and offers the line with its weekdays
// spelled as they may have been meant.
func (o *order) noRule(req bot.Request, today typed.Date, text string) error {
	problem, all := bot.Problem("schedule.norule", "typed", text), bot.Split(o.text)
	alike, changed := metrics.NewJaroWinkler(), false
	for i, word := range all {
		if len(word.Text) < shortestDay || word.Quoted {
			continue
		}
		for day := time.Sunday; day <= time.Saturday; day++ {
			name := names.Fold(day.String())
			if said := names.Fold(word.Text); said != name && strutil.Similarity(said, name, alike) > nearDay {
				all[i].Text, changed = name, true
			}
		}
	}
	line := nameSchedule + " " + bot.Join(all)
	if n, _, err := rule.Last(typedWords(all[:len(o.words)]), today, req.Locale); changed && n > 0 && err == nil && len(line) <= bot.MaxButtonLine {
		problem.Button(brief(line, bot.MaxButtonLabel), line)
	}
	return problem
}

// shortestDay is how many letters the shortest word has that may be a misspelled
// weekday, and nearDay how alike they have to be.
const (
	shortestDay = 5
	nearDay     = 0.9
)

// dryRun is how long the first answer of a line may take.
const dryRun = 10 * time.Second

// checkAudience refuses what the asker may not send, and what would be private in
// the chat.
func (d *Deps) checkAudience(ctx context.Context, req bot.Request, o order) error {
	s := o.schedule
	manages := req.Member.Role >= bot.Manager
	switch {
	case s.Audience == storage.ForReps && !manages, s.Audience == storage.ForMember && s.Member != req.Member.ID && !manages:
		return bot.Problem("schedule.manager")
	case s.Audience != storage.ForChat:
		return nil
	case d.Router().Personal(s.Line):
		return bot.Problem("schedule.personal", "line", brief(s.Line, 60))
	}
	ctx, stop := context.WithTimeout(ctx, dryRun)
	defer stop()
	first := req.As(s.Line, nil)
	first.Chat, first.EventID = bot.Chat{Platform: s.Platform, ID: s.Chat}, ""
	reply, err := d.Router().RunScheduled(ctx, first)
	if err == nil && reply.Message.Private {
		err = bot.Problem("schedule.private", "line", brief(s.Line, 60))
	}
	return err
}
