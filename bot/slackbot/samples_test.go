package slackbot_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// TestSamplesAreAccepted sends every sample each way there is: Slack takes them
// all, and none notifies anybody.
func TestSamplesAreAccepted(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		for _, private := range []bool{false, true} {
			name := sample.Name + ", public"
			if private {
				name = sample.Name + ", private"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					d := newDesk(t)
					msg := sample.Message
					msg.Private, msg.Redraw = private, false
					d.samples["plain"] = msg
					msg.Redraw = true
					d.samples["redrawn"] = msg
					d.everyWay(t)
					d.noForm(t)
				})
			})
		}
	}
}

// sampled is the button that asks for a sample in place of its message.
const sampled = "sample redrawn"

// everyWay asks for the sample by a command, in a mention, in a direct message,
// and by buttons in messages of both kinds.
func (d *desk) everyWay(t *testing.T) {
	t.Helper()
	d.samples["board"] = bot.Message{Title: "Board", Buttons: []bot.Button{{Label: "x", Line: sampled}, {Label: "y", Line: "sample plain"}}}
	hidden := d.samples["board"]
	hidden.Private = true
	d.samples["hidden"] = hidden
	d.says(t, "U2", sales, "sample plain")
	d.types(t, "U2", sales, mention+"sample plain")
	d.pass(t)
	d.types(t, "U2", d.DM("U2"), "sample plain")
	d.pass(t)
	for _, board := range []string{"sample board", "sample hidden"} {
		d.says(t, "U1", sales, board)
		seen := d.answers(sales, "U1")
		d.presses(t, "U1", seen[len(seen)-1], "sample plain")
		d.pass(t)
		d.presses(t, "U1", seen[len(seen)-1], sampled)
		d.pass(t)
	}
	for _, channel := range []string{sales, d.DM("U2")} {
		for _, user := range []string{"U1", "U2"} {
			for _, m := range d.answers(channel, user) {
				if got := m.Notifies(); len(got) > 0 {
					t.Errorf("got %v notified by %.200q, want nobody", got, m.Plain())
				}
			}
		}
	}
	form := d.samples["plain"].Form
	log := d.log.String()
	undrawn := strings.Contains(log, "could not be drawn") && form != nil && len(form.Fields) > 0
	if undrawn || strings.Contains(log, "was not sent") {
		t.Errorf("got the log\n%s\nwant everything sent", log)
	}
}

// pass lets time for several messages in the same channel pass.
func (d *desk) pass(t *testing.T) {
	t.Helper()
	for range 4 {
		settle()
	}
}

// noForm leaves whatever forms were opened.
func (d *desk) noForm(t *testing.T) {
	t.Helper()
	for _, user := range []string{"U1", "U2"} {
		if d.View(user) == nil {
			continue
		}
		if _, err := d.CloseView(t.Context(), user); err != nil {
			t.Errorf("leave the form: got %v, want no error", err)
		}
	}
	settle()
}
