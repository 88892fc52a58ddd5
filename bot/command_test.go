package bot_test

import (
	"context"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

func run(context.Context, bot.Request) (bot.Reply, error) { return bot.Reply{}, nil }

func command(name string, args ...bot.Arg) bot.Command {
	return bot.Command{Name: name, Summary: "s", Examples: []string{name}, Args: args, Run: run}
}

func TestNewRouterRefuses(t *testing.T) {
	t.Parallel()
	word := bot.Arg{Name: "a", Kind: bot.WordKind}
	alias := command("won")
	alias.Aliases = []string{"deal"}
	for _, c := range []struct {
		name     string
		commands []bot.Command
		want     string
	}{
		{"two of one name", []bot.Command{command("deal"), command("deal")}, `the name "deal" is taken`},
		{"an alias that is a name", []bot.Command{command("deal"), alias}, `the name "deal" is taken`},
		{"the word for drafts", []bot.Command{command("draft")}, `the name "draft" is taken`},
		{"no name", []bot.Command{command("")}, `bad name ""`},
		{"capitals", []bot.Command{command("Deal")}, `bad name "Deal"`},
		{"three words", []bot.Command{command("deal add now")}, `bad name "deal add now"`},
		{"two blanks", []bot.Command{command("deal  add")}, `bad name "deal  add"`},
		{"other letters", []bot.Command{command("düal")}, `bad name "düal"`},
		{"no summary", []bot.Command{{Name: "deal", Examples: []string{"deal"}, Run: run}}, "no help"},
		{"no example", []bot.Command{{Name: "deal", Summary: "s", Run: run}}, "no help"},
		{"no summary, hidden", []bot.Command{{Name: "deal", Hidden: true, Run: run}}, "no help"},
		{"nothing to run", []bot.Command{{Name: "deal", Summary: "s", Examples: []string{"deal"}}}, "no Run"},
		{"an argument without a name", []bot.Command{command("deal", bot.Arg{Kind: bot.WordKind})}, `argument "" has no name or kind`},
		{"an argument without a kind", []bot.Command{command("deal", bot.Arg{Name: "a"})}, `argument "a" has no name or kind`},
		{"two arguments of one name", []bot.Command{command("deal", word, word)}, `argument "a" is there twice`},
		{
			"two that take the rest",
			[]bot.Command{command("deal",
				bot.Arg{Name: "a", Kind: bot.TextKind, Rest: true}, bot.Arg{Name: "b", Kind: bot.TextKind, Rest: true})},
			"two arguments take the rest",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := bot.NewRouter(bottest.NewMemory().Config(bottest.Sentences{}), c.commands...)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q in it", err, c.want)
			}
		})
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	names := func(role bot.Role) string {
		all := make([]string, 0, 20)
		for _, command := range w.Commands(role) {
			all = append(all, command.Name)
		}
		return strings.Join(all, ",")
	}
	rep, manager := names(bot.Rep), names(bot.Manager)
	if strings.Contains(rep, "team") || !strings.Contains(manager, "team") || strings.Contains(manager, "hide") {
		t.Errorf("got %s for reps and %s for managers, want team for managers and hide for nobody", rep, manager)
	}
	if !strings.HasPrefix(rep, "show,deals,won,") {
		t.Errorf("got %s, want them in the order they were registered", rep)
	}
	if staff, ok := w.Command("Staff"); !ok || staff.Name != "team" {
		t.Errorf("got %q, %v, want team by its alias", staff.Name, ok)
	}
	if _, ok := w.Command("nothing"); ok {
		t.Error("got a command, want none")
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	for _, role := range []bot.Role{bot.Rep, bot.Manager, bot.Admin} {
		if got, ok := bot.ParseRole(role.String()); !ok || got != role {
			t.Errorf("got %v, %v, want %v", got, ok, role)
		}
	}
	if _, ok := bot.ParseRole("Chief"); ok {
		t.Error("got a role, want none")
	}
}

func TestComplete(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"a command", "sh", "show"},
		{"in any case", "DE", "deals|deal name"},
		{"none above one's role", "te", ""},
		{"none that is hidden", "hi", ""},
		{"an argument", "show ", "show #1|show #2|show #3|show #4"},
		{"what an argument begins with", "show del", "show #3|show #4"},
		{"the value itself", "show #2", "show #2"},
		{"behind another argument", "lost 1 ", ""},
		{"of a command above one's role", "team ", ""},
		{"behind what is wrong", "won Sigma ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			if got := strings.Join(w.Complete(t.Context(), w.typed(t, c.line)), "|"); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
	stranger := bot.Request{Workspace: 1, Account: bot.Account{Platform: "terminal", ID: "nobody"}, Line: "sh"}
	if got := newWorld(t).Complete(t.Context(), stranger); len(got) != 0 {
		t.Errorf("got %v for a stranger, want nothing", got)
	}
}
