package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/storage"
)

// owners returns whose each deal is, by its number.
func (o *office) owners() string {
	o.t.Helper()
	var owners []string
	err := o.app.Store.Read(o.t.Context(), o.home.ID, func(tx *storage.Tx) error {
		members, err := tx.Members(o.t.Context())
		if err != nil {
			return err
		}
		for number := int64(1); ; number++ {
			deal, err := tx.Deal(o.t.Context(), number)
			if err != nil {
				return nil //nolint:nilerr // there is no further deal
			}
			for _, m := range members {
				if m.ID == deal.Owner {
					owners = append(owners, fmt.Sprint(number, " ", m.Key))
				}
			}
		}
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return strings.Join(owners, ", ")
}

// TestHandoverMovesOpenDeals leaves alone what has ended and what is others'.
func TestHandoverMovesOpenDeals(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, dsn string) {
		t.Helper()
		o := openAt(t, dsn)
		novak := o.member("novak", bot.Manager)
		o.member("ivanov", bot.Rep)
		o.meets(somebody("U1", "Petra Nov"))
		for _, line := range []string{
			"deal add Acme 12000 EUR @ivanov", "deal add Bolt 5 EUR @ivanov", "deal add Cork 7 EUR @ivanov", "deal add Dune 9 EUR",
			"deal add Eden 11 EUR @ivanov", "won bolt", "lost cork price",
		} {
			o.say(novak, line)
		}
		said := func(line, want, owners string) {
			t.Helper()
			if got := text(t, o.say(novak, line).Message); !strings.Contains(got, want) {
				t.Errorf("%s: got\n%s\nwant in it %q", line, got, want)
			}
			if got := o.owners(); got != owners {
				t.Errorf("%s: got the owners %s, want %s", line, got, owners)
			}
		}
		const before, after = "1 ivanov, 2 ivanov, 3 ivanov, 4 novak, 5 ivanov", "1 petra nov, 2 ivanov, 3 ivanov, 4 novak, 5 petra nov"
		said("handover @ivanov @Petra Nov", "2 open deals, 12,011 EUR, go from @ivanov to @Petra Nov.", after)
		said("note dune a word", "Noted", after)
		said("undo", "Taken back: the note", after)
		said("undo", "Done again: the note", after)
		said("handover petra nov ivanov", "2 open deals, 12,011 EUR, go from @Petra Nov to @ivanov.", before)
		said("undo", "Taken back: the handover. 2 deals are @Petra Nov's again.", after)
		said("undo", "Done again: the handover. 2 deals are @ivanov's.", before)
		said(`handover me "Petra Nov"`, "1 open deal, 9 EUR, goes from @novak to @Petra Nov.",
			"1 ivanov, 2 ivanov, 3 ivanov, 4 petra nov, 5 ivanov")
	})
}

// TestHandoverIsUndoneAsAWhole refuses to take anything back once one of the
// deals has gone on to somebody else.
func TestHandoverIsUndoneAsAWhole(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		since   string
		refused bool
	}{
		{"deal #2 owner @sidorov", true},
		{"deal delete #2", true},
		{"deal #2 amount 5 EUR", false},
		{"won #2 5 EUR", false},
		{"note #2 a word", false},
	} {
		t.Run(test.since, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Bolt", "deal add Cork")
			f.does(f.novak, "handover @ivanov @petra")
			f.does(f.boss, test.since)
			start := f.dump(bookkeeping...)
			got := f.types(f.novak, "undo")
			if !test.refused {
				holds(t, "undo", got, "Taken back: the handover. 3 deals are @ivanov's again.")
				return
			}
			holds(t, "undo", got, "Somebody has changed the same thing since (the handover), so nothing was undone.")
			if f.dump(bookkeeping...) != start {
				t.Error("undo: got a change, want none")
			}
		})
	}
}

// TestHandoverOfMany hands over more deals than any rep has, and back.
func TestHandoverOfMany(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	const many = 600
	for i := range many {
		f.say(f.ivanov, fmt.Sprintf("deal add Firm%d %d EUR", i, i+1))
	}
	reply := f.hear(bot.Request{Account: f.boss, Line: "handover @ivanov @petra"})
	// 1 + 2 + … + 600 = 180,300
	holds(t, "handover", text(t, reply.Message), "600 open deals, 180,300 EUR, go from @ivanov to @petra.")
	if len(reply.Posts) != 2 {
		t.Fatalf("got %d posts, want one for each owner", len(reply.Posts))
	}
	told := text(t, reply.Posts[0].Message)
	holds(t, "told", told, "@boss gave you 600 deals of @ivanov, 180,300 EUR.", "Deals 1 to 20 of 600", "#20 ")
	lacks(t, "told", told, "#21 ")
	back := f.presses(f.boss, button(t, reply.Message, "undo"))
	holds(t, "undo", back, "Taken back: the handover. 600 deals are @ivanov's again.")
	if got := f.column("SELECT count(*) FROM deals WHERE owner_id = 1 AND revision = 3")[0]; got != fmt.Sprint(many) {
		t.Errorf("got %s deals that are ivanov's again, want %d", got, many)
	}
	holds(t, "undo twice", f.presses(f.boss, button(t, reply.Message, "undo")), "You have changed something else since")
}

// TestHandoverMenu chooses from the menu that a manager got when somebody left,
// at once, twice, and after they are back.
func TestHandoverMenu(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.meets(somebody("U1", "Anna Nov"))
	f.does(f.novak, `deal add Acme 12000 EUR "@anna nov"`)
	gone := somebody("U1", "Anna Nov")
	gone.Gone = true
	f.meets(gone)
	var menu *bot.Menu
	for _, post := range f.drain(time.Minute, "terminal", slack) {
		if post.Name == "novak" && post.Message.Menu != nil {
			menu = post.Message.Menu
		}
	}
	if menu == nil || len(menu.Options) != 5 || menu.Options[2].Line != `handover "@Anna Nov" @novak ~2` {
		t.Fatalf("got the menu %+v, want one of five people", menu)
	}
	chosen := menu.Options[2].Line
	done := f.hear(bot.Request{Account: f.novak, Line: chosen, Way: bot.Pressed})
	holds(t, "chosen", text(t, done.Message), "1 open deal, 12,000 EUR, goes from @Anna Nov to @novak.")
	if len(done.Posts) != 0 {
		t.Errorf("got %d posts, want none to somebody who is gone", len(done.Posts))
	}
	holds(t, "chosen twice", f.presses(f.boss, chosen), "@Anna Nov has no open deal, so nothing was changed.")
	holds(t, "undo", f.presses(f.novak, button(t, done.Message, "undo")), "1 deal is @Anna Nov's again.")
	gone.Gone = false
	f.meets(gone)
	old := f.hear(bot.Request{Account: f.novak, Line: chosen, Way: bot.Pressed}).Message
	holds(t, "chosen later", text(t, old), "@Anna Nov has changed since that message was drawn, so nothing was written.")
	holds(t, "and meant", f.presses(f.novak, button(t, old, "handover")), "1 open deal, 12,000 EUR, goes from @Anna Nov to @novak.")
}
