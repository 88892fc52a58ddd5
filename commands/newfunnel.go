package commands

import (
	"slices"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/scoring"
)

// A funnel has two to eight steps.
const (
	leastSteps = 2
	mostSteps  = 8
)

// maxStepID is the longest id of a step, in bytes, so that buttons can hold it.
const maxStepID = 16

// newSteps makes steps of what was typed. A step keeps its id for as long as its
// name stays, or is one of the method's.
func (c *call) newSteps(old scoring.Funnel, rows []typedStep) ([]scoring.FunnelStep, error) {
	if len(rows) < leastSteps || len(rows) > mostSteps {
		return nil, bot.Problem("settings steps.number", "count", len(rows), "least", leastSteps, "most", mostSteps)
	}
	steps := make([]scoring.FunnelStep, len(rows))
	for i, row := range rows {
		steps[i] = scoring.FunnelStep{
			Name: row.name, Target: float64(row.permille) / 1000, Patience: row.patience, Signed: row.signed,
		}
		c.knownStep(old, &steps[i])
	}
	for i := range steps {
		if steps[i].ID == scoring.OnList {
			steps[i].ID = freshStep(old, steps, i)
		}
	}
	if err := c.distinct(steps); err != nil {
		return nil, err
	}
	return steps, c.star(old, steps)
}

// knownStep gives a step the id that its name has already.
func (c *call) knownStep(old scoring.Funnel, step *scoring.FunnelStep) {
	key := names.Fold(step.Name)
	for _, id := range scoring.Steps {
		if key == names.Fold(string(id)) || key == names.Fold(c.say("step."+string(id))) {
			step.ID, step.Name = id, ""
			return
		}
	}
	for _, other := range old.Steps {
		if other.Name != "" && key == names.Fold(other.Name) {
			step.ID = other.ID
		}
	}
}

// freshStep returns an id for a step with a new name: what is plain in the name.
// An id that histories may know is taken only for the very name that it spells.
func freshStep(old scoring.Funnel, steps []scoring.FunnelStep, i int) scoring.Step {
	name := steps[i].Name
	id := plainID(name)
	known := func(id scoring.Step) bool {
		_, was := old.Was[id]
		_, stays := old.Find(id)
		return was || stays || id.Known()
	}
	taken := func(id scoring.Step) bool { // as an id or, typed, as a name
		for j, other := range steps {
			if j != i && (other.ID == id || names.Fold(other.Name) == string(id)) {
				return true
			}
		}
		return false
	}
	spelled := id == strings.ReplaceAll(names.Fold(name), " ", "_")
	first := scoring.Step(id)
	if first != "" && !taken(first) && (spelled || !known(first)) {
		return first
	}
	if id == "" {
		id = "step"
	}
	for n := i + 1; ; n++ {
		number := strconv.Itoa(n)
		numbered := scoring.Step(id[:min(len(id), maxStepID-len(number))] + number)
		if !taken(numbered) && !known(numbered) {
			return numbered
		}
	}
}

// plainID writes the plain letters and digits of a name, "" when it has no plain
// letter.
func plainID(name string) string {
	var b strings.Builder
	letters := false
	for _, r := range names.Fold(name) {
		switch plain := 'a' <= r && r <= 'z'; {
		case plain || '0' <= r && r <= '9':
			letters = letters || plain
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	if !letters {
		return ""
	}
	id := b.String()
	return strings.Trim(id[:min(len(id), maxStepID)], "_")
}

// distinct refuses two steps that one word would stand for.
func (c *call) distinct(steps []scoring.FunnelStep) error {
	owner := map[string]int{}
	for i, step := range steps {
		for _, key := range []string{string(step.ID), names.Fold(c.stepName(step))} {
			if other, ok := owner[key]; ok && other != i {
				return bot.Problem("settings steps.twice", "step", brief(c.stepName(step), maxStepName))
			}
			owner[key] = i
		}
	}
	return nil
}

// stepName says what a step is called.
func (s speech) stepName(step scoring.FunnelStep) string {
	if step.Name != "" {
		return step.Name
	}
	return s.say("step." + string(step.ID))
}

// star sees that exactly one step is the signed one: the one that was marked, or
// else the one that was it so far, or the one that is called so.
func (c *call) star(old scoring.Funnel, steps []scoring.FunnelStep) error {
	var stars []string
	for _, step := range steps {
		if step.Signed {
			stars = append(stars, brief(c.stepName(step), maxStepName))
		}
	}
	if len(stars) > 1 {
		return bot.Problem("settings steps.stars", "list", strings.Join(stars, ", "))
	}
	words := alsoCalled(c.say("step.also." + string(scoring.Contract)))
	for _, is := range []func(scoring.FunnelStep) bool{
		func(s scoring.FunnelStep) bool { return s.Signed },
		func(s scoring.FunnelStep) bool { return s.ID == old.SignedStep() },
		func(s scoring.FunnelStep) bool { return s.ID == scoring.Contract },
		func(s scoring.FunnelStep) bool { return slices.Contains(words, names.Fold(s.Name)) },
	} {
		if i := slices.IndexFunc(steps, is); i >= 0 {
			steps[i].Signed = true
			return nil
		}
	}
	return bot.Problem("settings steps.nostar", "step", brief(c.stepName(steps[len(steps)-1]), maxStepName))
}
