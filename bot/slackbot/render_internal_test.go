package slackbot

import (
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"

	"github.com/slack-go/slack"
)

// drawnText is the markup of the first message that a message becomes.
func drawnText(t *testing.T, msg bot.Message) string {
	t.Helper()
	blocks := (painter{words: bottest.Keys{}}).draw(msg)[0].blocks
	lines := make([]string, 0, len(blocks))
	for _, block := range blocks {
		section, ok := block.(*slack.SectionBlock)
		if !ok {
			t.Fatalf("got a block of type %s, want text", block.BlockType())
		}
		lines = append(lines, section.Text.Text)
	}
	return strings.Join(lines, "\n")
}

// TestTables draws lists and grids, and says in a notification what a table alone
// begins with.
func TestTables(t *testing.T) {
	t.Parallel()
	none, wide := make([]bot.Column, 3), strings.Repeat("wide ", 12)
	named := []bot.Column{{Name: "step"}, {Name: "ratio", Right: true}, {Name: "why"}}
	for _, test := range []struct {
		name    string
		columns []bot.Column
		row     []string
		want    string
	}{
		{"a list", none, []string{"Mon 30 Nov", "#7", "call"}, "*Mon 30 Nov*  #7 · call"},
		{"a numbered list", none, []string{"15", "Acme", "12,000 EUR"}, "*15  Acme*  12,000 EUR"},
		{"nothing in front", none, []string{"", "urgent", "not asked"}, "urgent · not asked"},
		{"numbers alone", none, []string{"15", "", ""}, "*15*"},
		{"a gap in a list", none, []string{"Acme", "", "12,000 EUR"}, "*Acme*  12,000 EUR"},
		{"a grid", named, []string{"contract", "70 %", "price"}, "```\nstep      ratio  why  \ncontract   70 %  price\n```"},
		{"too wide for a grid", named, []string{"contract", wide, "price"}, "*contract*  ratio " + strings.TrimSpace(wide) + " · why price"},
		{"too wide, with a number", named, []string{"7", wide, ""}, "*7*  ratio " + strings.TrimSpace(wide)},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			msg := bot.Message{Table: &bot.Table{Columns: test.columns, Rows: [][]string{test.row}}}
			if got := drawnText(t, msg); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := summary(msg); !strings.HasPrefix(got, test.row[0]) {
				t.Errorf("got the notification %q, want the first row", got)
			}
		})
	}
}
