package commands_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/storage"

	"github.com/google/go-cmp/cmp"
)

// atTheSameTime runs fn n times at once.
func atTheSameTime(t *testing.T, n int, fn func(i int) error) {
	t.Helper()
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			if err := fn(i); err != nil {
				t.Errorf("got error %v, want none", err)
			}
		})
	}
	wait.Wait()
}

// workspaces returns the names of all workspaces.
func (o *office) workspaces() []string {
	o.t.Helper()
	all, err := o.app.Store.Workspaces(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	names := make([]string, len(all))
	for i, w := range all {
		names[i] = w.Name
	}
	return names
}

// linked returns the workspace of a team.
func (o *office) linked(platform, id, name string) int64 {
	o.t.Helper()
	workspace, err := o.app.People.Workspace(o.t.Context(), bot.Team{Platform: platform, ID: id, Name: name})
	if err != nil {
		o.t.Fatalf("workspace of %s: %v", name, err)
	}
	return workspace
}

func TestWorkspaceOfATeam(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		first := o.linked(slack, "T1", "Acme <b>\u202EGmbH\n")
		if first != o.home.ID {
			t.Errorf("the first team: got workspace %d, want the one that was there, %d", first, o.home.ID)
		}
		if got := o.linked(slack, "T1", "Another name"); got != first {
			t.Errorf("the first team again: got workspace %d, want %d", got, first)
		}
		second, third := o.linked(slack, "T2", "ACME <B>GmbH"), o.linked(slack, "T3", "!?")
		telegram := o.linked("telegram", "T2", "Borealis")
		if ids := []int64{first, second, third, telegram}; len(slices.Compact(slices.Sorted(slices.Values(ids)))) != 4 {
			t.Errorf("four teams: got workspaces %d, want four", ids)
		}
		want := []string{"Acme <b>GmbH", "ACME <B>GmbH 2", "T3", "Borealis"}
		if diff := cmp.Diff(want, o.workspaces()); diff != "" {
			t.Errorf("workspaces (-want +got):\n%s", diff)
		}
	})
}

// TestWorkspaceWithAName keeps the name that an operator has chosen, and lets
// the first team of every platform in.
func TestWorkspaceWithAName(t *testing.T) {
	t.Parallel()
	store, err := storage.Open(t.Context(), newFile(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	home, err := commands.NewWorkspace(t.Context(), store, "North", monday)
	if err != nil {
		t.Fatal(err)
	}
	app, err := commands.NewApp(store, nil, func() time.Time { return monday })
	if err != nil {
		t.Fatal(err)
	}
	for _, platform := range []string{slack, "telegram"} {
		got, err := app.People.Workspace(t.Context(), bot.Team{Platform: platform, ID: "T1", Name: "Acme"})
		if err != nil || got != home.ID {
			t.Errorf("the first team on %s: got workspace %d, %v, want %d", platform, got, err, home.ID)
		}
	}
	all, err := store.Workspaces(t.Context())
	if err != nil || len(all) != 1 || all[0].Name != "North" {
		t.Errorf("workspaces: got %v, %v, want North", all, err)
	}
}

// TestWorkspaceAtOnce starts two processes at once for one team.
func TestWorkspaceAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		both := []*office{o, o.replica(dsn)}
		o.linked(slack, "T1", "Acme")
		found := make([]int64, 8)
		atTheSameTime(t, len(found), func(i int) (err error) {
			found[i], err = both[i%2].app.People.Workspace(t.Context(), bot.Team{Platform: slack, ID: "T2", Name: "Bolt"})
			return err
		})
		if len(slices.Compact(found)) != 1 || found[0] == o.home.ID {
			t.Errorf("got workspaces %d, want one that is new", found)
		}
		if diff := cmp.Diff([]string{"Acme", "Bolt"}, o.workspaces()); diff != "" {
			t.Errorf("workspaces (-want +got):\n%s", diff)
		}
	})
}

func TestMeet(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 200)
	for _, test := range []struct {
		name   string
		person bot.Person
		want   string
	}{
		{"as they are", somebody("U1", "Petra"), "Petra · rep · Europe/Prague · cs-CZ"},
		{"nothing but an account", bot.Person{Account: inSlack("U2AB")}, "U2AB · rep ·  · "},
		{"a name that is taken", somebody("U1", "IVÁNOV"), "IVÁNOV 2 · rep · Europe/Prague · cs-CZ"},
		{"a name like a line", somebody("U1", "@Petra\nNov"), "Petra Nov · rep · Europe/Prague · cs-CZ"},
		{"brackets", somebody("U1", "<!channel> Eva"), "!channel Eva · rep · Europe/Prague · cs-CZ"},
		{"turned around", somebody("U1", "\u202Eave\x00\x1b[2J"), "ave [2J · rep · Europe/Prague · cs-CZ"},
		{"no letter", somebody("U1", "🙂 !"), "U1 · rep · Europe/Prague · cs-CZ"},
		{"broken", somebody("U1", "Ev\xffa"), "Eva · rep · Europe/Prague · cs-CZ"},
		{"long", somebody("U1", long), long[:99] + "… · rep · Europe/Prague · cs-CZ"},
		{"a zone of nowhere", bot.Person{Account: inSlack("U1"), Name: "Eva", Zone: "Mars/Base"}, "Eva · rep ·  · "},
		{"this machine's zone", bot.Person{Account: inSlack("U1"), Name: "Eva", Zone: "Local"}, "Eva · rep ·  · "},
		{"a language of nobody", bot.Person{Account: inSlack("U1"), Name: "Eva", Locale: "!"}, "Eva · rep ·  · "},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			o.member("ivanov", bot.Manager)
			o.meets(test.person)
			got := slices.DeleteFunc(o.members(), func(m string) bool { return strings.HasPrefix(m, "ivanov ·") })
			if len(got) != 1 || got[0] != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := text(t, o.say(test.person.Account, "help").Message); !strings.Contains(got, "Your deals, in a few lines a day") {
				t.Errorf("help: got\n%s\nwant help", got)
			}
		})
	}
}

