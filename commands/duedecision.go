package commands

import (
	"context"
	"time"

	"fifteen/commands/internal/typed"
)

// reviews lists the decisions to look at again, for managers among themselves: a
// rep's problems stay in private.
func (l *dueList) reviews(ctx context.Context, c *call, owner int64) error {
	if !c.manages() || c.public() {
		return nil
	}
	// A review is due on a day, not at the hour of the decision.
	ahead := typed.DateOf(c.now.In(c.home)).AddDays(dueAhead + 1)
	until := func(review int) time.Time {
		return ahead.AddDays(-reviewDays(review)).In(c.home).Add(-time.Microsecond)
	}
	found, err := c.tx.DecisionsDue(ctx, until(0), until(1))
	if err != nil {
		return err
	}
	listed := 0
	for _, d := range found {
		if owner != 0 && d.Member != owner {
			continue
		}
		listed++
		if listed > dueMost {
			l.more = true
			break
		}
		who, err := c.handle(ctx, d.Member)
		if err != nil {
			return err
		}
		row := dueRow{
			on: c.reviewOn(d, d.Reviews).String(), about: brief(c.step(d.Step), maxStepName), who: brief(who, 40),
			what: c.say("decisions.look", "what", d.What),
		}
		if c.isDue(d) {
			row.button = c.seenButton(d, who)
		}
		l.rows = append(l.rows, row)
	}
	return nil
}
