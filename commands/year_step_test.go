package commands_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
)

// works tells whether somebody may be asked at a moment.
func (p *colleague) works(at time.Time) bool {
	wall := at.In(p.zone)
	minute, day := wall.Hour()*60+wall.Minute(), wall.Format(time.DateOnly)
	return p.days[wall.Weekday()] && !yearOff[day] && day >= p.away && minute >= p.from && minute < p.to
}

// step does what is due, and checks what was said.
func (y *year) step() {
	y.t.Helper()
	said := map[string]bot.Post{}
	if y.back || y.due() || y.random.IntN(4) == 0 { // the others would only cost time
		said, y.back = y.says(), false
	}
	y.checkDigests(said)
	y.checkOnce(said)
	y.checkEvenings(said)
	for key, post := range said {
		if y.keys[key] {
			y.t.Errorf("%s: got %s again", y.now, key)
		}
		y.keys[key] = true
		y.check(key, post)
	}
}

// due tells whether a look would find anything to do.
func (y *year) due() bool {
	y.t.Helper()
	return len(y.rows("SELECT 1 FROM plans UNION ALL SELECT 1 FROM turns WHERE due_at <= ? LIMIT 1", y.now)) > 0
}

// says does what is due and returns what was said, by key.
func (y *year) says() map[string]bot.Post {
	y.t.Helper()
	if err := y.app.Wake(y.t.Context()); err != nil {
		y.t.Fatalf("wake at %s: got error %v, want none", y.now, err)
	}
	for line := range strings.Lines(y.logs.String()) {
		if !strings.Contains(line, "the clock went back") {
			y.t.Errorf("%s: got in the log %s", y.now, line)
		}
	}
	y.logs.Reset()
	said := map[string]bot.Post{}
	for {
		due, err := y.app.Outbox.Due(y.t.Context(), []string{terminal.Platform}, 100)
		if err != nil {
			y.t.Fatal(err)
		}
		if len(due) == 0 {
			return said
		}
		ids := make([]int64, len(due))
		for i, post := range due {
			ids[i] = post.ID
			key := y.column("SELECT event_key FROM outbox WHERE id = ?", post.ID)[0]
			if !strings.HasPrefix(key, "event/") && key != "" { // an answer to somebody's line
				said[key] = post
			}
		}
		if err := y.app.Outbox.Sent(y.t.Context(), ids...); err != nil {
			y.t.Fatal(err)
		}
	}
}

// checkDigests checks that each slot is told at the first look after it, and marked
// when that is late, unless it is more than a day ago.
func (y *year) checkDigests(said map[string]bot.Post) {
	y.t.Helper()
	for _, slot := range y.slots {
		late := y.now.Sub(slot.at)
		due := !slot.told && late >= 0 && late <= 24*time.Hour
		post, told := said[slot.key]
		if told != due {
			y.t.Errorf("%s: %s, due at %s, told before %v: got it told %v, want %v", y.now, slot.key, slot.at, slot.told, told, due)
		}
		if !told {
			continue
		}
		slot.told = true
		if marked := strings.Contains(post.Message.Note, "Late: this was due"); marked != (late > 15*time.Minute) {
			y.t.Errorf("%s: %s: got it marked as late %v (%q), want the other", y.now, slot.key, marked, post.Message.Note)
		}
		if post.Chat.ID != "#sales" {
			y.t.Errorf("%s: got %s in %s, want it in the channel", y.now, slot.key, post.Chat.ID)
		}
	}
}

