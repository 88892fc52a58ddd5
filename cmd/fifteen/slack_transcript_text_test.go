package main_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"fifteen/bot/bottest"
)

// slackShown is a message as the terminal would write what Slack shows, and how
// its form, if it has one, is shown.
type slackShown struct {
	lines []string
	form  slackForm
}

// slackForm is where a form is shown.
type slackForm int

// The places of a form.
const (
	noForm      slackForm = iota
	modalForm             // a click opened it as a modal, and there is no message
	offeredForm           // a message offers it, and it was not opened
	openedForm            // a message offers it, and it was opened from there
)

// slackNote is what the stage says itself, as the terminal does.
func slackNote(text string) []slackShown { return []slackShown{{lines: []string{"-- " + text}}} }

// shown writes messages as the terminal would, below whom they are for.
func (s *slackStage) shown(news []bottest.SlackMessage, looks bool) []slackShown {
	s.t.Helper()
	all := make([]slackShown, 0, len(news))
	for _, m := range news {
		if isPicture(m) && len(all) > 0 {
			last := &all[len(all)-1]
			last.lines = append(last.lines, pictureLine(m.Files[0].Title))
			continue
		}
		shown := s.written(m, looks)
		shown.lines = append(s.head(m), shown.lines...)
		all = append(all, shown)
	}
	return all
}

// written writes a message as the terminal would.
func (s *slackStage) written(m bottest.SlackMessage, looks bool) slackShown {
	s.t.Helper()
	open := "[" + s.openLabel() + "]  > "
	var shown slackShown
	var fill []string
	for _, line := range slackText(s.t, m) {
		if value, ok := strings.CutPrefix(line, open); ok {
			fill = []string{":fill  > " + value}
			shown.form = offeredForm
			continue
		}
		if strings.HasPrefix(line, "-- ") {
			shown.lines, fill = append(shown.lines, fill...), nil
		}
		shown.lines = append(shown.lines, line)
	}
	shown.lines = append(shown.lines, fill...)
	if shown.form == offeredForm && looks {
		shown.lines, shown.form = s.open(m, shown.lines), openedForm
	}
	return shown
}

// open clicks the button that opens a message's form, and returns the message's
// lines with the form in place of its ":fill".
func (s *slackStage) open(m bottest.SlackMessage, lines []string) []string {
	s.t.Helper()
	var opened []string
	for _, line := range lines {
		value, ok := strings.CutPrefix(line, ":fill  > ")
		if !ok {
			opened = append(opened, line)
			continue
		}
		_, news := s.deed("open the form", func() (bottest.SlackAck, error) { return s.slack.Press(s.t.Context(), s.user, m, value) })
		v := s.slack.View(s.user)
		if v == nil || len(news) > 0 {
			s.t.Fatalf("open the form: got %d messages and the view %v, want only a view", len(news), v)
		}
		opened = append(opened, slackModal(*v).lines...)
	}
	return opened
}

// head says whom an answer, or what others get with it, is for if it is not
// simply the answer, as the terminal does.
func (s *slackStage) head(m bottest.SlackMessage) []string {
	switch {
	case m.Ephemeral && m.User == s.user && m.Channel == s.place():
		return []string{"→ to @" + slackName(m.User)}
	case m.Ephemeral || m.Channel != s.place():
		return []string{s.address(m)}
	}
	return nil
}

// slackBlock is a block as far as the bot's messages hold some.
type slackBlock struct {
	Type     string
	Text     json.RawMessage
	Elements []struct {
		Type, Value string
		Text        json.RawMessage
		Placeholder slackObject
		Options     []struct {
			Text  slackObject
			Value string
		}
	}
}

// slackObject is a text object.
type slackObject struct{ Type, Text string }

