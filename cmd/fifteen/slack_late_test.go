package main_test

import (
	"strings"
	"testing"
)

// A form whose deal was deleted meanwhile is answered with a sentence, and
// nothing is stored.
func TestSlackFormOfDeletedDeal(t *testing.T) {
	t.Parallel()
	const script = `deal add Acme 12000 EUR
deal acme
:press 2
:as petra
deal delete acme
:as novak
:fill text="send the offer"
`
	got := playInSlack(t, script, (*slackStage).overHTTP)
	last := got[len(got)-1].String()
	if want := "There is no deal 1 that you can see. Try: deals"; !strings.Contains(last, want) {
		t.Errorf("got\n%swant in it %q", last, want)
	}
}
