package bot_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

func TestLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"unknown", "hello there", "router.unknown typed=hello there"},
		{"nothing", " \t\n", "router.empty"},
		{"only what is not shown", "\u202e\x00", "router.empty"},
		{"a near miss", "shwo Acme", "router.near typed=shwo Acme [show Acme: show #1] [won Acme: won #1 ~7]"},
		{"a sentence that leads to a line that reads", "what closes?", "done: deal=1"},
		{"one that begins like a command", "show me all of it", "done: deal=2"},
		{"a sentence that would write", "Acme is ours", "router.meant typed=Acme is ours [won Acme: won Acme ~7]"},
		{"a line too long for a button", "far too long to press", "router.near typed=far too long to press [show #1: show #1]"},
		{"a quoted word is no command", `"show" 1`, `router.unknown typed="show" 1`},
		{"a quoted word is no part of one", `deals "name"`, "line.extra typed=name"},
		{"an alias", "staff", "router.role line=team role=role.manager"},
		{"too long", strings.Repeat("ж", bot.MaxLine+1), "router.long most=4000"},
		{"far too long", strings.Repeat("x", 1_000_000), "router.long most=4000"},
		{"as long as can be", "note 1 " + strings.Repeat("ж", bot.MaxParagraph-20), "done: deal=1 text=" + strings.Repeat("ж", bot.MaxParagraph-20)},
		{
			"many words too many", "deals " + strings.Repeat("xyz ", 900),
			"line.extra typed=" + strings.Repeat("xyz ", 14) + "xyz…",
		},
		{"a long word that is no number", "won 1 " + strings.Repeat("x", 3_900), "number.bad typed=" + strings.Repeat("x", 59) + "…"},
		{"invalid UTF-8", "sh\xffow", "router.garbled"},
		{"controls and directions", "a\x1b[2J\u202eb\u2066c", "router.unknown typed=a [2Jbc"},
		{"a line break stands between words", "show\nAcme", "done: deal=1"},
		{"Windows line ends", "note 1 a\r\nb", "done: deal=1 text=a\nb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := newWorld(t).say(t, c.line); got != c.want {
				t.Errorf("got %.300s, want %.300s", got, c.want)
			}
		})
	}
}

func TestOptionsBecomeButtons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, line, want string }{
		{"with the revision of each", "won Del", "deal.which typed=Del [Delta: won #3 ~1] [Delta Works: won #4 ~2]"},
		{"without one where nothing is written", "show Del", "deal.which typed=Del [Delta: show #3] [Delta Works: show #4]"},
		{"a guess before it writes", "won Acm 5", "deal.guess typed=Acm [Acme: won #1 5 ~7]"},
		{"what stands behind is kept", "note Acm they call back", "deal.guess typed=Acm [Acme: note #1 they call back ~7]"},
		{"the tail too", "plan Acm call price", "deal.guess typed=Acm [Acme: plan #1 call price ~7]"},
		{"another argument has its deal's revision", "lost Delta pricey", "choice.close typed=pricey [Price: lost #3 price ~1]"},
		{"too long is a draft", "note Acm " + strings.Repeat("long ", 20), "deal.guess typed=Acm [Acme: draft 1 deal #1 ~7]"},
		{"with a line break is a draft", "note Acm one\ntwo", "deal.guess typed=Acm [Acme: draft 1 deal #1 ~7]"},
		{"a guess in an argument that writes", "score Acm 5", "deal.guess typed=Acm [Acme: score #1 5 ~7]"},
		{"a guess without it", "score Acm", "done: deal=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := newWorld(t).say(t, c.line); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRevisions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, line string
		press      bool
		want       string
	}{
		{"pressed", "won #1 ~7", true, "done: deal=1 ~7"},
		{"pressed behind a text", "note #1 call back ~7", true, "done: deal=1 text=call back ~7"},
		{"pressed without", "won #1", true, "done: deal=1"},
		{"typed, as it stands on the screen", "won #1 5 ~7", false, "done: deal=1 amount=5 ~7"},
		{"typed at the end of a text it is text", "note #1 call back at ~7", false, "done: deal=1 text=call back at ~7"},
		{"in quotes it is text", `note #1 call "~7"`, true, `done: deal=1 text=call "~7"`},
		{"no number", "note #1 call ~soon", true, "done: deal=1 text=call ~soon"},
		{"a deal's number", "note #1 see ~#7", true, "done: deal=1 text=see ~#7"},
		{"nothing else", "deals ~7", true, "done: ~7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			say := w.say
			if c.press {
				say = w.press
			}
			if got := say(t, c.line); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestStranger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	req := w.typed(t, "deals")
	req.Account.ID = "nobody"
	if got, want := spoken(w.Serve(t.Context(), req).Message), "router.stranger"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What goes wrong inside is contained: the person gets a reference, the log the
// reason, and neither what the person wrote.
func TestWhatGoesWrongInside(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, reason string }{
		{"boom my words", "panic: secret 1"}, {"leak my words", "secret 2"}, {"void my words", "message is empty"},
	} {
		w := newWorld(t)
		reply := w.Serve(t.Context(), w.typed(t, c.line))
		if got, want := spoken(reply.Message), "router.broken reference=REF-1"; got != want {
			t.Errorf("%s: got %s, want %s", c.line, got, want)
		}
		if !reply.Message.Private || reply.Stored != 0 {
			t.Errorf("%s: got %+v, want a private answer that is not stored", c.line, reply)
		}
		log := w.Log()
		if !strings.Contains(log, c.reason) || !strings.Contains(log, "REF-1") || strings.Contains(log, "my words") {
			t.Errorf("%s: got log %s, want the reason and the reference, and no words", c.line, log)
		}
	}
}

func TestOutsideFails(t *testing.T) {
	t.Parallel()
	broken := errors.New("connection lost")
	for name, change := range map[string]func(*bot.Config){
		"directory":   func(c *bot.Config) { c.Directory = brokenDirectory{broken} },
		"interpreter": func(c *bot.Config) { c.Interpreter = brokenInterpreter{broken} },
	} {
		w := newWorld(t)
		config := w.Memory.Config(bottest.Sentences{})
		change(&config)
		router, err := bot.NewRouter(config)
		if err != nil {
			t.Fatal(err)
		}
		got := spoken(router.Serve(t.Context(), w.typed(t, "hello")).Message)
		if want := "router.broken reference=REF-1"; got != want || !strings.Contains(w.Log(), "connection lost") {
			t.Errorf("%s: got %s and log %s, want %s and the reason in the log", name, got, w.Log(), want)
		}
	}
}

type brokenDirectory struct{ err error }

func (b brokenDirectory) Member(context.Context, int64, bot.Account) (bot.Member, error) {
	return bot.Member{}, b.err
}

func (b brokenDirectory) Heard(context.Context, bot.Request) error { return b.err }

type brokenInterpreter struct{ err error }

func (b brokenInterpreter) Interpret(context.Context, bot.Request) ([]string, bool, error) {
	return nil, false, b.err
}

func TestLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.say(t, "won Acme 5")
	for _, want := range []string{"line=won", "member=1", "workspace=1", "platform=terminal", "duration="} {
		if !strings.Contains(w.Log(), want) {
			t.Errorf("got %s, want %s in it", w.Log(), want)
		}
	}
	if strings.Contains(w.Log(), "Acme") {
		t.Errorf("got %s, want nothing that was typed", w.Log())
	}
}
