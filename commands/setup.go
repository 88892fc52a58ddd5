package commands

import (
	"context"
	"hash/crc32"
	"strings"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// The lines of the set-up. Each step leads to the next one, also when it is left
// out, so that nothing has to be remembered between them.
const (
	nameSetup        = "setup"
	nameSetupMoney   = "setup money"
	nameSetupChannel = "setup channel"
	nameSetupTargets = "setup targets"
	nameSetupTarget  = "setup target"
	nameSetupDigests = "setup digests"
	nameSetupMondays = "setup mondays"
	nameSetupDone    = "setup done"
)

// setup leads an admin through what the bot must know to be useful.
func setup(d *Deps) bot.Command {
	return bot.Command{
		Name: nameSetup, Aliases: []string{"set-up", "set up"}, Summary: "setup.summary", Role: bot.Admin, Examples: []string{"setup"},
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) { return c.moneyStep(ctx) }),
	}
}

// setupMoney sets the currency and the zone, and goes on to the channel.
func setupMoney(d *Deps) bot.Command {
	write := d.write(func(ctx context.Context, c *call) (bot.Message, error) {
		home, moved, err := c.settled(ctx)
		switch {
		case err != nil:
			return bot.Message{}, err
		case moved:
			return c.asItIs(c.moneyStep(ctx))
		}
		if err := setCurrency(&home, c.req.Text("currency")); err != nil {
			return bot.Message{}, err
		}
		home.Zone, c.people = c.req.Text("zone"), true
		c.home = zoneOf(home.Zone, c.home)
		if err := c.tx.SaveWorkspace(ctx, home, c.author(nameSetupMoney)); err != nil {
			return bot.Message{}, err
		}
		next, err := c.channelStep(ctx)
		return behind(next, c.say("setup.money.done", "currency", home.Currency, "zone", home.Zone)), err
	})
	return bot.Command{
		Name: nameSetupMoney, Summary: "setup.summary", Writes: true, Hidden: true, Role: bot.Admin,
		Args: []bot.Arg{{Name: "currency", Kind: currencyKind{}}, {Name: "zone", Kind: zoneKind{}, Rest: true}},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			return write(ctx, req.WithArg("joined", req.JoinedChats(ctx)))
		},
	}
}

// setupChannel asks for the team's channel, or takes it and goes on to the targets.
func setupChannel(d *Deps) bot.Command {
	ask := d.read(func(ctx context.Context, c *call) (bot.Message, error) { return c.channelStep(ctx) })
	take := d.write(func(ctx context.Context, c *call) (bot.Message, error) {
		home, moved, err := c.settled(ctx)
		switch {
		case err != nil:
			return bot.Message{}, err
		case moved:
			return c.asItIs(c.channelStep(ctx))
		}
		home.Channel = bot.Value[storage.Channel](c.req, "place")
		if err := c.tx.SaveWorkspace(ctx, home, c.author(nameSetupChannel)); err != nil {
			return bot.Message{}, err
		}
		next, err := c.targetsStep(ctx)
		return behind(next, c.say("setup.channel.done", "chat", c.channelName(home.Channel))), err
	})
	return bot.Command{
		Name: nameSetupChannel, Summary: "setup.summary", Hidden: true, Role: bot.Admin,
		Args: []bot.Arg{{Name: "chat", Kind: bot.WordKind, Optional: true, Writes: true}},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			req = req.WithArg("joined", req.JoinedChats(ctx))
			if !req.Has("chat") {
				return ask(ctx, req)
			}
			place, err := channelOf(ctx, req, req.Text("chat"))
			if err != nil {
				return bot.Reply{}, err
			}
			return take(ctx, req.WithArg("place", place))
		},
	}
}

// channelOf finds the channel that a word of the line names: by its mark, by the id
// of one that the bot is in, or the one that the line was said in.
func channelOf(ctx context.Context, req bot.Request, word string) (storage.Channel, error) {
	in := func(id, name string) (storage.Channel, error) {
		return storage.Channel{Platform: req.Chat.Platform, ID: id, Name: oneName(name)}, nil
	}
	if strings.EqualFold(word, wordHere) && !req.Chat.Private {
		return in(req.Chat.ID, req.ChatName(ctx, req.Chat.ID))
	}
	if id, ok := req.FindChat(word); ok {
		return in(id, req.ChatName(ctx, id))
	}
	for _, known := range bot.Value[[]bot.Option](req, "joined") {
		if known.Value == word || strings.EqualFold(known.Label, "#"+strings.TrimPrefix(word, "#")) {
			return in(known.Value, known.Label)
		}
	}
	return storage.Channel{}, bot.Problem("settings.nochannel", "typed", brief(word, 60))
}

