package scoring_test

import (
	"fmt"
	"time"

	"fifteen/scoring"
)

// The worked examples of docs/metrics.md that are about the funnel.

// october is nine o'clock on a day of October 2026.
func october(d int) time.Time { return time.Date(2026, time.October, d, 9, 0, 0, 0, time.UTC) }

// quarter is the thirteen weeks up to 26 November.
func quarter() scoring.Window {
	return scoring.Window{From: november(26).AddDate(0, 0, -91), To: november(26)}
}

func ExampleFunnel_Expected() {
	for _, companies := range scoring.MethodFunnel().Expected(100) {
		fmt.Printf("%.1f\n", companies)
	}
	// Output:
	// 100.0
	// 80.0
	// 64.0
	// 60.8
}

func ExampleFunnel_At() {
	f := scoring.Funnel{
		Steps: []scoring.FunnelStep{{ID: "contact"}, {ID: "demo"}, {ID: "contract"}},
		Was:   map[scoring.Step]scoring.Step{"visit": "presentation", "presentation": "demo"},
	}
	fmt.Println(f.At("visit"), f.Position("visit"), f.Position("payment"))
	// Output: demo 2 0
}

func ExampleFunnel_Passages() {
	acme := []scoring.Move{
		{At: october(1), Deal: 1, Rep: 1, Kind: scoring.Listed},
		{At: october(5), Deal: 1, Rep: 1, Kind: scoring.Stepped, To: scoring.Contact},
		{At: november(9), Deal: 1, Rep: 1, Kind: scoring.SaidNo},
		{At: november(16), Deal: 1, Rep: 1, Kind: scoring.Reopened},
		{At: november(20), Deal: 1, Rep: 1, Kind: scoring.Stepped, To: scoring.Contract},
	}
	state := map[scoring.PassageState]string{
		scoring.Moved: "moved", scoring.Refused: "refused", scoring.RanOut: "ran out", scoring.Pending: "pending",
	}
	show := func(now time.Time) {
		passages := scoring.MethodFunnel().Passages(acme, now)
		last := passages[len(passages)-1]
		fmt.Println(last.Step, state[last.State])
	}
	show(november(4))
	show(november(5))
	show(november(10))
	show(november(16))
	show(november(20))
	// Output:
	// 2 pending
	// 2 ran out
	// 2 ran out
	// 2 pending
	// 4 pending
}

func ExampleAnalysis() {
	a := scoring.NewAnalysis(scoring.MethodFunnel(), quarter(), november(26))
	add := func(companies, contacted int, then ...scoring.Move) {
		for range companies {
			a.Add(append([]scoring.Move{
				{At: october(1), Rep: 1, Kind: scoring.Listed},
				{At: october(contacted), Rep: 1, Kind: scoring.Stepped, To: scoring.Contact},
			}, then...))
		}
	}
	add(8, 5, scoring.Move{At: october(20), Rep: 1, Kind: scoring.Stepped, To: scoring.Presentation})
	add(1, 5, scoring.Move{At: october(20), Rep: 1, Kind: scoring.SaidNo})
	add(1, 5)
	add(1, 5, scoring.Move{At: october(12), Rep: 1, Kind: scoring.FoundUnfit})
	add(2, 30)
	team := a.Team()
	presentation := team.Steps[1]
	fmt.Printf("%d of %d, %.0f %%\n", presentation.Moved, presentation.Decided(), 100*presentation.Ratio())
	fmt.Println("pending", presentation.Pending, "unfit", presentation.Unfit)
	fmt.Println("listed", team.Listed, "contact", team.Steps[0].Reached, "presentation", presentation.Reached)
	// Output:
	// 8 of 10, 80 %
	// pending 2 unfit 1
	// listed 13 contact 13 presentation 8
}

func ExampleStepFigures_Interval() {
	low, high := scoring.StepFigures{Moved: 8, Refused: 1, RanOut: 1}.Interval()
	fmt.Printf("%.0f to %.0f %%\n", 100*low, 100*high)
	low, high = scoring.StepFigures{Moved: 80, Refused: 20}.Interval()
	fmt.Printf("%.0f to %.0f %%\n", 100*low, 100*high)
	// Output:
	// 49 to 94 %
	// 71 to 87 %
}

func ExampleStepFigures_Days() {
	days, _ := scoring.StepFigures{Waits: []time.Duration{2 * day, 30 * day, 5 * day, 8 * day}}.Days()
	fmt.Println(days)
	// Output: 6.5
}

func ExampleFunnel_Problems() {
	sidorov := decided([2]int{191, 200}, [2]int{172, 191}, [2]int{120, 172}, [2]int{96, 120})
	for _, problem := range scoring.MethodFunnel().Problems(sidorov) {
		fmt.Printf("step %d: %.2f\n", problem.Step, problem.Missed)
	}
	// Output:
	// step 4: 18.00
	// step 3: 16.72
	// step 1: 5.47
}

func ExampleFunnel_Leak() {
	team := decided([2]int{90, 100}, [2]int{70, 100}, [2]int{49, 70}, [2]int{46, 48})
	leak, _ := scoring.MethodFunnel().Leak(team, quarter().Days())
	fmt.Printf("step %d: %.1f deals, %.2f a month\n", leak.Step, leak.Deals, leak.PerMonth)
	mean := scoring.Money{Minor: 1_000_000, Currency: "EUR"}
	fmt.Println(mean.Times(leak.PerMonth))
	// Output:
	// step 2: 8.0 deals, 2.68 a month
	// {2675824 EUR}
}

func ExampleFunnel_Pairs() {
	ivanov := decided([2]int{160, 200}, [2]int{112, 160}, [2]int{95, 112}, [2]int{91, 95})
	sidorov := decided([2]int{191, 200}, [2]int{172, 191}, [2]int{120, 172}, [2]int{96, 120})
	reps, names := map[int64]*scoring.Figures{1: &ivanov, 2: &sidorov}, []string{1: "Ivanov", 2: "Sidorov"}
	for _, pair := range scoring.MethodFunnel().Pairs(reps) {
		fmt.Printf("step %d: %s teaches %s, p %.2g\n", pair.Step, names[pair.Teacher], names[pair.Learner], pair.P)
	}
	// Output:
	// step 1: Sidorov teaches Ivanov, p 9.7e-06
	// step 2: Sidorov teaches Ivanov, p 9.7e-06
	// step 3: Ivanov teaches Sidorov, p 0.0045
	// step 4: Ivanov teaches Sidorov, p 0.00094
}
