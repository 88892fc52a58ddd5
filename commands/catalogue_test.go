package commands_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/commands/internal/rule"
	"fifteen/scoring"

	"github.com/BurntSushi/toml"
)

// plurals are the names under which a message has its plural forms.
var plurals = []string{"zero", "one", "two", "few", "many", "other"}

// english is the English catalogue: the forms of each message by key.
var english = sync.OnceValue(func() map[string][]string {
	text, err := os.ReadFile("locales/en.toml")
	if err != nil {
		panic(err)
	}
	var tree map[string]any
	if err := toml.Unmarshal(text, &tree); err != nil {
		panic(err)
	}
	all := map[string][]string{}
	flatten(all, "", tree)
	return all
})

func flatten(all map[string][]string, above string, tree map[string]any) {
	for name, item := range tree {
		key := strings.TrimPrefix(above+"."+name, ".")
		switch item := item.(type) {
		case string:
			if slices.Contains(plurals, name) {
				key = above
			}
			all[key] = append(all[key], item)
		case map[string]any:
			flatten(all, key, item)
		}
	}
}

// computed returns the keys that the sources put together from ids. Those in
// maybe need not be there: the first one that is there wins, or none is said.
func computed(t *testing.T) (must, maybe []string) {
	t.Helper()
	must = append(ofTheMethod(), ofTheFirstMinutes()...)
	family := func(prefix string, ids ...string) {
		for _, id := range ids {
			must = append(must, prefix+id)
		}
	}
	family("role.", "rep", "manager", "admin", "a.rep", "a.manager", "a.admin")
	family("visibility.", "own", "team")
	family("size.", "small", "mid", "large")
	family("button.", choices["trait"]...)
	family("ask.company.", choices["trait"]...)
	family("activities.", choices["activity"]...)
	family("changed.", commandNames...)
	family("ask.refusal.", choices["topic"]...)
	family("dislike.", texts(scoring.Dislikes)...)
	family("refusal.door.", "declined", "unoffered")
	family("refusal.return.", "budget.usual", "plan.usual", "call.usual")
	family("refusals.flag.", "unprobed", "had_it")
	family("told.flag.", "unprobed", "had_it")
	family("told.flag.own.", "unprobed", "had_it")
	for _, reason := range scoring.Reasons {
		maybe = append(maybe, "refusal.words."+string(reason))
	}
	for _, size := range []string{"small", "mid", "large"} {
		maybe = append(maybe, "size.also."+size)
	}
	family("ask.checkin.", "calls", "meetings")
	family("checkin.no.", "calls", "meetings")
	family("ask.deal.", "amount", "name", "owner", "close")
	family("ask.settings.", "currency", "zone", "visibility", "rate", "hours", "days", "holidays", "dayoff", "nudge")
	family("away.", "until.who", "ask.who", "back.who", "not.who")
	family("deals.title.", "closing", "advancing", "developing")
	family("undo.done", "", ".deal", ".gone")
	family("undo.again", "", ".deal", ".gone")
	family("forecast.line", "", ".target", ".past", ".target.past")
	family("amount.", whys(t, "amount")...)
	family("amount.name.", "not_a_number", "unknown_currency") // where a name stands before it
	family("date.", whys(t, "date")...)
	moments := []string{
		"not_a_rule", "bad_time", "past", "no_weeks", "too_many_weeks", "which_day", "unsupported", "no_such_day", "ambiguous",
		"wrong_weekday", "too_far",
	}
	family("when.", moments...)
	family("schedule.when.", moments...)
	family("nudge.", "step", "drop", "step.title", "drop.title")
	family("schedule.ended.", "maker", "right", "line", "chat", "person")
	for name, ids := range choices {
		if !slices.Contains([]string{"band", "winner", "return", "door", "reported", "pastday", "tally"}, name) { // where another word is meant too
			must = append(must, "choice."+name, "choice.close."+name)
		}
		for _, id := range ids {
			must = append(must, name+"."+id)
			maybe = append(maybe, name+".also."+id)
		}
	}
	for _, kind := range []bot.Kind{bot.WordKind, bot.TextKind, bot.NumberKind} {
		maybe = append(maybe, "ask."+kind.ID())
	}
	for _, cmd := range everyCommand(t) {
		must, maybe = append(must, cmd.Summary), append(maybe, "form."+cmd.Name)
		maybe = append(maybe, strings.TrimSuffix(cmd.Summary, ".summary")+".detail")
		for _, arg := range cmd.Args {
			if id := arg.Kind.ID(); !arg.Hidden {
				maybe = append(maybe, "hint."+id, "kind."+id, "ask."+id, "ask."+cmd.Name+"."+arg.Name)
			}
		}
	}
	return must, maybe
}

