package commands_test

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"fifteen/bot"
)

// leads is somebody in Slack who runs the team.
func leads(id, name string) bot.Person {
	person := somebody(id, name)
	person.Leads = true
	return person
}

// inDM is a line that somebody says to the bot in Slack, in private.
func inDM(id, line string) bot.Request {
	return bot.Request{Account: inSlack(id), Line: line, Chat: bot.Chat{Platform: slack, ID: id, Private: true}}
}

// TestGreeting greets each person once, in private, whatever they say first and
// wherever, and with the answer itself when they say hello.
func TestGreeting(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		o.meets(leads("U1", "Petra"), somebody("U2", "Eva"), somebody("U3", "Jan"))
		if got := o.mail(slack); len(got) != 0 {
			t.Fatalf("before they speak: got %q, want no greeting", got)
		}
		room := bot.Chat{Platform: slack, ID: "C1"}
		o.send(bot.Request{Account: inSlack("U2"), Line: "who", Chat: room})
		got := o.mail(slack)
		if len(got) != 1 {
			t.Fatalf("in a channel: got %d posts, want the greeting: %q", len(got), got)
		}
		holds(t, "a rep's", got[0], "Eva, U2 in U2, private true\nHello Eva, I am Fifteen\n", "you and your managers see, and nobody else", "> deal add", "> help")
		o.send(inDM("U2", "deals"))
		if got := o.mail(slack); len(got) != 0 {
			t.Errorf("the second line: got %q, want no post", got)
		}
		answer := o.send(inDM("U3", "Hi!")).Message
		holds(t, "hello", text(t, answer), "Hello Jan, I am Fifteen")
		if got := o.mail(slack); len(got) != 0 {
			t.Errorf("after hello: got %q, want no greeting beside the answer", got)
		}
		var all sync.WaitGroup
		for range 8 {
			req := o.filled(inDM("U1", "who"))
			all.Go(func() { o.app.Router.Serve(t.Context(), req) })
		}
		all.Wait()
		if got := o.mail(slack); len(got) != 1 || !strings.Contains(got[0], "[Set me up, three steps]  > setup") {
			t.Errorf("eight lines at once: got %q, want one greeting that offers the set-up", got)
		}
	})
}

// TestGreetingOfOldHands greets nobody who was there before, and an admin of a
// workspace that is set up without offering it again.
func TestGreetingOfOldHands(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.types(f.ivanov, "who")
	if got := f.mail("terminal"); len(got) != 0 {
		t.Errorf("who was there before: got %q, want no greeting", got)
	}
	f.does(f.boss, "settings channel #sales")
	holds(t, "an admin", f.types(f.boss, "hello"), "Hello boss, I am Fifteen", "> who")
	if got := f.types(f.boss, "hello"); strings.Contains(got, "> setup") {
		t.Errorf("an admin of what is set up: got\n%s\nwant no set-up offered", got)
	}
}

// TestSetupGuesses offers what the platform says of the admin first.
func TestSetupGuesses(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.meets(leads("U1", "Petra")) // in Prague, Czech
	first := o.send(inDM("U1", "setup")).Message
	holds(t, "step 1", text(t, first), "Your own clock is in Europe/Prague.", "[CZK, Europe/Prague]")
	if !strings.HasPrefix(first.Buttons[0].Line, "setup money CZK Europe/Prague ~") {
		t.Errorf("got %q first, want the guess", first.Buttons[0].Line)
	}
	second := o.send(bot.Request{Account: inSlack("U1"), Line: first.Buttons[0].Line, Way: bot.Pressed, Chat: inDM("U1", "").Chat}).Message
	holds(t, "step 2", text(t, second), "[Look again]", "Amounts are in CZK now, and days begin in Europe/Prague.", "/invite @fifteen")
	if !second.Redraw {
		t.Error("got a new message, want the step in place of the one before")
	}
	again := o.send(bot.Request{Account: inSlack("U1"), Line: first.Buttons[1].Line, Way: bot.Pressed, Chat: inDM("U1", "").Chat}).Message
	holds(t, "an old button", text(t, again), "Somebody else has changed that meanwhile", "Amounts without a currency are in CZK")
}

