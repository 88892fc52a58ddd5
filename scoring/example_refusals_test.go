package scoring_test

import (
	"fmt"

	"fifteen/scoring"
)

// The worked examples of docs/metrics.md that are about refusals.

func ExampleRefusalsOf() {
	no := func(count int, reason scoring.Reason, probe scoring.Probe) scoring.RefusalCount {
		r := scoring.Refusal{Reason: reason, Aftermath: scoring.Aftermath{Probe: probe}}
		return scoring.RefusalCount{Refusal: r, Count: count}
	}
	all := scoring.RefusalsOf([]scoring.RefusalCount{
		no(6, scoring.PriceTooHigh, ""), no(4, scoring.HasSupplier, scoring.Cheaper),
		no(2, scoring.HasSupplier, scoring.NoneOfThese), no(2, scoring.SupplyTerms, ""),
	}, scoring.MethodFunnel().At)
	fmt.Println(all.Total(), all.Excuses, all.Real)
	fmt.Printf("price as a reason %.0f %%\n", 100*all.Share(all.Of(scoring.Cause{Reason: scoring.PriceTooHigh})))
	for _, disliked := range all.Dislikes {
		fmt.Printf("%s %.0f %%\n", disliked.Key, 100*all.Share(disliked.Real))
	}
	// Output:
	// 14 2 12
	// price as a reason 50 %
	// price 83 %
	// range 0 %
	// supply 17 %
}

func ExampleRefusalsOf_doors() {
	door := func(state scoring.DoorState, back bool) scoring.RefusalCount {
		r := scoring.Refusal{Reason: scoring.PriceTooHigh, Aftermath: scoring.Aftermath{Door: scoring.Door{State: state}}}
		return scoring.RefusalCount{Refusal: r, Back: back, Count: 1}
	}
	all := scoring.RefusalsOf([]scoring.RefusalCount{
		door(scoring.DoorDeclined, false), door(scoring.DoorAccepted, true), door(scoring.DoorAccepted, false),
		door(scoring.DoorUnoffered, false),
	}, scoring.MethodFunnel().At)
	fmt.Println(all.Offered, all.Accepted, all.Back)
	// Output: 3 2 1
}
