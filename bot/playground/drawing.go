package playground

import (
	"strings"
	"time"
	"unicode/utf8"
)

// A drawing draws what one person sees of a room.
type drawing struct {
	bot *Bot
	visit
	labels labels
	locale string
	// unreadFrom is the newest entry that the person had seen, since the newest there
	// was when the page was drawn.
	unreadFrom, since int64
}

// render fills in a template, which cannot fail but for an error in it.
func (d drawing) render(name string, with any) string {
	var b strings.Builder
	if err := d.bot.pages.ExecuteTemplate(&b, name, with); err != nil {
		d.bot.config.Log.Error("page could not be drawn", "platform", d.bot.config.Platform, "part", name, "err", err)
		return ""
	}
	return b.String()
}

// whole is a page.
type whole struct {
	*drawing
	L            labels
	Path         string
	Run          string
	Since        int64
	Name         string
	Doors        []door
	Persons      []persona
	Clock        clockFace
	Feed         feed
	Composer     composer
	Workspace    string
	Conversation string
	// Swap says that it takes the place of what the page has.
	Swap bool
}

// A door leads to a room.
type door struct {
	L            labels
	Path, Name   string
	Unread       int
	Here, Direct bool
}

// A persona is somebody whom one can be.
type persona struct {
	Path, Name, Role, Letter string
	Colour                   int
	Here                     bool
}

func (d drawing) persons() []persona {
	all := make([]persona, len(d.people))
	for i, p := range d.people {
		room := d.room
		if !isChannel(room) {
			room = p.ID
		}
		all[i] = persona{
			Path: path(p.ID, room), Name: p.Name, Role: d.bot.config.Words.Say(d.locale, "role."+p.Role), Letter: letter(p.Name),
			Colour: i % colours, Here: p.ID == d.me.ID,
		}
	}
	return all
}

// letter stands for a name.
func letter(name string) string {
	first, _ := utf8.DecodeRuneInString(name)
	return strings.ToUpper(string(first))
}

// clockFace is the page's clock.
type clockFace struct {
	L     labels
	Path  string
	Now   string
	At    string
	Jumps []string
	Turns bool
	Swap  bool
}

// name is what a room is called.
func (d drawing) name(room string) string {
	if isChannel(room) {
		return room
	}
	return d.labels.Bot
}

func (d drawing) path() string { return path(d.me.ID, d.room) }

func (d drawing) doors() []door {
	signs := d.bot.rooms.signs(d.me.ID)
	all := make([]door, len(signs))
	for i, s := range signs {
		all[i] = door{Path: path(d.me.ID, s.id), Name: d.name(s.id), Unread: s.unread, Here: s.id == d.room, Direct: !isChannel(s.id), L: d.labels}
	}
	return all
}

func (d drawing) clock() clockFace {
	now := d.bot.config.Now().In(d.bot.config.Zone)
	face := clockFace{
		L: d.labels, Path: d.path(), Now: d.stamp(now), At: now.Format(typedMoment), Turns: d.bot.config.Clock.Set != nil,
	}
	for _, jump := range d.bot.config.Clock.Jumps {
		face.Jumps = append(face.Jumps, d.bot.config.Words.Say(d.locale, jump.Name))
	}
	return face
}

// stamp writes a moment with its day.
func (d drawing) stamp(at time.Time) string { return d.day(at) + " " + d.hour(at) }

func (d drawing) hour(at time.Time) string { return at.In(d.bot.config.Zone).Format("15:04") }

func (d drawing) day(at time.Time) string {
	return at.In(d.bot.config.Zone).Format("Mon 2 Jan 2006")
}

// whole draws a page.
func (d drawing) whole() string {
	return d.render("page", whole{
		drawing: &d, L: d.labels, Path: d.path(), Run: d.bot.run, Since: d.since, Name: d.name(d.room),
		Doors: d.doors(), Persons: d.persons(), Clock: d.clock(), Feed: d.entries(0), Composer: d.composer(0), Workspace: d.bot.config.Title,
		Conversation: d.name(d.room) + " · " + d.labels.Title,
	})
}
