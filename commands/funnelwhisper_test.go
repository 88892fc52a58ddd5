package commands_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"fifteen/bot"
	"fifteen/storage"
)

// TestWhoHasNotReported has everything that is a report, and what is none.
func TestWhoHasNotReported(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR")
	names := []string{"caller", "answerer", "noter", "mover", "reminder", "early", "onlooker", "gone", "away", "back"}
	who := map[string]bot.Account{}
	for _, name := range names {
		who[name] = f.member(name, bot.Rep)
		f.does(f.novak, "deal add of "+name+" @"+name)
	}
	f.after(20 * day)
	f.does(who["early"], "log calls 3")
	f.does(who["back"], "away until 2026-12-28")
	f.after(10 * day)
	f.does(who["caller"], "log calls 3")
	f.does(who["answerer"], "answer of answerer urgent yes")
	f.does(who["noter"], "note of noter Petr is back")
	f.does(who["mover"], "step of mover contact")
	f.does(who["reminder"], "remind of reminder in 3 days call", "schedule next workdays 9:30")
	f.leave("gone")
	f.does(who["away"], "away until 2027-01-11")
	f.member("new", bot.Rep)
	f.after(6 * day)
	all := told(t, f.digest())
	got := text(t, all["novak"])
	want := `Nothing reported in the last 7 days:
@early, last on Sun 13 Dec
@ivanov, last on Mon 23 Nov
@onlooker, never yet
@petra, never yet
@reminder, never yet
@sidorov, never yet
`
	holds(t, "novak", got, "To go with the funnel: 6 reps have reported nothing\n"+want)
	lacks(t, "novak", got, "@new", "@gone", "@boss", "@caller", "@away", "@back")
	if _, ok := all["away"]; ok {
		t.Errorf("away: got %s, want nothing", asJSON(t, all["away"]))
	}
	for name, msg := range all {
		if name != "novak" && name != "boss" {
			lacks(t, name, asJSON(t, msg), "reported")
		}
	}
}

// leave makes members those who are gone.
func (f *firm) leave(names ...string) {
	f.t.Helper()
	for _, name := range names {
		id := f.id(name)
		err := f.app.Store.Write(f.t.Context(), f.home.ID, func(tx *storage.Tx) error {
			before, err := tx.Member(f.t.Context(), id)
			if err != nil {
				return err
			}
			after := before
			after.Active = false
			return tx.SaveMember(f.t.Context(), before, after, storage.Author{At: f.now, Command: "test"})
		})
		if err != nil {
			f.t.Fatalf("%s leaves: %v", name, err)
		}
	}
}

// TestFunnelDigestOfNothing has an organisation without companies, and one without
// anybody but a manager.
func TestFunnelDigestOfNothing(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	reply := f.digest()
	if got, want := text(t, reply.Message), "No company was on the list in the last 13 weeks.\n[Add a deal]  > deal add\n"; got != want || len(reply.Posts) > 0 {
		t.Errorf("reps of today: got %d posts and\n%s\nwant none and\n%s", len(reply.Posts), got, want)
	}
	f.after(8 * day)
	all := told(t, f.digest())
	if got := toldNames(all); got != "boss novak" {
		t.Errorf("told: got %q, want who manages", got)
	}
	holds(t, "novak", text(t, all["novak"]), "To go with the funnel: 3 reps have reported nothing\n")
	f.leave("ivanov", "sidorov", "petra")
	if reply := f.digest(); len(reply.Posts) > 0 {
		t.Errorf("without reps: got %d posts, want none", len(reply.Posts))
	}
}

// TestFunnelDigestOfAManagerWhoSells tells a manager with companies both parts in
// one message.
func TestFunnelDigestOfAManagerWhoSells(t *testing.T) {
	t.Parallel()
	f := openArticle(t)
	f.list("novak", 12, 3)
	f.after(8 * day)
	msg := told(t, f.digest())["novak"]
	if len(msg.Details) != 1 || msg.Details[0].Private {
		t.Fatalf("got %s, want one detail that is not private", asJSON(t, msg))
	}
	holds(t, "novak", msg.Title, "To go with the funnel: 3 reps to decide about")
	holds(t, "own", msg.Details[0].Title, "@novak, last 13 weeks: 12 companies; below target: contact")
}

// TestFunnelDigestOfHundreds has 300 reps with names that format, mention and
// overflow; of 45 of them something is to be decided.
func TestFunnelDigestOfHundreds(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for i := range 300 {
		name := fmt.Sprintf("%03d *<!channel>*&`_ {{.x}} \u202e%s", i, strings.Repeat("ж", 60))
		account := f.member(name, bot.Rep)
		if i < 45 {
			found := f.column("SELECT name FROM members WHERE key = ?", account.ID)
			f.list(found[0], 10, 2)
		}
	}
	f.after(8 * day)
	reply := f.digest()
	lacks(t, "the channel", asJSON(t, reply.Message), "channel>", "ж")
	all := told(t, reply)
	if got := len(all); got != 47 { // 45, novak and boss
		t.Errorf("got %d posts, want 47", got)
	}
	msg := all["novak"]
	holds(t, "novak", text(t, msg), "To go with the funnel: 45 reps to decide about, 303 reps have reported nothing\n",
		"\n5 more reps are below target. funnel and a name shows one.\n", "\n263 more reps. activities shows everybody.\n")
	for _, paragraph := range msg.Text {
		if n := utf8.RuneCountInString(paragraph); n > bot.MaxParagraph {
			t.Errorf("got a paragraph of %d characters", n)
		}
	}
}
