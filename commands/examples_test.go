package commands_test

import (
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/storage"
)

// before are the lines that must have been said for an example to work, other
// than that the deal Acme and the members are there.
var before = map[string][]string{
	"reopen Acme":                  {"lost Acme price"},
	"refusal Acme":                 {"lost Acme price"},
	"refusal Acme winner Nordwind": {"lost Acme price"},
	"refusal Acme door price list for film in 2 months":          {"lost Acme price"},
	"overcame Acme price they saw what a day without film costs": {"won Acme"},
	"refusals @ivanov 13w":               {"note Acme a word"},
	"deals advancing":                    {"score Acme 4 4 4"},
	"deals @ivanov":                      {`deal add "Studio 1" 5 EUR @ivanov`},
	"next @ivanov":                       {`deal add "Studio 1" 5 EUR @ivanov`},
	"product delete Stretch film, black": {"product add Stretch film, black"},
	"settings reason price default":      {`settings reason price "too dear"`},
	"pitch none":                         {"pitch We wrap pallets"},
	"wait Acme over":                     {"wait Acme until 8 Feb new budget year"},
	"back":                               {"away until 8 Feb"},
	"back @ivanov":                       {"away until 8 Feb @ivanov"},
	"settings dayoff 24 Dec none":        {"settings dayoff 24 Dec"},
	"undo":                               {"note Acme a word"},
	"schedule stop 3":                    {"schedule who mon 9:00", "schedule who tue 9:00", "schedule who wed 9:00"},
	"nextstep Acme none":                 {"nextstep Acme call Petr"},
	"handover @ivanov @petra":            {`deal add "Studio 1" 5 EUR @ivanov`},
}

// prepared are what must have happened for an example to work that no line does.
var prepared = map[string]func(f *firm){
	"reach telegram":  func(f *firm) { f.hasTelegram(f.novak) },
	"unlink telegram": func(f *firm) { f.hasTelegram(f.novak) },
	"team add 3":      (*firm).visitors,
	"team refuse 3":   (*firm).visitors,
}

// hasTelegram gives a member an account in Telegram.
func (f *firm) hasTelegram(who bot.Account) {
	f.t.Helper()
	err := f.app.Store.Write(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
		m, err := tx.MemberByAccount(f.t.Context(), who.Platform, who.ID)
		if err != nil {
			return err
		}
		return tx.AddAccount(f.t.Context(), storage.Account{Platform: "telegram", ID: "7", Member: m.ID, Handle: "novak"})
	})
	if err != nil {
		f.t.Fatal(err)
	}
}

// visitors has three people speak in a linked chat whom nobody knows.
func (f *firm) visitors() {
	f.t.Helper()
	for _, id := range []string{"11", "12", "13"} {
		_, err := f.app.Links.Visit(f.t.Context(), f.home.ID, bot.Knock{
			Person: bot.Person{Account: bot.Account{Platform: "telegram", ID: id}, Name: "Vera " + id},
			Chat:   bot.Chat{Platform: "telegram", ID: "-1"}, Title: "Sales", At: f.now,
		})
		if err != nil {
			f.t.Fatal(err)
		}
	}
}

// TestExamples types every example of every command, as somebody of the role
// that it is for.
func TestExamples(t *testing.T) {
	t.Parallel()
	for _, cmd := range everyCommand(t) {
		if !cmd.Hidden && len(cmd.Examples) == 0 {
			t.Errorf("%s: got no example, want one", cmd.Name)
		}
		for _, example := range cmd.Examples {
			t.Run(example, func(t *testing.T) {
				t.Parallel()
				f := openFirm(t)
				who := f.novak
				if cmd.Role == bot.Admin || cmd.Name == "settings" && strings.Contains(example, " ") {
					who = f.boss
				}
				if cmd.Name != "deal add" {
					f.does(who, "deal add Acme 12000 EUR")
				}
				f.does(who, before[example]...)
				if prepare := prepared[example]; prepare != nil {
					prepare(f)
				}
				start := f.dump(bookkeeping...)
				reply := f.hear(bot.Request{Account: who, Line: example})
				if refused(reply.Message) || reply.Message.Form != nil {
					t.Errorf("%s: got\n%swant no problem and no question", example, text(t, reply.Message))
				}
				if reply.Command != cmd.Name {
					t.Errorf("%s: got an answer of %q, want one of %q", example, reply.Command, cmd.Name)
				}
				if cmd.Writes && example != "lost Acme" && example != "cancel" && f.dump(bookkeeping...) == start {
					t.Errorf("%s: got nothing changed, want a change", example)
				}
			})
		}
	}
}

// TestHelp reads the help of every command, and the tour of every role.
func TestHelp(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for _, cmd := range everyCommand(t) {
		got := f.types(f.boss, "help "+cmd.Name)
		if cmd.Hidden {
			holds(t, "help "+cmd.Name, got, "There is no command")
			continue
		}
		holds(t, "help "+cmd.Name, got, cmd.Usage())
		for _, example := range cmd.Examples { // in the months that it is
			holds(t, "help "+cmd.Name, got, strings.NewReplacer("2026-12", "2026-11", "december", "2026-12").Replace(example))
		}
		for _, arg := range cmd.Args {
			if !arg.Hidden && len(english()["kind."+arg.Kind.ID()]) == 0 {
				t.Errorf("help %s: got nothing about %s, want what it takes", cmd.Name, arg.Name)
			}
		}
	}
	for who, sees := range map[bot.Account]map[string]bool{
		f.ivanov: {"target": false, "settings": false, "role <": false, "won": true},
		f.novak:  {"target": true, "settings": true, "role <": false, "won": true},
		f.boss:   {"target": true, "settings": true, "role <": true, "won": true},
	} {
		tour := f.types(who, "help all")
		for name, want := range sees {
			if got := strings.Contains(tour, "\n"+name); got != want {
				t.Errorf("help for %s: got %q listed %v, want %v", who.ID, name, got, want)
			}
		}
	}
}