// slackText writes the blocks of a message as the terminal would.
func slackText(t *testing.T, m bottest.SlackMessage) []string {
	t.Helper()
	var lines []string
	for _, raw := range m.Blocks {
		var b slackBlock
		if err := json.Unmarshal(raw, &b); err != nil {
			t.Fatalf("read block %s: %v", raw, err)
		}
		switch b.Type {
		case "section":
			lines = append(lines, slackMarkup(slackTextOf(t, b.Text))...)
			continue
		case "actions", "context":
		default:
			t.Fatalf("got a block of the type %s, want sections, actions and contexts", b.Type)
		}
		for _, element := range b.Elements {
			switch element.Type {
			case "button":
				lines = append(lines, "["+slackTextOf(t, element.Text)+"]  > "+slackChannelMark.ReplaceAllString(element.Value, "#sales"))
			case "static_select":
				lines = append(lines, element.Placeholder.Text)
				for _, option := range element.Options {
					lines = append(lines, "["+option.Text.Text+"]  > "+option.Value)
				}
			case "mrkdwn":
				var text string
				if err := json.Unmarshal(element.Text, &text); err != nil {
					t.Fatalf("read small print %s: %v", element.Text, err)
				}
				for _, line := range slackMarkup(text) {
					lines = append(lines, "-- "+line)
				}
			default:
				t.Fatalf("got an element of the type %s, want buttons, lists and markup", element.Type)
			}
		}
	}
	return lines
}

// slackChannelMark is the channel of the transcripts as a button's line holds it.
var slackChannelMark = regexp.MustCompile(`<#CSALES>`)

func slackTextOf(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var text slackObject
	if err := json.Unmarshal(raw, &text); err != nil {
		t.Fatalf("read text %s: %v", raw, err)
	}
	return text.Text
}

var (
	// slackBold is what Slack draws bold: a title, a label or the first cell of a
	// row, all of which begin a line.
	slackBold = regexp.MustCompile(`^\*([^*]+)\*`)
	// slackLookalikes are what stands for characters that would format.
	slackLookalikes = strings.NewReplacer("∗", "*", "ˍ", "_", "∼", "~", "ˋ", "`", "꞉", ":", "›", ">")
	slackUnescape   = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
	// slackObeyed is what Slack would obey in a line's rest and nobody would read
	// as it was written: marks of links and people, and formats.
	slackObeyed = regexp.MustCompile("<[^<>]*>|(?:^|[^\\pL\\pN])(?:\\*\\S[^*]*\\*|_\\S[^_]*_|~\\S[^~]*~|`[^`]+`)")
)

// slackMarkup is markup as people read it, a line each. What Slack would obey is
// left out of it, so that it differs from what it should say.
func slackMarkup(markup string) []string {
	text, isCode := strings.CutPrefix(markup, "```\n")
	lines := strings.Split(strings.TrimSuffix(text, "\n```"), "\n")
	for i, line := range lines {
		begin := ""
		if bold := slackBold.FindStringSubmatch(line); bold != nil && !isCode {
			begin, line = bold[1], line[len(bold[0]):]
		}
		if !isCode {
			line = slackObeyed.ReplaceAllString(line, "")
		}
		lines[i] = slackUnescape.Replace(slackLookalikes.Replace(begin + line))
	}
	return lines
}

// slackModal is an open modal as the terminal writes a form.
func slackModal(v bottest.SlackView) slackShown {
	lines := []string{v.Title}
	var fill strings.Builder
	fill.WriteString(":fill")
	for _, field := range v.Fields {
		name := "<" + field.BlockID + ">"
		if field.Optional {
			name = "[" + field.BlockID + "]"
		}
		hint := ""
		if field.Placeholder != "" {
			hint = "  (" + field.Placeholder + ")"
		}
		lines = append(lines, name+"  "+field.Label+hint)
		for _, option := range field.Options {
			line := "  " + option.Value
			if option.Label != option.Value {
				line += "  " + option.Label
			}
			lines = append(lines, line)
		}
		fill.WriteString(" " + field.BlockID + "=…")
	}
	var target struct{ Line string }
	_ = json.Unmarshal([]byte(v.PrivateMetadata), &target) // what cannot be read differs below
	return slackShown{lines: append(lines, fill.String()+"  > "+target.Line), form: modalForm}
}
