package scoring_test

import (
	"fmt"

	"fifteen/scoring"
)

// The worked examples of docs/metrics.md that are about what the closing band was
// before.

func ExampleBridgesOf() {
	whole := func(euros int64) scoring.Money { return eur(100 * euros) }
	deals := []scoring.ClosingPast{
		walkOf(1, at(12, whole(12_000))).to(at(14, whole(12_000))).ClosingPast,                        // Acme
		walkOf(2, at(15, whole(18_000))).ClosingPast,                                                  // Borealis
		walkOf(3, at(14, whole(11_500))).ClosingPast,                                                  // Delta Works
		walkOf(4, at(14, whole(9_000))).to(at(13, whole(9_000))).ClosingPast,                          // Gamma
		walkOf(5, at(15, whole(16_500))).to(gone(scoring.BandWon, at(15, whole(16_500)))).ClosingPast, // Omega
		walkOf(6, at(12, whole(4_000))).to(at(14, whole(4_000)), at(12, whole(4_000))).ClosingPast,    // Sigma
	}
	for _, bridge := range scoring.BridgesOf(deals, lastWeek, 0) {
		fmt.Println(bridge.Then/100, "→", bridge.Now/100, bridge.Currency)
		for _, line := range bridge.Lines {
			fmt.Printf("%+d deal %d %s\n", line.Change/100, line.Deal, kindNames[line.Kind])
		}
	}
	// Output:
	// 55000 → 41500 EUR
	// +12000 deal 1 up
	// -9000 deal 4 slipped
	// -16500 deal 5 won
	// +0 deal 6 passed
}