// TestSetupChannel offers the channels that everybody may know, a few as buttons and
// many as a list, and takes the one that the line was said in.
func TestSetupChannel(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	hear := func(line string, chat bot.Chat, ids map[string]string) bot.Message {
		t.Helper()
		return f.hear(bot.Request{Account: f.boss, Line: line, Chat: chat, Chats: rooms{ids: ids, names: map[string]string{"C0HERE": "#secret", "C2": "#deals"}}}).Message
	}
	few := map[string]string{"#sales": "C1", "#deals": "C2"}
	msg := hear("setup channel", bot.Chat{}, few)
	if got := lines(msg); len(got) != 3 || !strings.HasPrefix(got[0], "setup channel C2 ~") || got[2] != "setup targets" || msg.Menu != nil {
		t.Errorf("a few: got the buttons %q, want two channels and the next step", got)
	}
	many := map[string]string{"#a": "C1", "#b": "C2", "#c": "C3", "#d": "C4"}
	if msg := hear("setup channel", bot.Chat{}, many); msg.Menu == nil || len(msg.Menu.Options) != 4 {
		t.Errorf("many: got %+v, want a list of four", msg)
	}
	stale := lines(hear("setup channel", bot.Chat{}, few))[0]
	for _, test := range []struct {
		name, line string
		chat       bot.Chat
		want       string
	}{
		{"by its id", "setup channel C1", bot.Chat{}, "The team's channel is #sales."},
		{"by its mark", "setup channel #deals", bot.Chat{}, "The team's channel is #deals."},
		{"by its name alone", "setup channel sales", bot.Chat{}, "The team's channel is #sales."},
		{"here", "setup channel here", bot.Chat{Platform: "slack", ID: "C0HERE"}, "The team's channel is #secret."},
		{"here, in private", "setup channel here", bot.Chat{}, `I know no channel "here" here.`},
		{"an id of anything", "setup channel C9", bot.Chat{}, `I know no channel "C9" here.`},
	} {
		msg := hear(test.line, test.chat, few)
		holds(t, test.name, text(t, msg), test.want)
		if test.chat.ID != "" && !msg.Private {
			t.Errorf("%s: got an answer for all, want it for the admin alone", test.name)
		}
	}
	pressed := f.hear(bot.Request{Account: f.boss, Line: stale, Way: bot.Pressed, Chats: rooms{ids: few}}).Message
	holds(t, "an old button", text(t, pressed), "Somebody else has changed that meanwhile", "It is #secret now.")
	holds(t, "the settings", f.types(f.boss, "settings"), "The team's channel      #secret")
}

// TestSetupMondays schedules the digests for the team's channel, wherever the admin
// speaks, and only once.
func TestSetupMondays(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings channel #sales")
	offer := f.hear(bot.Request{Account: f.boss, Line: "setup digests"}).Message
	holds(t, "offer", text(t, offer), "Every Monday at 09:00 in UTC", "in #sales.")
	if got := f.presses(f.boss, offer.Buttons[0].Line); !strings.Contains(got, "That is all I need to know") {
		t.Errorf("got\n%s\nwant the end", got)
	}
	want := []string{"who | chat | terminal | #sales | mon 09:00", "funnel | chat | terminal | #sales | mon 09:00"}
	if got := f.rows("SELECT line, audience, platform, chat, rule FROM schedules ORDER BY number"); !slices.Equal(got, want) {
		t.Errorf("got the schedules %q, want %q", got, want)
	}
	holds(t, "again", f.types(f.boss, "setup digests"), "That is all I need to know")
	holds(t, "an old button", f.presses(f.boss, offer.Buttons[0].Line), "schedules")
	if got := f.rows("SELECT line FROM schedules"); len(got) != 2 {
		t.Errorf("got the schedules %q, want no others", got)
	}
}

// The button below the schedules means the team's channel, too, where there is one.
func TestMondaysFromAPrivateChat(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings channel #sales")
	button := lines(f.hear(bot.Request{Account: f.novak, Line: "schedules"}).Message)
	if len(button) != 1 {
		t.Fatalf("got the buttons %q, want the one for Mondays", button)
	}
	holds(t, "pressed", f.presses(f.novak, button[0]), "Who and funnel, every Mon at 09:00, in #sales")
}