// wordHere names the chat that a line is said in.
const wordHere = "here"

// setupTargets shows what is aimed at.
func setupTargets(d *Deps) bot.Command {
	return bot.Command{
		Name: nameSetupTargets, Summary: "setup.summary", Hidden: true, Role: bot.Admin,
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) { return c.targetsStep(ctx) }),
	}
}

// targetMonths is for how many months, this one among them, the set-up sets what one
// should bring.
const targetMonths = 3

// setupTarget sets what each of the coming months should bring, and goes on to the
// digests.
func setupTarget(d *Deps, k kinds) bot.Command {
	return bot.Command{
		Name: nameSetupTarget, Summary: "setup.summary", Writes: true, Hidden: true, Role: bot.Admin,
		Args: []bot.Arg{{Name: "amount", Kind: k.amount}},
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			amount := bot.Value[scoring.Money](c.req, "amount")
			if !amount.Known() || amount.Minor == 0 {
				return bot.Message{}, bot.Problem("setup.nothing")
			}
			if err := c.tx.Lock(ctx); err != nil { // a target that is not there yet cannot be locked itself
				return bot.Message{}, err
			}
			var all []storage.Target
			month, last := c.current(), c.current()
			for range targetMonths {
				all = append(all, storage.Target{Month: month.String(), Amount: amount})
				month, last = month.Next(), month
			}
			if err := c.tx.SetTargets(ctx, all, c.author(nameSetupTarget)); err != nil {
				return bot.Message{}, err
			}
			done := c.say("setup.target.done", "from", c.thisMonth(), "to", c.month(last), "amount", c.money(amount))
			next, err := c.digestsStep(ctx)
			return behind(next, done), err
		}),
	}
}

// setupDigests offers the Monday digests.
func setupDigests(d *Deps) bot.Command {
	return bot.Command{
		Name: nameSetupDigests, Summary: "setup.summary", Hidden: true, Role: bot.Admin,
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) { return c.digestsStep(ctx) }),
	}
}

// setupMondays schedules the Monday digests for the team's channel, and ends the
// set-up.
func setupMondays(d *Deps) bot.Command {
	return bot.Command{
		Name: nameSetupMondays, Summary: "setup.summary", Writes: true, Hidden: true, Role: bot.Admin,
		Run: d.write(func(ctx context.Context, c *call) (bot.Message, error) {
			home, err := c.tx.Workspace(ctx)
			if err != nil {
				return bot.Message{}, err
			}
			msg, err := c.storeMondays(ctx, c.forTeam(home))
			if err != nil {
				return bot.Message{}, err
			}
			next, err := c.doneStep(ctx)
			return behind(next, append([]string{msg.Title}, msg.Text...)...), err
		}),
	}
}

// setupDone says what to do with a bot that is set up.
func setupDone(d *Deps) bot.Command {
	return bot.Command{
		Name: nameSetupDone, Summary: "setup.summary", Hidden: true, Role: bot.Admin,
		Run: d.read(func(ctx context.Context, c *call) (bot.Message, error) { return c.doneStep(ctx) }),
	}
}

// settled returns the settings, and whether others changed them since the button was
// drawn.
func (c *call) settled(ctx context.Context) (home storage.Workspace, moved bool, err error) {
	home, err = c.tx.Workspace(ctx)
	return home, c.req.Revision > 0 && c.req.Revision != setupMark(home), err
}

// asItIs says that nothing was written, because a step is like that by now.
func (c *call) asItIs(step bot.Message, err error) (bot.Message, error) {
	step.Note = c.say("setup.moved")
	return step, err
}

// setupMark is the revision of what the set-up sets.
func setupMark(home storage.Workspace) int64 {
	sum := crc32.ChecksumIEEE([]byte(strings.Join([]string{home.Currency, home.Zone, home.Channel.Platform, home.Channel.ID}, "\n")))
	return int64(sum) + 1
}

// behind is a step below what was done just before it.
func behind(step bot.Message, done ...string) bot.Message {
	step.Text = append(done, step.Text...)
	return step
}
