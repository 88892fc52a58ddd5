package commands

import (
	"context"
	"slices"
	"strings"

	"fifteen/bot"
)

// helpAll asks for all commands instead of a tour.
const helpAll = "all"

// help shows what matters most to somebody of a role, all that can be said, or one
// command with examples.
func help(d *Deps) bot.Command {
	return bot.Command{
		Name: "help", Summary: "help.summary", Examples: []string{"help", "help score", "help all"},
		Args: []bot.Arg{{Name: "command", Kind: bot.TextKind, Optional: true, Rest: true}},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) {
			name := strings.ToLower(c.req.Text("command"))
			switch name {
			case "":
				return c.tour(ctx, d.Command)
			case helpAll:
				return c.all(d.Commands(c.req.Member.Role)), nil
			}
			cmd, ok := d.Command(name)
			if !ok || cmd.Hidden {
				return bot.Message{}, bot.Problem("help.unknown", "typed", brief(name, 60)).Button(c.say("button.everything"), "help all")
			}
			return c.explain(ctx, cmd)
		}),
	}
}

// tours are the commands that matter most to each role, in the order in which somebody
// meets them.
var tours = map[bot.Role][]string{
	bot.Rep:     {"deal add", "score", "next", "nextstep", "lost", "checkin", "due", "who"},
	bot.Manager: {"who", "forecast", "refusals", "funnel", "coach", "target", "schedule"},
	bot.Admin:   {"setup", "who", "forecast", "refusals", "funnel", "coach", "schedule", "role"},
}

// tour shows the commands that matter most to the asker, each as a line that can be
// typed, and how to go on.
func (c *call) tour(ctx context.Context, find func(name string) (bot.Command, bool)) (bot.Message, error) {
	role := c.req.Member.Role
	msg := bot.Message{
		Title: c.say("help.title." + role.String()), Text: []string{c.say("help.intro"), c.say("help.begin." + role.String())},
		Table: &bot.Table{Columns: []bot.Column{{}, {}}}, Note: c.say("help.note"),
	}
	p, err := c.props(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	for _, name := range tours[role] {
		cmd, _ := find(name)
		lines := p.examples(cmd)
		msg.Table.Rows = append(msg.Table.Rows, []string{lines[len(lines)-len(cmd.Examples)], c.say(cmd.Summary)})
	}
	first := c.button("button.next", "next")
	switch {
	case role == bot.Rep && p.deal == "":
		first = c.button("button.add", "deal add")
	case role >= bot.Manager:
		first = c.button("button.who", "who")
	}
	msg.Buttons = []bot.Button{first, c.button("button.home", "home"), c.button("button.everything", "help all")}
	return msg, nil
}

// all lists what the asker may say.
func (c *call) all(commands []bot.Command) bot.Message {
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
func (c *call) explain(ctx context.Context, cmd bot.Command) (bot.Message, error) {
	msg := bot.Message{Title: cmd.Usage(), Text: []string{c.say(cmd.Summary)}}
	if detail := c.say(strings.TrimSuffix(cmd.Summary, ".summary") + ".detail"); detail != "" {
		msg.Text = append(msg.Text, detail)
	}
	for _, arg := range cmd.Args {
		if text := c.say("kind." + arg.Kind.ID()); text != "" && !arg.Hidden {
			msg.Fields = append(msg.Fields, bot.Field{Label: arg.Name, Value: text})
		}
	}
	p, err := c.props(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if lines := p.examples(cmd); len(lines) > 0 {
		msg.Text = append(msg.Text, c.say("help.examples")+"\n"+strings.Join(lines, "\n"))
	}
	if cmd.Role > bot.Rep {
		msg.Note = c.say("help.role", "role", c.say("role."+cmd.Role.String()))
	}
	return msg, nil
}

// The names that examples are declared with; help says them with the asker's own
// deals and colleagues, so that they can be typed as they stand.
const (
	exampleDeal   = "Acme"
	exampleNumber = "#1"
	exampleAdd    = "deal add Acme 12000 EUR"
	exampleMonth  = "2026-12"
	exampleNext   = "december"
)

var exampleReps = []string{"@ivanov", "@petra"}

// exampleNeeds are the lines that go before the examples of commands about deals that
// are not open any more.
var exampleNeeds = map[string]string{
	"reopen": "lost Acme price", "refusal": "lost Acme price", "overcame": "won Acme",
}

// props are what examples are played with: a deal of the asker's and other members, as
// a line names them, "" for none, and months.
type props struct {
	deal, number string
	reps         []string
	month, next  string
}

// props finds the best open deal of the asker, for a manager of anybody, and who else
// is there, those who sell first.
func (c *call) props(ctx context.Context) (p props, err error) {
	p.month, p.next = c.current().String(), c.current().Next().String()
	deals, err := c.tx.OpenDealNames(ctx, c.homeSight(), 1)
	if err != nil {
		return p, err
	}
	for _, deal := range deals {
		p.deal, p.number = bot.Quote(deal.Name), hash(deal.Number)
		alike, err := c.tx.DealsByKey(ctx, []string{deal.Key}, c.homeSight())
		if err != nil {
			return p, err
		}
		if len(alike) > 1 {
			p.deal = p.number
		}
	}
	members, err := c.tx.Members(ctx)
	for _, rep := range []bool{true, false} {
		for _, m := range members {
			if m.Active && m.ID != c.req.Member.ID && (m.Role == bot.Rep.String()) == rep {
				p.reps = append(p.reps, canonical(m.Name))
			}
		}
	}
	return p, err
}

// examples are a command's examples with what there is in place of what they were
// declared with. Where the deal that they need is missing, the lines that make one go
// before.
func (p props) examples(cmd bot.Command) []string {
	about := slices.ContainsFunc(cmd.Args, func(a bot.Arg) bool { return a.Kind.ID() == dealKind{}.ID() })
	var lines []string
	need, ended := exampleNeeds[cmd.Name]
	if about && (p.deal == "" || ended) {
		lines = append(lines, exampleAdd)
		if ended {
			lines = append(lines, need)
		}
	}
	for _, example := range cmd.Examples {
		lines = append(lines, p.played(example, about && !ended && p.deal != ""))
	}
	return lines
}

// played is one example with the names that there are.
func (p props) played(example string, about bool) string {
	words := strings.Split(example, " ")
	for i, word := range words {
		switch at := slices.Index(exampleReps, word); {
		case at >= 0 && at < len(p.reps):
			words[i] = p.reps[at]
		case about && word == exampleDeal:
			words[i] = p.deal
		case about && word == exampleNumber:
			words[i] = p.number
		case word == exampleMonth:
			words[i] = p.month
		case word == exampleNext:
			words[i] = p.next
		}
	}
	return strings.Join(words, " ")
}
