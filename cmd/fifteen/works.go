package main

import (
	"time"

	"fifteen/commands"
	"fifteen/storage"
)

// pruneEvery is the time between two removals of what is old.
const pruneEvery = time.Hour

// works are what River wakes, in one of the processes over a database. The
// outbox is not among them: the senders live in each process, which looks into
// it by itself.
func works(app *commands.App, m *metrics) []storage.Work {
	return []storage.Work{
		{Name: "prune", Every: pruneEvery, Run: m.timed("prune", app.Prune)},
	}
}
