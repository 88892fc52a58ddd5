package commands_test

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/storage"
)

// serverEnv names the postgres:// URL of a server where databases may be
// created, as in storage's tests.
const serverEnv = "FIFTEEN_TEST_POSTGRES"

// onEach runs a test on a new SQLite database and, if there is a server, on a
// new PostgreSQL database.
func onEach(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, newFile(t))
	})
	if server := os.Getenv(serverEnv); server != "" {
		t.Run("postgres", func(t *testing.T) {
			t.Parallel()
			test(t, emptyPostgres(t, server))
		})
	}
}

// emptyPostgres creates a database, which is dropped after the test.
func emptyPostgres(t *testing.T, server string) string {
	t.Helper()
	place, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "fifteen_commands_" + strings.ToLower(rand.Text())
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)") //nolint:usetesting // the test's context is over
		if err := errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	place.Path = "/" + name
	return place.String()
}

// slack is the platform of the people in these tests.
const slack = "slack"

func inSlack(id string) bot.Account { return bot.Account{Platform: slack, ID: id} }

// somebody is a person in Slack.
func somebody(id, name string) bot.Person {
	return bot.Person{Account: inSlack(id), Name: name, Zone: "Europe/Prague", Locale: "cs-CZ"}
}

// meets lets the bot meet somebody who speaks.
func (o *office) meets(people ...bot.Person) {
	o.t.Helper()
	for _, person := range people {
		if err := o.app.People.Meet(o.t.Context(), o.home.ID, person, true); err != nil {
			o.t.Errorf("meet %s: got error %v, want none", person.Account.ID, err)
		}
	}
}

// refreshes brings news of people.
func (o *office) refreshes(people ...bot.Person) {
	o.t.Helper()
	if err := o.app.People.Refresh(o.t.Context(), o.home.ID, people...); err != nil {
		o.t.Errorf("refresh: got error %v, want none", err)
	}
}

// members lists the workspace's members: name, role, zone, language, and
// whether they are gone.
func (o *office) members() []string {
	o.t.Helper()
	var all []storage.Member
	err := o.app.Store.Read(o.t.Context(), o.home.ID, func(tx *storage.Tx) (err error) {
		all, err = tx.Members(o.t.Context())
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	listed := make([]string, len(all))
	for i, m := range all {
		listed[i] = strings.Join([]string{m.Name, m.Role, m.Zone, m.Locale}, " · ")
		if !m.Active {
			listed[i] += " · gone"
		}
	}
	return listed
}

// mail claims what is to be sent and returns it, a text for each post that
// begins with whom it is for.
func (o *office) mail(platforms ...string) []string {
	o.t.Helper()
	posts := o.drain(0, platforms...)
	slices.SortFunc(posts, func(a, b bot.Post) int { return cmp.Compare(a.ID, b.ID) })
	texts := make([]string, len(posts))
	for i, post := range posts {
		sound(o.t, "post", post.Message)
		texts[i] = fmt.Sprintf("%s, %s in %s, private %v\n%s", post.Name, post.Account, post.Chat.ID, post.Chat.Private, text(o.t, post.Message))
	}
	return texts
}

// replica is another process over the same database.
func (o *office) replica(dsn string) *office {
	o.t.Helper()
	other := openAt(o.t, dsn)
	other.home = o.home
	return other
}
