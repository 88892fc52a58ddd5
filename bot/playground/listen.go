package playground

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// mostChanges is how many changes a page may be behind; then it is drawn anew.
const mostChanges = 200

// alive is how often a stream says that it is there, so that nothing between takes
// it for dead.
const alive = 20 * time.Second

// A change is what is new for those who listen.
type change struct {
	room string
	// entry is new, or changed if again is set, and stands in head's thread if that
	// is not 0. No entry is a change of the clock.
	entry, head int64
	only        string
	again       bool
}

// A listener is an open page.
type listener struct {
	account, room string
	changes       []change
	behind        bool // there were too many
	wake          chan struct{}
}

// join adds a listener.
func (r *rooms) join(account, room string) *listener {
	l := &listener{account: account, room: room, wake: make(chan struct{}, 1)}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.listeners[l] = struct{}{}
	return l
}

func (r *rooms) part(l *listener) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.listeners, l)
}

// tell has everybody hear of a change who may. r.mu is held.
func (r *rooms) tell(room string, c change) {
	c.room = room
	for l := range r.listeners {
		if c.entry != 0 && (!open(room, l.account) || c.only != "" && c.only != l.account) {
			continue
		}
		if len(l.changes) < mostChanges {
			l.changes = append(l.changes, c)
		} else {
			l.behind = true
		}
		select {
		case l.wake <- struct{}{}:
		default:
		}
	}
}

// ticked tells every page that the clock was turned.
func (r *rooms) ticked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tell("", change{})
}

// take returns what a listener has not heard of yet.
func (r *rooms) take(l *listener) (changes []change, behind bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	changes, behind = l.changes, l.behind
	l.changes, l.behind = nil, false
	return changes, behind
}

// listen streams to a page what is new on it. A page that was drawn before
// something that it does not know, and one of an earlier run, is drawn anew.
func (b *Bot) listen(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	l := b.rooms.join(v.me.ID, v.room)
	defer b.rooms.part(l)
	w.Header().Set("Content-Type", "text/event-stream")
	s := stream{w: w, out: http.NewResponseController(w)}
	beats := time.NewTicker(alive)
	defer beats.Stop()
	behind := r.FormValue("run") != b.run || r.FormValue("since") != strconv.FormatInt(b.rooms.newest(), 10)
	for s.comment(); s.err == nil; {
		changes, more := b.rooms.take(l)
		if behind || more || len(changes) > 0 {
			b.show(r.Context(), &s, v, changes, behind || more)
			behind = false
		}
		select {
		case <-l.wake:
		case <-beats.C:
			s.comment()
		case <-r.Context().Done():
			return
		case <-b.life.Done():
			return
		}
	}
}

// show sends what has changed. A page that has fallen behind gets everything.
func (b *Bot) show(ctx context.Context, s *stream, v visit, changes []change, all bool) {
	d := b.drawing(ctx, v)
	heads := map[int64]bool{}
	if all {
		b.rooms.look(v.room, v.me.ID)
		s.send("page", d.feed())
		s.send("threads", "")
	} else {
		for _, c := range changes {
			if c.room != v.room || c.entry == 0 {
				continue
			}
			if c.head != 0 {
				heads[c.head] = true
				continue
			}
			s.send("page", d.changed(c))
		}
	}
	for head := range heads {
		s.send("thread-"+strconv.FormatInt(head, 10), "")
		s.send("page", d.changed(change{entry: head, again: true}))
	}
	b.rooms.look(v.room, v.me.ID)
	s.send("page", d.around())
}

// A stream is a page's stream of events; once it is broken it does nothing.
type stream struct {
	w   http.ResponseWriter
	out *http.ResponseController
	err error
}

// send sends an event. htmx takes none that has no text.
func (s *stream) send(event, text string) {
	if text == "" {
		text = "."
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\n", "\ndata: ")
	s.write(fmt.Sprintf("event: %s\ndata: %s\n\n", event, text))
}

// comment sends what no page looks at.
func (s *stream) comment() { s.write(": here\n\n") }

func (s *stream) write(text string) {
	if s.err != nil {
		return
	}
	_, err := s.w.Write([]byte(text)) //nolint:gosec // templates have escaped it
	s.err = errors.Join(err, s.out.Flush())
}
