package commands_test

import (
	"testing"

	"fifteen/bot"
	"fifteen/scoring"
)

// TestObjectionBook keeps what overcame an objection and shows it to whoever
// meets it next.
func TestObjectionBook(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "deal add Bolt 5 EUR")
	f.does(f.sidorov, "deal add Cork", "deal add Dune")
	msg := f.hear(bot.Request{Account: f.ivanov, Line: "won acme"}).Message
	if msg.Menu == nil || len(msg.Menu.Options) != len(scoring.Reasons)+1 {
		t.Fatalf("won: got the menu %v, want the seven reasons and none", msg.Menu)
	}
	f.does(f.ivanov, "overcame acme price they saw what waiting costs")
	if msg = f.hear(bot.Request{Account: f.ivanov, Line: "deal acme amount 13000 EUR"}).Message; msg.Menu != nil {
		t.Error("after it was answered: got the question again, want it once")
	}
	f.does(f.ivanov, "won bolt", "overcame bolt none")
	holds(t, "lost for the price", f.types(f.sidorov, "lost cork price"), "What worked before: they saw what waiting costs (@ivanov)")
	lacks(t, "lost for another reason", f.types(f.sidorov, "lost dune no_budget"), "What worked before")
	got := f.types(f.sidorov, "objections")
	holds(t, "objections", got, "they saw what waiting costs", "@ivanov, Mon 23 Nov")
	lacks(t, "objections", got, "Acme", "Bolt")
	holds(t, "of another reason", f.types(f.sidorov, "objections supply_terms"), "Nobody has written down yet")
	f.does(f.ivanov, "reopen acme")
	holds(t, "no longer won", f.types(f.sidorov, "objections"), "Nobody has written down yet")
}
