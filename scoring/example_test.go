package scoring_test

import (
	"fmt"
	"time"

	"fifteen/scoring"
)

// The worked examples of docs/metrics.md.

// acme is the deal of most of them: Pain three yeses, Power two yeses and a
// 'not sure' (credible), Fit two yeses and a question never asked (timely). All
// answers are of 2 November.
func acme() scoring.Card {
	var c scoring.Card
	for i, reply := range []scoring.Reply{
		scoring.Yes, scoring.Yes, scoring.Yes,
		scoring.Yes, scoring.Yes, scoring.Unsure,
		scoring.Yes, scoring.Yes, scoring.Unasked,
	} {
		if reply != scoring.Unasked {
			c.Answers[i] = scoring.Answer{Reply: reply, At: november(2), Rev: int64(i + 1)}
		}
	}
	return c
}

// november is nine o'clock on a day of November 2026.
func november(d int) time.Time { return time.Date(2026, time.November, d, 9, 0, 0, 0, time.UTC) }

func ExampleCard_Total() {
	c := acme()
	fmt.Println(c.Pillar(scoring.Pain), c.Pillar(scoring.Power), c.Pillar(scoring.Fit), c.Total())
	// Output: 5 4 3 12
}

func ExampleCard_Pillar_direct() {
	var c scoring.Card
	c.Direct[scoring.Pain] = scoring.Direct{Given: true, Points: 5, At: november(3), Rev: 10}
	fmt.Println(c.Pillar(scoring.Pain))
	for i, reply := range []scoring.Reply{scoring.Unsure, scoring.No, scoring.Yes} {
		c.Answers[i] = scoring.Answer{Reply: reply, At: november(4), Rev: int64(11 + i)}
		fmt.Println(reply, c.Pillar(scoring.Pain))
	}
	// Output:
	// 5
	// unsure 4
	// no 2
	// yes 2
}

func ExampleBandOf() {
	for _, total := range []int{10, 11, 13, 14} {
		fmt.Println(total, scoring.BandOf(total))
	}
	// Output:
	// 10 developing
	// 11 advancing
	// 13 advancing
	// 14 closing
}

func ExampleOverdue() {
	for _, d := range []int{16, 19} {
		fmt.Println(d, scoring.Overdue(november(2), november(d)))
	}
	// Output:
	// 16 0s
	// 19 72h0m0s
}

func ExampleCard_Open() {
	c := acme()
	for _, question := range c.Open(november(3)) {
		fmt.Println(question.Criterion, question.Gain)
	}
	c.Answers[scoring.Timely].Skipped = november(3)
	next, _ := c.Next(november(3))
	fmt.Println("after a skip:", next.Criterion)
	// Output:
	// timely 2
	// credible 1
	// after a skip: credible
}

func ExampleCard_Standing() {
	s := acme().Standing()
	fmt.Println("yeses to 14:", s.Yeses)
	fmt.Println("lift, always:", s.LiftAt.IsZero())
	fmt.Println("doubt, never:", s.DoubtAt.Equal(scoring.Never))
	fmt.Println("ask, always:", s.AskAt.IsZero())
	// Output:
	// yeses to 14: 1
	// lift, always: true
	// doubt, never: true
	// ask, always: true
}

func ExampleCard_Standing_closing() {
	c := acme()
	c.Answers[scoring.Timely] = scoring.Answer{Reply: scoring.Yes, At: november(3), Rev: 10}
	s := c.Standing()
	fmt.Println(s.Total, s.Yeses)
	fmt.Println("doubt from", s.DoubtAt.Format("2 January 15:04"))
	// Output:
	// 14 0
	// doubt from 2 November 21:00
}

func ExampleStanding_Stale() {
	c := acme()
	c.Answers[scoring.Timely] = scoring.Answer{Reply: scoring.Yes, At: november(3), Rev: 10}
	s := c.Standing()
	fmt.Println(s.Stale(november(17)), s.Stale(november(18)))
	// Output: false true
}

func ExampleForecastOf() {
	forecast := scoring.ForecastOf(
		[]scoring.Money{{Minor: 1_650_000, Currency: "EUR"}},
		[]scoring.Money{{Minor: 1_800_000, Currency: "EUR"}, {Minor: 1_200_000, Currency: "EUR"}, {Minor: 900_000, Currency: "USD"}, {}},
	)
	for _, total := range forecast.Totals {
		fmt.Println(total.Currency, total.Sum(), total.Count())
	}
	fmt.Println("without an amount:", forecast.Unpriced)
	// Output:
	// EUR 4650000 3
	// USD 900000 1
	// without an amount: 1
}
