package main_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	main "fifteen/cmd/fifteen"

	"github.com/rogpeppe/go-internal/txtar"
)

// chat runs the program on a script and returns what it wrote.
func chat(t *testing.T, script string, args ...string) (out, errs string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = main.RunWith(t.Context(), strings.NewReader(script), &o, &e, append([]string{"chat"}, args...)...)
	return o.String(), e.String(), err
}

func TestChatListsAFourteen(t *testing.T) {
	t.Parallel()
	out, errs, err := chat(t, "deal add Acme 12000 EUR\nscore Acme 5 5 4\nwho\n",
		"--db", filepath.Join(t.TempDir(), "new.db"), "--as", "rep1")
	if err != nil || errs != "" {
		t.Fatalf("got %v and %q, want neither", err, errs)
	}
	if want := regexp.MustCompile(`(?m)^14 +Acme +12,000 EUR`); !want.MatchString(out) {
		t.Errorf("got\n%s\nwant a line with 14, Acme and 12,000 EUR", out)
	}
}

func TestChatKeepsItsData(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "team.db")
	if _, _, err := chat(t, "deal add Acme\n", "--db", db); err != nil {
		t.Fatalf("first run: %v", err)
	}
	out, _, err := chat(t, "deal acme\n", "--db", db)
	if err != nil || !strings.Contains(out, "Acme (#1)") {
		t.Errorf("got %v and\n%s\nwant Acme", err, out)
	}
}

func TestChatSaysThatNothingIsKept(t *testing.T) {
	t.Parallel()
	_, errs, err := chat(t, "help\n")
	if err != nil || !strings.Contains(errs, "temporary") {
		t.Errorf("got %v and %q, want a word that the database is temporary", err, errs)
	}
}

func TestChatWritesJSON(t *testing.T) {
	t.Parallel()
	out, _, err := chat(t, "deal add Acme\n", "--json", "--at", "2026-11-23T09:00:00Z")
	var got struct {
		Line string                   `json:"line"`
		To   []struct{ Title string } `json:"to"`
		At   string                   `json:"at"`
	}
	if err == nil {
		err = json.Unmarshal([]byte(out), &got)
	}
	if err != nil || got.Line != "deal add Acme" || len(got.To) != 1 || got.At != "2026-11-23T09:00:00Z" {
		t.Errorf("got %v, %+v from %s", err, got, out)
	}
}

// TestChatNamesWhatIsWrong has mistakes that end the program; all of them are
// named at once.
func TestChatNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	old := filepath.Join(t.TempDir(), "old.db")
	if err := os.WriteFile(old, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		args []string
		want []string
	}{
		{"a time and a file", []string{"--at", "noon", "--demo", "--db", old}, []string{"--at", "--demo"}},
		{"a role and a time", []string{"--role", "boss", "--at", "noon"}, []string{"--role", "--at"}},
		{"a flag", []string{"--colour"}, []string{"--colour", "--help"}},
		{"a folder that is not there", []string{"--db", filepath.Join(old, "x", "y.db")}, []string{"y.db"}},
		{"a password", []string{"--db", "postgres://u:hunter2@127.0.0.1:1/x"}, []string{"postgres"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := chat(t, "help\n", test.args...)
			if err == nil {
				t.Fatal("got no error, want one")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %q, want in it %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("got %q with the password in it", err)
			}
		})
	}
}

func TestChatChoosesTheWorkspace(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "team.db")
	if _, _, err := chat(t, "deal add Acme\n", "--db", db, "--workspace", "North"); err != nil {
		t.Fatalf("make a workspace: %v", err)
	}
	if out, _, err := chat(t, "deals\n", "--db", db, "--workspace", "north"); err != nil || !strings.Contains(out, "Acme") {
		t.Errorf("got %v and\n%s\nwant Acme", err, out)
	}
	if _, _, err := chat(t, "deals\n", "--db", db, "--workspace", "South"); err == nil || !strings.Contains(err.Error(), "North") {
		t.Errorf("got %v, want an error that names North", err)
	}
}

// TestReadme keeps the README's transcript what the program prints, and its
// demo what it promises.
func TestReadme(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for file, first := range map[string]string{
		"readme": "> deal add Acme", "readme_refusal": "> lost gamma", "readme_digest": "> :at 2026-11-30 09:00",
	} {
		archive, err := txtar.ParseFile("../../commands/testdata/" + file + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		_, want, ok := strings.Cut(string(archive.Files[1].Data), first)
		if want = strings.TrimSpace(first + want); !ok || !strings.Contains(string(readme), want) {
			t.Errorf("README.md lacks the transcript of %s.txtar:\n%s", file, want)
		}
	}
	out, _, err := chat(t, "who\nforecast\nnext\nfunnel\ncoach\n", "--demo", "--at", "2026-11-23T09:00:00Z", "--as", "novak")
	if err != nil || !strings.Contains(out, "Who is 14 and 15?") || !strings.Contains(out, "November") {
		t.Errorf("the demo: got %v and\n%s", err, out)
	}
	for _, line := range []string{"> funnel\n", "> coach\n"} {
		_, shown, ok := strings.Cut(string(readme), line)
		shown, _, _ = strings.Cut(shown, "\n```")
		shown, _, _ = strings.Cut(shown, "\n\n> ")
		if !ok || !strings.Contains(out, line+shown) {
			t.Errorf("the demo's %sgot\n%s\nwant what README.md shows:\n%s", line, out, shown)
		}
	}
}
