package storage

import (
	"context"
	"log/slog"
)

// RunJobsSoon is RunJobs without the pauses at the start that River makes by
// chance, so that many processes do not all begin at once.
func (s *Store) RunJobsSoon(ctx context.Context, log *slog.Logger, works ...Work) error {
	return s.runJobs(ctx, jobs{log: log, soon: true}, works)
}
