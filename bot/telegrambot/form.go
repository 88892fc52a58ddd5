package telegrambot

import "fifteen/bot"

// asks tells whether a message has a form with something to ask.
func asks(msg bot.Message) bool { return msg.Form != nil && len(msg.Form.Fields) > 0 }

// ask asks for one field of a form, counted from 0, which must be there. The
// first one is asked in the form's message: see draw. Forms are private.
func (p painter) ask(form bot.Form, field int) call {
	opens := forced(form.Fields[field])
	asked := call{method: sendMessage, text: p.question(form, field, opens), private: true}
	if blank(asked.text.text) {
		asked.text = rich{text: ellipsis}
	}
	if opens {
		asked.reply = reply(form.Fields[field])
	} else {
		asked.pages = p.pages(nil, p.options(form, field), p.ways(form, field), 0)
	}
	return asked
}

// question writes what a field asks, which of how many it is, and its example
// where the place to type has no room for it.
func (p painter) question(form bot.Form, field int, opens bool) rich {
	f := form.Fields[field]
	label := literalLine(f.Label)
	if blank(label) {
		label = literalLine(form.Title)
	}
	r := styled(bold, label)
	if hint := literalLine(f.Hint); !blank(hint) && !(opens && units(hint) <= maxPlaceholder) {
		r.add("\n", styled(italic, hint))
	}
	if len(form.Fields) > 1 {
		r.add("\n", styled(italic, p.say("telegram.question", "number", field+1, "of", len(form.Fields))))
	}
	return r
}

// forced tells whether a field is answered in a reply that opens by itself. A
// message has either that or buttons.
func forced(f bot.FormField) bool { return len(f.Options) == 0 && !f.Optional }

// forces tells whether the question in a form's message is.
func forces(msg bot.Message) bool {
	return forced(msg.Form.Fields[0]) && len(msg.Buttons) == 0 && (msg.Menu == nil || len(msg.Menu.Options) == 0)
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
func (p painter) options(form bot.Form, field int) []key {
	all := make([]key, len(form.Fields[field].Options))
	for i, option := range form.Fields[field].Options {
		all[i] = key{Text: seen(option.Label), Data: press{what: pick, kept: p.kept, a: field, b: i}.String()}
	}
	return all
}

// ways are the buttons that lead past a field and out of its form.
func (p painter) ways(form bot.Form, field int) []key {
	var all []key
	if form.Fields[field].Optional {
		all = append(all, p.key(p.say("telegram.skip"), press{what: skip, kept: p.kept, a: field}))
	}
	return append(all, p.key(p.say("telegram.leave"), press{what: leave, kept: p.kept, a: field}))
}
