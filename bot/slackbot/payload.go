package slackbot

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
)

// The types of what Slack sends.
const (
	typeEvents      = "events_api"
	typeCommands    = "slash_commands"
	typeInteractive = "interactive"
)

// A news is what Slack tells without anyone having said a line.
type news struct {
	// kind is the event's type, such as "user_change".
	kind string
	user *profile
}

// heardOf is what a payload holds: something said, news, a challenge to repeat,
// or nothing that the bot knows, with the payload's type.
type heardOf struct {
	said      *said
	news      *news
	challenge string
	unknown   string
}

// slash is a command's payload. Over HTTP it is a form, in Socket Mode JSON.
type slash struct {
	Team      string `json:"team_id"`
	Channel   string `json:"channel_id"`
	ChannelIs string `json:"channel_name"`
	User      string `json:"user_id"`
	Text      string `json:"text"`
	Trigger   string `json:"trigger_id"`
	URL       string `json:"response_url"`
}

func slashOf(form url.Values) slash {
	return slash{
		Team: form.Get("team_id"), Channel: form.Get("channel_id"), ChannelIs: form.Get("channel_name"),
		User: form.Get("user_id"), Text: form.Get("text"), Trigger: form.Get("trigger_id"), URL: form.Get("response_url"),
	}
}

// directName is what Slack calls a direct message as a channel.
const directName = "directmessage"

// said returns what a command says, nil for one that is nobody's.
func (c slash) said(heard time.Time) *said {
	if c.User == "" {
		return nil
	}
	s := &said{
		means: command, team: c.Team, line: c.Text, way: bot.Typed, heard: heard, trigger: c.Trigger,
		called: c.ChannelIs,
		place: place{
			Channel: c.Channel, User: c.User, Hidden: true, Direct: c.ChannelIs == directName || strings.HasPrefix(c.Channel, "D"),
			URL: c.URL, Since: heard.Unix(),
		},
	}
	if c.Trigger != "" {
		s.key = "slack/command/" + c.Trigger
	}
	return s
}

// parseSlash reads a command as Socket Mode sends it.
func parseSlash(raw []byte, heard time.Time) (heardOf, error) {
	var c slash
	if err := json.Unmarshal(raw, &c); err != nil {
		return heardOf{}, fmt.Errorf("read command: %w", err)
	}
	return heardOf{said: c.said(heard), unknown: typeCommands}, nil
}

// wrapper is the outside of an event.
type wrapper struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	Team      string          `json:"team_id"`
	Event     json.RawMessage `json:"event"`
	Outside   bool            `json:"is_ext_shared_channel"`
}

// event is the inside, as far as the bot looks.
type event struct {
	Type        string          `json:"type"`
	Subtype     string          `json:"subtype"`
	User        json.RawMessage `json:"user"` // an id, or in user_change a profile
	UserTeam    string          `json:"user_team"`
	Bot         string          `json:"bot_id"`
	Text        string          `json:"text"`
	Channel     string          `json:"channel"`
	ChannelType string          `json:"channel_type"`
	TS          string          `json:"ts"`
	Thread      string          `json:"thread_ts"`
	Tab         string          `json:"tab"`
}

// parseEvent reads what came from the Events API. bot is the bot's own user id.
func parseEvent(raw []byte, self string, heard time.Time) (heardOf, error) {
	var w wrapper
	if err := json.Unmarshal(raw, &w); err != nil {
		return heardOf{}, fmt.Errorf("read event: %w", err)
	}
	if w.Type == "url_verification" {
		return heardOf{challenge: w.Challenge}, nil
	}
	var e event
	if w.Type != "event_callback" {
		return heardOf{unknown: w.Type}, nil
	}
	if err := json.Unmarshal(w.Event, &e); err != nil {
		return heardOf{}, fmt.Errorf("read event: %w", err)
	}
	switch e.Type {
	case "message", "app_mention":
		return heardOf{said: messageSaid(w, e, self, heard), unknown: e.Type}, nil
	case "user_change":
		var p profile
		if err := json.Unmarshal(e.User, &p); err != nil {
			return heardOf{}, fmt.Errorf("read user: %w", err)
		}
		return heardOf{news: &news{kind: e.Type, user: &p}}, nil
	case "app_home_opened":
		var user string
		_ = json.Unmarshal(e.User, &user)
		s := e.opened(w, user)
		if s != nil {
			s.heard = heard
		}
		return heardOf{said: s, unknown: e.Type}, nil
	case "app_uninstalled", "tokens_revoked":
		return heardOf{news: &news{kind: e.Type}}, nil
	}
	return heardOf{unknown: e.Type}, nil
}

// messageSaid returns what a message says to the bot, nil for one that is not
// for it: the bot's own, another bot's, an edited one, or one in a channel
// without a mention. One message can come as several events; its channel and
// time name it.
func messageSaid(w wrapper, e event, self string, heard time.Time) *said {
	var user string
	_ = json.Unmarshal(e.User, &user)
	direct := e.ChannelType == "im" || strings.HasPrefix(e.Channel, "D")
	plainOne := e.Subtype == "" || e.Subtype == "file_share" || e.Subtype == "thread_broadcast"
	if user == "" || user == self || e.Bot != "" || !plainOne || e.Type == "message" && !direct || e.TS == "" {
		return nil
	}
	text := e.Text
	if self != "" {
		text = strings.ReplaceAll(text, "<@"+self+">", " ")
	}
	thread := e.Thread
	if thread == "" && !direct {
		thread = e.TS
	}
	return &said{
		means: message, team: w.Team, home: e.UserTeam, line: text, way: bot.Typed, heard: heard, at: stamp(e.TS),
		key: "slack/message/" + e.Channel + "/" + e.TS, outside: w.Outside,
		place: place{Channel: e.Channel, Thread: thread, User: user, Direct: direct},
	}
}

// stamp reads a time as Slack writes it, such as "1767258000.000100"; zero for
// what is none.
func stamp(ts string) time.Time {
	whole, _, _ := strings.Cut(ts, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || seconds <= 0 || seconds > 1<<36 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}
