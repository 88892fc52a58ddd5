package slackbot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
)

// channels remembers what channels are called.
type channels struct {
	mu    sync.Mutex
	known map[string]called
}

// called is a channel's name, "" when Slack does not say, and how long that is
// believed.
type called struct {
	name  string
	fresh time.Time
}

// calledFor is how long a channel's name is believed, uncalledFor that Slack does
// not say one, and maxChannels of how many channels; then all are forgotten.
const (
	calledFor   = time.Hour
	uncalledFor = time.Minute
	maxChannels = 10_000
)

func (c *channels) find(id string, now time.Time) (string, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.known[id]
	return found.name, ok && now.Before(found.fresh)
}

func (c *channels) keep(id, name string, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) >= maxChannels {
		c.known = map[string]called{}
	}
	found := called{name: name, fresh: now.Add(calledFor)}
	if name == "" {
		found.fresh = now.Add(uncalledFor)
	}
	c.known[id] = found
}

// channelName is what people call a channel, without its #; "" for a direct
// message, for a channel that the bot may not see, and when Slack does not say.
// Source: https://docs.slack.dev/reference/methods/conversations.info.
func (b *Bot) channelName(ctx context.Context, id string) string {
	if id == "" || strings.HasPrefix(id, "D") {
		return ""
	}
	now := b.config.Now()
	if name, ok := b.channels.find(id, now); ok {
		return name
	}
	ctx, stop := context.WithTimeout(ctx, ackBudget)
	defer stop()
	name := ""
	c, err := b.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: id})
	if err != nil {
		b.config.Log.InfoContext(ctx, "Slack does not say what a channel is called", "platform", Platform, "err", b.failure(err))
	} else {
		name = nameable(c.Name)
	}
	b.channels.keep(id, name, now)
	return name
}

// nameable returns the name that Slack gives a channel, and "" for what it says
// instead of one: of private channels, direct messages, and chats of a few.
func nameable(name string) string {
	name = strings.TrimPrefix(strings.TrimSpace(name), "#")
	if name == directName || name == "privategroup" || strings.HasPrefix(name, "mpdm-") {
		return ""
	}
	return name
}

// A named is the channels that one line names, by what stands for them in its
// text, and what Slack called them when it sent the line. It implements
// bot.Chats.
type named struct {
	bot    *Bot
	ids    map[string]string
	labels map[string]string // by id
}

var _ bot.Chats = (*named)(nil)

// newNamed knows the channel that the line was said in.
func (b *Bot) newNamed(s said) *named {
	n := &named{bot: b, ids: map[string]string{}, labels: map[string]string{}}
	if name := nameable(s.called); name != "" {
		n.labels[s.place.Channel] = name
	}
	return n
}

// Find implements bot.Chats with the marks of the line. A name without a mark is
// only letters.
func (n *named) Find(name string) (string, bool) {
	id, ok := n.ids[name]
	return id, ok
}

// Name implements bot.Chats.
func (n *named) Name(ctx context.Context, id string) string {
	name := n.labels[id]
	if name == "" {
		name = n.bot.channelName(ctx, id)
	}
	if name == "" {
		return ""
	}
	return "#" + name
}

// maxJoined is how many channels are asked for at once, which is enough to choose
// from.
const maxJoined = 200

// Joined implements bot.Chats with the public channels that the bot was invited to,
// without those that other organisations are in. The name of a private one is for
// those in it.
// Source: https://docs.slack.dev/reference/methods/users.conversations.
func (n *named) Joined(ctx context.Context) []bot.Option {
	ctx, stop := context.WithTimeout(ctx, ackBudget)
	defer stop()
	found, _, err := n.bot.api.GetConversationsForUserContext(ctx, &slack.GetConversationsForUserParameters{
		Types: []string{"public_channel"}, ExcludeArchived: true, Limit: maxJoined,
	})
	if err != nil {
		n.bot.config.Log.WarnContext(ctx, "Slack does not say which channels the bot is in", "platform", Platform, "err", n.bot.failure(err))
	}
	var all []bot.Option
	for _, c := range found {
		if name := nameable(c.Name); name != "" && !c.IsExtShared {
			all = append(all, bot.Option{Label: "#" + name, Value: c.ID})
		}
	}
	slices.SortFunc(all, func(a, b bot.Option) int { return cmp.Compare(a.Label, b.Label) })
	return all
}

// channel is what a channel's mark becomes in the text, "#sales". Slack leaves
// the name out where the one who typed it may not see the channel, and in events;
// one that nobody knows gets a word, with a number where that is taken.
func (n *named) channel(ctx context.Context, id, label string) string {
	if label = nameable(label); label != "" {
		n.labels[id] = label
	}
	text := n.Name(ctx, id)
	if text == "" {
		text = "#" + n.bot.config.Words.Say("", "slack.channel")
		for i := 2; n.taken(text, id); i++ {
			text = "#" + n.bot.config.Words.Say("", "slack.channel") + "-" + strconv.Itoa(i)
		}
	}
	n.ids[text] = id
	if words := bot.Split(text); len(words) == 1 && !words[0].Quoted {
		return text
	}
	return bot.Quoted(text)
}

// taken tells whether text stands for another channel in the line.
func (n *named) taken(text, id string) bool {
	known, ok := n.ids[text]
	return ok && known != id
}

// channelMark begins a channel's mark.
const channelMark = "<#"

// marked writes the channels that the line named as marks into the lines of
// buttons: a name that comes back with a click would be only letters.
func (n *named) marked(buttons []bot.Button) []bot.Button {
	out := slices.Clone(buttons)
	for i := range out {
		words := strings.Split(out[i].Line, " ")
		for at, word := range words {
			if id, ok := n.ids[word]; ok {
				words[at] = channelMark + id + ">"
			}
		}
		if line := strings.Join(words, " "); len(line) <= bot.MaxButtonLine {
			out[i].Line = line
		}
	}
	return out
}