// ofTheFirstMinutes are the keys of the greeting, the tour and the set-up that are put
// together.
func ofTheFirstMinutes() []string {
	keys := slices.Grow([]string{"hello.sees.own", "hello.sees.team", "setup.money", "setup.channel", "setup.targets"}, 15)
	for _, role := range []string{"rep", "manager", "admin"} {
		keys = append(keys, "hello."+role, "help.title."+role, "help.begin."+role)
	}
	for _, platform := range []string{"slack", "telegram", "terminal"} {
		keys = append(keys, "setup.invite."+platform, "setup.done.people."+platform)
	}
	return keys
}

// ofTheMethod are the keys of the method's own vocabulary.
func ofTheMethod() []string {
	method := []string{
		"pillar.pain", "pillar.power", "pillar.fit", "coaching.pain", "coaching.power", "coaching.fit",
		"band.developing", "band.advancing", "band.closing", "verdict.developing", "verdict.advancing", "verdict.closing",
		"outcome.open", "outcome.won", "outcome.lost", "outcome.disqualified",
	}
	keys := slices.Clone(method)
	for _, c := range scoring.Criteria {
		keys = append(keys, "question."+c.String(), "meaning."+c.String())
		for _, reply := range []scoring.Reply{scoring.Yes, scoring.Unsure, scoring.No} {
			keys = append(keys, "said."+c.String()+"."+reply.String())
		}
	}
	return keys
}

// choices are the arguments that are one of a few words, with the words.
var choices = map[string][]string{
	"platform":  {"slack", "telegram", "terminal", "last"},
	"criterion": {"necessary", "urgent", "specific", "means", "leadership", "credible", "suitable", "advantageous", "timely"},
	"reply":     {"yes", "unsure", "no", "skip"},
	"step":      {"contact", "presentation", "contract", "payment"},
	"reason":    {"no_budget", "has_supplier", "price", "not_planned", "unsuitable", "not_interested", "supply_terms", "none"},
	"topic":     {"probe", "words", "return", "winner", "door", "product"},
	"winner":    {"nobody", "unknown"},
	"return":    {"never", "done"},
	"door":      {"declined", "unoffered", "done"},
	"probe":     {"cheaper", "quality", "range", "delivery", "no_time", "none"},
	"role":      {"rep", "manager", "admin"},
	"band":      {"closing", "advancing", "developing"},
	"field":     {"amount", "name", "owner", "close"},
	"setting":   {"currency", "zone", "visibility", "rate", "steps", "reason", "hours", "days", "holidays", "dayoff", "nudge"},
	"country":   rule.Countries(),
	"trait":     {"industry", "size", "source"},
	"activity":  {"call", "conversation", "appointment", "meeting", "proposal", "research", "referral", "training"},
	"number":    {"who", "forecast", "funnel", "refusals"},
	"reported":  {"calls", "meetings", "done"},
	"pastday":   {"yesterday"},
	"tally":     {"none"},
}

// commandNames are the commands as the audit trail names them, "deal" by the
// field that it corrects.
var commandNames = []string{
	"deal add", "deal delete", "deal retake", "deal amount", "deal name", "deal owner", "deal close", "score", "answer",
	"evidence", "step", "won", "overcame", "lost", "refusal", "disqualify", "reopen", "note", "nextstep", "target", "handover", "role",
	"settings", "settings steps", "settings reason", "company", "log", "pitch", "product add", "product delete", "decide",
	"decisions", "remind", "remind done", "remind later", "schedule", "schedule stop", "schedule take", "schedule mondays",
	"wait", "away", "back", "hours", "link", "reach",
	"checkin", "setup money", "setup channel", "setup target",
}

