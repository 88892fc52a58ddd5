package slackbot

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fifteen/bot"
)

// interaction is the payload of a click or a modal, as far as the bot looks.
type interaction struct {
	Type string `json:"type"`
	Team struct {
		ID     string `json:"id"`
		Domain string `json:"domain"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		Message   string `json:"message_ts"`
		Channel   string `json:"channel_id"`
		Thread    string `json:"thread_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Message struct {
		User   string `json:"user"`
		Text   string `json:"text"`
		TS     string `json:"ts"`
		Thread string `json:"thread_ts"`
	} `json:"message"`
	Actions  []action `json:"actions"`
	Callback string   `json:"callback_id"` // of a shortcut
	At       string   `json:"action_ts"`   // of a shortcut
	Trigger  string   `json:"trigger_id"`
	URL      string   `json:"response_url"`
	View     struct {
		Type     string `json:"type"`
		ID       string `json:"id"`
		Hash     string `json:"hash"`
		Callback string `json:"callback_id"`
		Metadata string `json:"private_metadata"`
		State    struct {
			Values map[string]map[string]input `json:"values"`
		} `json:"state"`
	} `json:"view"`
}

// action is one element that was used.
type action struct {
	Type     string `json:"type"`
	Value    string `json:"value"`
	At       string `json:"action_ts"`
	Selected struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// input is what a modal's field holds.
type input struct {
	Value    string `json:"value"`
	Selected *struct {
		Value string `json:"value"`
	} `json:"selected_option"`
}

// parseInteraction reads a click or a modal.
func parseInteraction(raw []byte, heard time.Time) (heardOf, error) {
	var i interaction
	if err := json.Unmarshal(raw, &i); err != nil {
		return heardOf{}, fmt.Errorf("read interaction: %w", err)
	}
	s := said{team: i.Team.ID, home: i.User.Team, heard: heard, trigger: i.Trigger}
	switch {
	case i.User.ID == "":
		return heardOf{unknown: i.Type}, nil
	case i.Type == "block_actions" && len(i.Actions) > 0:
		return i.clicked(s)
	case (i.Type == chosenAnywhere || i.Type == chosenOnMessage) && i.Callback != "":
		return i.chosen(s), nil
	case (i.Type == "view_submission" || i.Type == "view_closed") && i.View.Callback == formCallback:
		return i.left(s)
	}
	return heardOf{unknown: i.Type}, nil
}

// clicked reads a button or a choice.
func (i interaction) clicked(s said) (heardOf, error) {
	first := i.Actions[0]
	s.means, s.way, s.at, s.called = click, bot.Pressed, stamp(first.At), i.Channel.Name
	s.line = first.Value
	if first.Type == "static_select" {
		s.line = first.Selected.Value
	}
	if i.View.Type == homeTab { // answered in the chat with the bot
		s.place = place{Channel: i.User.ID, User: i.User.ID, Direct: true, Home: true}
		s.key = strings.Join([]string{"slack/home", i.View.ID, i.User.ID, first.At, i.Trigger}, "/")
		if s.line == "" {
			return heardOf{unknown: i.Type + " " + first.Type}, nil
		}
		return heardOf{said: &s}, nil
	}
	if s.line == "" || i.Channel.ID == "" {
		return heardOf{unknown: i.Type + " " + first.Type}, nil
	}
	s.place = place{
		Channel: i.Channel.ID, Thread: i.Container.Thread, User: i.User.ID, Hidden: i.Container.Ephemeral,
		Direct: i.Channel.Name == directName || strings.HasPrefix(i.Channel.ID, "D"), URL: i.URL, Since: s.heard.Unix(),
	}
	if s.place.Thread == "" {
		s.place.Thread = i.Message.Thread
	}
	if !i.Container.Ephemeral {
		s.place.Message = i.Container.Message
	}
	s.key = strings.Join([]string{"slack/click", i.Channel.ID, i.Container.Message, i.User.ID, first.At, i.Trigger}, "/")
	return heardOf{said: &s}, nil
}

// left reads a modal that was submitted or closed.
func (i interaction) left(s said) (heardOf, error) {
	var to target
	if err := json.Unmarshal([]byte(i.View.Metadata), &to); err != nil {
		return heardOf{}, fmt.Errorf("read a view's target: %w", err)
	}
	s.means, s.way, s.line, s.place = form, bot.Submitted, to.Line, to.Place
	s.place.User = i.User.ID
	if i.Type == "view_closed" {
		s.means = closed
		s.key = "slack/closed/" + i.View.ID
		return heardOf{said: &s}, nil
	}
	s.values = map[string]string{}
	for block, elements := range i.View.State.Values {
		for _, element := range elements {
			value := element.Value
			if element.Selected != nil {
				value = element.Selected.Value
			}
			s.values[block] = value
		}
	}
	s.key = strings.Join([]string{"slack/form", i.View.ID, i.View.Hash, i.Trigger}, "/")
	return heardOf{said: &s}, nil
}
