package bottest_test

import (
	"fmt"
	"strings"
	"testing"

	"fifteen/bot/bottest"
)

// long is a text of n characters of two bytes each.
func long(n int) string { return strings.Repeat("ж", n) }

// many makes n things.
func many(n int, one func(i int) fields) []fields {
	all := make([]fields, n)
	for i := range all {
		all[i] = one(i)
	}
	return all
}

// with returns a copy of an object with one field changed, or taken out when
// value is nil.
func with(from fields, name string, value any) fields {
	copied := fields{name: value}
	for key, old := range from {
		if key != name {
			copied[key] = old
		}
	}
	if value == nil {
		delete(copied, name)
	}
	return copied
}

func section(text fields) fields { return fields{"type": "section", "text": text} }

func header(text string) fields { return fields{"type": "header", "text": plainText(text)} }

func input(id string, element fields) fields {
	return fields{"type": "input", "block_id": id, "label": plainText("Label"), "element": element}
}

func typing(id string) fields { return fields{"type": "plain_text_input", "action_id": id} }

func richText(parts ...fields) fields { return fields{"type": "rich_text", "elements": parts} }

func richSection(inline ...fields) fields {
	return fields{"type": "rich_text_section", "elements": inline}
}

func image() fields {
	return fields{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A"}
}

// slackLimit is a block with something of n units in it: most are allowed.
type slackLimit struct {
	name  string
	most  int
	block func(n int) fields
	want  string // what the refusal of most + 1 says
}

var slackLimits = []slackLimit{
	{"section", 3000, func(n int) fields { return section(mrkdwn(long(n))) }, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
	{"header", 150, func(n int) fields { return header(long(n)) }, "must be less than 151 characters"},
	{"fields", 10, func(n int) fields {
		return fields{"type": "section", "fields": many(n, func(int) fields { return mrkdwn("f") })}
	}, "no more than 10 items allowed [json-pointer:/blocks/0/fields]"},
	{"field", 2000, func(n int) fields {
		return fields{"type": "section", "fields": []fields{mrkdwn(long(n))}}
	}, "must be less than 2001 characters"},
	{"elements of a context", 10, func(n int) fields {
		return fields{"type": "context", "elements": many(n, func(int) fields { return mrkdwn("c") })}
	}, "no more than 10 items allowed"},
	{"elements of actions", 25, func(n int) fields {
		return actions(many(n, func(i int) fields { return button(fmt.Sprint(i), "v") })...)
	}, "no more than 25 items allowed [json-pointer:/blocks/0/elements]"},
	{"button text", 75, func(n int) fields {
		return actions(with(button("a", "v"), "text", plainText(long(n))))
	}, "must be less than 76 characters"},
	{"button value", 2000, func(n int) fields { return actions(button("a", long(n))) }, "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]"},
	{"action_id", 255, func(n int) fields { return actions(button(long(n), "v")) }, "must be less than 256 characters"},
	{"block_id", 255, func(n int) fields { return with(header("h"), "block_id", long(n)) }, "must be less than 256 characters"},
	{"options", 100, func(n int) fields {
		return actions(choice("a", many(n, func(i int) fields { return option("o", fmt.Sprint(i)) })...))
	}, "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"},
	{"option text", 75, func(n int) fields { return actions(choice("a", option(long(n), "v"))) }, "must be less than 76 characters"},
	{"option value", 150, func(n int) fields { return actions(choice("a", option("o", long(n)))) }, "must be less than 151 characters"},
	{"placeholder", 150, func(n int) fields {
		return actions(with(choice("a", option("o", "v")), "placeholder", plainText(long(n))))
	}, "must be less than 151 characters"},
	{"input label", 2000, func(n int) fields {
		return with(input("b", typing("a")), "label", plainText(long(n)))
	}, "must be less than 2001 characters"},
	{"image alt text", 2000, func(n int) fields { return with(image(), "alt_text", long(n)) }, "must be less than 2001 characters"},
}

func TestSlackRefusesWhatIsTooLong(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	for _, limit := range slackLimits {
		w.must(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{limit.block(limit.most)}})
		got := w.call(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{limit.block(limit.most + 1)}})
		wantError(t, got, "invalid_blocks")
		if told := strings.Join(got.Metadata.Messages, "\n"); !strings.Contains(told, limit.want) {
			t.Errorf("%s: got %q, want %q", limit.name, told, limit.want)
		}
	}
	if got := len(w.Refusals()); got != len(slackLimits) {
		t.Errorf("got %d refusals, want one a limit, %d", got, len(slackLimits))
	}
}

