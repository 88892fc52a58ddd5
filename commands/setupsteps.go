package commands

import (
	"context"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// moneyStep is the first step: the currency, and where days begin. What the
// platform says of the asker is the first guess.
func (c *call) moneyStep(ctx context.Context) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg := c.setupStep("money", 1)
	msg.Text = []string{c.say("setup.money.now", "currency", home.Currency, "zone", home.Zone)}
	zone := home.Zone
	if here := c.req.Member.Zone; here != nil && here.String() != zone && isPlace(here.String()) {
		zone = here.String()
		msg.Text = append(msg.Text, c.say("setup.money.guess", "zone", zone))
	}
	currencies := []string{home.Currency, "EUR", "USD"}
	if local, ok := typed.LocalCurrency(c.tag); ok {
		currencies = append([]string{local}, currencies...)
	}
	keep := c.button("button.setup.keep", nameSetupChannel, "currency", home.Currency, "zone", home.Zone)
	room := fewButtons - 2 // beside something else, and what there is
	if guessed := zone != home.Zone || currencies[0] != home.Currency; !guessed {
		msg.Buttons, room = append(msg.Buttons, keep), room+1
	}
	mark := bot.Revision(setupMark(home))
	for _, code := range currencies {
		line := strings.Join([]string{nameSetupMoney, code, zone, mark}, " ")
		same := code == home.Currency && zone == home.Zone
		twice := slices.ContainsFunc(msg.Buttons, func(b bot.Button) bool { return b.Line == line })
		if !same && !twice && len(line) <= bot.MaxButtonLine && len(msg.Buttons) < room {
			msg.Buttons = append(msg.Buttons, c.button("button.setup.money", line, "currency", code, "zone", zone))
		}
	}
	msg.Buttons = append(msg.Buttons, c.button("button.setup.other", nameSetupMoney))
	if msg.Buttons[0] != keep {
		msg.Buttons = append(msg.Buttons, keep)
	}
	return msg, nil
}

// setupStep is the head of one of the three steps.
func (c *call) setupStep(name string, number int) bot.Message {
	return bot.Message{
		Title: c.say("setup.step", "number", number, "what", c.say("setup."+name)), Private: !c.req.Chat.Private, Redraw: true,
	}
}

// fewRooms is how many channels are buttons; more are a list to choose from.
const fewRooms = 3

// channelStep is the second step: where the team hears what the bot says by itself.
func (c *call) channelStep(ctx context.Context) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	msg := c.setupStep("channel", 2)
	msg.Text = []string{c.say("setup.channel.why")}
	if home.Channel.ID != "" {
		msg.Text = append(msg.Text, c.say("setup.channel.now", "chat", c.channelName(home.Channel)))
	}
	mark := bot.Revision(setupMark(home))
	var options []bot.Button
	if !c.req.Chat.Private {
		options = append(options, c.button("button.setup.here", nameSetupChannel+" "+wordHere+" "+mark))
	}
	for _, room := range bot.Value[[]bot.Option](c.req, "joined") {
		line := nameSetupChannel + " " + room.Value + " " + mark
		if room.Value != home.Channel.ID && room.Value != c.req.Chat.ID && len(line) <= bot.MaxButtonLine && len(options) < bot.MaxOptions {
			options = append(options, bot.Button{Label: brief(room.Label, bot.MaxButtonLabel), Line: line})
		}
	}
	if len(options) <= fewRooms {
		msg.Buttons = options
	} else {
		msg.Menu = &bot.Menu{Label: c.say("setup.channel.which"), Options: options}
	}
	msg.Text = append(msg.Text, c.say("setup.invite."+c.req.Chat.Platform))
	if c.req.Chat.Platform != platformTerminal { // where the bot is everywhere already
		msg.Buttons = append(msg.Buttons, c.button("button.setup.look", nameSetupChannel))
	}
	leave := c.button("button.skip", nameSetupTargets)
	if home.Channel.ID != "" {
		leave = c.button("button.setup.keepit", nameSetupTargets, "chat", c.channelName(home.Channel))
	}
	msg.Buttons = append(msg.Buttons, leave)
	return msg, nil
}

