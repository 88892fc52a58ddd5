package telegrambot

import (
	"errors"
	"time"

	"fifteen/bot"
)

// How long the bot waits after failures in a row.
const (
	firstWait = time.Second
	mostWait  = time.Minute
)

// backOff is how long to wait after the nth failure in a row, from 0, or as long
// as Telegram asks.
func backOff(n int, err error) time.Duration {
	if wait, ok := errors.AsType[*bot.WaitError](err); ok {
		return wait.For
	}
	return min(firstWait<<min(n, 10), mostWait)
}
