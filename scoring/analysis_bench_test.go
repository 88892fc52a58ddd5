package scoring_test

import (
	"fmt"
	"testing"
	"time"

	"fifteen/scoring"
)

// BenchmarkAnalyse counts companies with three to six moves each, of ten reps.
func BenchmarkAnalyse(b *testing.B) {
	steps := scoring.MethodFunnel().Steps
	for _, n := range []int{1_000, 10_000, 100_000} {
		companies := make([][]scoring.Move, n)
		for i := range companies {
			at := noon.Add(-time.Duration(i%150) * day)
			m := scoring.Move{At: at, Deal: int64(i), Rep: int64(i % 10)}
			companies[i] = append(companies[i], m)
			for _, step := range steps[:1+i%4] {
				m.At, m.Kind, m.To = m.At.Add(5*day), scoring.Stepped, step.ID
				companies[i] = append(companies[i], m)
			}
			m.At, m.Kind, m.To = m.At.Add(5*day), scoring.SaidNo, ""
			companies[i] = append(companies[i], m)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a := scoring.NewAnalysis(scoring.MethodFunnel(), quarterTo(noon), noon)
				for _, moves := range companies {
					a.Add(moves)
				}
				if a.Team().Listed == 0 {
					b.Fatal("got none listed, want some")
				}
			}
		})
	}
}
