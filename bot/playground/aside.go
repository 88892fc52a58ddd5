package playground

import "fifteen/bot"

// asideView is what stands beside the room.
type asideView struct {
	L        labels
	Path     string
	Head     shown
	Replies  feed
	Composer composer
	Line     string
	Way      string
	Asked    bool
	Raw      []rawView
}

// A rawView is what a message would be elsewhere.
type rawView struct{ Name, Text string }

func (d drawing) thread(e entry) string {
	return d.render("thread", asideView{
		L: d.labels, Path: d.path(), Head: d.shown(e, entry{at: e.at}), Replies: d.repliesOf(e), Composer: d.composer(e.id),
	})
}

func (d drawing) replies(e entry) string { return d.render("replies", d.repliesOf(e)) }

func (d drawing) repliesOf(head entry) feed {
	f := feed{L: d.labels, Path: d.path()}
	last := head
	for _, e := range d.bot.rooms.thread(d.room, d.me.ID, head.id) {
		f.Entries = append(f.Entries, d.shown(e, last))
		last = e
	}
	return f
}

// inside draws the line that a message answers, and what it would be elsewhere,
// with what stands in its thread.
func (d drawing) inside(e entry) string {
	v := asideView{L: d.labels, Path: d.path(), Head: d.shown(e, entry{at: e.at}), Line: e.line, Way: d.way(e), Asked: e.line != ""}
	if e.author == "" {
		msg := e.msg
		for _, below := range d.bot.rooms.thread(d.room, d.me.ID, e.id) {
			if below.author == "" {
				msg.Details = append(msg.Details, below.msg)
			}
		}
		for _, view := range d.bot.config.Views {
			raw, err := view.Draw(d.locale, msg)
			text := string(raw)
			if err != nil {
				text = d.bot.config.Words.Say(d.locale, "playground.broken")
			}
			v.Raw = append(v.Raw, rawView{Name: view.Name, Text: text})
		}
	}
	return d.render("inside", v)
}

// way says how a line came in.
func (d drawing) way(e entry) string {
	say := func(key string) string { return d.bot.config.Words.Say(d.locale, key) }
	switch {
	case e.author != "" || e.way == bot.Typed:
		return say("playground.way.typed")
	case e.way == bot.Pressed:
		return say("playground.way.pressed")
	case e.way == bot.Submitted:
		return say("playground.way.submitted")
	}
	return say("playground.way.scheduled")
}