// everyCommand returns all commands, those too that help leaves out.
func everyCommand(t *testing.T) []bot.Command {
	t.Helper()
	app, err := commands.NewApp(nil, nil, nil)
	if err != nil {
		t.Fatalf("put the bot together: %v", err)
	}
	all := app.Router.Commands(bot.Admin)
	for _, name := range []string{
		"evidence", "deal retake", "decisions seen", "remind done", "remind later", "schedule take", "schedule mondays", "checkin move",
		"setup money", "setup channel", "setup targets", "setup target", "setup digests", "setup mondays", "setup done",
	} {
		cmd, ok := app.Router.Command(name)
		if !ok {
			t.Fatalf("got no command %q, want the one that buttons send", name)
		}
		all = append(all, cmd)
	}
	return all
}

// texts writes ids as plain words.
func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

func TestCatalogueHasEveryKey(t *testing.T) {
	t.Parallel()
	words, err := commands.NewCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	must, _ := computed(t)
	for _, use := range sources(t) {
		if use.key != "" {
			must = append(must, use.key)
		}
	}
	for _, key := range must {
		if len(english()[key]) == 0 {
			t.Errorf("%q: got nothing in locales/en.toml, want a sentence", key)
		}
		for count := range 6 {
			if words.Say("en", key, "count", count) == "" {
				t.Errorf("%q: got nothing for a count of %d, want a sentence", key, count)
			}
		}
	}
}

func TestCatalogueHasNoOtherKey(t *testing.T) {
	t.Parallel()
	must, maybe := computed(t)
	used := map[string]bool{}
	for _, key := range slices.Concat(must, maybe, literals(t)) {
		used[key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(english())) {
		if !used[key] {
			t.Errorf("%q: got a sentence that nothing says, want it gone", key)
		}
	}
}

// TestCatalogueAsks checks that every argument that can be missing has a
// question, and a way to say what it takes.
func TestCatalogueAsks(t *testing.T) {
	t.Parallel()
	for _, cmd := range everyCommand(t) {
		for _, arg := range cmd.Args {
			own, usual := "ask."+cmd.Name+"."+arg.Name, "ask."+arg.Kind.ID()
			if !arg.Optional && len(english()[own])+len(english()[usual]) == 0 {
				t.Errorf("%s: got neither %q nor %q, want one", cmd.Name, own, usual)
			}
		}
	}
}

// TestCatalogueArguments checks that whoever says a sentence names everything
// that stands in it.
func TestCatalogueArguments(t *testing.T) {
	t.Parallel()
	checked := 0
	for _, use := range sources(t) {
		if use.key == "" || use.spread {
			continue
		}
		for _, form := range english()[use.key] {
			for _, slot := range slot.FindAllStringSubmatch(form, -1) {
				checked++
				if !slices.Contains(use.args, slot[1]) {
					t.Errorf("%s says %q with %q, want %q among them", use.place, use.key, use.args, slot[1])
				}
			}
		}
	}
	if checked < 100 {
		t.Errorf("got %d arguments, want more: the sources were not read as they are written", checked)
	}
}

// TestCatalogueSentences checks how each sentence is written.
func TestCatalogueSentences(t *testing.T) {
	t.Parallel()
	for key, forms := range english() {
		for _, form := range forms {
			if strings.TrimSpace(form) == "" || strings.Contains(form, "  ") || strings.Contains(form, "!") {
				t.Errorf("%q: got %q, want words without spare blanks or exclamation marks", key, form)
			}
			if strings.Count(form, "{{") != len(slot.FindAllString(form, -1)) {
				t.Errorf("%q: got %q, want each {{ to be a plain {{.name}}", key, form)
			}
		}
	}
}

var slot = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// problemPatterns are the sentences of problems as patterns, by key.
var problemPatterns = sync.OnceValue(func() map[string][]*regexp.Regexp {
	patterns := map[string][]*regexp.Regexp{}
	for key, forms := range english() {
		if !isProblem(key) {
			continue
		}
		for _, form := range forms {
			pattern := slot.ReplaceAllString(regexp.QuoteMeta(slot.ReplaceAllString(form, "\x00")), "")
			pattern = "(?s)^" + strings.ReplaceAll(pattern, "\x00", ".*") + "$"
			patterns[key] = append(patterns[key], regexp.MustCompile(pattern))
		}
	}
	return patterns
})

// problemKeys returns the keys of the problems that a sentence may be.
func problemKeys(sentence string) []string {
	var keys []string
	for key, patterns := range problemPatterns() {
		for _, pattern := range patterns {
			if pattern.MatchString(sentence) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
