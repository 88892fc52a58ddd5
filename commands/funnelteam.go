package commands

import (
	"context"
	"math"
	"slices"
	"strconv"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
	"fifteen/storage"
)

// problemReps is of how many reps the problem steps are listed at once.
const problemReps = 40

// ofTeam draws the funnel of the team, with the rows of those whom the asker may
// see.
func (r *funnelReport) ofTeam(ctx context.Context) (bot.Message, error) {
	msg := bot.Message{Private: r.private()}
	if r.team.Listed == 0 {
		msg.Title = r.say("funnel.none", "days", r.window())
		msg.Buttons = []bot.Button{r.button("button.add", "deal add")}
		return msg, nil
	}
	verdict, err := r.verdict(ctx)
	if err != nil {
		return msg, err
	}
	reps, err := r.shown(ctx)
	if err != nil {
		return msg, err
	}
	msg.Title = brief(r.say("funnel.title", "days", r.window(),
		"companies", r.say("funnel.companies", "count", r.team.Listed), "verdict", verdict), bot.MaxTitle)
	msg.Table = r.teamTable(reps)
	msg.Text = r.problemLines(reps)
	msg.Chart = r.chart(reps)
	msg.Buttons = []bot.Button{r.button("button.why", r.line("why funnel")), r.button("button.coach", "coach")}
	if r.manages() {
		msg.Buttons = append(msg.Buttons, r.button("button.decide", "decide"))
	}
	msg.Note = joined(" ", r.scarce(reps), r.kept())
	return msg, nil
}

// verdict says where the team loses most, and what that costs in a month.
func (r *funnelReport) verdict(ctx context.Context) (string, error) {
	leak, ok := r.steps.Leak(r.team, r.days)
	if !ok {
		return r.met(r.team), nil
	}
	mean, err := r.meanWon(ctx)
	if err != nil {
		return "", err
	}
	return r.cost(leak, mean, [2]string{"funnel.leak", "funnel.leak.sum"}, "step", r.stepAt(leak.Step-1)), nil
}

// cost puts what a leak costs in a month into the first of two sentences, in deals,
// or the second, in money too, where any deal was won.
func (r *funnelReport) cost(leak scoring.Leak, mean scoring.Money, keys [2]string, args ...any) string {
	deals := r.say("funnel.deals", "count", int(math.Round(leak.PerMonth)))
	if leak.PerMonth < 1 {
		deals = r.say("funnel.deals.less")
	}
	args = append(args, "deals", deals)
	if mean.Minor == 0 {
		return r.say(keys[0], args...)
	}
	return r.say(keys[1], append(args, "sum", r.money(roughly(mean.Times(leak.PerMonth))))...)
}

// meanWon is the mean amount of the deals won in the window, of those in the
// workspace's currency; zero when there are none.
func (r *funnelReport) meanWon(ctx context.Context) (scoring.Money, error) {
	home, err := r.tx.Workspace(ctx)
	if err != nil {
		return scoring.Money{}, err
	}
	won, err := r.tx.WonAmounts(ctx, 0, r.from, r.to)
	if err != nil {
		return scoring.Money{}, err
	}
	sum, n := 0.0, 0
	for _, amount := range won {
		if amount.Currency == home.Currency {
			sum, n = sum+float64(amount.Minor), n+1
		}
	}
	if n == 0 {
		return scoring.Money{}, nil
	}
	return scoring.Money{Minor: int64(math.Round(sum / float64(n))), Currency: home.Currency}, nil
}

// roughly rounds an amount to two digits, but to whole units of its currency.
func roughly(m scoring.Money) scoring.Money {
	decimals, _ := typed.Digits(m.Currency)
	unit := int64(math.Pow10(decimals))
	for unit < m.Minor/100 {
		unit *= 10
	}
	m.Minor = (m.Minor + unit/2) / unit * unit
	return m
}