// channelName is what people call the team's channel.
func (s speech) channelName(of storage.Channel) string {
	return s.chatName(storage.Schedule{Name: of.Name})
}

// targetsStep is the third step: what the funnel and the months should bring.
func (c *call) targetsStep(ctx context.Context) (bot.Message, error) {
	if err := c.useOwnWords(ctx); err != nil {
		return bot.Message{}, err
	}
	msg := c.setupStep("targets", 3)
	aims := make([]string, 0, len(c.funnel().Steps))
	for _, step := range c.funnel().Steps {
		aims = append(aims, c.stepName(step)+" "+c.aim(step))
	}
	msg.Text = []string{c.say("setup.targets.steps", "list", strings.Join(aims, " · "))}
	month, err := c.tx.Targets(ctx, c.current().String(), 0)
	if err != nil {
		return bot.Message{}, err
	}
	for _, t := range month {
		if t.Member == 0 {
			msg.Text = append(msg.Text, c.say("setup.targets.month", "month", c.thisMonth(), "amount", c.money(t.Amount)))
		}
	}
	if len(msg.Text) == 1 {
		msg.Text = append(msg.Text, c.say("setup.targets.none"))
	}
	msg.Buttons = []bot.Button{
		c.button("button.setup.month", nameSetupTarget), c.button("button.setup.default", nameSetupDigests), c.button("button.steps", nameSteps),
	}
	return msg, nil
}

// digestsStep offers the Monday digests, unless they are said somewhere.
func (c *call) digestsStep(ctx context.Context) (bot.Message, error) {
	live, err := c.tx.Schedules(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	if _, open := c.offerMondays(live); !open {
		return c.doneStep(ctx)
	}
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	where := c.say("setup.digests.you")
	if home.Channel.ID != "" {
		where = c.say("schedule.for.chat", "chat", c.channelName(home.Channel))
	}
	return bot.Message{
		Title: c.say("setup.digests"),
		Text:  []string{c.say("setup.digests.what", "where", where, "zone", home.Zone)},
		Buttons: []bot.Button{
			c.button("button.setup.mondays", nameSetupMondays+" "+bot.Revision(revisionOf(live))),
			c.button("button.setup.later", nameSetupDone),
		},
		Private: !c.req.Chat.Private, Redraw: true,
	}, nil
}

// forTeam is a schedule for the team's channel, or for the asker while there is none.
func (c *call) forTeam(home storage.Workspace) storage.Schedule {
	if home.Channel.ID == "" {
		return storage.Schedule{Audience: storage.ForMember, Platform: c.req.Chat.Platform, Member: c.req.Member.ID}
	}
	return storage.Schedule{
		Audience: storage.ForChat, Platform: home.Channel.Platform, Chat: home.Channel.ID, Name: home.Channel.Name,
	}
}

// doneStep says what to do next: the bot knows all that it must.
func (c *call) doneStep(ctx context.Context) (bot.Message, error) {
	open, err := c.tx.CountOpen(ctx, 0)
	if err != nil {
		return bot.Message{}, err
	}
	msg := bot.Message{
		Title: c.say("setup.done"), Text: []string{c.say("setup.done.deals"), c.say("setup.done.people." + c.req.Chat.Platform)},
		Buttons: []bot.Button{c.button("button.add", "deal add"), c.button("button.team", "team"), c.button("button.around", "help")},
		Note:    c.say("setup.done.note"), Private: !c.req.Chat.Private, Redraw: true,
	}
	if open > 0 {
		msg.Text = msg.Text[1:]
		msg.Buttons[0] = c.button("button.who", "who")
	}
	return msg, nil
}
