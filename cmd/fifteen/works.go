package main

import (
	"time"

	"fifteen/commands"
	"fifteen/storage"
)

// How often works are woken.
const (
	wakeEvery  = 10 * time.Second // to say what has become due
	pruneEvery = time.Hour        // to remove what is old
)

// works are what River wakes, in one of the processes over a database. The
// outbox is not among them: the senders live in each process, which looks into
// it by itself.
func works(app *commands.App, m *metrics) []storage.Work {
	return []storage.Work{
		{Name: "wake", Every: wakeEvery, Run: m.timed("wake", app.Wake)},
		{Name: "prune", Every: pruneEvery, Run: m.timed("prune", app.Prune)},
	}
}
