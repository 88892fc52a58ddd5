package commands_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fifteen/bot"

	"github.com/google/go-cmp/cmp"
)

func TestFirstAdmin(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		lead, second := somebody("U1", "Petra"), somebody("U2", "Eva")
		lead.Leads, second.Leads = true, true
		o.meets(somebody("U3", "Anna"))
		if err := o.app.People.Meet(t.Context(), o.home.ID, lead, false); err != nil { // who was only named
			t.Fatal(err)
		}
		check := func(name string, want ...string) {
			t.Helper()
			roles := o.members()
			for i, m := range roles {
				roles[i] = strings.TrimSuffix(m, " · Europe/Prague · cs-CZ")
			}
			if diff := cmp.Diff(want, roles); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		check("before a lead speaks", "Anna · rep", "Petra · rep")
		if got := o.mail(slack); len(got) != 0 {
			t.Errorf("before a lead speaks: got %q, want no post", got)
		}
		o.meets(lead, second)
		check("after two leads spoke", "Anna · rep", "Eva · rep", "Petra · admin")
		if got := o.mail(slack); len(got) != 0 {
			t.Errorf("after two leads spoke: got %q, want no post before their lines", got)
		}
		if got := text(t, o.say(inSlack("U1"), "role @anna manager").Message); !strings.Contains(got, "@Anna is a manager now.") {
			t.Errorf("the admin's line: got\n%s\nwant it done", got)
		}
		got := o.mail(slack)
		if len(got) != 1 {
			t.Fatalf("got the posts %q, want the greeting", got)
		}
		holds(t, "greeting", got[0], "Petra, U1 in U1, private true\nHello Petra, I am Fifteen", "You are an admin here", "[Set me up, three steps]  > setup\n")
		lead.Gone = true
		o.refreshes(lead)
		o.meets(second)
		check("after the first one left", "Anna · manager", "Eva · admin", "Petra · admin · Europe/Prague · cs-CZ · gone")
	})
}

// TestGone closes the account of somebody with deals.
func TestGone(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		novak, boss := o.member("novak", bot.Manager), o.member("boss", bot.Admin)
		eva := somebody("U3", "Eva")
		eva.Locale = "en-US"
		o.meets(somebody("U1", "Ivanov"), somebody("U2", "Petra Nov"), eva, somebody("U4", "Old boss"))
		for _, line := range []string{"role @eva manager", `role "@old boss" manager`} {
			o.say(boss, line)
		}
		ivanov, retired := somebody("U1", "Ivanov"), somebody("U4", "Old boss")
		ivanov.Gone, retired.Gone = true, true
		o.refreshes(retired)
		o.now = o.now.Add(time.Minute)
		o.mail(slack, "terminal")
		for _, line := range []string{
			"deal add Acme 12000 EUR @ivanov", "deal add Borealis 3000 USD @ivanov", "deal add Cork @ivanov", "deal add Dune 5 EUR @ivanov",
			"lost dune price", "deal add Eden 7 EUR",
		} {
			o.say(novak, line)
		}
		o.now = o.now.Add(time.Minute)
		o.mail(slack, "terminal")
		o.refreshes(ivanov, ivanov)
		o.refreshes(ivanov)
		posts := o.mail(slack, "terminal")
		slices.Sort(posts)
		body := "@Ivanov is gone and leaves 3 open deals, 12,000 EUR + 3,000 USD\n[Show the deals]  > deals @Ivanov\nWho takes over?\n" +
			"[@boss]       > handover @Ivanov @boss ~2\n[@Eva]        > handover @Ivanov @Eva ~2\n[@novak]      > handover @Ivanov @novak ~2\n" +
			"[@Petra Nov]  > handover @Ivanov \"@Petra Nov\" ~2\n"
		if len(posts) != 3 {
			t.Fatalf("got %d posts, want 3: %q", len(posts), posts)
		}
		for i, head := range []string{"Eva, U3 in U3", "boss, boss in boss", "novak, novak in novak"} {
			if diff := cmp.Diff(head+", private true\n"+body, posts[i]); diff != "" {
				t.Errorf("post %d (-want +got):\n%s", i+1, diff)
			}
		}
		_, err := o.app.Directory.Member(t.Context(), o.home.ID, inSlack("U1"))
		if !errors.Is(err, bot.ErrStranger) {
			t.Errorf("who is gone: got error %v, want %v", err, bot.ErrStranger)
		}
		ivanov.Gone = false
		o.meets(ivanov)
		if got := text(t, o.say(inSlack("U1"), "deals").Message); !strings.Contains(got, "3 open deals") {
			t.Errorf("who is back: got\n%s\nwant the deals", got)
		}
		if got := o.mail(slack, "terminal"); len(got) != 1 || !strings.Contains(got[0], "Hello Ivanov") {
			t.Errorf("who is back: got %q, want no post but the greeting", got)
		}
	})
}

