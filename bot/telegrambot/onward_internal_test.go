package telegrambot

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// TestOnward shows what waits behind buttons: every line once, in order, and
// each button says how much is left.
func TestOnward(t *testing.T) {
	t.Parallel()
	msg := bot.Message{Title: "Deals", Note: "Small print.", Buttons: []bot.Button{{Label: "Who?", Line: "who"}}}
	want := make([]string, 0, 1000)
	for i := range 1000 {
		line := fmt.Sprintf("%03d %s", i, strings.Repeat("x", 35))
		msg.Text, want = append(msg.Text, line), append(want, line)
	}
	p := painter{words: bottest.Keys{}, kept: 17}
	var got, ways []string
	for _, c := range everyCall(p, msg) {
		for line := range strings.SplitSeq(c.text.text, "\n") {
			if strings.HasSuffix(line, "xxx") {
				got = append(got, line)
			}
		}
		if len(c.pages) > 0 {
			ways = append(ways, labels(c.pages[0]))
		}
	}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	// a paragraph takes 39 + 2 units, so that 97 fit into 4,000, beside the title
	// too; three texts are shown at a time
	if len(ways) < 3 || ways[0] != fmt.Sprintf("telegram.more count=%d", 1000-3*97) || ways[1] != "Who?" {
		t.Errorf("got the buttons %q, want one that says what is left, then the message's own", ways)
	}
	if got := p.onward(msg, 0, 1000); got != nil {
		t.Errorf("beyond the last: got %v, want nothing", got)
	}
	if got := p.onward(msg, 1, 0); got != nil {
		t.Errorf("of a detail that is not there: got %v, want nothing", got)
	}
}

// TestOnwardOfDetails shows the long table of a detail to its end.
func TestOnwardOfDetails(t *testing.T) {
	t.Parallel()
	var msg bot.Message
	for _, sample := range bottest.Samples() {
		if sample.Name == "details" {
			msg = sample.Message
		}
	}
	var all strings.Builder
	for _, c := range everyCall(painter{words: bottest.Keys{}}, msg) {
		all.WriteString(c.text.text)
	}
	for i := range 300 {
		if got := strings.Count(all.String(), fmt.Sprintf("Company %03d ", i)); got != 1 {
			t.Errorf("row %d: got it %d times, want it once", i, got)
		}
	}
}
