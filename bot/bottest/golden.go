// Package bottest is for tests of whatever draws or answers messages: golden
// files, and sample messages that exercise every part with hostile text.
package bottest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files from what the tests got")

// Updating tells whether the tests were started with -update, for tests that
// keep what they expect in files of their own.
func Updating() bool { return *update }

// Golden compares got with the file testdata/<name>.golden of the package that
// is being tested, and fails the test at the first line that differs. With
// -update it writes the file instead. A file that does not exist yet fails.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		write(t, file, got)
		return
	}
	stored, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("read golden file (make it with -update): %v", err)
	}
	if want := string(stored); got != want {
		line, gotLine, wantLine := firstDifference(got, want)
		t.Errorf("%s differs in line %d (rewrite it with -update)\n got: %q\nwant: %q\nall of it:\n%s",
			file, line, gotLine, wantLine, got)
	}
}

func write(t *testing.T, file, got string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatalf("write golden file: %v", err)
	}
	if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
		t.Fatalf("write golden file: %v", err)
	}
}

// firstDifference returns the number of the first line that differs, and that
// line of each text, "" where one has ended.
func firstDifference(got, want string) (number int, gotLine, wantLine string) {
	gots, wants := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(gots), len(wants)) {
		gotLine, wantLine = "", ""
		if i < len(gots) {
			gotLine = gots[i]
		}
		if i < len(wants) {
			wantLine = wants[i]
		}
		if i >= len(gots) || i >= len(wants) || gotLine != wantLine {
			return i + 1, gotLine, wantLine
		}
	}
	return 0, "", ""
}
