package bottest

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf8"
)

// slackIDSize is the most characters of a block_id, an action_id, a callback_id
// or an external_id. Source: https://docs.slack.dev/reference/block-kit/block-elements.
const slackIDSize = 255

// slackCheck looks through blocks for what Slack refuses, and collects it in
// Slack's words.
type slackCheck struct {
	problems   []string
	blockIDs   map[string]bool
	actionIDs  map[string]bool
	inputs     bool // whether there was an input block
	characters int  // of all text
}

func newSlackCheck() *slackCheck {
	return &slackCheck{blockIDs: map[string]bool{}, actionIDs: map[string]bool{}}
}

func (c *slackCheck) problem(at, format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf("[ERROR] "+format+" [json-pointer:%s]", append(args, at)...))
}

// slackRule checks one value, which stands at a JSON pointer.
type slackRule func(c *slackCheck, at string, value any)

// slackShape is what an object may hold: anything else is a mistake.
type slackShape struct {
	required []string
	rules    map[string]slackRule
}

// fits checks an object against its shape.
func (c *slackCheck) fits(at string, from slackJSON, shape slackShape) {
	for _, name := range shape.required {
		if from[name] == nil {
			c.problem(at, "missing required field: %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(from)) {
		rule, ok := shape.rules[name]
		switch {
		case name == "type":
		case !ok:
			c.problem(at, "invalid additional property: %s", name)
		case from[name] == nil && slices.Contains(shape.required, name):
		default:
			rule(c, at+"/"+name, from[name])
		}
	}
}

// slackString demands a text of min to max characters.
func slackString(least, most int) slackRule {
	return func(c *slackCheck, at string, value any) {
		text, ok := value.(string)
		size := utf8.RuneCountInString(text)
		switch {
		case !ok:
			c.problem(at, "must be a string")
		case size < least:
			c.problem(at, "must be more than %d characters", least-1)
		case size > most:
			c.problem(at, "must be less than %d characters", most+1)
		}
	}
}

// slackVisible is slackString for text that people read, and counts it.
func slackVisible(most int) slackRule {
	return func(c *slackCheck, at string, value any) {
		slackString(1, most)(c, at, value)
		text, _ := value.(string)
		c.characters += utf8.RuneCountInString(text)
	}
}

func slackBool(c *slackCheck, at string, value any) {
	if _, ok := value.(bool); !ok {
		c.problem(at, "must be a boolean")
	}
}

// slackWhole demands a whole number from least to most.
func slackWhole(least, most float64) slackRule {
	return func(c *slackCheck, at string, value any) {
		number, ok := value.(float64)
		if !ok || number != math.Trunc(number) || number < least || number > most {
			c.problem(at, "must be an integer from %v to %v", least, most)
		}
	}
}

// slackOneOf demands one of some words.
func slackOneOf(words ...string) slackRule {
	return func(c *slackCheck, at string, value any) {
		if word, ok := value.(string); !ok || !slices.Contains(words, word) {
			c.problem(at, "must be one of %v", words)
		}
	}
}

// slackList demands a list of least to most values that each follow a rule.
func slackList(least, most int, rule slackRule) slackRule {
	return func(c *slackCheck, at string, value any) {
		values, ok := value.([]any)
		switch {
		case !ok:
			c.problem(at, "must be an array")
		case len(values) < least:
			c.problem(at, "must provide at least %d items", least)
		case len(values) > most:
			c.problem(at, "no more than %d items allowed", most)
		}
		for i, value := range values {
			rule(c, fmt.Sprintf("%s/%d", at, i), value)
		}
	}
}

// slackTyped demands an object of one of some types, and checks it against the
// shape of its type.
func slackTyped(shape func(kind string) slackShape, kinds ...string) slackRule {
	return func(c *slackCheck, at string, value any) {
		from, ok := value.(map[string]any)
		kind := slackJSON(from).text("type")
		switch {
		case !ok:
			c.problem(at, "must be an object")
		case kind == "":
			c.problem(at, "missing required field: type")
		case !slices.Contains(kinds, kind):
			c.problem(at+"/type", "unsupported type: %s", kind)
		default:
			c.fits(at, from, shape(kind))
		}
	}
}

// slackObject demands an object without a type.
func slackObject(shape slackShape) slackRule {
	return func(c *slackCheck, at string, value any) {
		from, ok := value.(map[string]any)
		if !ok {
			c.problem(at, "must be an object")
			return
		}
		c.fits(at, from, shape)
	}
}

// slackID demands an ID that no other of its kind has.
func slackID(known func(*slackCheck) map[string]bool) slackRule {
	return func(c *slackCheck, at string, value any) {
		slackString(1, slackIDSize)(c, at, value)
		id, _ := value.(string)
		if known(c)[id] {
			c.problem(at, "`%s` already exists", id)
		}
		known(c)[id] = true
	}
}

func slackBlockID(c *slackCheck, at string, value any) {
	slackID(func(c *slackCheck) map[string]bool { return c.blockIDs })(c, at, value)
}

func slackActionID(c *slackCheck, at string, value any) {
	slackID(func(c *slackCheck) map[string]bool { return c.actionIDs })(c, at, value)
}

// slackTextObject demands a text object of one of some types.
func slackTextObject(most int, kinds ...string) slackRule {
	return slackTyped(func(kind string) slackShape {
		rules := map[string]slackRule{"text": slackVisible(most)}
		if kind == "plain_text" {
			rules["emoji"] = slackBool
		} else {
			rules["verbatim"] = slackBool
		}
		return slackShape{required: []string{"text"}, rules: rules}
	}, kinds...)
}

// slackPlain demands plain text.
func slackPlain(most int) slackRule { return slackTextObject(most, "plain_text") }
