package commands_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
)

// TestForecastCurrencies checks that sums never mix currencies, whatever the
// rates, and that deals without an amount are counted apart.
func TestForecastCurrencies(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.boss, "settings rate USD 0.92", "settings rate JPY 0.0062")
	for i, deal := range []struct {
		amount string
		won    bool
	}{
		{"10000 EUR", false}, {"2500.50 EUR", false}, {"4000 EUR", true}, {"3000 USD", false}, {"700 USD", true}, {"900000 JPY", true}, {"", false},
	} {
		name := fmt.Sprintf("Firm%d", i)
		f.does(f.ivanov, "deal add "+name+" "+deal.amount, "score "+name+" 5 5 4")
		if deal.won {
			f.does(f.ivanov, "won "+name)
		}
	}
	f.does(f.ivanov, "deal add Small 77777 EUR", "score small 5 5 3", "deal add Refused 88888 EUR", "score refused 5 5 5", "lost refused price",
		"deal add Gone 99999 EUR", "score gone 5 5 5", "disqualify gone two people", "deal add Later 5 EUR", "score later 5 5 5")
	f.does(f.novak, "deal delete later")
	for _, who := range []bot.Account{f.ivanov, f.novak} {
		// EUR 10,000 + 2,500.50 closing and 4,000 won; USD 3,000 and 700; JPY 900,000 won
		got := f.types(who, "forecast")
		holds(t, "forecast", got,
			"November: 16,500.50 EUR (won 4,000 + closing 12,500.50)",
			"November: 3,700 USD (won 700 + closing 3,000)",
			"November: 900,000 JPY (won 900,000 + closing 0)",
			"1 deal has no amount and is in no sum.")
		lacks(t, "forecast", got, "77,777", "88,888", "99,999")
		holds(t, "who", f.types(who, "who"), "Who is 14 and 15? 4 deals, 12,500.50 EUR + 3,000 USD")
	}
	for currency, want := range map[string]string{"EUR": "16,500.50 EUR, from 3 deals", "USD": "3,700 USD, from 2 deals", "JPY": "900,000 JPY, from 1 deal"} {
		got := f.types(f.novak, "why forecast 2026-11 "+currency)
		holds(t, "why "+currency, got, "November: "+want)
		for _, other := range []string{"EUR", "USD", "JPY"} {
			if other != currency {
				lacks(t, "why "+currency, got, other)
			}
		}
	}
	holds(t, "why", f.types(f.novak, "why forecast"), "16,500.50 EUR + 3,700 USD + 900,000 JPY, from 7 deals", "no amount")
	holds(t, "why who is now", f.types(f.novak, "why who 2026-10"), "November: 12,500.50 EUR + 3,000 USD, from 4 deals")
	holds(t, "why nothing", f.types(f.novak, "why forecast 2026-12 EUR"), "No deal stands behind December.")
	f.does(f.boss, "settings currency CZK")
	holds(t, "in another home", f.types(f.novak, "forecast"), "16,500.50 EUR", "3,700 USD", "900,000 JPY")
}

// TestWhySums adds up the rows that stand behind each number.
func TestWhySums(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for i := range 12 {
		who := []bot.Account{f.ivanov, f.sidorov, f.novak}[i%3]
		name := fmt.Sprintf("Firm%d", i)
		f.does(who, fmt.Sprintf("deal add %s %d.%02d EUR", name, 1000*(i+1)+i, 7*i), "score "+name+" 5 5 5")
		if i%4 == 0 {
			f.does(who, "won "+name)
		}
	}
	for _, who := range []bot.Account{f.ivanov, f.novak} {
		for _, test := range []struct{ number, why string }{
			{"forecast", "why forecast 2026-11 EUR"}, {"forecast", "why forecast"}, {"who", "why who"},
		} {
			number := f.hear(bot.Request{Account: who, Line: test.number}).Message
			why := f.hear(bot.Request{Account: who, Line: test.why}).Message
			sum := int64(0)
			for _, row := range why.Table.Rows {
				sum += cents(t, row[2])
			}
			if got := cents(t, firstMoney.FindString(why.Title)); got != sum {
				t.Errorf("%s by %s: got %q, want the sum of its rows, %d cents", test.why, who.ID, why.Title, sum)
			}
			if got := cents(t, firstMoney.FindString(number.Title)); got != sum {
				t.Errorf("%s by %s: got %q, want the sum of the rows behind it, %d cents", test.number, who.ID, number.Title, sum)
			}
		}
	}
}

var firstMoney = regexp.MustCompile(`[\d,]+(\.\d\d)? EUR`)

// cents reads "1,234.50 EUR".
func cents(t *testing.T, text string) int64 {
	t.Helper()
	whole, decimals, ok := strings.Cut(strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), " EUR"), ".")
	if !ok {
		decimals = "00"
	}
	n, err := strconv.ParseInt(whole+decimals, 10, 64)
	if err != nil {
		t.Fatalf("got %q, want an amount in EUR", text)
	}
	return n
}

