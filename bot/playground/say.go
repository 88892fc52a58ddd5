package playground

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"fifteen/bot"
)

// called are the ways in which one calls the bot in a chat service; here every
// line is for it anyway.
var called = []string{"/ppf", "@fifteen"}

// mostSent is how many bytes a request may have.
const mostSent = 1 << 18

// say answers what was typed.
func (b *Bot) say(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	line := strings.TrimSpace(r.PostFormValue("line"))
	event := r.PostFormValue("event")
	below, _ := strconv.ParseInt(r.PostFormValue("below"), 10, 64)
	if line == "" || event != "" && !b.seen.First(v.me.ID+"/"+event, b.config.Now()) {
		b.give(w, b.drawing(r.Context(), v).composed(below, nil))
		return
	}
	req := b.request(v, line, bot.Typed, below)
	for _, name := range called {
		if rest, ok := strings.CutPrefix(req.Line, name+" "); ok {
			req.Line = strings.TrimSpace(rest)
		}
	}
	if rest, ok := strings.CutPrefix(req.Line, "/"); ok {
		req.Line, req.Command = rest, true
	}
	b.answer(w, r, said{visit: v, req: req, below: below, typed: line})
}

// press answers a button or a menu.
func (b *Bot) press(w http.ResponseWriter, r *http.Request) {
	if s, ok := b.pointed(w, r, bot.Pressed); ok {
		b.answer(w, r, s)
	}
}

// submit answers a form.
func (b *Bot) submit(w http.ResponseWriter, r *http.Request) {
	s, ok := b.pointed(w, r, bot.Submitted)
	if !ok {
		return
	}
	s.req.Values = map[string]string{}
	for name, values := range r.PostForm {
		if field, ok := strings.CutPrefix(name, fieldMark); ok && len(values) > 0 {
			s.req.Values[field] = strings.TrimSpace(strings.Join(values, " "))
		}
	}
	s.form = b.forms.find(r.PostFormValue("form"))
	b.answer(w, r, s)
}

// pointed reads what came from an entry: its line, and the entry if the person still
// sees it.
func (b *Bot) pointed(w http.ResponseWriter, r *http.Request, way bot.Way) (said, bool) {
	v, ok := b.visit(w, r)
	if !ok {
		return said{}, false
	}
	number, _ := strconv.ParseInt(r.PostFormValue("entry"), 10, 64)
	on, _ := b.rooms.entry(v.room, number, v.me.ID)
	req := b.request(v, r.PostFormValue("line"), way, on.below)
	own := way == bot.Submitted && on.msg.Form != nil && on.msg.Form.Line == req.Line
	return said{visit: v, req: req, on: on.id, below: on.below, own: own}, true
}

// leaves begins the lines that a closed form has kept something under.
const leaves = "draft "

// leave closes a form: what is typed next is not meant for it.
func (b *Bot) leave(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	line := r.PostFormValue("line")
	if strings.HasPrefix(line, leaves) {
		b.inTurn(r.Context(), v, func(ctx context.Context) {
			reply := b.config.Router.Serve(ctx, b.request(v, line+" leave", bot.Pressed, 0))
			b.sent(ctx, reply)
		})
	}
	b.give(w, "")
}

// said is something that came from a page.
type said struct {
	visit
	req bot.Request
	// on is the entry whose button or form it was, 0 for none, and own says that the
	// form stands in it.
	on  int64
	own bool
	// form is the one that was filled in, nil if nobody knows any more.
	form *bot.Form
	// below is the thread in which it was said, 0 for none.
	below int64
	typed string
}

// request is what a line asks.
func (b *Bot) request(v visit, line string, way bot.Way, below int64) bot.Request {
	chat := bot.Chat{Platform: b.config.Platform, ID: v.room, Private: v.room == v.me.ID}
	if below != 0 {
		chat.Thread = strconv.FormatInt(below, 10)
	}
	return bot.Request{
		Workspace: b.config.Workspace, Account: b.account(v.me.ID), Chat: chat, Line: line, Way: way,
		EventID: b.run + "/" + strconv.FormatInt(b.events.Add(1), 10), At: b.config.Now(), Chats: b.config.Chats,
	}
}

// inTurn does something when what the person did before is done, and waits for it.
// It is done even if the page does not wait.
func (b *Bot) inTurn(ctx context.Context, v visit, do func(context.Context)) bool {
	ctx = context.WithoutCancel(ctx)
	done := make(chan struct{})
	err := b.lanes.Do(v.me.ID, func() {
		defer close(done)
		do(ctx)
	})
	if err == nil {
		<-done
	}
	return err == nil
}