// teamTable has a column for each step: its target, who brings how much to it,
// of how many companies, and in how many days.
func (r *funnelReport) teamTable(reps []storage.Member) *bot.Table {
	table := &bot.Table{Columns: []bot.Column{{}}}
	row := func(name string, cell func(i int) string) {
		cells := make([]string, 0, 1+len(r.steps.Steps))
		cells = append(cells, name)
		for i := range r.steps.Steps {
			cells = append(cells, cell(i))
		}
		table.Rows = append(table.Rows, cells)
	}
	for i := range r.steps.Steps {
		table.Columns = append(table.Columns, bot.Column{Name: r.stepAt(i), Right: true})
	}
	row(r.say("funnel.target"), func(i int) string { return r.locale().Share(r.steps.Steps[i].Target) })
	ratios := func(name string, figures scoring.Figures) {
		low := r.low(figures)
		row(name, func(i int) string { return r.ratio(figures.Steps[i], low[i]) })
	}
	for _, m := range reps {
		ratios(brief("@"+m.Name, 40), r.figures(m.ID))
	}
	beside := r.team
	if !r.manages() {
		// The team's numbers, less the rep's own, would be those of the others.
		beside = r.figures(r.req.Member.ID)
		low := r.low(r.team)
		row(r.say("funnel.team"), func(i int) string { return r.teamRatio(i, low[i]) })
	} else {
		ratios(r.say("funnel.team"), r.team)
	}
	count := func(key string, of func(scoring.StepFigures) int, always bool) {
		sum := 0
		for _, step := range beside.Steps {
			sum += of(step)
		}
		if always || sum > 0 {
			row(r.say(key), func(i int) string { return strconv.Itoa(of(beside.Steps[i])) })
		}
	}
	keys := r.countKeys()
	count(keys[0], scoring.StepFigures.Decided, true)
	count(keys[1], func(s scoring.StepFigures) int { return s.Pending }, true)
	count(keys[2], func(s scoring.StepFigures) int { return s.Unfit }, false)
	count(keys[3], func(s scoring.StepFigures) int { return s.Reached }, true)
	if slices.ContainsFunc(beside.Steps, func(s scoring.StepFigures) bool { return r.medianDays(s) != "" }) {
		row(r.say(keys[4]), func(i int) string { return r.medianDays(beside.Steps[i]) })
	}
	return table
}

// countKeys say whose companies are counted below the ratios.
func (r *funnelReport) countKeys() [5]string {
	if r.manages() {
		return [5]string{"funnel.decided", "funnel.pending", "funnel.unfit", "funnel.reached", "funnel.days"}
	}
	return [5]string{"funnel.decided.own", "funnel.pending.own", "funnel.unfit.own", "funnel.reached.own", "funnel.days.own"}
}

// teamRatio writes the team's ratio at a step without any number of companies.
func (r *funnelReport) teamRatio(i int, low bool) string {
	if step := r.team.Steps[i]; step.Decided() > 0 && !step.Enough() {
		return r.say("funnel.scant.team")
	}
	return r.ratio(r.team.Steps[i], low)
}

// problemLines list the steps below target of each rep: it is no ranking.
func (r *funnelReport) problemLines(reps []storage.Member) []string {
	var lines []string
	for _, m := range reps {
		if list := r.problems(r.figures(m.ID)); list != "" {
			lines = append(lines, r.say("funnel.problems", "who", brief("@"+m.Name, 40), "steps", list))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	if more := len(lines) - problemReps; more > 0 {
		lines = append(lines[:problemReps], r.say("funnel.problems.more", "count", more))
	}
	return paragraphs(append([]string{r.say("funnel.problems.head")}, lines...))
}

// paragraphs puts lines together, no more in one paragraph than it may hold.
func paragraphs(lines []string) []string {
	var texts []string
	text := ""
	for _, line := range lines {
		if text != "" && len(text)+len(line) >= bot.MaxParagraph {
			texts, text = append(texts, text), ""
		}
		text = joined("\n", text, brief(line, bot.MaxParagraph))
	}
	return append(texts, text)
}

// scarce explains why some cells have no percentage.
func (r *funnelReport) scarce(reps []storage.Member) string {
	all := make([]scoring.Figures, 0, 1+len(reps))
	all = append(all, r.team)
	for _, m := range reps {
		all = append(all, r.figures(m.ID))
	}
	for _, figures := range all {
		for _, step := range figures.Steps {
			if step.Decided() > 0 && !step.Enough() {
				return r.say("funnel.least", "least", scoring.MinSample)
			}
		}
	}
	return ""
}

// kept says why there is no rep in a channel.
func (r *funnelReport) kept() string {
	if !r.public() {
		return ""
	}
	return r.say("funnel.kept")
}