// TestMonthBorders checks that a month begins and ends where the workspace is.
func TestMonthBorders(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		zone, at string
		month    string // in which the deal is won
	}{
		{"UTC", "2026-11-30T23:30:00Z", "2026-11"},
		{"Europe/Prague", "2026-11-30T23:30:00Z", "2026-12"}, // 00:30 on 1 December
		{"Europe/Prague", "2026-11-30T22:59:59Z", "2026-11"},
		{"Europe/Prague", "2026-11-30T23:00:00Z", "2026-12"},
		{"America/New_York", "2026-12-01T04:59:59Z", "2026-11"}, // 23:59:59 on 30 November
		{"America/New_York", "2026-12-01T05:00:00Z", "2026-12"},
		{"Pacific/Kiritimati", "2026-11-30T10:00:00Z", "2026-12"}, // 14 hours ahead
	} {
		t.Run(test.zone+" "+test.at, func(t *testing.T) {
			t.Parallel()
			f := openFirm(t)
			at, err := time.Parse(time.RFC3339, test.at)
			if err != nil {
				t.Fatal(err)
			}
			f.now = at
			f.does(f.ivanov, "deal add Acme 12000 EUR")
			if test.zone != "UTC" { // which it is from the start
				f.does(f.boss, "settings zone "+test.zone)
			}
			f.does(f.ivanov, "won acme")
			if got := f.types(f.ivanov, "forecast"); !strings.Contains(got, "12,000 EUR") {
				t.Errorf("forecast at %s: got\n%swant the present month to have it", test.at, got)
			}
			f.after(40 * 24 * time.Hour) // both months are past
			for _, month := range []string{"2026-11", "2026-12"} {
				for _, line := range []string{"forecast " + month, "why forecast " + month} {
					got := f.types(f.ivanov, line)
					if won := strings.Contains(got, "12,000 EUR"); won != (month == test.month) {
						t.Errorf("%s: got won %v, want %v:\n%s", line, won, month == test.month, got)
					}
				}
			}
		})
	}
}

// TestForecastMonths asks about months that are past and to come.
func TestForecastMonths(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "won acme", "deal add Borealis 18000 EUR", "score borealis 5 5 5")
	f.does(f.novak, "target 2026-11 20000", "target 2026-12 80000", "target 2026-12 9000 USD")
	holds(t, "this month", f.types(f.novak, "forecast"), "November: 30,000 of 20,000 EUR (won 12,000 + closing 18,000)",
		"The target is reached, 10,000 EUR over.")
	later := f.types(f.novak, "forecast december")
	holds(t, "a later month", later, "14 and 15 speak only of the next two weeks, so there is no forecast for December.", "Its target is 80,000 EUR + 9,000 USD.")
	lacks(t, "a later month", later, "18,000", "12,000")
	holds(t, "a later month without a target", f.types(f.novak, "forecast 2027-01"), "It has no target yet.")
	holds(t, "a month before", f.types(f.novak, "forecast 2026-10"), "Nothing was won in October.")
	f.after(10 * 24 * time.Hour) // 3 December
	past := f.types(f.novak, "forecast 2026-11")
	holds(t, "a past month", past, "November: 12,000 of 20,000 EUR won")
	lacks(t, "a past month", past, "18,000", "closing", "to go")
	holds(t, "the next month", f.types(f.novak, "forecast"), "December: 18,000 of 80,000 EUR (won 0 + closing 18,000)", "62,000 EUR to go.",
		"December: 0 of 9,000 USD (won 0 + closing 0)")
	f.now = time.Date(2027, 2, 1, 9, 0, 0, 0, time.UTC)
	holds(t, "last year", f.types(f.novak, "forecast 2026-11"), "November 2026: 12,000 of 20,000 EUR won")
}

// TestTargets sets targets for the team and for reps, by currency.
func TestTargets(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	f.does(f.ivanov, "deal add Acme 12000 EUR", "score acme 5 5 5")
	f.does(f.sidorov, "deal add Borealis 18000 EUR", "score borealis 5 5 5")
	f.does(f.novak, "target november 80000", "target 2026-11 30k @ivanov", "target 2026-11 9000 USD @ivanov", "target 2026-11 25000 @ivanov")
	holds(t, "the team's", f.types(f.novak, "forecast"), "November: 30,000 of 80,000 EUR", "50,000 EUR to go.")
	lacks(t, "the team's", f.types(f.novak, "forecast"), "25,000", "USD")
	own := f.types(f.ivanov, "forecast")
	holds(t, "a rep's", own, "November: 12,000 of 25,000 EUR", "13,000 EUR to go.", "November: 0 of 9,000 USD", "9,000 USD to go.", "The whole team: 30,000 EUR")
	lacks(t, "a rep's", own, "80,000", "Borealis")
	holds(t, "a rep without one", f.types(f.sidorov, "forecast"), "November: 18,000 EUR (won 0 + closing 18,000)", "The whole team: 30,000 EUR")
	f.does(f.boss, "settings visibility team")
	holds(t, "a rep who sees the team", f.types(f.sidorov, "forecast"), "November: 30,000 of 80,000 EUR")
}

// TestForecastOfHugeAmounts checks that sums of the largest amounts stay sums.
func TestForecastOfHugeAmounts(t *testing.T) {
	t.Parallel()
	f := openFirm(t)
	for i := range 3 {
		f.does(f.novak, fmt.Sprintf("deal add Firm%d 9999999999999.99 EUR", i), fmt.Sprintf("score firm%d 5 5 5", i))
	}
	holds(t, "forecast", f.types(f.novak, "forecast"), "29,999,999,999,999.97 EUR")
}
