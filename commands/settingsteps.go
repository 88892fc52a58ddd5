package commands

import (
	"context"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/scoring"
	"fifteen/storage"
)

// nameSteps is the command as the audit trail names it.
const nameSteps = "settings steps"

// settingsSteps shows the funnel's steps, or puts others in their place.
func settingsSteps(d *Deps) bot.Command {
	show := d.read(func(ctx context.Context, c *call) (bot.Message, error) {
		if err := c.useOwnWords(ctx); err != nil {
			return bot.Message{}, err
		}
		return c.stepsTable(), nil
	})
	change := d.write(changeSteps)
	return bot.Command{
		Name: nameSteps, Summary: "settings steps.summary", Role: bot.Manager,
		Examples: []string{"settings steps", "settings steps contact 100% 30d, demo 70% 20d, signed* 80% 30d, paid 95% 30d"},
		Args: []bot.Arg{
			{Name: "steps", Kind: stepsKind{}, Optional: true, Rest: true, Writes: true, Long: true},
			{Name: "was", Kind: pairKind{}, Optional: true, Hidden: true, Writes: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			if !req.Has("steps") {
				return show(ctx, req)
			}
			return change(ctx, req)
		},
	}
}

// settingsStep changes the target, the patience, or both, of one step.
func settingsStep(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: "settings step", Summary: "settings step.summary", Role: bot.Manager, Writes: true,
		Examples: []string{"settings step contact 90%", "settings step presentation 70% 20d"},
		Args:     []bot.Arg{{Name: "step", Kind: k.step}, {Name: "aim", Kind: aimKind{}}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			if err := c.useOwnWords(ctx); err != nil {
				return bot.Message{}, err
			}
			home, err := c.tx.Workspace(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			aim := bot.Value[typedStep](c.req, "aim")
			for i, step := range home.Funnel.Steps {
				if string(step.ID) != c.req.Text("step") {
					continue
				}
				if aim.permille != 0 {
					home.Funnel.Steps[i].Target = float64(aim.permille) / 1000
				}
				if aim.patience != 0 {
					home.Funnel.Steps[i].Patience = aim.patience
				}
			}
			return c.saveSteps(ctx, home, nil)
		}),
	}
}

// changeSteps puts the steps that were typed in the place of those there are. A
// step that goes away and that a deal has been at is asked about first.
func changeSteps(ctx context.Context, c *call) (bot.Message, error) {
	if err := c.tx.Lock(ctx); err != nil { // no deal may come to a step while it goes away
		return bot.Message{}, err
	}
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if c.req.Revision > 0 && c.req.Revision != c.funnelMark() {
		return bot.Message{}, bot.Problem("settings steps.moved").Button(c.say("button.steps"), nameSteps).End()
	}
	old, asked := home.Funnel, bot.Value[typedFunnel](c.req, "steps")
	if c.req.Has("was") {
		asked.pairs = append(slices.Clone(asked.pairs), bot.Value[stepPair](c.req, "was"))
	}
	home.Funnel = scoring.Funnel{}
	if home.Funnel.Steps, err = c.newSteps(old, asked.steps); err != nil {
		return bot.Message{}, err
	}
	said, err := c.replaceSteps(old, &home.Funnel, asked.pairs)
	if err != nil {
		return bot.Message{}, err
	}
	gone, count, err := c.uprooted(ctx, old, home.Funnel)
	if err != nil {
		return bot.Message{}, err
	}
	if count > 0 {
		return c.askReplaced(ctx, asked, home.Funnel, gone, count)
	}
	maps.DeleteFunc(home.Funnel.Was, func(was, _ scoring.Step) bool { return home.Funnel.Position(was) == 0 })
	return c.saveSteps(ctx, home, said)
}

// uprooted returns the first step of the old funnel that nothing in the new one
// stands for although deals are or were there, by its place, and how many.
func (c *call) uprooted(ctx context.Context, old, funnel scoring.Funnel) (gone int, count int64, err error) {
	for i, step := range old.Steps {
		ids := slices.Collect(maps.Keys(old.Was))
		ids = slices.DeleteFunc(append(ids, step.ID), func(id scoring.Step) bool {
			return old.At(id) != step.ID || funnel.Position(id) > 0
		})
		if count, err = c.tx.CountDealsAt(ctx, ids...); err != nil || count > 0 {
			return i, count, err
		}
	}
	return 0, 0, nil
}