// TestMeetAgain follows one member through what a platform says of them.
func TestMeetAgain(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		o.member("eva", bot.Manager)
		for i, step := range []struct {
			person bot.Person
			want   string
		}{
			{somebody("U1", "Petra"), "Petra · rep · Europe/Prague · cs-CZ"},
			{bot.Person{Account: inSlack("U1")}, "Petra · rep · Europe/Prague · cs-CZ"},
			{bot.Person{Account: inSlack("U1"), Zone: "Asia/Tokyo"}, "Petra · rep · Asia/Tokyo · cs-CZ"},
			{bot.Person{Account: inSlack("U1"), Zone: "Mars/Base", Locale: "en-US"}, "Petra · rep ·  · en-US"},
			{somebody("U1", "PETRA"), "PETRA · rep · Europe/Prague · cs-CZ"},
			{somebody("U1", "Eva"), "Eva 2 · rep · Europe/Prague · cs-CZ"},
			{somebody("U1", "Eva"), "Eva 2 · rep · Europe/Prague · cs-CZ"},
			{somebody("U1", "eva"), "eva 2 · rep · Europe/Prague · cs-CZ"},
			{somebody("U1", "🙂"), "eva 2 · rep · Europe/Prague · cs-CZ"},
			{somebody("U1", strings.Repeat("x", 200)), strings.Repeat("x", 99) + "… · rep · Europe/Prague · cs-CZ"},
			{somebody("U1", "Eva Nov"), "Eva Nov · rep · Europe/Prague · cs-CZ"},
		} {
			o.meets(step.person)
			if got := o.members(); len(got) != 2 || !slices.Contains(got, step.want) {
				t.Errorf("step %d: got %q, want %q in it", i+1, got, step.want)
			}
		}
		o.meets(somebody("U2", "Eva"), somebody("U3", "Eva"))
		want := []string{
			"eva · manager ·  · en", "Eva 2 · rep · Europe/Prague · cs-CZ", "Eva 3 · rep · Europe/Prague · cs-CZ",
			"Eva Nov · rep · Europe/Prague · cs-CZ",
		}
		if diff := cmp.Diff(want, o.members()); diff != "" {
			t.Errorf("members (-want +got):\n%s", diff)
		}
	})
}

// TestMeetWithoutNews checks that nobody waits for the writer when there is
// nothing to write.
func TestMeetWithoutNews(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.member("boss", bot.Admin)
	lead := somebody("U1", "Petra")
	lead.Leads = true
	gone := bot.Person{Account: inSlack("U9"), Name: "Nobody", Gone: true}
	o.meets(lead, somebody("U2", "Petra"))
	err := o.app.Store.Write(t.Context(), o.home.ID, func(*storage.Tx) error { // the only one who can, on SQLite
		o.meets(lead, somebody("U2", "Petra"), gone)
		o.refreshes(lead, somebody("U2", "Petra"), somebody("U3", "Unknown"), gone)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := len(o.members()); got != 3 {
		t.Errorf("got %d members, want 3", got)
	}
}

func TestRefreshLeavesStrangersAlone(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		o.meets(somebody("U1", "Petra"), somebody("U2", "Eva"))
		lead := somebody("U2", "Eva Nov")
		lead.Leads = true
		o.refreshes(somebody("U1", "Petra Nov"), somebody("U3", "Anna"), lead)
		want := []string{"Eva Nov · rep · Europe/Prague · cs-CZ", "Petra Nov · rep · Europe/Prague · cs-CZ"}
		if diff := cmp.Diff(want, o.members()); diff != "" {
			t.Errorf("members (-want +got):\n%s", diff)
		}
	})
}

// TestMeetAtOnce has two processes to whom the same people, all of one name,
// speak at the same time.
func TestMeetAtOnce(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		both := []*office{o, o.replica(dsn)}
		atTheSameTime(t, 16, func(i int) error {
			person := somebody(fmt.Sprint("U", i/4), "Petra")
			person.Leads = true
			return both[i%2].app.People.Meet(t.Context(), o.home.ID, person, true)
		})
		got := o.members()
		admins := 0
		for i, m := range got {
			name, rest, _ := strings.Cut(m, " · ")
			if want := []string{"Petra", "Petra 2", "Petra 3", "Petra 4"}; len(got) != 4 || name != want[i] {
				t.Fatalf("got %q, want %q", got, want)
			}
			if strings.HasPrefix(rest, "admin") {
				admins++
			}
		}
		if admins != 1 {
			t.Errorf("got %d admins in %q, want 1", admins, got)
		}
	})
}
