package commands

import (
	"context"

	"fifteen/commands/internal/typed"
)

// daysOff tells which days nobody works on in the organisation besides Saturdays
// and Sundays.
func (c *call) daysOff(ctx context.Context) (func(typed.Date) bool, error) {
	home, err := c.tx.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	return homeCalendar(home, c.home).Off, nil
}
