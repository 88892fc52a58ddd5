package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/locale"
	"fifteen/scoring"
	"fifteen/storage"
)

// refusalDays is how far back refusals looks: the method's fortnight.
const refusalDays = 14

// shownFlags is how many noes to talk over are listed at once.
const shownFlags = 10

// refusals says why customers said no, and what the market dislikes.
func refusals(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "refusals", Summary: "refusals.summary", Examples: []string{"refusals", "refusals 4 weeks", "refusals @ivanov 13w"},
		Args: []bot.Arg{
			{Name: "who", Kind: spanWhoKind{k.who}, Optional: true, Rest: true},
			{Name: "window", Kind: k.window, Optional: true},
		},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			r, err := c.refusalReport(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			return r.message(ctx)
		}),
	}
}

// refusalReport is what refusals shows of a window and of the one before it.
type refusalReport struct {
	*call
	owner              int64 // 0 for the team
	days               int
	from, to           time.Time
	now, before        scoring.Refusals
	unfit, unfitBefore int
	flagged            []storage.SaidNo
}

// lookBack returns the moments between which a window of days lies that ends now:
// it begins at the same time of day where the workspace is, and a moment at which
// one window ends belongs to no later one.
func (c *call) lookBack(days int) (from, to time.Time) {
	now := c.req.At.In(c.home)
	return now.AddDate(0, 0, -days).Add(tick), now.Add(tick)
}

// tick is the shortest time that is kept.
const tick = time.Microsecond

// reportOf returns for whom a report is: the team, which everybody may see, or one rep,
// whom managers and the rep may see.
func (c *call) reportOf() (int64, error) {
	if !c.req.Has("who") {
		return 0, nil
	}
	return c.whose()
}

func (c *call) refusalReport(ctx context.Context) (*refusalReport, error) {
	owner, err := c.reportOf()
	if err != nil {
		return nil, err
	}
	r := &refusalReport{call: c, owner: owner, days: int(c.req.Int("window", refusalDays))}
	r.from, r.to = c.lookBack(r.days)
	earlier, _ := c.lookBack(2 * r.days)
	if r.now, err = c.refusalsOf(ctx, owner, r.from, r.to); err != nil {
		return nil, err
	}
	if r.before, err = c.refusalsOf(ctx, owner, earlier, r.from); err != nil {
		return nil, err
	}
	if r.unfit, err = c.tx.CountDisqualified(ctx, owner, r.from, r.to); err != nil {
		return nil, err
	}
	if r.unfitBefore, err = c.tx.CountDisqualified(ctx, owner, earlier, r.from); err != nil {
		return nil, err
	}
	if flags := r.flagsOf(); flags >= 0 {
		if r.flagged, err = c.tx.FlaggedRefusals(ctx, flags, r.from, r.to, shownFlags); err != nil {
			return nil, err
		}
	}
	sight, err := c.sight(ctx)
	r.flagged = slices.DeleteFunc(r.flagged, func(no storage.SaidNo) bool { return sight != 0 && no.Holder != sight })
	return r, err
}

// flagsOf returns whose noes to talk over the asker is shown: in private a
// manager everybody's, a rep the own ones; -1 for nobody's.
func (r *refusalReport) flagsOf() int64 {
	switch {
	case r.public():
		return -1
	case r.manages():
		return r.owner
	default:
		return r.req.Member.ID
	}
}

// refusalsOf adds up the noes between two moments.
func (c *call) refusalsOf(ctx context.Context, owner int64, from, to time.Time) (scoring.Refusals, error) {
	totals, err := c.tx.RefusalTotals(ctx, owner, from, to)
	if err != nil {
		return scoring.Refusals{}, err
	}
	counts := make([]scoring.RefusalCount, len(totals))
	for i, t := range totals {
		counts[i] = scoring.RefusalCount{Refusal: t.Refusal(), Rep: t.Owner, Step: t.Step, Back: t.Back, Count: t.Count}
	}
	return scoring.RefusalsOf(counts, c.funnel().At), nil
}

