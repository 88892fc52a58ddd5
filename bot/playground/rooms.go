package playground

import (
	"slices"
	"strings"
	"sync"
	"time"

	"fifteen/bot"
)

// mostKept is how many messages a room remembers; older ones are forgotten.
const mostKept = 20_000

// An entry is a message in a room.
type entry struct {
	id int64
	// author is the account of who said it, "" for the bot.
	author string
	at     time.Time
	// text is what a person said, msg what the bot did.
	text string
	msg  bot.Message
	// only is the account that alone may see it, "" for everybody in the room.
	only string
	// line is what it answers, way how that came in.
	line string
	way  bot.Way
	// edited says that it took the place of another message.
	edited bool
	// below is the id of the message in whose thread it stands, 0 for none, and
	// replies how many stand in its own.
	below   int64
	replies int
}

// seenBy tells whether an account may see the entry.
func (e entry) seenBy(account string) bool { return e.only == "" || e.only == account }

// A room is a chat with what was said in it, the oldest first.
type room struct {
	id      string
	entries []*entry
	read    map[string]int64 // the newest entry that an account has seen
}

// isChannel tells whether a room's id is a channel's.
func isChannel(id string) bool { return strings.HasPrefix(id, "#") }

// open tells whether an account may look into a room.
func open(id, account string) bool { return isChannel(id) || id == account }

// rooms are all rooms, and who is listening to them.
type rooms struct {
	mu        sync.Mutex
	last      int64            // the newest entry's id
	old       int64            // the newest entry that was there before the program was started
	unkept    map[int64]string // the rooms of entries that have changed, by id; nil if nobody keeps them
	channels  []string
	byID      map[string]*room
	listeners map[*listener]struct{}
}

func newRooms(channels []string) *rooms {
	r := &rooms{byID: map[string]*room{}, listeners: map[*listener]struct{}{}}
	for _, id := range channels {
		r.room(id)
	}
	return r
}

// room returns a room, which is there from then on.
func (r *rooms) room(id string) *room {
	if r.byID[id] == nil {
		r.byID[id] = &room{id: id, read: map[string]int64{}}
		if isChannel(id) {
			r.channels = append(r.channels, id)
		}
	}
	return r.byID[id]
}

// add puts an entry at the end of a room, or of a thread in it, and its message's
// details into its own thread, or right behind it where there is only one person. It
// returns the entry's id.
func (r *rooms) add(id string, below int64, e entry) int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	rm := r.room(id)
	head := rm.find(below)
	if head != nil && head.below != 0 { // a thread has no threads
		head = rm.find(head.below)
	}
	details := e.msg.Details
	e.msg.Details = nil
	kept := r.put(rm, head, e)
	if head == nil && isChannel(id) {
		head = kept
	}
	for _, detail := range details {
		r.put(rm, head, entry{at: e.at, msg: detail, only: e.only, line: e.line, way: e.way})
	}
	return kept.id
}

// put appends an entry to a room, below another one if there is such.
func (r *rooms) put(rm *room, head *entry, e entry) *entry {
	r.last++
	e.id, e.below = r.last, 0
	if head != nil {
		e.below = head.id
		head.replies++
		r.touch(rm, head)
		if head.only != "" {
			e.only = head.only
		}
	}
	kept := &e
	rm.entries = append(rm.entries, kept)
	r.touch(rm, kept)
	if len(rm.entries) > mostKept {
		rm.entries = slices.Delete(rm.entries, 0, len(rm.entries)-mostKept)
	}
	r.tell(rm.id, change{entry: e.id, head: e.below, only: e.only})
	return kept
}

// touch notes that an entry is to be kept as it is now. r.mu is held.
func (r *rooms) touch(rm *room, e *entry) {
	if r.unkept != nil {
		r.unkept[e.id] = rm.id
	}
}

// replace changes what the bot said in an entry, and what stands below it if
// there is something new to stand there. false says that the account sees no such
// entry of the bot's.
func (r *rooms) replace(id string, number int64, account string, e entry) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	rm := r.room(id)
	old := rm.find(number)
	if old == nil || old.author != "" || !old.seenBy(account) {
		return false
	}
	details := e.msg.Details
	e.msg.Details = nil
	old.msg, old.line, old.way, old.edited = e.msg, e.line, e.way, true
	r.touch(rm, old)
	head := rm.find(old.below)
	if head == nil && isChannel(id) {
		head = old
	}
	for _, detail := range details {
		r.put(rm, head, entry{at: e.at, msg: detail, only: old.only, line: e.line, way: e.way})
	}
	r.tell(id, change{entry: old.id, head: old.below, only: old.only, again: true})
	return true
}

// find returns the entry with that id, nil for none.
func (rm *room) find(id int64) *entry {
	i, ok := slices.BinarySearchFunc(rm.entries, id, func(e *entry, id int64) int { return int(e.id - id) })
	if !ok {
		return nil
	}
	return rm.entries[i]
}

// entry returns what an account sees as the entry with that id; ok is false for
// nothing.
func (r *rooms) entry(id string, number int64, account string) (e entry, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if found := r.room(id).find(number); found != nil && found.seenBy(account) {
		return *found, true
	}
	return entry{}, false
}

// page returns what an account sees of a room outside its threads: the last few
// entries before the one with that id, 0 for the newest; more tells whether there
// are older ones.
func (r *rooms) page(id, account string, before int64, most int) (entries []entry, more bool) {
	return r.some(id, most, func(e *entry) bool {
		return e.below == 0 && (before == 0 || e.id < before) && e.seenBy(account)
	})
}

// thread returns what an account sees of a thread.
func (r *rooms) thread(id, account string, head int64) []entry {
	entries, _ := r.some(id, mostKept, func(e *entry) bool { return e.below == head && e.seenBy(account) })
	return entries
}

// some returns the last few entries of a room that fit, in their order.
func (r *rooms) some(id string, most int, fits func(*entry) bool) (entries []entry, more bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, e := range slices.Backward(r.room(id).entries) {
		if !fits(e) {
			continue
		}
		if len(entries) == most {
			more = true
			break
		}
		entries = append(entries, *e)
	}
	slices.Reverse(entries)
	return entries, more
}

// before returns what an account sees right before an entry of a room.
func (r *rooms) before(id, account string, number int64) (entry, bool) {
	entries, _ := r.page(id, account, number, 1)
	if len(entries) == 0 {
		return entry{}, false
	}
	return entries[0], true
}

// A sign is a room as it is listed.
type sign struct {
	id     string
	unread int
}

// signs returns the channels and the account's own room, with how much is new in
// each.
func (r *rooms) signs(account string) []sign {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := make([]sign, 0, len(r.channels)+1)
	for _, id := range append(slices.Clone(r.channels), account) {
		rm := r.room(id)
		unread := 0
		for _, e := range slices.Backward(rm.entries) {
			if e.id <= max(rm.read[account], r.old) {
				break
			}
			if e.below == 0 && e.author != account && e.seenBy(account) {
				unread++
			}
		}
		all = append(all, sign{id: id, unread: unread})
	}
	return all
}

// look notes that an account has seen everything in a room, and returns the newest
// entry that it had seen before.
func (r *rooms) look(id, account string) (before int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	rm := r.room(id)
	before = max(rm.read[account], r.old)
	rm.read[account] = r.last
	return before
}

// empty tells whether nothing was said in a room.
func (r *rooms) empty(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.room(id).entries) == 0
}

// newest is the id of the newest entry anywhere.
func (r *rooms) newest() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.last
}
