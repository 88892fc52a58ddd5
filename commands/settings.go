package commands

import (
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
	"fifteen/storage"
)

// The settings of a workspace.
const (
	settingCurrency   = "currency"
	settingZone       = "zone"
	settingVisibility = "visibility"
	settingRate       = "rate"
	settingSteps      = "steps"
	settingReason     = "reason"
	settingChannel    = "channel"
)

// settings shows the workspace's settings, or changes one.
func settings(d *Deps, k kinds) bot.Command {
	show := d.read(showSettings)
	change := d.write(changeSetting)
	channel := setupChannel(d)
	return bot.Command{
		Name: "settings", Summary: "settings.summary", Role: bot.Manager,
		Examples: []string{
			"settings", "settings currency CZK", "settings zone Europe/Prague", "settings visibility team", "settings rate USD 0.92",
			"settings hours 9:00-18:00", "settings days mon-fri", "settings holidays cz", "settings dayoff 24 Dec Christmas Eve",
			"settings dayoff 24 Dec none", "settings nudge 9:30", "settings channel #sales",
		},
		Args: []bot.Arg{
			{Name: "name", Kind: k.setting, Optional: true},
			{Name: "value", Kind: bot.TextKind, Optional: true, Rest: true, Writes: true},
		},
		Run: func(ctx context.Context, req bot.Request) (bot.Reply, error) {
			switch {
			case !req.Has("name"):
				return show(ctx, req)
			case req.Text("name") == settingSteps || req.Text("name") == settingReason: // from a form or a menu
				return bot.Reply{}, bot.Problem("settings.line", "line", "settings "+req.Text("name"))
			case req.Member.Role < bot.Admin:
				return bot.Reply{}, bot.Problem("settings.admin")
			case req.Text("name") == settingChannel && !req.Has("value"):
				return channel.Run(ctx, req)
			case !req.Has("value"):
				return bot.Reply{}, bot.Missing("value", "ask.settings."+req.Text("name"))
			case req.Text("name") == settingChannel:
				place, err := settingPlace(ctx, req)
				if err != nil {
					return bot.Reply{}, err
				}
				req = req.WithArg("place", place)
			}
			return change(ctx, req)
		},
	}
}

func showSettings(ctx context.Context, c *call) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	c.own = ownWordsOf(home)
	msg := bot.Message{
		Title: brief(c.say("settings.title", "name", home.Name), bot.MaxTitle),
		Fields: []bot.Field{
			{Label: c.say("setting.currency"), Value: home.Currency},
			{Label: c.say("setting.zone"), Value: home.Zone},
			{Label: c.say("setting.visibility"), Value: c.say("visibility." + home.Visibility)},
		},
	}
	if home.Channel.ID != "" {
		msg.Fields = append(msg.Fields, bot.Field{Label: c.say("setting.channel"), Value: c.channelName(home.Channel)})
	}
	for _, code := range slices.Sorted(maps.Keys(home.Rates)) {
		rate := strconv.FormatFloat(home.Rates[code]/minorRatio(code, home.Currency), 'f', -1, 64)
		value := c.say("settings.rate", "code", code, "rate", rate, "home", home.Currency)
		msg.Fields = append(msg.Fields, bot.Field{Label: c.say("setting.rate"), Value: value})
	}
	steps := make([]string, len(home.Funnel.Steps))
	for i, step := range home.Funnel.Steps {
		steps[i] = c.stepName(step) + " " + c.aim(step)
	}
	msg.Fields = append(msg.Fields, bot.Field{Label: c.say("setting.steps"), Value: strings.Join(steps, " · ")})
	msg.Fields = append(msg.Fields, c.workingFields(home)...)
	msg.Buttons = []bot.Button{c.button("button.steps", nameSteps), c.button("button.reasons", nameReason)}
	if c.req.Member.Role == bot.Admin {
		msg.Buttons = append(msg.Buttons, c.button("button.money", nameSetup), c.button("button.channel", nameSetupChannel),
			c.button("button.targets", nameSetupTargets))
	}
	return msg, nil
}

// changeSetting sets the setting that the line names.
func changeSetting(ctx context.Context, c *call) (bot.Message, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return bot.Message{}, err
	}
	after, value := home, c.req.Text("value")
	after.Rates = maps.Clone(home.Rates)
	after.DaysOff = slices.Clone(home.DaysOff)
	if err := c.set(ctx, &after, c.req.Text("name"), value); err != nil {
		return bot.Message{}, err
	}
	c.people = true
	if err := c.tx.SaveWorkspace(ctx, after, c.author("settings")); err != nil {
		return bot.Message{}, err
	}
	msg, err := showSettings(ctx, c)
	if sameSettings(home, after) {
		msg.Note = c.say("settings.same")
		return msg, err
	}
	msg.Note = c.say("settings.done")
	msg.Buttons = []bot.Button{c.undoButton()}
	return msg, err
}

