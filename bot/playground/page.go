package playground

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/bot/draw"
)

// onPage is how many messages a page shows before one asks for older ones.
const onPage = 50

// private is a member's own chat with the bot in an address.
const private = "dm"

// A visit is who looks into which room.
type visit struct {
	me     Person
	people []Person
	room   string
}

// path is the address of a room for a person, without what follows.
func path(me, room string) string {
	name := private
	if isChannel(room) {
		name = strings.TrimPrefix(room, "#")
	}
	return "/as/" + url.PathEscape(me) + "/in/" + url.PathEscape(name)
}

// visit finds out who looks where. ok is false when there is nobody or nothing of
// that name, which has been answered then.
func (b *Bot) visit(w http.ResponseWriter, r *http.Request) (v visit, ok bool) {
	r.Body = http.MaxBytesReader(w, r.Body, mostSent)
	if err := r.ParseForm(); err != nil {
		http.Error(w, b.config.Words.Say("", "playground.much"), http.StatusRequestEntityTooLarge)
		return visit{}, false
	}
	people, err := b.config.People(r.Context())
	if err != nil {
		b.fail(w, r, err)
		return visit{}, false
	}
	v = visit{people: people, room: "#" + r.PathValue("room")}
	for _, p := range people {
		if p.ID == r.PathValue("me") {
			v.me, ok = p, true
		}
	}
	if r.PathValue("room") == private {
		v.room = v.me.ID
	}
	if !ok || isChannel(v.room) && !b.rooms.has(v.room) {
		b.lost(w)
		return visit{}, false
	}
	return v, true
}

// has tells whether there is such a channel.
func (r *rooms) has(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.byID[id] != nil
}

// enter leads to the usual page.
func (b *Bot) enter(w http.ResponseWriter, r *http.Request) {
	people, err := b.config.People(r.Context())
	if err == nil && len(people) == 0 {
		err = errNobody
	}
	if err != nil {
		b.fail(w, r, err)
		return
	}
	http.Redirect(w, r, path(people[0].ID, people[0].ID), http.StatusSeeOther)
}

// fail answers what the program could not do.
func (b *Bot) fail(w http.ResponseWriter, r *http.Request, err error) {
	b.config.Log.ErrorContext(r.Context(), "page could not be shown", "platform", b.config.Platform, "err", err)
	http.Error(w, b.config.Words.Say("", "playground.broken"), http.StatusInternalServerError)
}

// lost answers who asked for a page that is not there.
func (b *Bot) lost(w http.ResponseWriter) {
	http.Error(w, b.config.Words.Say("", "playground.lost"), http.StatusNotFound)
}

// page draws a room whole.
func (b *Bot) page(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	b.begin(r.Context(), v)
	d := b.drawing(r.Context(), v)
	d.unreadFrom = b.rooms.look(v.room, v.me.ID)
	d.since = b.rooms.newest()
	w.Header().Set("Cache-Control", "no-store")
	b.give(w, d.whole())
}

// begin says the first line's answer in a person's chat with the bot in which nothing
// stands yet.
func (b *Bot) begin(ctx context.Context, v visit) {
	if b.config.First == "" || v.room != v.me.ID || !b.rooms.empty(v.room) {
		return
	}
	b.inTurn(ctx, v, func(ctx context.Context) {
		if !b.rooms.empty(v.room) { // another tab was quicker
			return
		}
		req := b.request(v, b.config.First, bot.Pressed, 0)
		reply := b.config.Router.Serve(ctx, req)
		b.rooms.add(v.room, 0, entry{at: req.At, msg: reply.Message, way: bot.Scheduled})
		b.keep(ctx)
		b.sent(ctx, reply)
	})
}

// older gives the messages before one.
func (b *Bot) older(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	before, _ := strconv.ParseInt(r.FormValue("before"), 10, 64)
	b.give(w, b.drawing(r.Context(), v).stretch(before))
}

// thread opens a thread beside the room, replies gives what stands in it.
func (b *Bot) thread(w http.ResponseWriter, r *http.Request) {
	b.aside(w, r, drawing.thread)
}

func (b *Bot) replies(w http.ResponseWriter, r *http.Request) {
	b.aside(w, r, drawing.replies)
}

// inside shows what a message came from and what it would be elsewhere.
func (b *Bot) inside(w http.ResponseWriter, r *http.Request) {
	b.aside(w, r, drawing.inside)
}

func (b *Bot) aside(w http.ResponseWriter, r *http.Request, show func(drawing, entry) string) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	if e, ok := b.found(w, r, v); ok {
		b.give(w, show(b.drawing(r.Context(), v), e))
	}
}

// chart gives the picture of a message.
func (b *Bot) chart(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	e, ok := b.found(w, r, v)
	if !ok || e.msg.Chart == nil {
		return
	}
	picture, err := draw.PNG(*e.msg.Chart)
	if err != nil {
		b.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(picture) // whoever does not listen misses it
}

// drawing draws for a visit.
func (b *Bot) drawing(ctx context.Context, v visit) drawing {
	locale := b.locale(ctx, v.me.ID)
	return drawing{bot: b, visit: v, locale: locale, labels: b.labels(locale)}
}
