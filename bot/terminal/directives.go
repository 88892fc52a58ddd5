package terminal

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// A directive steers the chat. What is wrong with one is said in a sentence.
type directive struct {
	name string
	run  func(t *Terminal, ctx context.Context, rest string) error
}

// directives are all there are, in the order they are listed.
var directives = []directive{
	{"as", (*Terminal).as},
	{"role", (*Terminal).setRole},
	{"at", (*Terminal).at},
	{"press", (*Terminal).press},
	{"fill", (*Terminal).fill},
	{"again", (*Terminal).again},
	{"in", (*Terminal).in},
}

// direct obeys a line that began with a colon.
func (t *Terminal) direct(ctx context.Context, line string) error {
	name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	var known []string
	for _, d := range directives {
		if d.name == name {
			return d.run(t, ctx, strings.TrimSpace(rest))
		}
		known = append(known, ":"+d.name)
	}
	return t.say("There is no :%s here. What there is: %s", plain.Line(name), strings.Join(known, " "))
}

// say answers a directive with a sentence.
func (t *Terminal) say(format string, args ...any) error {
	return t.page.show("", "", bot.Message{Text: []string{fmt.Sprintf(format, args...)}})
}

// note says in small print what a directive has done.
func (t *Terminal) note(format string, args ...any) error {
	return t.page.show("", "", bot.Message{Note: fmt.Sprintf(format, args...)})
}

// as lets somebody else type: ":as petra".
func (t *Terminal) as(ctx context.Context, name string) error {
	name = strings.TrimPrefix(name, "@")
	if name == "" {
		return t.say("Who types from here on? For example :as petra")
	}
	if ok, err := t.enter(ctx, name); err != nil || !ok {
		return err
	}
	return t.note("as %s", name)
}

// enter makes a member the one who types. When the name is refused it says why,
// ok is false, and whoever typed before goes on.
func (t *Terminal) enter(ctx context.Context, name string) (ok bool, err error) {
	account, err := t.config.Enter(ctx, name, t.role)
	if problem, ok := errors.AsType[*bot.ProblemError](err); ok {
		return false, t.say("%s", t.config.Router.Words.Say("", problem.Key, problem.Args...))
	}
	if err != nil {
		return false, fmt.Errorf("enter as %q: %w", name, err)
	}
	t.account, t.name = account, name
	return true, nil
}

// setRole chooses what members are made as, ":role rep", and lets the one who
// types enter again.
func (t *Terminal) setRole(ctx context.Context, id string) error {
	role, ok := bot.ParseRole(id)
	if !ok {
		return t.say("The roles are rep, manager and admin. For example :role rep")
	}
	t.role = role
	if ok, err := t.enter(ctx, t.name); err != nil || !ok {
		return err
	}
	return t.note("role %s", role)
}

// in chooses where the next lines are typed: ":in #sales", ":in dm".
func (t *Terminal) in(_ context.Context, place string) error {
	switch {
	case place == "dm":
		t.channel = ""
	case len(place) > 1 && place[0] == '#' && !strings.Contains(place, " "):
		t.channel = place
	default:
		return t.say("Where are the next lines typed? For example :in #sales, or :in dm")
	}
	return t.note("in %s", place)
}

// press presses a button of the last message, ":press 2"; a menu's options are
// counted after the buttons, and those of details after the message's.
func (t *Terminal) press(ctx context.Context, number string) error {
	msg := t.before()
	var all []bot.Button
	for _, m := range append([]bot.Message{msg}, msg.Details...) {
		all = append(all, m.Buttons...)
		if m.Menu != nil {
			all = append(all, m.Menu.Options...)
		}
	}
	n, err := strconv.Atoi(number)
	switch {
	case err != nil:
		return t.say("Which button? For example :press 1")
	case len(all) == 0:
		return t.say("The last message here has no buttons.")
	case n < 1 || n > len(all):
		return t.say("The last message has no button %d, only 1 to %d.", n, len(all))
	}
	return t.send(ctx, t.request(all[n-1].Line, bot.Pressed))
}

// again delivers the last event once more, as a chat service does that has
// missed the answer.
func (t *Terminal) again(ctx context.Context, _ string) error {
	if t.last == nil {
		return t.say("Nothing has been sent yet that could come again.")
	}
	event := *t.last
	event.At = t.config.Now()
	return t.send(ctx, event)
}
