package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/scoring"
)

// scoresKind reads the scores of Pain, Power and Fit, three whole numbers of 0
// to 5 at the end of a line. Its value is a [3]int.
type scoresKind struct{}

func (scoresKind) ID() string { return "scores" }

// Read implements bot.Kind.
func (k scoresKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	reading, err := k.ReadEnd(ctx, req, span)
	if err == nil && reading.Words == 0 && len(span.Words) > 0 {
		return bot.Reading{}, bot.Problem("scores.three", "typed", brief(bot.Join(span.Words), 60))
	}
	return reading, err
}

// ReadEnd implements bot.Ender.
func (scoresKind) ReadEnd(_ context.Context, _ bot.Request, span bot.Span) (bot.Reading, error) {
	first := len(span.Words) - len(scoring.Pillars)
	if first < 0 {
		return bot.Reading{}, nil
	}
	var scores [3]int
	for i, word := range span.Words[first:] {
		n, err := strconv.Atoi(word.Text)
		if isNumber := err == nil; !isNumber || word.Quoted {
			return bot.Reading{}, nil
		}
		scores[i] = n
	}
	for i, n := range scores {
		if n < 0 || n > scoring.BestPillar {
			near := scores
			near[i] = min(max(n, 0), scoring.BestPillar)
			return bot.Reading{}, bot.Problem("scores.range", "typed", span.Words[first+i].Text,
				"fixed", strings.TrimSpace(fmt.Sprintf("score %s %d %d %d", brief(bot.Join(span.Words[:first]), 60),
					bound(near[0]), bound(near[1]), bound(near[2]))))
		}
	}
	canonical := fmt.Sprintf("%d %d %d", scores[0], scores[1], scores[2])
	return bot.Reading{Value: scores, Words: len(scores), Canonical: canonical}, nil
}

func bound(n int) int { return min(max(n, 0), scoring.BestPillar) }