func TestSlackRefusesLongMessages(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	sections := func(sizes ...int) []fields {
		return many(len(sizes), func(i int) fields { return section(plainText(long(sizes[i]))) })
	}
	for _, c := range []struct {
		name     string
		fit, not fields
		want     string
	}{
		{"text", fields{"text": long(40_000)}, fields{"text": long(40_001)}, "msg_too_long"},
		{"all blocks", fields{"blocks": sections(3000, 3000, 3000, 3000, 1200)}, fields{"blocks": sections(3000, 3000, 3000, 3000, 1201)}, "msg_blocks_too_long"},
		{"blocks", fields{"blocks": many(50, func(int) fields { return fields{"type": "divider"} })}, fields{"blocks": many(51, func(int) fields { return fields{"type": "divider"} })}, "invalid_blocks"},
		{"no text", fields{"text": "x"}, fields{"text": ""}, "no_text"},
		{"no blocks", fields{"text": "x", "blocks": []fields{}}, fields{"blocks": []fields{}}, "no_text"},
	} {
		c.fit["channel"], c.not["channel"] = "C1", "C1"
		w.must(t, "chat.postMessage", c.fit)
		if got := w.call(t, "chat.postMessage", c.not); got.OK || got.Error != c.want {
			t.Errorf("%s: got %+v, want the error %s", c.name, got, c.want)
		}
	}
	// 2,000 characters are 4,000 bytes.
	ts := w.must(t, "chat.postMessage", fields{"channel": "C1", "text": "x"}).TS
	w.must(t, "chat.update", fields{"channel": "C1", "ts": ts, "text": long(2000)})
	wantError(t, w.call(t, "chat.update", fields{"channel": "C1", "ts": ts, "text": long(2000) + "x"}), "msg_too_long")
}

func TestSlackRefusesMalformedBlocks(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	select1 := choice("a", option("o", "v"))
	for _, c := range []struct {
		blocks []fields
		want   string
	}{
		{[]fields{{"type": "carousel"}}, "unsupported type: carousel [json-pointer:/blocks/0/type]"},
		{[]fields{{"text": mrkdwn("x")}}, "missing required field: type"},
		{[]fields{{"type": "section"}}, "missing required field: text"},
		{[]fields{{"type": "section", "fields": []fields{}}}, "must provide at least 1 items"},
		{[]fields{section(mrkdwn(""))}, "must be more than 0 characters"},
		{[]fields{section(plainText(""))}, "must be more than 0 characters"},
		{[]fields{section(fields{"type": "markdown", "text": "x"})}, "unsupported type: markdown"},
		{[]fields{section(with(mrkdwn("x"), "emoji", true))}, "invalid additional property: emoji"},
		{[]fields{with(section(mrkdwn("x")), "txet", "x")}, "invalid additional property: txet"},
		{[]fields{{"type": "section", "text": "x"}}, "must be an object"},
		{[]fields{{"type": "header", "text": mrkdwn("x")}}, "unsupported type: mrkdwn"},
		{[]fields{with(header("h"), "level", 5)}, "must be an integer from 1 to 4"},
		{[]fields{{"type": "context"}}, "missing required field: elements"},
		{[]fields{{"type": "context", "elements": []fields{button("a", "v")}}}, "unsupported type: button"},
		{[]fields{{"type": "actions", "elements": []fields{}}}, "must provide at least 1 items"},
		{[]fields{actions(typing("a"))}, "unsupported type: plain_text_input"},
		{[]fields{actions(with(button("a", "v"), "text", nil))}, "missing required field: text"},
		{[]fields{actions(with(button("a", "v"), "text", mrkdwn("x")))}, "unsupported type: mrkdwn"},
		{[]fields{actions(with(button("a", "v"), "style", "loud"))}, "must be one of [primary danger]"},
		{[]fields{actions(with(button("a", "v"), "action_id", ""))}, "must be more than 0 characters"},
		{[]fields{actions(with(select1, "options", nil))}, "must have one of options and option_groups"},
		{[]fields{actions(with(select1, "options", []fields{}))}, "must provide at least 1 items"},
		{[]fields{actions(with(select1, "initial_option", option("o", "w")))}, "must be one of the options"},
		{[]fields{actions(choice("a", fields{"value": "v"}))}, "missing required field: text"},
		{[]fields{actions(choice("a", option("o", "")))}, "must be more than 0 characters"},
		{[]fields{actions(button("a", "1"), button("a", "2"))}, "`a` already exists"},
		{[]fields{actions(button("a", "1")), actions(button("a", "2"))}, "`a` already exists"},
		{[]fields{with(header("1"), "block_id", "b"), with(header("2"), "block_id", "b")}, "`b` already exists"},
		{[]fields{with(image(), "alt_text", nil)}, "missing required field: alt_text"},
		{[]fields{with(input("b", typing("a")), "label", nil)}, "missing required field: label"},
		{[]fields{with(input("b", typing("a")), "optional", "yes")}, "must be a boolean"},
		{[]fields{input("b", button("a", "v"))}, "unsupported type: button"},
		{[]fields{richText(richSection(fields{"type": "text", "text": ""}))}, "must be more than 0 characters"},
		{[]fields{richText(richSection(fields{"type": "blink", "text": "x"}))}, "unsupported type: blink"},
		{[]fields{richText(fields{"type": "rich_text_list", "elements": []fields{richSection(fields{"type": "text", "text": "x"})}})}, "missing required field: style"},
		{[]fields{richText(fields{"type": "rich_text_preformatted", "elements": []fields{{"type": "user", "user_id": "U1"}}})}, "unsupported type: user"},
	} {
		got := w.call(t, "chat.postMessage", fields{"channel": "C1", "blocks": c.blocks})
		if told := strings.Join(got.Metadata.Messages, "\n"); got.Error != "invalid_blocks" || !strings.Contains(told, c.want) {
			t.Errorf("%v: got %s %q, want %q", c.blocks, got.Error, told, c.want)
		}
	}
	wantError(t, w.call(t, "chat.postMessage", fields{"channel": "C1", "blocks": fields{"type": "divider"}}), "invalid_blocks_format")
	if got := w.Messages("C1"); len(got) != 0 {
		t.Errorf("got %+v, want nothing posted", got)
	}
}

