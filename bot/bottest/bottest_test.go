package bottest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fifteen/bot"
	"fifteen/bot/bottest"
)

// What a Memory is for.
var (
	_ bot.Directory   = (*bottest.Memory)(nil)
	_ bot.Inbox       = (*bottest.Memory)(nil)
	_ bot.Drafts      = (*bottest.Memory)(nil)
	_ bot.Outbox      = (*bottest.Memory)(nil)
	_ bot.Words       = bottest.Keys{}
	_ bot.Interpreter = bottest.Sentences{}
)

func TestSamplesHaveNamesOfTheirOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, sample := range bottest.Samples() {
		if seen[sample.Name] || strings.Trim(sample.Name, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("got %q, want a name that no other sample has and that can be a file's", sample.Name)
		}
		seen[sample.Name] = true
	}
}

// Rewrite reaches every text and leaves the lines, the names and the original
// alone.
func TestRewrite(t *testing.T) {
	t.Parallel()
	for i, sample := range bottest.Samples() {
		rewritten := bottest.Rewrite(sample.Message, func(string) string { return "changed" })
		if diff := cmp.Diff(bottest.Samples()[i].Message, sample.Message); diff != "" {
			t.Errorf("%s: the original has changed: %s", sample.Name, diff)
		}
		var parts any
		body, err := json.Marshal(rewritten)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(body, &parts); err != nil {
			t.Fatal(err)
		}
		each(parts, "", func(key, text string) {
			kept := key == "line" || key == "value" || key == "name"
			if text != "changed" && !kept {
				t.Errorf("%s: got %s %q, want it changed", sample.Name, key, text)
			}
		})
	}
}

// each calls visit with every text of decoded JSON and the key it stands at.
func each(part any, key string, visit func(key, text string)) {
	switch part := part.(type) {
	case string:
		visit(key, part)
	case []any:
		for _, inner := range part {
			each(inner, key, visit)
		}
	case map[string]any:
		for key, inner := range part {
			each(inner, key, visit)
		}
	}
}
