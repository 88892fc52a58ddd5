package bottest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fifteen/bot/bottest"
)

// everyBlock is a message with every kind of block and element.
func everyBlock() []fields {
	list := fields{"type": "rich_text_list", "style": "bullet", "elements": []fields{
		richSection(fields{"type": "text", "text": "one"}), richSection(fields{"type": "text", "text": "two"}),
	}}
	return []fields{
		header("Head & <b>"),
		section(mrkdwn("*bold* &lt;b&gt; &amp;amp; <@U1>")),
		{"type": "section", "fields": []fields{mrkdwn("Amount"), plainText("&lt;12&gt;")}, "accessory": button("a1", "v1")},
		{"type": "divider"},
		{"type": "context", "elements": []fields{mrkdwn("small &gt; print"), image()}},
		with(image(), "title", plainText("Picture")),
		richText(
			richSection(fields{"type": "text", "text": "rich <!channel> "}, fields{"type": "user", "user_id": "U2"},
				fields{"type": "emoji", "name": "tada"}, fields{"type": "link", "url": "https://example.com", "text": "link"}),
			fields{"type": "rich_text_preformatted", "elements": []fields{{"type": "text", "text": "a  b\nc  d"}}},
			fields{"type": "rich_text_quote", "elements": []fields{{"type": "link", "url": "https://example.com"}}},
			list),
		actions(choice("a2", option("One", "1"), option("Two", "2")), button("a3", "v3")),
	}
}

func TestSlackMessageIsRead(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "<!here|here> &lt;!channel&gt;", "blocks": everyBlock()})
	m := w.Messages("C1")[0]
	want := []string{
		"Head & <b>", "*bold* <b> &amp; <@U1>", "Amount", "&lt;12&gt;", "Press", "small > print", "Picture",
		"rich <!channel> <@U2>:tada:link", "a  b", "c  d", "https://example.com", "one", "two", "Choose", "Press",
	}
	if diff := cmp.Diff(want, strings.Split(m.Plain(), "\n")); diff != "" {
		t.Error(diff)
	}
	buttons := []bottest.SlackButton{
		{Label: "Press", Value: "v1", ActionID: "a1"},
		{Label: "Press", Value: "v3", ActionID: "a3"},
		{Label: "One", Value: "1", ActionID: "a2"},
		{Label: "Two", Value: "2", ActionID: "a2"},
	}
	if diff := cmp.Diff(buttons, m.Buttons()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"here", "U1", "U2"}, m.Notifies()); diff != "" {
		t.Error(diff)
	}
	if got := (bottest.SlackMessage{Text: "a &lt; b"}).Plain(); got != "a < b" {
		t.Errorf("got %q, want the text unescaped", got)
	}
}

// A message that was read stays as it was read.
func TestSlackMessageIsACopy(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	ts := w.must(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{header("1")}}).TS
	before := w.Messages("C1")[0]
	w.must(t, "chat.update", fields{"channel": "C1", "ts": ts, "blocks": []fields{header("2")}})
	if got := before.Plain(); got != "1" {
		t.Errorf("got %q, want 1", got)
	}
}

// Slack names blocks and elements that came without a name.
func TestSlackNamesBlocks(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	w.must(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{actions(with(button("", "v"), "action_id", nil))}})
	m := w.Messages("C1")[0]
	if m.Buttons()[0].ActionID == "" || !strings.Contains(string(m.Blocks[0]), `"block_id":"`) {
		t.Errorf("got %s, want IDs", m.Blocks[0])
	}
}

func TestSlackMessageIsPrinted(t *testing.T) {
	t.Parallel()
	m := bottest.SlackMessage{
		TS: "1.000002", Thread: "1.000001", Channel: "C1", Author: "U0BOT", User: "U1", Ephemeral: true, Text: "a &lt; b",
		Files: []bottest.SlackFile{{Name: "a.csv", Bytes: []byte("123")}},
	}
	want := `{1.000002 U0BOT in C1 below 1.000001 for U1: "a < b" (a.csv, 3 bytes), 0 edits}`
	if got := m.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	ack := bottest.SlackAck{Delivery: 2, Status: 200, Body: []byte(strings.Repeat("x", 300))}
	if got := ack.String(); len(got) > 260 {
		t.Errorf("got %s, want it cut short", got)
	}
}
