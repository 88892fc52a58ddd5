package slackbot

import (
	"time"

	"fifteen/bot"
)

// A means is how something reached the bot, which decides how it is answered.
type means int

// The means.
const (
	command means = iota // /ppf who
	message              // a direct message, or a mention in a channel
	click                // of a button or a choice from a menu
	form                 // a modal that was submitted
	closed               // a modal that was left
	looked               // the app's own page was opened, or the chat with the bot
)

// said is one thing that somebody said, whichever way it came.
type said struct {
	means means
	team  string // of the installation
	home  string // the team that the person belongs to, if it is said
	line  string
	// values are a form's.
	values map[string]string
	way    bot.Way
	key    string
	at     time.Time // zero when Slack does not say
	heard  time.Time
	// trigger opens a modal for some seconds.
	trigger string
	place   place
	// called is what Slack says beside the channel's id that it is called.
	called string
	// shortcut says that it was chosen from one of Slack's menus, quote is the message
	// that it was chosen on, and title what a form that it leads to is called.
	shortcut bool
	quote    *quote
	title    string
	// outside says that people of other organisations are in the channel.
	outside bool
	again   bool
}

// lateness is how old an event must be to be taken for said when Slack says it
// was: Slack's clock and ours may differ by less.
const lateness = 10 * time.Second

// when is the time that a line counts as said.
func (s said) when() time.Time {
	if !s.at.IsZero() && (s.again || s.heard.Sub(s.at) > lateness) && s.at.Before(s.heard) {
		return s.at
	}
	return s.heard
}