// unpastable are the examples that need what no line of their help makes: somebody
// else, or what others did before.
var unpastable = map[string]string{
	"team add 3": "visitors", "team refuse 3": "visitors", "link K7QF-2XQM": "a code that was given", "unlink telegram": "another account",
	"reach telegram": "another account", "schedule stop 3": "three schedules", "product delete Stretch film, black": "a product",
	"undo": "a change", "settings dayoff 24 Dec none": "a day off", "settings reason price default": "a reason with other words",
}

// TestHelpCanBePasted types what help shows for each command, line by line, in a team
// whose names are not those of the examples, and in one of a single admin.
func TestHelpCanBePasted(t *testing.T) {
	t.Parallel()
	for _, alone := range []bool{false, true} {
		for _, cmd := range everyCommand(t) {
			if cmd.Hidden {
				continue
			}
			t.Run(strings.ReplaceAll(cmd.Name, " ", "_")+map[bool]string{true: "/alone"}[alone], func(t *testing.T) {
				t.Parallel()
				for i, example := range cmd.Examples {
					if unpastable[example] != "" || alone && strings.Contains(example, "@") {
						continue
					}
					o, boss := openForPasting(t, alone)
					shown := examplesIn(t, text(t, o.say(boss, "help "+cmd.Name).Message), cmd)
					before := len(shown) - len(cmd.Examples)
					for _, line := range append(shown[:before:before], shown[before+i]) {
						if reply := o.say(boss, line); refused(reply.Message) {
							t.Errorf("%s: got\n%s\nwant no problem", line, text(t, reply.Message))
						}
					}
				}
			})
		}
	}
}

// openForPasting opens an office in which nothing is called as in the examples, and
// in which there is an admin, alone or with reps and deals.
func openForPasting(t *testing.T, alone bool) (*office, bot.Account) {
	t.Helper()
	o := open(t)
	boss := o.member("Jan Ó Briain", bot.Admin)
	if alone {
		return o, boss
	}
	rep := o.member("Žofie Dvořáková", bot.Rep)
	o.member("Li", bot.Rep)
	for _, line := range []string{`deal add "Škoda & Söhne" 12000 EUR`, "deal add O'Neill 7 EUR"} {
		o.say(boss, line)
	}
	o.say(rep, "deal add o'neill 6 EUR")
	return o, boss
}

// examplesIn are the lines that help shows for a command.
func examplesIn(t *testing.T, help string, cmd bot.Command) []string {
	t.Helper()
	_, shown, ok := strings.Cut(help, "For example:\n")
	if !ok {
		t.Fatalf("got no examples in\n%s", help)
	}
	all := strings.Split(shown, "\n")
	last := 0
	for i, line := range all {
		if strings.HasPrefix(line, cmd.Name+" ") && !strings.HasPrefix(line, cmd.Name+"  ") || line == cmd.Name {
			last = i
		}
	}
	return all[:last+1]
}

// TestGreetingByCode greets with the answer to a code whoever is new, and an admin of
// what is not set up yet.
func TestGreetingByCode(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	redeem := func(who bot.Account, id string) string {
		t.Helper()
		code := strings.TrimSpace(regexp.MustCompile(`[A-Z2-7]{4}-[A-Z2-7]{4}`).FindString(f.types(who, "link")))
		account := bot.Account{Platform: "telegram", ID: id}
		reply, err := f.app.Links.Redeem(t.Context(), bot.Knock{
			Person: bot.Person{Account: account, Name: who.ID}, Code: code, At: f.now, EventID: "knock/" + id,
			Chat: bot.Chat{Platform: "telegram", ID: id, Private: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		return text(t, reply.Message)
	}
	holds(t, "an admin", redeem(f.boss, "1"), "Set me up, three steps")
	if got := redeem(f.novak, "2"); strings.Contains(got, "I find out which deals will close") {
		t.Errorf("who is not new: got\n%s\nwant no greeting", got)
	}
	f.does(f.boss, "settings channel #sales")
	if got := redeem(f.boss, "3"); strings.Contains(got, "Set me up") {
		t.Errorf("an admin of what is set up: got\n%s\nwant no set-up offered", got)
	}
}