// set sets one setting.
func (c *call) set(ctx context.Context, home *storage.Workspace, name, value string) (err error) {
	switch name {
	case settingCurrency:
		return setCurrency(home, value)
	case settingZone:
		home.Zone, err = zoneName(value)
	case settingVisibility:
		home.Visibility, err = c.visibilityOf(value)
	case settingRate:
		return setRate(home, bot.Split(value))
	case settingHours, settingDays:
		return c.setHours(home, value)
	case settingHolidays:
		return c.setHolidays(ctx, home, value)
	case settingDayOff:
		return c.setDayOff(home, value)
	case settingNudge:
		return c.setNudge(home, value)
	case settingChannel:
		home.Channel = bot.Value[storage.Channel](c.req, "place")
	}
	return err
}

func sameSettings(a, b storage.Workspace) bool {
	return a.Currency == b.Currency && a.Zone == b.Zone && a.Visibility == b.Visibility && maps.Equal(a.Rates, b.Rates) &&
		a.Hours == b.Hours && a.Days == b.Days && a.Country == b.Country && a.Nudge == b.Nudge && slices.Equal(a.DaysOff, b.DaysOff) && a.Channel == b.Channel
}

// settingPlace is the channel that the line sets as the team's, none for the word.
func settingPlace(ctx context.Context, req bot.Request) (storage.Channel, error) {
	words := bot.Split(req.Text("value"))
	if len(words) == 1 && isNone(words[0]) {
		return storage.Channel{}, nil
	}
	return channelOf(ctx, req.WithArg("joined", req.JoinedChats(ctx)), bot.Join(words))
}

// setCurrency changes the workspace's currency. Rates are worth of the old one,
// so they go.
func setCurrency(home *storage.Workspace, value string) error {
	code := strings.ToUpper(strings.TrimSpace(value))
	if _, ok := typed.Digits(code); !ok {
		return bot.Problem("amount.unknown_currency", "typed", brief(value, 20), "currency", brief(value, 20))
	}
	if code != home.Currency {
		home.Currency, home.Rates = code, nil
	}
	return nil
}

// zoneName checks a zone of the tz database, forgiving case and spaces.
func zoneName(value string) (string, error) {
	name := strings.ReplaceAll(strings.TrimSpace(value), " ", "_")
	for _, try := range []string{name, titled(name), strings.ToUpper(name)} {
		zone, err := time.LoadLocation(try)
		if err == nil && try != "" && isPlace(try) {
			return zone.String(), nil
		}
	}
	for _, area := range []string{"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"} { // a city alone
		zone, err := time.LoadLocation(area + "/" + titled(name))
		if err == nil && !strings.Contains(name, "/") && name != "" && !strings.Contains(name, ".") {
			return zone.String(), nil
		}
	}
	return "", bot.Problem("settings.nozone", "typed", brief(value, 60))
}

// isPlace tells whether a zone's name is one that every copy of the tz database
// has, and not a link of one machine's.
func isPlace(name string) bool {
	first, _, _ := strings.Cut(name, "/")
	return name != "Local" && first == titled(first) || name == "UTC" || name == "GMT"
}

// titled writes europe/prague as Europe/Prague.
func titled(name string) string {
	upper := true
	return strings.Map(func(r rune) rune {
		was := upper
		upper = r == '/' || r == '_' || r == '-'
		if was {
			return []rune(strings.ToUpper(string(r)))[0]
		}
		return []rune(strings.ToLower(string(r)))[0]
	}, name)
}

func (c *call) visibilityOf(value string) (string, error) {
	for _, id := range []string{storage.VisibleOwn, storage.VisibleTeam} {
		if folded := names.Fold(value); folded == id || folded == names.Fold(c.say("visibility."+id)) {
			return id, nil
		}
	}
	return "", bot.Problem("settings.novisibility", "typed", brief(value, 60))
}

// setRate sets what one unit of a currency is worth in the workspace's, or
// takes the rate away.
func setRate(home *storage.Workspace, words []bot.Word) error {
	if len(words) != 2 {
		return bot.Problem("settings.rateform")
	}
	code := strings.ToUpper(words[0].Text)
	if _, ok := typed.Digits(code); !ok || code == home.Currency {
		return bot.Problem("settings.ratecode", "typed", brief(words[0].Text, 20), "home", home.Currency)
	}
	if isNone(words[1]) {
		delete(home.Rates, code)
		return nil
	}
	rate, err := strconv.ParseFloat(strings.Replace(words[1].Text, ",", ".", 1), 64)
	if err != nil || rate <= 0 || rate > 1e9 || math.IsNaN(rate) || strings.ContainsAny(words[1].Text, "eExX_") {
		return bot.Problem("settings.badrate", "typed", brief(words[1].Text, 20), "code", code, "home", home.Currency)
	}
	if home.Rates == nil {
		home.Rates = map[string]float64{}
	}
	home.Rates[code] = rate * minorRatio(code, home.Currency)
	return nil
}

// minorRatio is how many minor units of home stand for one minor unit of code
// at a rate of one: 0.01 ÷ 0.01 for EUR and USD, 1 ÷ 0.01 for JPY and EUR.
func minorRatio(code, home string) float64 {
	from, _ := typed.Digits(code)
	to, _ := typed.Digits(home)
	return math.Pow10(to - from)
}