func (r *refusalReport) message(ctx context.Context) (bot.Message, error) {
	msg, who, asked := bot.Message{Private: r.private()}, "", ""
	if r.owner != 0 {
		var err error
		if who, err = r.handle(ctx, r.owner); err != nil {
			return msg, err
		}
		asked = canonical(strings.TrimPrefix(who, "@"))
	}
	msg.Title = r.title(who)
	if r.now.Total() == 0 {
		msg.Text = nonEmpty(r.disqualified())
		return msg, nil
	}
	msg.Text = nonEmpty(r.market(), r.excuses())
	msg.Table = r.causes()
	if r.now.Enough() {
		msg.Chart = r.chart()
	}
	fields, err := r.fields(ctx)
	if err != nil {
		return msg, err
	}
	msg.Fields = fields
	if err := r.flags(ctx, &msg); err != nil {
		return msg, err
	}
	if line := r.whyLine(asked); len(line) <= bot.MaxButtonLine {
		msg.Buttons = append([]bot.Button{r.button("button.why", line)}, msg.Buttons...)
	}
	if !r.now.Enough() {
		msg.Note = r.say("refusals.scarce", "least", scoring.MinSample)
	}
	return msg, nil
}

// title says how many noes there were, of one rep or, for "", of the team.
func (r *refusalReport) title(who string) string {
	key, keyOf := "refusals.title", "refusals.title.of"
	if r.now.Total() == 0 {
		key, keyOf = "refusals.none", "refusals.none.of"
	}
	if who != "" {
		key = keyOf
	}
	return brief(r.say(key, "count", r.now.Total(), "before", r.before.Total(), "days", r.window(), "who", brief(who, 40)), bot.MaxTitle)
}

// whyLine leads to the noes behind the report.
func (r *refusalReport) whyLine(who string) string {
	return windowLine(joined(" ", "why "+numberRefusals, who), r.days, refusalDays)
}

// windowLine adds a window of days to a line that looks at it, unless it is the
// one that the line has without saying so.
func windowLine(line string, days, usual int) string {
	if days == usual {
		return line
	}
	return fmt.Sprintf("%s %dd", line, days)
}

// window says how long the window is.
func (r *refusalReport) window() string { return r.windowWords(r.days) }

// windowWords says how long a window is: "2 weeks", "10 days".
func (s speech) windowWords(days int) string {
	switch {
	case days%365 == 0:
		return s.say("count.years", "count", days/365)
	case days%7 == 0:
		return s.say("count.weeks", "count", days/7)
	default:
		return s.say("count.days", "count", days)
	}
}

// share writes a part of the real noes, without a percentage of too few.
func (r *refusalReport) share(n int, of scoring.Refusals) string {
	if !of.Enough() {
		return strconv.Itoa(n)
	}
	return r.say("refusals.share", "number", n, "percent", r.locale().Percent(n, of.Real))
}

