package scoring_test

import (
	"testing"
	"time"

	"fifteen/scoring"
)

func TestBandOfEveryTotal(t *testing.T) {
	t.Parallel()
	for total, want := range []scoring.Band{
		0: scoring.Developing, 1: scoring.Developing, 2: scoring.Developing, 3: scoring.Developing,
		4: scoring.Developing, 5: scoring.Developing, 6: scoring.Developing, 7: scoring.Developing,
		8: scoring.Developing, 9: scoring.Developing, 10: scoring.Developing,
		11: scoring.Advancing, 12: scoring.Advancing, 13: scoring.Advancing,
		14: scoring.Closing, 15: scoring.Closing,
	} {
		if got := scoring.BandOf(total); got != want {
			t.Errorf("band of %d: got %s, want %s", total, got, want)
		}
	}
}

func TestOverdue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		since time.Time
		want  time.Duration
	}{
		{"entered this moment", noon, 0},
		{"13 days", noon.Add(-13 * day), 0},
		{"14 days", noon.Add(-14 * day), 0},
		{"a tick longer", noon.Add(-14*day - tick), tick},
		{"17 days", noon.Add(-17 * day), 3 * day}, // 17-14
		{"enters later", noon.Add(day), 0},
		{"never enters", scoring.Never, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := scoring.Overdue(c.since, noon); got != c.want {
				t.Errorf("overdue: got %v, want %v", got, c.want)
			}
		})
	}
}
