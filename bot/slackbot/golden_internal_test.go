package slackbot

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// drawnSample is a message as it is sent: its parts, its chart in letters, and
// its form.
func drawnSample(t *testing.T, msg bot.Message) string {
	t.Helper()
	p := painter{words: bottest.Keys{}, locale: "en"}
	var parts []part
	for _, step := range p.steps(msg) {
		if step.chart != nil {
			parts = append(parts, p.parts(summary(msg), drawn(*step.chart), nil)...)
			continue
		}
		parts = append(parts, step.part)
	}
	var b bytes.Buffer
	write := func(v any) {
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(v); err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range parts {
		write(map[string]any{"text": part.text, "blocks": part.blocks})
	}
	if msg.Form != nil && len(msg.Form.Fields) > 0 {
		view, err := p.view(*msg.Form, place{Channel: "C1", User: "U1"})
		if err != nil {
			t.Fatal(err)
		}
		write(view)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			t.Parallel()
			bottest.Golden(t, sample.Name+".json", drawnSample(t, sample.Message))
		})
	}
}

// What Slack would make something else of in its markup.
// Source: https://docs.slack.dev/messaging/formatting-message-text.
var active = map[string]*regexp.Regexp{
	"a mention or a link":    regexp.MustCompile(`[<>]`),
	"a bare ampersand":       regexp.MustCompile(`&($|[^alg]|a[^m]|[lg][^t])`),
	"bold":                   regexp.MustCompile(`(?m)(^|[^\pL\pN*])\*\S([^*\n]*[^*\s])?\*($|[^\pL\pN])`),
	"italics":                regexp.MustCompile(`(?m)(^|[^\pL\pN_])_\S([^_\n]*[^_\s])?_($|[^\pL\pN])`),
	"struck through":         regexp.MustCompile(`(?m)(^|[^\pL\pN~])~\S([^~\n]*[^~\s])?~($|[^\pL\pN])`),
	"code":                   regexp.MustCompile("`[^`\n]+`"),
	"a picture":              regexp.MustCompile(`:[a-z0-9_+'-]+:`),
	"a quotation":            regexp.MustCompile(`(?m)^(>|&gt;)`),
	"a change of direction":  regexp.MustCompile(`[\x{202a}-\x{202e}\x{2066}-\x{2069}]`),
	"what is not to be seen": regexp.MustCompile("[\x00-\x08\x0b-\x1f\x7f-\u009f]"),
}

// nasty is text that means something in Slack's markup, in many ways.
var nasty = []string{
	bottest.Hostile, bottest.Controls, "*b*", "_i_", "~s~", "`c`", "```\ncode\n```", "(*b*)", "a *b c* d", "_*~x~*_", "**b**",
	"* b * c *d*", "x*b* y", ":smile:", ":+1::tada:", "10:30:45", ":-1:", "a:b_c:d", "> quote", "a\n> quote\n>>> more", "&lt;!here&gt;",
	"<@U1>", "<!subteam^S1>", "<http://x|y>", "<#C1>", "&amp;lt;", "<!date^1^{date}|x>", "\u202e*evil*\u202c", "*\u200bb*", "_ж_", "«*ж*»",
	"-*b*-", "\"*b*\"", "~*~", "`", "*", "_a", "a_b_c", "https://x.example/a_b_c?d=*e*",
}

// TestPeoplesText keeps people's text what it is, wherever it stands.
func TestPeoplesText(t *testing.T) {
	t.Parallel()
	for _, text := range nasty {
		for about, match := range active {
			if got := safe(text); match.MatchString(got) {
				t.Errorf("safe(%q): got %q, want nothing that is %s", text, got, about)
			}
			inside := "x" + strings.TrimSuffix(strings.TrimPrefix(bold(text), "*"), "*")
			if match.MatchString(inside) || strings.Contains(inside, "*") {
				t.Errorf("bold(%q): got %q inside, want nothing that is %s", text, inside, about)
			}
		}
		if got := code([]string{text}); strings.Count(got, "`") != 6 || strings.ContainsAny(got, "<>") {
			t.Errorf("code(%q): got %q, want no other marks than its own", text, got)
		}
	}
}

// TestMarkupOfSamples looks through all that is drawn of the samples and of
// nasty text in every part of one.
func TestMarkupOfSamples(t *testing.T) {
	t.Parallel()
	samples := bottest.Samples()
	for i, text := range nasty {
		if text == bottest.Controls {
			continue // Validate refuses it
		}
		everything := samples[7].Message
		name := "nasty " + string(rune('A'+i))
		samples = append(samples, bottest.Sample{Name: name, Message: bottest.Rewrite(everything, func(string) string { return text })})
	}
	for _, sample := range samples {
		for _, text := range markupIn(t, drawnSample(t, sample.Message)) {
			if inside, ok := strings.CutPrefix(text, "```\n"); ok { // where only its end and mentions mean something
				text = strings.TrimSuffix(inside, "\n```")
				if strings.ContainsAny(text, "`<>") {
					t.Errorf("%s: got %q in letters of one width, want no marks", sample.Name, text)
				}
				continue
			}
			for line := range strings.SplitSeq(text, "\n") {
				line = ours.ReplaceAllString(line, "x$1 ")
				for about, match := range active {
					if match.MatchString(line) {
						t.Errorf("%s: got %q, want nothing that is %s", sample.Name, line, about)
					}
				}
			}
		}
	}
}

// ours is the bold beginning of a line that the painter made.
var ours = regexp.MustCompile(`^\*([^*]+)\*($| {2})`)

// markupIn returns the texts in which Slack looks for markup.
func markupIn(t *testing.T, drawn string) []string {
	t.Helper()
	var found []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case map[string]any:
			if text, ok := v["text"].(string); ok && v["type"] != "plain_text" {
				found = append(found, text)
			}
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	decoder := json.NewDecoder(strings.NewReader(drawn))
	for decoder.More() {
		var v any
		if err := decoder.Decode(&v); err != nil {
			t.Fatal(err)
		}
		walk(v)
	}
	if len(found) == 0 {
		t.Error("got no text to look through, want some")
	}
	return found
}