func TestGoneWithoutDeals(t *testing.T) {
	t.Parallel()
	o := open(t)
	novak := o.member("novak", bot.Manager)
	o.meets(somebody("U1", "Ivanov"))
	o.say(novak, "deal add Acme @ivanov")
	o.say(novak, "won acme 5 EUR")
	o.now = o.now.Add(time.Minute)
	o.mail(slack, "terminal")
	ivanov := somebody("U1", "Ivanov")
	ivanov.Gone = true
	o.meets(ivanov)
	if got := o.mail(slack, "terminal"); len(got) != 0 {
		t.Errorf("got %q, want no post", got)
	}
	for line, want := range map[string]string{
		"team":                     "@Ivanov  gone",
		"deal add Nimbus @ivanov":  "@Ivanov is gone. Name somebody who is here",
		"deal acme owner @ivanov":  "@Ivanov is gone. Name somebody who is here",
		"handover @novak @ivanov":  "@Ivanov is gone. Name somebody who is here",
		"handover @ivanov @novak":  "@Ivanov has no open deal, so nothing was changed.",
		"deal acme owner @novak":   "Acme: @Ivanov → @novak.",
		"target 2026-12 5 @ivanov": "@Ivanov's target",
	} {
		if got := text(t, o.say(novak, line).Message); !strings.Contains(got, want) {
			t.Errorf("%s: got\n%s\nwant in it %q", line, got, want)
		}
	}
	if posts := o.say(novak, "deal acme owner @novak").Posts; len(posts) != 0 {
		t.Errorf("got %d posts to somebody who is gone, want none", len(posts))
	}
}

// TestGoneWithMany has more people than a menu holds, some with names that no
// option's line has room for.
func TestGoneWithMany(t *testing.T) {
	t.Parallel()
	o := open(t)
	novak := o.member("novak", bot.Manager)
	for i := range 120 {
		o.meets(somebody(fmt.Sprint("U", i), fmt.Sprintf("Rep %d %s", i, strings.Repeat("x", i%60))))
	}
	o.say(novak, `deal add Acme 5 EUR "@Rep 0"`)
	o.say(novak, `deal add Bolt 5 EUR "@Rep 59 `+strings.Repeat("x", 59)+`"`)
	o.now = o.now.Add(time.Minute)
	o.mail(slack, "terminal")
	for i, want := range map[int][]string{
		0:  {"@Rep 0 is gone and leaves 1 open deal, 5 EUR", "Not everybody fits into the menu. To name somebody else, type: handover \"@Rep 0\""},
		59: {"…", "Not everybody fits into the menu."},
	} {
		gone := somebody(fmt.Sprint("U", i), "")
		gone.Gone = true
		o.meets(gone)
		posts := o.mail(slack, "terminal")
		if len(posts) != 1 {
			t.Fatalf("got %d posts, want 1", len(posts))
		}
		holds(t, "post", posts[0], want...)
	}
}