// checkOnce checks that reminders and promises are told once, at the first look after
// they are due at which whoever they are for is at work. Only what somebody wanted to
// be reminded of comes at other times, too.
func (y *year) checkOnce(said map[string]bot.Post) {
	y.t.Helper()
	y.once = slices.DeleteFunc(y.once, func(o *onceTold) bool { return o.told && len(said) == 0 })
	for _, o := range y.once {
		at, err := time.ParseInLocation("2006-01-02 15:04", o.day+" "+o.clock, o.who.zone)
		if err != nil {
			y.t.Fatal(err)
		}
		_, told := said[o.key+"/"+o.day+" "+o.clock]
		if at.Format("15:04") != o.clock { // which the clocks skip
			o.told = o.told || told
			continue
		}
		due, works := !o.told && !y.now.Before(at), o.who.works(y.now)
		if told && !due || !told && due && works || told && !works && strings.HasPrefix(o.key, "deal/") {
			y.t.Errorf("%s: %s, due at %s, told before %v, at work %v: got it told %v, want %v", y.now, o.key, at, o.told, works, told, due)
		}
		o.told = o.told || told
	}
}

// checkEvenings checks that whoever is at work at half past five or later is asked
// about the day, unless they have told.
func (y *year) checkEvenings(said map[string]bot.Post) {
	y.t.Helper()
	for _, p := range y.all {
		wall := y.now.In(p.zone)
		day := wall.Format(time.DateOnly)
		_, asked := said[fmt.Sprintf("schedule/%d/%d/%s 17:30", yearCheckin, p.id, day)]
		due := p.rep && p.works(y.now) && !weekend(wall) && wall.Hour()*60+wall.Minute() >= 17*60+30 && !p.told[day] && !p.evening[day] &&
			y.now.After(y.sure)
		if due && !asked {
			y.t.Errorf("%s: %s: got no check-in on %s, want one", y.now, p.account.ID, wall)
		}
		if asked {
			p.evening[day] = true
		}
	}
}

// check checks one message by what it is.
func (y *year) check(key string, post bot.Post) {
	y.t.Helper()
	parts := strings.SplitN(key, "/", 4)
	kind, member := parts[0], y.number(parts[2])
	if kind == "schedule" {
		kind += " " + parts[1]
	}
	y.said[kind]++
	if member == 0 || kind == "reminder" || kind == "deal" {
		return
	}
	p, known := y.people[member]
	if !known {
		p = &colleague{account: y.boss, zone: y.place("Europe/Prague"), from: 9 * 60, to: 18 * 60, days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}}
	}
	if !p.works(y.now) {
		y.t.Errorf("%s: got %s to %s at %s, away until %q, want it in their hours", y.now, key, p.account.ID, y.now.In(p.zone), p.away)
	}
	day := fmt.Sprintf("%d %s", member, y.now.In(p.zone).Format(time.DateOnly))
	switch kind {
	case "member", "schedule " + strconv.Itoa(yearNext):
		y.asked[day]++
		if y.asked[day] > 1 {
			y.t.Errorf("%s: got %s to %s, the second question of the day", y.now, key, p.account.ID)
		}
	case "checkin", "schedule " + strconv.Itoa(yearCheckin):
		about := fmt.Sprintf("%d %s", member, strings.Split(key, "/")[3][:len(time.DateOnly)])
		y.checkins[about] = append(y.checkins[about], key)
		if len(y.checkins[about]) > 2 {
			y.t.Errorf("%s: got %q to %s at %s, want two about a day at most", y.now, y.checkins[about], p.account.ID, y.now.In(p.zone))
		}
	case "funnel", "schedule " + strconv.Itoa(yearDeals):
	default:
		y.t.Errorf("%s: got %s, which nothing says: %s", y.now, key, firstWords(post.Message))
	}
}

func (y *year) number(text string) int64 {
	y.t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		y.t.Fatalf("%q is no number: %v", text, err)
	}
	return n
}

// ends checks that everything happened.
func (y *year) ends() {
	y.t.Helper()
	for _, kind := range []string{
		"schedule 1", "schedule 2", "schedule 3", "schedule 4", "schedule 5", "schedule 6", "schedule 7",
		"member", "checkin", "reminder", "deal", "funnel",
	} {
		if !y.t.Failed() && y.said[kind] < 10 {
			y.t.Errorf("got %s %d times, want it more often", kind, y.said[kind])
		}
	}
}
