package telegrambot

import (
	"slices"

	"fifteen/bot"
)

// asks tells whether a message has a form with something to ask. Only the first
// of its fields is asked: the router asks for the others when that is answered.
func asks(msg bot.Message) bool { return msg.Form != nil && len(msg.Form.Fields) > 0 }

// question writes what a form asks, its example where the place to type has no
// room for it, and how to leave a question that has no button for that.
func (p painter) question(form bot.Form, opens bool) rich {
	f := form.Fields[0]
	label := literalLine(f.Label)
	if blank(label) {
		label = literalLine(form.Title)
	}
	r := styled(bold, label)
	if hint := literalLine(f.Hint); !blank(hint) && !(opens && units(hint) <= maxPlaceholder) {
		r.add("\n", styled(italic, hint))
	}
	if opens {
		r.add("\n", styled(italic, p.say("telegram.leave")))
	}
	return r
}

// forces tells whether the question is answered in a reply that opens by itself.
// A message has either that or buttons; the one that leaves the form is then left
// out.
func forces(msg bot.Message) bool {
	others := slices.ContainsFunc(msg.Buttons, func(b bot.Button) bool { return b.Line != msg.Form.Drop() })
	field := msg.Form.Fields[0]
	return len(field.Options) == 0 && !field.Optional && !others && (msg.Menu == nil || len(msg.Menu.Options) == 0)
}

// partWays takes the button that leaves a form out of a message's, because it
// stands behind the choices.
func partWays(form bot.Form, buttons []bot.Button) (others, ways []bot.Button) {
	for _, button := range buttons {
		if button.Line == form.Drop() {
			ways = append(ways, button)
		} else {
			others = append(others, button)
		}
	}
	return others, ways
}

// reply has a field answered in a reply, with its example where people type.
func reply(f bot.FormField) *forceReply {
	hint := literalLine(f.Hint)
	if blank(hint) || units(hint) > maxPlaceholder {
		hint = ""
	}
	return &forceReply{Force: true, Placeholder: hint}
}

// options are the values to choose from. People may as well type another.
func (p painter) options(form bot.Form) []key {
	all := make([]key, len(form.Fields[0].Options))
	for i, option := range form.Fields[0].Options {
		all[i] = key{Text: seen(option.Label), Data: press{what: pick, kept: p.kept, b: i}.String()}
	}
	return all
}
