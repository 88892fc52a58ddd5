package storage

import (
	"context"
	"sync/atomic"
	"time"

	"gorm.io/gorm/logger"
)

// countKey is under which a context holds what its statements are counted in.
type countKey struct{}

// Counting returns a context whose statements are counted in n, without those that
// begin and end transactions. On SQLite only those that read are: one that writes
// belongs to a transaction that others share.
func Counting(ctx context.Context, n *atomic.Int64) context.Context {
	return context.WithValue(ctx, countKey{}, n)
}

// counter counts statements for Counting, and logs nothing.
type counter struct{ logger.Interface }

// Trace implements logger.Interface.
func (counter) Trace(ctx context.Context, _ time.Time, _ func() (string, int64), _ error) {
	if n, ok := ctx.Value(countKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}

// LogMode implements logger.Interface.
func (c counter) LogMode(logger.LogLevel) logger.Interface { return c }
