package bottest

import (
	"slices"

	"fifteen/bot"
)

// Rewrite returns a copy of the message with every text in it that people or
// the catalogue write put through change. Lines, names of fields and values of
// options stay: they are the bot's own. Texts stay within their limits only as
// far as change keeps them.
func Rewrite(msg bot.Message, change func(string) string) bot.Message {
	msg.Title, msg.Note = change(msg.Title), change(msg.Note)
	msg.Text = each(msg.Text, change)
	msg.Fields = slices.Clone(msg.Fields)
	for i, field := range msg.Fields {
		msg.Fields[i] = bot.Field{Label: change(field.Label), Value: change(field.Value)}
	}
	msg.Buttons = buttons(msg.Buttons, change)
	if msg.Table != nil {
		msg.Table = table(*msg.Table, change)
	}
	if msg.Chart != nil {
		msg.Chart = chart(*msg.Chart, change)
	}
	if msg.Menu != nil {
		msg.Menu = &bot.Menu{Label: change(msg.Menu.Label), Options: buttons(msg.Menu.Options, change)}
	}
	if msg.Form != nil {
		msg.Form = changedForm(*msg.Form, change)
	}
	msg.Details = slices.Clone(msg.Details)
	for i, detail := range msg.Details {
		msg.Details[i] = Rewrite(detail, change)
	}
	return msg
}

func each(texts []string, change func(string) string) []string {
	texts = slices.Clone(texts)
	for i := range texts {
		texts[i] = change(texts[i])
	}
	return texts
}

func buttons(all []bot.Button, change func(string) string) []bot.Button {
	all = slices.Clone(all)
	for i := range all {
		all[i].Label = change(all[i].Label)
	}
	return all
}

func table(t bot.Table, change func(string) string) *bot.Table {
	t.Columns, t.Rows = slices.Clone(t.Columns), slices.Clone(t.Rows)
	for i := range t.Columns {
		t.Columns[i].Name = change(t.Columns[i].Name)
	}
	for i := range t.Rows {
		t.Rows[i] = each(t.Rows[i], change)
	}
	return &t
}

func chart(c bot.Chart, change func(string) string) *bot.Chart {
	c.Title, c.Unit = change(c.Title), change(c.Unit)
	c.Groups, c.Series = each(c.Groups, change), slices.Clone(c.Series)
	for i := range c.Series {
		c.Series[i].Name = change(c.Series[i].Name)
	}
	return &c
}

func changedForm(f bot.Form, change func(string) string) *bot.Form {
	f.Title, f.Fields = change(f.Title), slices.Clone(f.Fields)
	for i, field := range f.Fields {
		f.Fields[i].Label, f.Fields[i].Hint = change(field.Label), change(field.Hint)
		f.Fields[i].Options = slices.Clone(field.Options)
		for j := range f.Fields[i].Options {
			f.Fields[i].Options[j].Label = change(f.Fields[i].Options[j].Label)
		}
	}
	return &f
}
