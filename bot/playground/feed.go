package playground

import (
	"crypto/rand"
	"slices"
	"strconv"
	"time"

	"fifteen/bot"
	"fifteen/bot/draw"
)

// feed is what stands in a room or in a thread.
type feed struct {
	L        labels
	Path     string
	Entries  []shown
	Older    int64 // the entry before which there are more, 0 for none
	Starters []Starter
	Swap     bool
}

// entries are the newest ones before one of them, 0 for the newest of all.
func (d drawing) entries(before int64) feed {
	entries, more := d.bot.rooms.page(d.room, d.me.ID, before, onPage)
	f := feed{L: d.labels, Path: d.path()}
	var last entry
	fresh := false
	for i, e := range entries {
		s := d.shown(e, last)
		if d.unreadFrom > 0 && e.id > d.unreadFrom && e.author != d.me.ID && !fresh {
			s.New, fresh = true, true
		}
		f.Entries = append(f.Entries, s)
		last = e
		if i == 0 && more {
			f.Older = e.id
		}
	}
	silent := d.room == d.me.ID && !more && !slices.ContainsFunc(entries, func(e entry) bool { return e.author != "" })
	if before == 0 && (silent || len(entries) == 0) {
		for _, s := range d.bot.config.Starters {
			f.Starters = append(f.Starters, Starter{Line: s.Line, Name: d.bot.config.Words.Say(d.locale, s.Name)})
		}
	}
	return f
}

// feed draws all of a room, in place of what the page has.
func (d drawing) feed() string {
	f := d.entries(0)
	f.Swap = true
	return d.render("feed", f)
}

// stretch draws what was said before an entry.
func (d drawing) stretch(before int64) string { return d.render("stretch", d.entries(before)) }

// changed draws what a change of a room does to a page: an entry more, or another
// one in an entry's place.
func (d drawing) changed(c change) string {
	e, ok := d.bot.rooms.entry(d.room, c.entry, d.me.ID)
	if !ok || e.below != 0 {
		return ""
	}
	last, _ := d.bot.rooms.before(d.room, d.me.ID, e.id)
	s := d.shown(e, last)
	s.Swap = c.again
	if c.again {
		return d.render("entry", s)
	}
	return d.render("added", s)
}

// around draws what stands around a room: the other rooms and the clock.
func (d drawing) around() string {
	clock := d.clock()
	clock.Swap = true
	return d.render("around", whole{L: d.labels, Doors: d.doors(), Clock: clock, Swap: true})
}

// composer is where one types.
type composer struct {
	L      labels
	Path   string
	Below  int64
	Event  string
	Prompt string
	Swap   bool
}

func (d drawing) composer(below int64) composer {
	return composer{L: d.labels, Path: d.path(), Below: below, Event: rand.Text(), Prompt: d.labels.Example}
}

// composed draws what a page gets that has sent a typed line: a fresh place to type
// the next one, and the form that is to be filled in.
func (d drawing) composed(below int64, form *filling) string {
	fresh := d.composer(below)
	fresh.Swap = true
	return d.render("event", fresh) + d.dialog(form)
}

// options draws what a line may become.
func (d drawing) options(lines []string) string { return d.render("options", lines) }

// shown is an entry as a page shows it.
type shown struct {
	L       labels
	Path    string
	ID      int64
	Author  string
	Letter  string
	Colour  int
	FromBot bool
	Hour    string
	Stamp   string // for programs
	Day     string // where a day begins
	New     bool   // what follows has not been seen yet
	Only    bool
	Edited  bool
	Text    string
	Message bot.Message
	Alt     string
	Version int64
	Replies string
	Swap    bool
}

// colours is how many colours people have.
const colours = 6

// shown prepares an entry for a page, behind another one.
func (d drawing) shown(e, last entry) shown {
	s := shown{
		L: d.labels, Path: d.path(), ID: e.id, FromBot: e.author == "", Hour: d.hour(e.at), Stamp: e.at.UTC().Format(time.RFC3339),
		Only: e.only != "", Edited: e.edited, Text: e.text, Message: e.msg, Author: d.labels.Bot, Version: d.bot.rooms.newest(),
	}
	for i, p := range d.people {
		if p.ID == e.author {
			s.Author, s.Colour = p.Name, i%colours
		}
	}
	s.Letter = letter(s.Author)
	if d.day(e.at) != d.day(last.at) {
		s.Day = d.day(e.at)
	}
	if e.msg.Chart != nil {
		s.Alt = draw.Alt(*e.msg.Chart)
	}
	if n := d.bot.rooms.seen(d.room, d.me.ID, e); n > 0 {
		s.Replies = d.bot.config.Words.Say(d.locale, "playground.replies", "count", n)
	}
	return s
}

// seen is how many replies to an entry an account sees.
func (r *rooms) seen(id, account string, e entry) int {
	if e.replies == 0 {
		return 0
	}
	return len(r.thread(id, account, e.id))
}

// dialog draws a form to be filled in; nothing for none.
func (d drawing) dialog(form *filling) string {
	if form == nil {
		return d.render("nothing", nil)
	}
	view := dialogView{L: d.labels, Path: d.path(), Title: form.Title, Line: form.Line, Entry: form.entry, Mark: d.bot.forms.open(form.Form)}
	for i, field := range form.Fields {
		f := fieldView{L: d.labels, FormField: field, ID: "field" + strconv.Itoa(i), Key: fieldMark + field.Name, Value: form.values[field.Name]}
		if form.field == field.Name {
			f.Wrong = form.wrong
		}
		view.Fields = append(view.Fields, f)
	}
	return d.render("dialog", view)
}

// dialogView is a form as a page shows it.
type dialogView struct {
	L           labels
	Path, Title string
	Line, Mark  string
	Entry       int64
	Fields      []fieldView
}

// fieldView is a field of it.
type fieldView struct {
	L labels
	bot.FormField
	ID, Key, Value, Wrong string
}
