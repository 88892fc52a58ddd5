package commands

import (
	"context"
	"strings"

	"fifteen/bot"
)

// help says what can be said here, by role, and explains one command with
// examples.
func help(d *Deps) bot.Command {
	return bot.Command{
		Name: "help", Aliases: []string{"hello", "hi", "start"}, Summary: "help.summary", Examples: []string{"help", "help score"},
		Args: []bot.Arg{{Name: "command", Kind: bot.TextKind, Optional: true, Rest: true}},
		Run: d.read(func(_ context.Context, c *call) (bot.Message, error) {
			name := strings.ToLower(c.req.Text("command"))
			if name == "" {
				return c.tour(d.Commands(c.req.Member.Role)), nil
			}
			cmd, ok := d.Command(name)
			greeting := !strings.HasPrefix(strings.ToLower(c.req.Line), "help")
			if !ok && greeting {
				return c.tour(d.Commands(c.req.Member.Role)), nil
			}
			if !ok || cmd.Hidden {
				return bot.Message{}, bot.Problem("help.unknown", "typed", brief(name, 60)).Button(c.say("button.help"), "help")
			}
			return c.explain(cmd), nil
		}),
	}
}

// tour lists what the asker may say.
func (c *call) tour(commands []bot.Command) bot.Message {
	msg := bot.Message{
		Title: c.say("help.title"), Text: []string{c.say("help.intro")},
		Table: &bot.Table{Columns: []bot.Column{{}, {}}}, Note: c.say("help.note"),
	}
	for _, cmd := range commands {
		msg.Table.Rows = append(msg.Table.Rows, []string{cmd.Usage(), c.say(cmd.Summary)})
	}
	return msg
}

// explain shows one command with its arguments and examples.
func (c *call) explain(cmd bot.Command) bot.Message {
	msg := bot.Message{Title: cmd.Usage(), Text: []string{c.say(cmd.Summary)}}
	if detail := c.say(strings.TrimSuffix(cmd.Summary, ".summary") + ".detail"); detail != "" {
		msg.Text = append(msg.Text, detail)
	}
	for _, arg := range cmd.Args {
		if text := c.say("kind." + arg.Kind.ID()); text != "" {
			msg.Fields = append(msg.Fields, bot.Field{Label: arg.Name, Value: text})
		}
	}
	var examples strings.Builder
	examples.WriteString(c.say("help.examples"))
	for _, example := range cmd.Examples {
		examples.WriteString("\n" + example)
	}
	if len(cmd.Examples) > 0 {
		msg.Text = append(msg.Text, examples.String())
	}
	if cmd.Role > bot.Rep {
		msg.Note = c.say("help.role", "role", c.say("role."+cmd.Role.String()))
	}
	return msg
}
