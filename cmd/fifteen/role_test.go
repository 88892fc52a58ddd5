package main_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	main "fifteen/cmd/fifteen"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/storage"
)

// role runs the subcommand and returns what it wrote.
func role(t *testing.T, args ...string) (out string, err error) {
	t.Helper()
	var o, e bytes.Buffer
	err = main.RunWith(t.Context(), strings.NewReader(""), &o, &e, append([]string{"role"}, args...)...)
	if e.Len() > 0 {
		t.Errorf("got %q on standard error, want nothing", e.String())
	}
	return o.String(), err
}

// staffed returns a database with a manager and a rep.
func staffed(t *testing.T) string {
	t.Helper()
	db := filepath.Join(t.TempDir(), "team.db")
	if _, _, err := chat(t, ":role rep\n:as Petra Nov\n", "--db", db, "--as", "novak", "--workspace", "North"); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestRole(t *testing.T) {
	t.Parallel()
	db := staffed(t)
	for _, test := range []struct{ who, role, want string }{
		{"petra nov", "admin", "@Petra Nov is an admin now.\n"},
		{"@PETRA NOV", "admin", "@Petra Nov is an admin already, so nothing was changed.\n"},
		{"novak", "rep", "@novak is a rep now.\n"},
		{"U024BE7LH", "admin", "@U024BE7LH is an admin now.\n"},
		{"U024BE7LH", "manager", "@U024BE7LH is a manager now.\n"},
		{"U024BE7LH", "manager", "@U024BE7LH is a manager already, so nothing was changed.\n"},
	} {
		if got, err := role(t, "--db", db, test.who, test.role); err != nil || got != test.want {
			t.Errorf("%s %s: got %q, %v, want %q", test.who, test.role, got, err, test.want)
		}
	}
	out, _, err := chat(t, "team\nrole @novak manager\nundo\n", "--db", db, "--as", "Petra Nov")
	for _, want := range []string{"@novak      rep", "@Petra Nov  admin", "@U024BE7LH  manager", "@novak is a manager now."} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("got %v and\n%s\nwant in it %q", err, out, want)
		}
	}
}

// TestRoleOfSomebodyUnmet lets the bot meet somebody who was given a role before:
// they get their name, and keep the role.
func TestRoleOfSomebodyUnmet(t *testing.T) {
	t.Parallel()
	db := staffed(t)
	if _, err := role(t, "--db", db, "W0123ABCD", "admin"); err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	app, err := commands.NewApp(store, nil, func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) })
	if err != nil {
		t.Fatal(err)
	}
	account := bot.Account{Platform: "slack", ID: "W0123ABCD"}
	if err := app.People.Meet(t.Context(), 1, bot.Person{Account: account, Name: "Novak"}, true); err != nil {
		t.Fatal(err)
	}
	member, err := app.Directory.Member(t.Context(), 1, account)
	if err != nil || member.Name != "Novak 2" || member.Role != bot.Admin {
		t.Errorf("got %+v, %v, want Novak 2, an admin", member, err)
	}
}

// TestRoleRefused has mistakes: each is said in a sentence, and changes nothing.
func TestRoleRefused(t *testing.T) {
	t.Parallel()
	db := staffed(t)
	if _, err := role(t, "--db", db, "novak", "admin"); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "tema.db")
	empty := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		args []string
		want []string
	}{
		{"a name that is close", []string{"--db", db, "petra nvo", "admin"}, []string{`Nobody here is called "petra nvo". Did you mean @Petra Nov?`}},
		{"nobody's name", []string{"--db", db, "zebra", "admin"}, []string{`nobody in North is called "zebra"`, "Slack"}},
		{"oneself", []string{"--db", db, "me", "admin"}, []string{`nobody in North is called "me"`}},
		{"the last admin", []string{"--db", db, "novak", "rep"}, []string{"@novak is the only admin."}},
		{"a role and a file", []string{"--db", missing, "novak", "boss"}, []string{`"boss" is neither`, "tema.db"}},
		{"a workspace", []string{"--db", db, "--workspace", "South", "novak", "rep"}, []string{"North"}},
		{"a database without any", []string{"--db", empty, "novak", "rep"}, []string{"no workspace yet"}},
		{"no database", []string{"novak", "rep"}, []string{"--db"}},
		{"no role", []string{"--db", db, "novak"}, []string{"<role>"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			out, err := role(t, test.args...)
			if err == nil || out != "" {
				t.Fatalf("got %q, %v, want an error", out, err)
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("got %q, want in it %q", err, want)
				}
			}
			if _, err := os.Stat(missing); err == nil {
				t.Error("got a database made, want none")
			}
		})
	}
}
