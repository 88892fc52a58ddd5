package commands

import (
	"context"
	"strconv"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// The reports that why shows the counts or the rows of.
const (
	numberFunnel   = "funnel"
	numberRefusals = "refusals"
)

// ofWindow tells whether a number is one of the last weeks, and not of a month.
func ofWindow(number string) bool { return number == numberFunnel || number == numberRefusals }

// checkWhy refuses what makes no sense beside the number that was asked for.
func (c *call) checkWhy() error {
	number := c.req.Text("number")
	switch windowed := ofWindow(number); {
	case windowed && (c.req.Has("month") || c.req.Has("currency")):
		return bot.Problem("why.window", "number", number)
	case !windowed && (c.req.Has("who") || c.req.Has("window")):
		return bot.Problem("why.only")
	}
	return nil
}

// whyFunnel shows the counts and the intervals behind the funnel, rep by rep, to
// whoever may see them.
func (c *call) whyFunnel(ctx context.Context) (bot.Message, error) {
	owner, err := c.reportOf()
	if err != nil {
		return bot.Message{}, err
	}
	r, err := c.funnelReport(ctx, int(c.req.Int("window", funnelDays)))
	if err != nil {
		return bot.Message{}, err
	}
	if owner == 0 && !c.manages() {
		owner = c.req.Member.ID
	}
	reps, err := r.whyReps(ctx, owner)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{
		Title: r.say("why.funnel.none", "days", r.window()), Private: true, Buttons: []bot.Button{r.button("button.funnel", r.line("funnel"))},
	}
	table := r.countTable(reps, owner)
	if len(table.Rows) == 0 {
		return msg, nil
	}
	msg.Title, msg.Table = r.say("why.funnel.title", "days", r.window()), table
	msg.Note = r.say("why.funnel.rule", "least", scoring.MinSample)
	return msg, nil
}

// whyReps returns who has figures: all, or only the one who was asked about.
func (r *funnelReport) whyReps(ctx context.Context, owner int64) ([]storage.Member, error) {
	all, err := r.tx.Members(ctx)
	if err != nil {
		return nil, err
	}
	var reps []storage.Member
	for _, m := range all {
		if _, ok := r.reps[m.ID]; ok && (owner == 0 || m.ID == owner) {
			reps = append(reps, m)
		}
	}
	return reps, nil
}

// countTable has a row for each rep and step, and for all together the team's.
func (r *funnelReport) countTable(reps []storage.Member, owner int64) *bot.Table {
	table := &bot.Table{Columns: []bot.Column{{Name: r.say("funnel.rep")}, {Name: r.say("funnel.step")}}}
	for _, key := range []string{
		"funnel.ratio", "funnel.interval.name", "funnel.of", "funnel.refused", "funnel.ranout", "funnel.pending", "funnel.unfit",
	} {
		table.Columns = append(table.Columns, bot.Column{Name: r.say(key), Right: true})
	}
	rows := func(name string, figures scoring.Figures) {
		low := r.low(figures)
		for i, step := range figures.Steps {
			if step.Decided()+step.Pending+step.Unfit == 0 {
				continue
			}
			table.Rows = append(table.Rows, []string{
				name, r.stepAt(i), r.ratio(step, low[i]), r.interval(step), r.movedOf(step),
				strconv.Itoa(step.Refused), strconv.Itoa(step.RanOut), strconv.Itoa(step.Pending), strconv.Itoa(step.Unfit),
			})
		}
	}
	for _, m := range reps {
		rows(brief("@"+m.Name, 40), r.figures(m.ID))
	}
	if owner == 0 {
		rows(r.say("funnel.team"), r.team)
	}
	return table
}

// reportWhoKind reads a member where it is a report of weeks that is asked about;
// other numbers are everybody's.
type reportWhoKind struct{ spanWhoKind }

// Read implements bot.Kind.
func (k reportWhoKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if !ofWindow(req.Text("number")) {
		return bot.Reading{}, nil
	}
	return k.spanWhoKind.Read(ctx, req, span)
}