// replaceSteps makes the new funnel remember which of its steps stand for those
// that are gone, and returns what to say about the pairs.
func (c *call) replaceSteps(old scoring.Funnel, funnel *scoring.Funnel, pairs []stepPair) ([]string, error) {
	funnel.Was = map[scoring.Step]scoring.Step{}
	for was, now := range old.Was {
		if !hasStep(*funnel, was) { // a step that is there again stands for itself
			funnel.Was[was] = now
		}
	}
	said := map[scoring.Step]string{} // of two that were typed for one step the last counts
	for _, pair := range pairs {
		was, ok := c.findStep(old, pair.old)
		if !ok {
			return nil, bot.Problem("settings steps.nowas", "typed", brief(pair.old, maxStepName))
		}
		now, ok := c.findStep(*funnel, pair.now)
		if !ok {
			return nil, bot.Problem("settings steps.nonow", "typed", brief(pair.now, maxStepName))
		}
		if hasStep(*funnel, was.ID) {
			return nil, bot.Problem("settings steps.stays", "step", brief(c.stepName(was), maxStepName))
		}
		funnel.Was[was.ID] = now.ID
		said[was.ID] = c.say("settings steps.now", "was", c.stepName(was), "step", c.stepName(now))
	}
	var texts []string
	for _, step := range old.Steps {
		texts = append(texts, nonEmpty(said[step.ID])...)
	}
	return texts, nil
}

func hasStep(funnel scoring.Funnel, id scoring.Step) bool {
	return slices.ContainsFunc(funnel.Steps, func(s scoring.FunnelStep) bool { return s.ID == id })
}

// findStep returns the step of a funnel that a word stands for: its id, or its
// name, with or without its spaces.
func (c *call) findStep(funnel scoring.Funnel, word string) (scoring.FunnelStep, bool) {
	key := names.Fold(word)
	for _, step := range funnel.Steps {
		name := names.Fold(c.stepName(step))
		if key == string(step.ID) || key == name || key == strings.ReplaceAll(name, " ", "_") {
			return step, true
		}
	}
	return scoring.FunnelStep{}, false
}

// askReplaced asks which of the new steps stands for one that goes away, the
// likely one first. What was typed is kept for the answer.
func (c *call) askReplaced(ctx context.Context, asked typedFunnel, funnel scoring.Funnel, gone int, count int64) (bot.Message, error) {
	number, err := keepDraft(ctx, c.tx, c.req, bot.Draft{Line: nameSteps, Values: map[string]string{"steps": asked.line()}})
	if err != nil {
		return bot.Message{}, err
	}
	was := c.funnel().Steps[gone]
	msg := bot.Message{
		Text:    []string{c.say("settings steps.ask", "count", count, "step", brief(c.stepName(was), maxStepName))},
		Private: true,
	}
	likely := min(gone, len(funnel.Steps)-1)
	if was.Signed {
		likely = funnel.Position(funnel.SignedStep()) - 1
	}
	steps := slices.Concat(funnel.Steps[likely:likely+1], funnel.Steps[:likely], funnel.Steps[likely+1:])
	for _, step := range steps {
		pair := stepPair{old: string(was.ID), now: string(step.ID)}
		msg.Buttons = append(msg.Buttons, bot.Button{
			Label: brief(c.stepName(step), bot.MaxButtonLabel),
			Line:  fmt.Sprintf("draft %d was %s %s", number, pair.line(), bot.Revision(c.funnelMark())),
		})
	}
	msg.Note = c.say("settings steps.typed", "pair", stepPair{old: string(was.ID), now: string(steps[0].ID)}.line())
	return msg, nil
}

// saveSteps stores changed steps and shows them. said is what to say first.
func (c *call) saveSteps(ctx context.Context, home storage.Workspace, said []string) (bot.Message, error) {
	before := c.funnel()
	if err := c.tx.SaveWorkspace(ctx, home, c.author(nameSteps)); err != nil {
		return bot.Message{}, err
	}
	c.own = ownWordsOf(home)
	msg := c.stepsTable()
	if slices.Equal(before.Steps, home.Funnel.Steps) && maps.Equal(before.Was, home.Funnel.Was) {
		msg.Text = append([]string{c.say("settings.same")}, msg.Text...)
		return msg, nil
	}
	msg.Title = brief(c.say("settings steps.done", "list", c.stepList()), bot.MaxTitle)
	msg.Text = append(nonEmpty(strings.Join(said, " ")), msg.Text...)
	msg.Buttons = []bot.Button{c.undoButton()}
	return msg, nil
}