// What Slack takes besides what is read in TestSlackMessageIsRead.
func TestSlackTakesBlocks(t *testing.T) {
	t.Parallel()
	w := newSlackWorld(t, bottest.SlackConfig{})
	text := fields{"type": "text", "text": "x", "style": fields{"bold": true, "code": false}}
	confirm := fields{
		"title": plainText("Sure?"), "text": mrkdwn("*Really*?"), "confirm": plainText("Yes"), "deny": plainText("No"),
	}
	groups := []fields{
		{"label": plainText("A"), "options": []fields{option("One", "1")}},
		{"label": plainText("B"), "options": []fields{option("Two", "2")}},
	}
	for _, block := range []fields{
		with(header("h"), "level", 2),
		richText(richSection(text,
			fields{"type": "channel", "channel_id": "C1"}, fields{"type": "usergroup", "usergroup_id": "S1"},
			fields{"type": "broadcast", "range": "here"}, fields{"type": "emoji", "name": "tada", "skin_tone": 2})),
		richText(fields{"type": "rich_text_quote", "border": 1, "elements": []fields{text}}),
		richText(fields{
			"type": "rich_text_list", "style": "ordered", "indent": 1, "offset": 2, "border": 0, "elements": []fields{richSection(text)},
		}),
		actions(with(with(button("a", "v"), "confirm", confirm), "style", "danger")),
		actions(with(with(choice("a"), "options", nil), "option_groups", groups)),
		with(section(with(mrkdwn("x"), "verbatim", true)), "accessory", image()),
		with(section(with(plainText("x"), "emoji", true)), "accessory", choice("a", with(option("o", "v"), "description", plainText("d")))),
		input("b", with(with(typing("a"), "multiline", true), "min_length", 3)),
	} {
		w.must(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{block}})
	}
	messages := w.Messages("C1")
	if got := messages[1]; strings.Join(got.Notifies(), " ") != "S1 here" || got.Plain() != "x<#C1><!subteam^S1><!here>:tada:" {
		t.Errorf("got %s, which alerts %v, want S1 and here", got, got.Notifies())
	}
	if got := messages[5].Buttons(); len(got) != 2 || got[1].Value != "2" {
		t.Errorf("got %+v, want the options of both groups", got)
	}
	for _, wrong := range []fields{with(confirm, "deny", nil), with(confirm, "title", mrkdwn("x")), {}} {
		block := actions(with(button("a", "v"), "confirm", wrong))
		wantError(t, w.call(t, "chat.postMessage", fields{"channel": "C1", "blocks": []fields{block}}), "invalid_blocks")
	}
}
