package terminal

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	"fifteen/bot"
)

// errFill says that the words behind :fill are not all name=value.
var errFill = errors.New("not name=value")

// fill submits the form of the last message: ":fill name=value also="two
// words"". Fields that are not named are left empty.
func (t *Terminal) fill(ctx context.Context, rest string) error {
	form := t.before().Form
	if form == nil {
		return t.say("The last message here has no form.")
	}
	values, err := assignments(rest)
	if err != nil {
		return t.say(`Each value is written name=value, and name="two words" when it has more than one.`)
	}
	var names []string
	for _, field := range form.Fields {
		names = append(names, field.Name)
	}
	for name := range values {
		if !slices.Contains(names, name) {
			return t.say("The form has no field %s, only %s.", name, strings.Join(names, ", "))
		}
	}
	req := t.request(form.Line, bot.Submitted)
	req.Values = values
	return t.send(ctx, req)
}

// quotes maps what may open a value to what closes it.
var quotes = map[byte]string{'"': `"`, '\'': "'"}

// assignments reads name=value pairs. A value in straight quotes ends at the
// same quote before a blank or at the end; any other ends at the first blank.
func assignments(text string) (map[string]string, error) {
	values := map[string]string{}
	for text = strings.TrimSpace(text); text != ""; {
		name, rest, ok := strings.Cut(text, "=")
		if !ok || name == "" || strings.ContainsFunc(name, unicode.IsSpace) {
			return nil, errFill
		}
		var value string
		value, rest = cutValue(rest)
		values[name] = value
		text = strings.TrimSpace(rest)
	}
	return values, nil
}

// cutValue takes one value off the beginning of a text.
func cutValue(text string) (value, rest string) {
	if text != "" && quotes[text[0]] != "" {
		quote := quotes[text[0]]
		inner := text[1:] + " "
		if value, rest, ok := strings.Cut(inner, quote+" "); ok {
			return value, rest
		}
	}
	value, rest, _ = strings.Cut(text, " ")
	return value, rest
}