// answer has the bot answer, shows that in the room, and gives the page the form
// that is to be filled in, if there is one.
func (b *Bot) answer(w http.ResponseWriter, r *http.Request, s said) {
	var form *filling
	ok := b.inTurn(r.Context(), s.visit, func(ctx context.Context) {
		if s.typed != "" {
			b.rooms.add(s.room, s.below, entry{author: s.me.ID, at: s.req.At, text: s.typed, line: s.req.Line})
		}
		reply := b.config.Router.Serve(ctx, s.req)
		form = b.reply(s, reply)
		for _, post := range reply.Posts {
			if post.Chat.Platform == b.config.Platform {
				if err := b.Send(ctx, post); err != nil {
					b.config.Log.ErrorContext(ctx, "a post could not be shown", "platform", b.config.Platform, "err", err)
				}
			}
		}
		b.keep(ctx)
		b.sent(ctx, reply)
	})
	d := b.drawing(r.Context(), s.visit)
	if !ok {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if s.req.Way == bot.Typed {
		b.give(w, d.composed(s.below, form))
		return
	}
	b.give(w, d.dialog(form))
}

// sent marks what is on the page as sent.
func (b *Bot) sent(ctx context.Context, reply bot.Reply) {
	var ids []int64
	if reply.Stored != 0 {
		ids = append(ids, reply.Stored)
	}
	for _, post := range reply.Posts {
		if post.ID != 0 && post.Chat.Platform == b.config.Platform {
			ids = append(ids, post.ID)
		}
	}
	if len(ids) == 0 {
		return
	}
	if err := b.config.Outbox.Sent(ctx, ids...); err != nil {
		b.config.Log.ErrorContext(ctx, "answers could not be marked as sent", "platform", b.config.Platform, "err", err)
	}
}

// A filling is a form that is open on a page: the entry it belongs to, what was
// filled in, and what is wrong with one of its fields.
type filling struct {
	bot.Form
	entry  int64
	values map[string]string
	field  string
	wrong  string
}

// reply shows an answer where it belongs, or returns the form that it is.
func (b *Bot) reply(s said, reply bot.Reply) *filling {
	msg := reply.Message
	if reply.Repeated || msg.Empty() {
		return nil
	}
	if s.req.Way == bot.Submitted {
		if form := s.complain(reply, s.form); form != nil {
			return form
		}
	}
	if msg.Form != nil && s.req.Way != bot.Typed && s.on != 0 && !s.own {
		return &filling{Form: *msg.Form, entry: s.on}
	}
	shown := b.place(s, msg)
	if msg.Form == nil {
		return nil
	}
	return &filling{Form: *msg.Form, entry: shown}
}

// place puts an answer into the room, in place of the message that asked for it or
// behind it, and returns its entry.
func (b *Bot) place(s said, msg bot.Message) int64 {
	e := entry{at: s.req.At, msg: msg, line: s.req.Line, way: s.req.Way}
	if msg.Private && isChannel(s.room) {
		e.only = s.me.ID
	}
	if s.on != 0 && (msg.Redraw || s.own) {
		old, ok := b.rooms.entry(s.room, s.on, s.me.ID)
		if hides := e.only != "" && old.only == ""; ok && !hides && b.rooms.replace(s.room, s.on, s.me.ID, e) {
			return s.on
		}
	}
	return b.rooms.add(s.room, s.below, e)
}

// complain returns the form with what is wrong with one of its fields, nil if
// nothing is.
func (s said) complain(reply bot.Reply, form *bot.Form) *filling {
	if _, ok := s.req.Values[reply.Field]; !ok || len(reply.Message.Text) == 0 || form == nil {
		return nil
	}
	return &filling{
		Form: *form, entry: s.on, values: s.req.Values, field: reply.Field, wrong: strings.Join(reply.Message.Text, " "),
	}
}

// form opens the form of a message.
func (b *Bot) form(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	e, ok := b.found(w, r, v)
	if !ok || e.msg.Form == nil {
		return
	}
	b.give(w, b.drawing(r.Context(), v).dialog(&filling{Form: *e.msg.Form, entry: e.id}))
}

// found returns the entry that a request names, if its sender may see it.
func (b *Bot) found(w http.ResponseWriter, r *http.Request, v visit) (entry, bool) {
	number, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	e, ok := b.rooms.entry(v.room, number, v.me.ID)
	if err != nil || !ok {
		http.NotFound(w, r)
		return entry{}, false
	}
	return e, true
}

// give answers a request with a part of a page.
func (b *Bot) give(w http.ResponseWriter, html string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(html)) //nolint:gosec // templates have escaped it; whoever does not listen misses it
}

// complete offers what a line may become.
func (b *Bot) complete(w http.ResponseWriter, r *http.Request) {
	v, ok := b.visit(w, r)
	if !ok {
		return
	}
	line := r.FormValue("line")
	var lines []string
	if strings.TrimSpace(line) != "" {
		lines = b.config.Router.Complete(r.Context(), b.request(v, line, bot.Typed, 0))
	}
	if len(lines) == 1 && lines[0] == line {
		lines = nil
	}
	b.give(w, b.drawing(r.Context(), v).options(lines[:min(len(lines), mostOffered)]))
}

// mostOffered is how many completions are listed.
const mostOffered = 8

// errNobody says that there is nobody whom one could be.
var errNobody = errors.New("the workspace has no members")
