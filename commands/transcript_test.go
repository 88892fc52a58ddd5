package commands_test

import (
	"os"
	"path/filepath"
	"testing"

	"fifteen/bot/bottest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

// TestTranscripts plays each script in testdata and compares all that is
// printed. A file has two parts: script and transcript. Those in terminal hold what
// the bot says differently elsewhere.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("got no transcripts (%v), want some", err)
	}
	own, err := filepath.Glob("testdata/terminal/*.txtar")
	if err != nil || len(own) == 0 {
		t.Fatalf("got no transcripts of the terminal (%v), want some", err)
	}
	for _, file := range append(files, own...) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil || len(archive.Files) < 1 {
				t.Fatalf("read %s: %v", file, err)
			}
			got := open(t).play(string(archive.Files[0].Data))
			if bottest.Updating() {
				archive.Files = []txtar.File{archive.Files[0], {Name: "transcript", Data: []byte(got)}}
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatalf("write %s: %v", file, err)
				}
				return
			}
			if len(archive.Files) != 2 {
				t.Fatalf("%s has no transcript; go test ./commands -update writes it", file)
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("transcript (-want +got):\n%s", diff)
			}
		})
	}
}
