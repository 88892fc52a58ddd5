package main_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fifteen/bot/bottest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestSlackTranscripts plays the terminal's transcripts through Slack, over
// Socket Mode and over HTTP, and wants the same words from it. What may differ
// stands at the top of slack_transcript_same_test.go.
func TestSlackTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(root + "/commands/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got no transcripts (%v), want some", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil || len(archive.Files) != 2 {
			t.Fatalf("read %s: %v, want a script and a transcript", file, err)
		}
		script, transcript := string(archive.Files[0].Data), string(archive.Files[1].Data)
		for name, plug := range map[string]func(*slackStage){"socket": (*slackStage).overSocket, "http": (*slackStage).overHTTP} {
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+name, func(t *testing.T) {
				t.Parallel()
				charted := func(s *slackStage) {
					s.charts = slackCharts(transcript)
					plug(s)
				}
				sameInSlack(t, transcript, playInSlack(t, script, charted))
			})
		}
	}
}

// TestSlackTranscriptOfForms plays what no transcript does: an event that comes
// again, and a form with words and choices that are filled in after a click.
func TestSlackTranscriptOfForms(t *testing.T) {
	t.Parallel()
	const script = `deal add Acme 12000 EUR
:again
lost acme
:press 2
:press 8
:fill words="they buy * from _Nordwind_ & <co>"
deal acme
`
	got := playInSlack(t, script, (*slackStage).overHTTP)
	if len(got[1].shown) != 0 {
		t.Errorf("an event that came again: got %v, want nothing shown", got[1].shown)
	}
	last := got[len(got)-1].String()
	if want := "they buy * from _Nordwind_ & <co>"; !strings.Contains(last, want) {
		t.Errorf("got\n%swant in it %q", last, want)
	}
}

// playInSlack plays a script in a Slack of its own and returns what people saw.
func playInSlack(t *testing.T, script string, plug func(*slackStage)) []slackStep {
	t.Helper()
	s := newSlackStage(t)
	plug(s)
	s.enter("novak")
	lines := strings.Split(strings.TrimSuffix(script, "\n"), "\n")
	steps := make([]slackStep, len(lines))
	for i, line := range lines {
		fills := i+1 < len(lines) && strings.HasPrefix(lines[i+1], ":fill ")
		s.step = i
		steps[i] = slackStep{line: line, shown: s.take(line, fills)}
	}
	s.close()
	for _, m := range s.changes() {
		t.Errorf("got a message that nobody asked for: %s", m.Plain())
	}
	for _, refusal := range s.slack.Refusals() {
		t.Errorf("Slack refused %s", refusal)
	}
	return steps
}

// sameInSlack compares what people saw with the terminal's transcript.
func sameInSlack(t *testing.T, transcript string, got []slackStep) {
	t.Helper()
	want := slackSteps(transcript)
	if len(want) != len(got) {
		t.Fatalf("got %d steps, want %d", len(got), len(want))
	}
	for i := range got {
		if diff := cmp.Diff(want[i].words(got[i]), got[i].words(got[i])); diff != "" {
			t.Errorf("step %d, %s: words (-terminal +Slack):\n%s", i+1, got[i].line, diff)
		}
	}
}

// slackName is what people are called in Slack, by the ID of their account.
func slackName(id string) string { return strings.ToLower(strings.TrimPrefix(id, "U")) }

// slackID is the account of somebody who is called so.
func slackID(name string) string { return "U" + strings.ToUpper(name) }

// slackTyped is a line as Slack's client sends it: escaped, and with marks for
// people it knows and for channels.
func slackTyped(line string, knows func(name string) bool) string {
	words := strings.Split(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(line), " ")
	for i, word := range words {
		if name, ok := strings.CutPrefix(word, "@"); ok && knows(name) {
			words[i] = "<@" + slackID(name) + ">"
		}
	}
	return slackNamed.ReplaceAllStringFunc(strings.Join(words, " "), func(name string) string {
		before, name, _ := strings.Cut(name, "#")
		return before + "<#" + slackChannel(name) + "|" + name + ">"
	})
}

// slackNamed is the name of a channel in a line.
var slackNamed = regexp.MustCompile(`(?:^|\s)#([a-z]+)`)

// slackChannel is the ID of a channel.
func slackChannel(name string) string { return "C" + strings.ToUpper(name) }

// mentioned is a line that is typed in a channel, where the bot hears it only
// when it is mentioned.
func mentioned(text string) string { return "<@" + bottest.SlackBotUser + "> " + text }