// stepList writes the names of the steps in order.
func (s speech) stepList() string {
	steps := s.funnel().Steps
	list := make([]string, len(steps))
	for i, step := range steps {
		list[i] = s.stepName(step)
	}
	return strings.Join(list, ", ")
}

// stepsTable shows the funnel's steps, and how many companies should come to each
// of a hundred on the list.
func (c *call) stepsTable() bot.Message {
	funnel := c.funnel()
	table := &bot.Table{Columns: []bot.Column{
		{Name: c.say("settings steps.step")},
		{Name: c.say("settings steps.aim"), Right: true},
		{Name: c.say("settings steps.wait"), Right: true},
		{Name: c.say("settings steps.of"), Right: true},
	}}
	expected := funnel.Expected(100)
	for i, step := range funnel.Steps {
		name := c.stepName(step)
		if step.Signed {
			name = c.say("settings steps.signed", "step", name)
		}
		table.Rows = append(table.Rows, []string{
			name, c.aim(step), c.say("count.days", "count", step.Patience), tenths(expected[i]),
		})
	}
	return bot.Message{
		Title: brief(c.say("settings steps.title", "list", c.stepList()), bot.MaxTitle),
		Text:  nonEmpty(c.expectedNoes(funnel)),
		Table: table,
		Note:  c.say("settings steps.line", "line", nameSteps+" "+c.funnelLine(funnel)),
	}
}

// expectedNoes says how many of a hundred companies say no until the contract,
// and where.
func (c *call) expectedNoes(funnel scoring.Funnel) string {
	signed := funnel.Position(funnel.SignedStep())
	before, all := 100.0, 0.0
	var parts []string
	for i, come := range funnel.Expected(100)[:signed] {
		if lost := before - come; tenths(lost) != "0" {
			parts = append(parts, c.say("settings steps.lost", "number", tenths(lost), "step", c.stepName(funnel.Steps[i])))
			all += lost
		}
		before = come
	}
	if len(parts) == 0 {
		return ""
	}
	return c.say("settings steps.noes", "all", tenths(all), "list", strings.Join(parts, ", "))
}

// tenths writes a number with one decimal at most.
func tenths(x float64) string {
	return strconv.FormatFloat(math.Round(10*x)/10, 'f', -1, 64)
}

// aim writes a step's target, with a decimal if it has one.
func (s speech) aim(step scoring.FunnelStep) string {
	if permille := permilleOf(step); permille%10 != 0 {
		return strings.Replace(targetLine(permille), "%", " %", 1)
	}
	return s.locale().Share(step.Target)
}

func permilleOf(step scoring.FunnelStep) int { return int(math.Round(step.Target * 1000)) }

// funnelLine writes the steps as they can be typed.
func (s speech) funnelLine(funnel scoring.Funnel) string {
	var line typedFunnel
	for _, step := range funnel.Steps {
		line.steps = append(line.steps, typedStep{
			name: s.stepName(step), signed: step.Signed, permille: permilleOf(step), patience: step.Patience,
		})
	}
	return line.line()
}

// funnelMark changes with the steps, as a revision does.
func (s speech) funnelMark() int64 {
	return 1 + int64(crc32.ChecksumIEEE([]byte(s.funnelLine(s.funnel()))))
}

// keepsSteps refuses to take back a change of the steps when deals have come to
// one that would go away with it. was is the funnel before.
func (c *call) keepsSteps(ctx context.Context, was scoring.Funnel) error {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return err
	}
	gone, count, err := c.uprooted(ctx, was, home.Funnel)
	if err != nil || count == 0 {
		return err
	}
	step := brief(c.stepName(was.Steps[gone]), maxStepName)
	return bot.Problem("settings steps.used", "count", count, "step", step).Button(c.say("button.steps"), nameSteps)
}
