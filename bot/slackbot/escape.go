package slackbot

import (
	"context"
	"regexp"
	"strings"
)

// escaper escapes what Slack would read as markup or as a mention.
// Source: https://docs.slack.dev/messaging/formatting-message-text#escaping.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// unescaper undoes it, once.
var unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

func escape(s string) string { return escaper.Replace(s) }

// marks are what Slack writes for people, channels, links and groups.
var marks = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// namer says what stands in a line for a mark: user what a member is called here,
// or "" for nobody, and channel what a channel is, with its #.
type namer struct {
	user    func(ctx context.Context, id string) string
	channel func(ctx context.Context, id, label string) string
}

// typed turns text as Slack sends it into what the person typed.
func typed(ctx context.Context, text string, names namer) string {
	var b strings.Builder
	last := 0
	for _, at := range marks.FindAllStringSubmatchIndex(text, -1) {
		b.WriteString(unescaper.Replace(text[last:at[0]]))
		last = at[1]
		part := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return unescaper.Replace(text[at[2*n]:at[2*n+1]])
		}
		b.WriteString(mark(ctx, part(1), part(2), part(3), names))
	}
	b.WriteString(unescaper.Replace(text[last:]))
	return strings.TrimSpace(b.String())
}

// mark writes one of Slack's marks as a person would.
func mark(ctx context.Context, sigil, id, label string, names namer) string {
	switch sigil {
	case "@":
		if known := names.user(ctx, id); known != "" {
			return handle(known)
		}
		if label == "" {
			label = id
		}
		return handle(label)
	case "#":
		return names.channel(ctx, id, label)
	case "!":
		if label == "" {
			label, _, _ = strings.Cut(id, "^")
		}
		return "@" + strings.TrimPrefix(label, "@")
	}
	if label != "" && !strings.HasSuffix(id, label) { // a link with words of its own
		return label + " " + id
	}
	if label != "" {
		return label
	}
	return id
}

// handle is a name as it is typed, with quotes where it is long for a name.
func handle(name string) string {
	name = strings.TrimPrefix(name, "@")
	if strings.Count(name, " ") > 2 {
		return `"@` + name + `"`
	}
	return "@" + name
}