// market says what the noes say about the offer, the most frequent first.
func (r *refusalReport) market() string {
	var parts []string
	for _, t := range r.now.Dislikes {
		if t.Real > 0 {
			part := r.say("dislike."+string(t.Key)) + " " + r.share(t.Real, r.now)
			if t.Key == scoring.DislikeRange && r.now.Had > 0 { // which is the presentation's doing
				part += r.say("refusals.had", "count", r.now.Had)
			}
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return r.say("refusals.market", "list", strings.Join(parts, " · "))
}

func (r *refusalReport) excuses() string {
	if r.now.Excuses == 0 {
		return ""
	}
	return r.say("refusals.excuses", "count", r.now.Excuses)
}

// causes is the table of the real noes by why they were said.
func (r *refusalReport) causes() *bot.Table {
	if r.now.Real == 0 {
		return nil
	}
	table := &bot.Table{Columns: []bot.Column{
		{Name: r.say("refusals.reason")}, {Name: r.say("refusals.now"), Right: true}, {Name: r.say("refusals.before"), Right: true},
	}}
	for _, t := range r.now.Causes {
		table.Rows = append(table.Rows, []string{
			brief(r.cause(t.Key), 60), r.share(t.Real, r.now), r.share(r.before.Of(t.Key), r.before),
		})
	}
	return table
}

// chart draws the causes beside those of the window before, in percent of the
// real noes or, where there were few before, as numbers.
func (r *refusalReport) chart() *bot.Chart {
	few := !r.before.Enough()
	chart := &bot.Chart{
		Title:  brief(r.say("refusals.chart", "days", r.window()), bot.MaxTitle),
		Series: []bot.Series{{Name: r.say("refusals.now")}, {Name: r.say("refusals.before")}},
	}
	if !few {
		chart.Unit = "%"
	}
	value := func(n int, of scoring.Refusals) float64 {
		if few {
			return float64(n)
		}
		return float64(locale.WholePercent(of.Share(n)))
	}
	for _, t := range r.now.Causes[:min(len(r.now.Causes), chartCauses)] {
		chart.Groups = append(chart.Groups, brief(r.shortCause(t.Key), 40))
		chart.Series[0].Values = append(chart.Series[0].Values, value(t.Real, r.now))
		chart.Series[1].Values = append(chart.Series[1].Values, value(r.before.Of(t.Key), r.before))
	}
	return chart
}

// shortCause names a cause where there is little room: what customers would
// switch for says that they have a supplier.
func (r *refusalReport) shortCause(cause scoring.Cause) string {
	if cause.Probe != "" {
		return r.say("probe." + string(cause.Probe))
	}
	return r.reason(cause.Reason)
}

// chartCauses is how many causes have room in a picture.
const chartCauses = 8

// fields say who and where the noes were, how they went on, and who won.
func (r *refusalReport) fields(ctx context.Context) ([]bot.Field, error) {
	var fields []bot.Field
	add := func(key, value string) {
		if value != "" {
			fields = append(fields, bot.Field{Label: r.say(key), Value: value})
		}
	}
	if r.owner == 0 && r.manages() && !r.public() {
		reps, err := r.byRep(ctx)
		if err != nil {
			return nil, err
		}
		for _, value := range filled(reps, " · ", bot.MaxFieldValue) {
			add("refusals.reps", value)
		}
	}
	add("refusals.steps", r.bySteps())
	if r.now.Offered > 0 || r.now.Back > 0 {
		add("refusals.doors", r.say("refusals.doors.line", "offered", r.now.Offered, "accepted", r.now.Accepted, "back", r.now.Back))
	}
	if r.now.Rivals+r.now.Nobody > 0 {
		add("refusals.winners", r.say("refusals.winners.line", "rivals", r.now.Rivals, "nobody", r.now.Nobody, "unknown", r.now.Unknown))
	}
	if r.unfit+r.unfitBefore > 0 {
		add("refusals.unfit", r.say("refusals.unfit.line", "count", r.unfit, "before", r.unfitBefore))
	}
	return fields, nil
}

// disqualified says how many were disqualified, "" when none were.
func (r *refusalReport) disqualified() string {
	if r.unfit+r.unfitBefore == 0 {
		return ""
	}
	return r.say("refusals.unfit.said", "count", r.unfit, "before", r.unfitBefore)
}

// byRep writes how many noes each rep had, by name: it is no ranking.
func (r *refusalReport) byRep(ctx context.Context) ([]string, error) {
	members, err := r.tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, m := range members {
		for _, t := range r.now.Reps {
			if t.Key == m.ID {
				parts = append(parts, r.tally("@"+brief(m.Name, 40), t.Real, t.Excuses))
			}
		}
	}
	return parts, nil
}

// filled joins parts, as many in each text as have room in so many runes.
func filled(parts []string, separator string, most int) []string {
	var texts []string
	for _, part := range parts {
		last := len(texts) - 1
		if last >= 0 && utf8.RuneCountInString(texts[last]+separator+part) <= most {
			texts[last] += separator + part
			continue
		}
		texts = append(texts, part)
	}
	return texts
}

func (r *refusalReport) bySteps() string {
	parts := make([]string, 0, len(r.now.Steps))
	for _, t := range r.now.Steps {
		parts = append(parts, r.tally(r.step(t.Key), t.Real, t.Excuses))
	}
	return strings.Join(parts, " · ")
}

// tally writes "contact 12 (3 excuses)".
func (r *refusalReport) tally(name string, valid, excuses int) string {
	if excuses == 0 {
		return name + " " + strconv.Itoa(valid)
	}
	return r.say("refusals.tally", "name", name, "number", valid+excuses, "count", excuses)
}

// flags lists the noes that should be talked over, for whom they concern.
func (r *refusalReport) flags(ctx context.Context, msg *bot.Message) error {
	if len(r.flagged) == 0 {
		return nil
	}
	var lines []string
	for _, f := range r.flagged {
		who, err := r.handle(ctx, f.Owner)
		if err != nil {
			return err
		}
		lines = append(lines, r.say("refusals.flag."+string(f.Refusal().Flag()), "deal", brief(f.Name, 60), "number", f.Deal, "who", brief(who, 40)))
	}
	msg.Text = append(msg.Text, r.say("refusals.flags")+"\n"+strings.Join(lines, "\n"))
	msg.Buttons = append(msg.Buttons, r.showButton(storage.Deal{Number: r.flagged[0].Deal, Name: r.flagged[0].Name}))
	return nil
}
