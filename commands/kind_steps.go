package commands

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
)

// maxStepName is the longest name of a step, in runes.
const maxStepName = 40

// typedStep is a step as it was typed. An aim without a name is one too.
type typedStep struct {
	name   string
	signed bool
	// permille is the target: 1 to 1000, or 0 where none was typed.
	permille int
	// patience is in days: 1 to scoring.MaxPatience, or 0 where none was typed.
	patience int
}

// line writes the step so that it is read as the same one.
func (s typedStep) line() string {
	name := s.name
	if s.signed {
		name += "*"
	}
	parts := []string{name, targetLine(s.permille), strconv.Itoa(s.patience) + "d"}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// targetLine writes a target as lines hold it: 625 is "62.5%".
func targetLine(permille int) string {
	return strconv.FormatFloat(float64(permille)/10, 'f', -1, 64) + "%"
}

// stepPair says which step stands for one that goes away.
type stepPair struct{ old, now string }

func (p stepPair) line() string { return p.old + "=" + p.now }

// typedFunnel is a line of steps as it was typed.
type typedFunnel struct {
	pairs []stepPair
	steps []typedStep
}

// line writes the funnel so that it is read as the same one.
func (f typedFunnel) line() string {
	items := make([]string, len(f.steps))
	for i, step := range f.steps {
		items[i] = step.line()
	}
	parts := make([]string, 0, len(f.pairs)+1)
	for _, pair := range f.pairs {
		parts = append(parts, pair.line())
	}
	return strings.Join(append(parts, strings.Join(items, ", ")), " ")
}

// stepsKind reads all steps of a funnel, "contact 100% 30d, signed* 80%", and
// before them which ones stand for those that go away, "demo=presentation". Its
// value is a typedFunnel.
type stepsKind struct{}

// ID implements bot.Kind.
func (stepsKind) ID() string { return "steps" }

// Read implements bot.Kind.
func (stepsKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	var funnel typedFunnel
	rest := span.Raw(len(span.Words))
	for {
		pair, behind, ok := leadingPair(rest)
		if !ok {
			break
		}
		funnel.pairs, rest = append(funnel.pairs, pair), behind
	}
	for _, item := range splitSteps(rest) {
		step, err := readStep(item, req.Locale)
		if err != nil {
			return bot.Reading{}, err
		}
		funnel.steps = append(funnel.steps, step)
	}
	return bot.Reading{Value: funnel, Words: len(span.Words), Canonical: funnel.line()}, nil
}

// pairKind reads which step stands for one that goes away: "demo=presentation".
// Its value is a stepPair. Only buttons send it.
type pairKind struct{}

// ID implements bot.Kind.
func (pairKind) ID() string { return "was" }

// Read implements bot.Kind.
func (pairKind) Read(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	pair, rest, ok := leadingPair(span.Raw(len(span.Words)))
	if !ok || rest != "" {
		return bot.Reading{}, nil
	}
	return bot.Reading{Value: pair, Words: len(span.Words), Canonical: pair.line()}, nil
}

// aimKind reads a step's target, its patience, or both: "90% 20d". Its value is a
// typedStep without a name.
type aimKind struct{}

// ID implements bot.Kind.
func (aimKind) ID() string { return "aim" }

// Read implements bot.Kind.
func (aimKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	left, aim, err := readAim(strings.Fields(bot.Join(span.Words)), req.Locale)
	if err != nil {
		return bot.Reading{}, err
	}
	if len(left) > 0 {
		return bot.Reading{}, bot.Problem("settings step.aim", "typed", brief(strings.Join(left, " "), 60))
	}
	var parts []string
	if aim.permille != 0 {
		parts = append(parts, targetLine(aim.permille))
	}
	if aim.patience != 0 {
		parts = append(parts, strconv.Itoa(aim.patience)+"d")
	}
	return bot.Reading{Value: aim, Words: len(span.Words), Canonical: strings.Join(parts, " ")}, nil
}

var pairPattern = regexp.MustCompile(`^\s*([^\s=,;%]+)=([^\s=,;%]+)(?:[\s,;]+|$)`)

// leadingPair takes "old=new" off the beginning of a text.
func leadingPair(text string) (pair stepPair, rest string, ok bool) {
	m := pairPattern.FindStringSubmatch(text)
	if m == nil {
		return stepPair{}, text, false
	}
	return stepPair{old: m[1], now: m[2]}, strings.TrimSpace(text[len(m[0]):]), true
}

// splitSteps cuts a line at its commas, semicolons and line breaks, but not at
// the comma of a decimal: "demo 62,5%".
func splitSteps(text string) []string {
	var items []string
	from := 0
	cut := func(to int) {
		if item := strings.TrimSpace(text[from:to]); item != "" {
			items = append(items, item)
		}
		from = to + 1
	}
	digit := func(i int) bool { return i >= 0 && i < len(text) && '0' <= text[i] && text[i] <= '9' }
	for i := range len(text) {
		switch {
		case text[i] == ',' && digit(i-1) && digit(i+1):
		case strings.IndexByte(",;\n", text[i]) >= 0:
			cut(i)
		}
	}
	cut(len(text))
	return items
}

// readStep reads a step with its name, its star, its target and its patience.
func readStep(item, locale string) (typedStep, error) {
	left, step, err := readAim(strings.Fields(item), locale)
	if err != nil {
		return step, err
	}
	text := strings.Trim(strings.Join(left, " "), `"“”„«» `)
	if step.permille == 0 {
		return step, bot.Problem("settings steps.notarget", "typed", brief(item, 60))
	}
	if starred, ok := strings.CutSuffix(text, "*"); ok {
		text, step.signed = strings.TrimRight(starred, `"“”„«» `), true
	}
	step.name = oneLine(text)
	if step.patience == 0 {
		step.patience = scoring.DefaultPatience
	}
	return step, checkStepName(step.name, item)
}

// checkStepName refuses a name that nobody could type, or that lines could not
// hold.
func checkStepName(name, item string) error {
	switch count := utf8.RuneCountInString(name); {
	case !readable(name):
		return bot.Problem("settings steps.noname", "typed", brief(item, 60))
	case count > maxStepName:
		return bot.Problem("settings steps.long", "typed", brief(name, 60), "most", maxStepName, "count", count)
	case strings.ContainsRune(name, '%'):
		return bot.Problem("settings steps.comma", "typed", brief(item, 60))
	case strings.ContainsAny(name, "<>=*%#@~\"“”„«»"):
		return bot.Problem("settings steps.marks", "typed", brief(name, 60))
	}
	return nil
}

var percentage = regexp.MustCompile(`^(\d{1,3})(?:[.,](\d))?$`)

// readAim takes a patience and a target off the end of words, and returns what is
// left of them.
func readAim(words []string, locale string) (left []string, aim typedStep, err error) {
	tokens := make([]typed.Word, len(words))
	for i, word := range words {
		tokens[i] = typed.Word{Text: word}
	}
	n, days, err := typed.LastWindow(tokens, locale)
	if _, bad := errors.AsType[*typed.WindowError](err); bad || err == nil && days > scoring.MaxPatience {
		return nil, aim, bot.Problem("settings steps.patience", "typed", strings.Join(words[len(words)-n:], " "), "most", scoring.MaxPatience)
	}
	if err != nil {
		return nil, aim, err
	}
	words, aim.patience = words[:len(words)-n], days
	if len(words) == 0 {
		return nil, aim, nil
	}
	last := len(words) - 1
	number, ok := strings.CutSuffix(words[last], "%")
	switch {
	case !ok && strings.EqualFold(words[last], "percent") && last > 0, ok && number == "" && last > 0:
		last--
		number = words[last]
	case !ok:
		return words, aim, nil
	}
	m := percentage.FindStringSubmatch(number)
	if m != nil {
		aim.permille, _ = strconv.Atoi(m[1] + (m[2] + "0")[:1]) // of digits only
	}
	if aim.permille < 1 || aim.permille > 1000 {
		return nil, aim, bot.Problem("settings steps.target", "typed", brief(strings.Join(words[last:], " "), 20))
	}
	return words[:last], aim, nil
}
