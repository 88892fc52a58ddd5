package scoring_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	heading = regexp.MustCompile(`(?m)^## (\w+)$`)
	link    = regexp.MustCompile(`(?:docs/metrics\.md|\]\()#(\w+)`)
)

func TestMetricsHasEverySectionThatIsNamed(t *testing.T) {
	t.Parallel()
	page := filepath.Join("..", "docs", "metrics.md")
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]bool{}
	for _, match := range heading.FindAllStringSubmatch(read(t, page), -1) {
		sections[strings.ToLower(match[1])] = true
	}
	for _, name := range []string{
		"score", "bands", "questions", "standing", "next", "staleness", "forecast", "overdue",
		"funnel", "passages", "ratio", "interval", "days", "problems", "leak", "pairs", "refusals", "doors", "promises",
	} {
		if !sections[name] {
			t.Errorf("%s: got no section #%s, want one", page, name)
		}
	}
	for _, name := range append(files, page) {
		for _, match := range link.FindAllStringSubmatch(read(t, name), -1) {
			if !sections[match[1]] {
				t.Errorf("%s names section #%s: got none in %s, want one", name, match[1], page)
			}
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
