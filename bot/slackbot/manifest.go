package slackbot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"fifteen/bot"
)

// Scopes are what the app may do in Slack, and no more than it does.
// Source: https://docs.slack.dev/reference/scopes.
var Scopes = []string{
	"app_mentions:read", // being mentioned in a channel
	"channels:read",     // what a public channel is called
	"chat:write",        // answering
	"commands",          // /ppf
	"dnd:read",          // who does not want to be asked now
	"files:write",       // pictures of charts
	"groups:read",       // what a private channel is called that the bot is in
	"im:history",        // direct messages
	"users:read",        // who somebody is, and that they have left
}

// Events are what the app is told of.
var Events = []string{"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change"}

// Command is the app's slash command.
const Command = "/ppf"

// manifest is an app's description as Slack takes it.
// Source: https://docs.slack.dev/reference/app-manifest.
type manifest struct {
	Display  display  `json:"display_information"`
	Features features `json:"features"`
	OAuth    struct {
		Scopes struct {
			Bot []string `json:"bot"`
		} `json:"scopes"`
	} `json:"oauth_config"`
	Settings settings `json:"settings"`
}

type display struct {
	Name   string `json:"name"`
	Short  string `json:"description"`
	Long   string `json:"long_description"`
	Colour string `json:"background_color"`
}

type features struct {
	Home struct {
		Home     bool `json:"home_tab_enabled"`
		Messages bool `json:"messages_tab_enabled"`
		ReadOnly bool `json:"messages_tab_read_only_enabled"`
	} `json:"app_home"`
	Bot struct {
		Name   string `json:"display_name"`
		Always bool   `json:"always_online"`
	} `json:"bot_user"`
	Commands  []slashFeature    `json:"slash_commands"`
	Shortcuts []shortcutFeature `json:"shortcuts,omitempty"`
}

type shortcutFeature struct {
	Name     string `json:"name"`
	Callback string `json:"callback_id"`
	About    string `json:"description"`
	Type     string `json:"type"`
}

type slashFeature struct {
	Command string `json:"command"`
	URL     string `json:"url,omitempty"`
	About   string `json:"description"`
	Usage   string `json:"usage_hint"`
	Escape  bool   `json:"should_escape"`
}

type settings struct {
	Events struct {
		URL    string   `json:"request_url,omitempty"`
		Events []string `json:"bot_events"`
	} `json:"event_subscriptions"`
	Interactivity struct {
		Enabled bool   `json:"is_enabled"`
		URL     string `json:"request_url,omitempty"`
	} `json:"interactivity"`
	Deploy bool `json:"org_deploy_enabled"`
	Socket bool `json:"socket_mode_enabled"`
	Rotate bool `json:"token_rotation_enabled"`
}

// Slack's limits for a manifest, in runes.
const (
	maxUsage         = 1_000
	maxLong          = 4_000
	maxShortcut      = 24
	maxAboutShortcut = 150
)

// Manifest returns the manifest that Slack makes the app from, as JSON. address
// is where the bot answers over HTTP, such as "https://bot.example.com"; ""
// means Socket Mode. about is the app in one sentence, and say puts keys into words.
func Manifest(address, about string, commands []bot.Command, shortcuts []Shortcut, say func(key string) string) ([]byte, error) {
	var m manifest
	m.Display = display{Name: "Fifteen", Short: about, Colour: "#1d3557", Long: describe(about, commands, say)}
	m.Features.Home.Home, m.Features.Home.Messages = true, true
	m.Features.Bot.Name, m.Features.Bot.Always = "fifteen", true
	m.OAuth.Scopes.Bot = Scopes
	m.Settings.Events.Events = Events
	m.Settings.Interactivity.Enabled = true
	m.Settings.Socket = address == ""
	slash := slashFeature{Command: Command, About: about, Usage: hint(commands), Escape: true}
	if address != "" {
		address = strings.TrimRight(address, "/") + "/slack/"
		slash.URL = address + "commands"
		m.Settings.Interactivity.URL, m.Settings.Events.URL = address+"interactivity", address+"events"
	}
	m.Features.Commands = []slashFeature{slash}
	for _, one := range shortcuts {
		kind := "global"
		if one.Takes != "" {
			kind = "message"
		}
		m.Features.Shortcuts = append(m.Features.Shortcuts, shortcutFeature{
			Name: shorten(say(one.Name), maxShortcut), Callback: one.Line, About: shorten(say(one.About), maxAboutShortcut), Type: kind,
		})
	}
	var raw bytes.Buffer
	encoder := json.NewEncoder(&raw)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return nil, fmt.Errorf("write manifest: %w", err)
	}
	return raw.Bytes(), nil
}

// describe lists what can be said, as far as there is room for whole lines.
func describe(about string, commands []bot.Command, summary func(key string) string) string {
	text := about + "\n"
	for _, c := range commands {
		line := "\n" + Command + " " + c.Usage() + ": " + summary(c.Summary)
		if utf8.RuneCountInString(text+line) > maxLong {
			break
		}
		text += line
	}
	return text
}

// hint is what Slack shows beside the command while somebody types.
func hint(commands []bot.Command) string {
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.Name
	}
	return shorten(strings.Join(names, " | "), maxUsage)
}
