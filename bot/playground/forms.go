package playground

import (
	"crypto/rand"
	"sync"

	"fifteen/bot"
)

// mostForms is how many forms are remembered that pages have open. When there are
// more, all are forgotten, and what is wrong in one of them is said in the room.
const mostForms = 1_000

// forms remembers the forms that pages have open, so that one can be shown again
// with what is wrong in it.
type forms struct {
	mu     sync.Mutex
	opened map[string]bot.Form
}

// open remembers a form and returns the mark under which it is found.
func (f *forms) open(form bot.Form) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.opened == nil || len(f.opened) >= mostForms {
		f.opened = map[string]bot.Form{}
	}
	mark := rand.Text()
	f.opened[mark] = form
	return mark
}

// find returns the form with that mark, nil for none.
func (f *forms) find(mark string) *bot.Form {
	f.mu.Lock()
	defer f.mu.Unlock()
	if form, ok := f.opened[mark]; ok {
		return &form
	}
	return nil
}
