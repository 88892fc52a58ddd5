package bottest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// slackUnescape is mrkdwn as people read it, as far as escapes go.
// Source: https://docs.slack.dev/messaging/formatting-message-text.
func slackUnescape(text string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// Plain returns all visible text of the blocks in order, a line per text, with
// mrkdwn unescaped. A message without blocks shows its Text.
func (m SlackMessage) Plain() string {
	if len(m.Blocks) == 0 {
		return slackUnescape(m.Text)
	}
	return slackPlainBlocks(m.Blocks)
}

func slackPlainBlocks(blocks []json.RawMessage) string {
	var lines []string
	for _, block := range slackDecoded(blocks) {
		lines = append(lines, block.lines()...)
	}
	return strings.Join(lines, "\n")
}

// lines returns the visible text of a block or an element.
func (j slackJSON) lines() []string {
	var lines []string
	show := func(text string) {
		if text != "" {
			lines = append(lines, text)
		}
	}
	switch j.text("type") {
	case "mrkdwn": // a text object among a context's elements
		show(slackUnescape(j.text("text")))
		return lines
	case "plain_text":
		show(j.text("text"))
		return lines
	case "rich_text":
		for _, part := range j.list("elements") {
			lines = append(lines, part.richLines()...)
		}
		return lines
	}
	for _, name := range []string{"title", "label", "text"} {
		show(j.plain(name))
	}
	for _, field := range j.list("fields") {
		lines = append(lines, field.lines()...)
	}
	for _, element := range j.inside() {
		lines = append(lines, element.lines()...)
	}
	if initial := j.object("initial_option"); initial != nil {
		show(initial.plain("text"))
	} else {
		show(j.plain("placeholder"))
	}
	show(j.plain("hint"))
	return lines
}

// richLines returns a part of rich text: a line, or a line per item of a list.
func (j slackJSON) richLines() []string {
	if j.text("type") == "rich_text_list" {
		var lines []string
		for _, item := range j.list("elements") {
			lines = append(lines, item.richLines()...)
		}
		return lines
	}
	var line strings.Builder
	for _, inline := range j.list("elements") {
		switch inline.text("type") {
		case "emoji":
			line.WriteString(":" + inline.text("name") + ":")
		case "user":
			line.WriteString("<@" + inline.text("user_id") + ">")
		case "channel":
			line.WriteString("<#" + inline.text("channel_id") + ">")
		case "usergroup":
			line.WriteString("<!subteam^" + inline.text("usergroup_id") + ">")
		case "broadcast":
			line.WriteString("<!" + inline.text("range") + ">")
		case "link":
			if inline.text("text") == "" {
				line.WriteString(inline.text("url"))
			}
		}
		line.WriteString(inline.text("text"))
	}
	return []string{line.String()}
}

// slackMention is what alerts people in mrkdwn.
var slackMention = regexp.MustCompile(`<(?:@([UW][A-Z0-9]+)|!(here|channel|everyone)|!subteam\^([A-Z0-9]+))(?:\|[^<>]*)?>`)

// Notifies returns whom the message alerts: user IDs, "here", "channel",
// "everyone", and groups' IDs, in order.
func (m SlackMessage) Notifies() []string {
	alerted := slackMentions(m.Text)
	for _, block := range slackDecoded(m.Blocks) {
		alerted = append(alerted, block.mentions()...)
	}
	return alerted
}

func slackMentions(mrkdwn string) []string {
	matches := slackMention.FindAllStringSubmatch(mrkdwn, -1)
	alerted := make([]string, 0, len(matches))
	for _, match := range matches {
		alerted = append(alerted, match[1]+match[2]+match[3])
	}
	return alerted
}

// mentions looks for alerts in whatever a block holds.
func (j slackJSON) mentions() []string {
	switch j.text("type") {
	case "mrkdwn":
		return slackMentions(j.text("text"))
	case "user":
		return []string{j.text("user_id")}
	case "usergroup":
		return []string{j.text("usergroup_id")}
	case "broadcast":
		return []string{j.text("range")}
	}
	var alerted []string
	for _, name := range []string{"text", "fields", "elements"} {
		if inner := j.object(name); inner != nil {
			alerted = append(alerted, inner.mentions()...)
		}
		for _, inner := range j.list(name) {
			alerted = append(alerted, inner.mentions()...)
		}
	}
	return alerted
}
