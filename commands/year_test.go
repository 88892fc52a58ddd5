package commands_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/commands"
	"fifteen/storage"
)

// A year's world: an organisation in Prague, whose people live in six zones and have
// their own hours.
type year struct {
	*firm
	random *rand.Rand
	people map[int64]*colleague // by number
	all    []*colleague
	slots  []*digestSlot
	// asked counts the questions of a day, and checkins those of a check-in and what
	// reminded of them, by member and day.
	asked    map[string]int
	checkins map[string][]string
	// keys are what was said before, told what is to be said once and when.
	keys map[string]bool
	once []*onceTold
	said map[string]int // how often, by kind
	deal int
	back bool      // the clock has gone back
	sure time.Time // from when on no clock has gone back lately
}

// A colleague works in a zone; away is the day on which they are here again.
type colleague struct {
	account  bot.Account
	id       int64
	zone     *time.Location
	from, to int // minutes of the day
	days     [7]bool
	rep      bool
	away     string
	told     map[string]bool // days whose check-in is answered
	evening  map[string]bool // days whose check-in was asked
}

// A digestSlot is one time at which a channel has to hear something.
type digestSlot struct {
	key  string
	at   time.Time
	told bool
}

// onceTold is a reminder or a promise.
type onceTold struct {
	key        string // without the slot
	day, clock string
	who        *colleague
	told       bool
}

// The schedules of the year by number.
const (
	yearWho = iota + 1
	yearFunnel
	yearCheckin
	yearNext
	yearFortnight
	yearMonthly
	yearDeals
)

// yearBegins is a Friday, hours before the first slot.
var yearBegins = time.Date(2026, 11, 27, 11, 47, 0, 0, time.UTC)

// yearOff are the days on which nobody works: the Czech holidays, and two of their
// own, one of them a Monday.
var yearOff = map[string]bool{
	"2026-12-24": true, "2026-12-25": true, "2026-12-26": true, "2027-01-01": true, "2027-03-26": true, "2027-03-29": true,
	"2027-05-01": true, "2027-05-08": true, "2027-07-05": true, "2027-07-06": true, "2027-09-28": true, "2027-10-28": true,
	"2027-11-17": true, "2027-12-24": true, "2027-12-25": true, "2027-12-26": true,
	"2027-02-15": true, "2027-08-12": true,
}

// yearSeedEnv chooses another year than the usual one, which is the same every time.
const yearSeedEnv = "FIFTEEN_TEST_YEAR"

const workweek = "mon-fri"

// openYear sets everything up.
func openYear(t *testing.T, seed uint64) *year {
	t.Helper()
	y := &year{
		firm: openFirm(t), random: rand.New(rand.NewPCG(seed, 15)), people: map[int64]*colleague{},
		asked: map[string]int{}, checkins: map[string][]string{}, keys: map[string]bool{}, said: map[string]int{},
	}
	y.now = yearBegins.AddDate(0, 0, -10)
	y.does(y.boss, "settings zone Europe/Prague", "settings holidays cz", "settings dayoff 2027-02-15 a trip", "settings dayoff 2027-08-12")
	for _, p := range []struct {
		who               bot.Account
		zone, hours, days string
	}{
		{y.ivanov, "Pacific/Apia", "9:00-18:00", workweek}, // and elsewhere
		{y.sidorov, "America/Los_Angeles", "12:30-21:00", workweek},
		{y.petra, "Asia/Kolkata", "7:00-16:00", "mon-thu"},
		{y.member("howe", bot.Rep), "Australia/Lord_Howe", "0:00-24:00", "sun-thu"},
		{y.novak, "America/Sao_Paulo", "8:00-16:00", workweek},
	} {
		y.enters(p.who, p.zone, p.hours, p.days)
	}
	y.now = yearBegins
	y.in(channel2, y.novak, "schedule who mon 09:00")
	y.in(channel2, y.novak, "schedule funnel mon 09:00")
	y.does(y.novak, "schedule checkin workdays 17:30 each rep", "schedule next workdays 9:30 each rep")
	y.in(channel2, y.novak, "schedule refusals every 2 weeks fri 16:00")
	y.in(channel2, y.novak, "schedule forecast monthly 15 8:00")
	y.does(y.novak, "schedule deals fri 19:00 each rep")
	y.expectDigests()
	return y
}

// enters sets where and when somebody works.
func (y *year) enters(who bot.Account, zone, hours, days string) {
	y.t.Helper()
	y.moves(who.ID, zone)
	y.does(who, "hours "+hours+" "+days)
	p := &colleague{account: who, id: y.id(who.ID), rep: who != y.novak, told: map[string]bool{}, evening: map[string]bool{}}
	p.zone = y.place(zone)
	var fromHour, fromMinute, toHour, toMinute int
	if _, err := fmt.Sscanf(hours, "%d:%d-%d:%d", &fromHour, &fromMinute, &toHour, &toMinute); err != nil {
		y.t.Fatal(err)
	}
	p.from, p.to = fromHour*60+fromMinute, toHour*60+toMinute
	for _, day := range map[string][]int{workweek: {1, 2, 3, 4, 5}, "mon-thu": {1, 2, 3, 4}, "sun-thu": {0, 1, 2, 3, 4}}[days] {
		p.days[day] = true
	}
	y.people[p.id] = p
	y.all = append(y.all, p)
}

func (y *year) place(zone string) *time.Location {
	y.t.Helper()
	place, err := time.LoadLocation(zone)
	if err != nil {
		y.t.Fatal(err)
	}
	return place
}

// expectDigests lists when the channel has to hear what.
func (y *year) expectDigests() {
	prague := y.place("Europe/Prague")
	expect := func(number int, day time.Time, clock string, hour int, moved func(time.Time) time.Time) {
		to := moved(day)
		y.slots = append(y.slots, &digestSlot{
			key: fmt.Sprintf("schedule/%d/0/%s %s", number, day.Format(time.DateOnly), clock),
			at:  time.Date(to.Year(), to.Month(), to.Day(), hour, 0, 0, 0, prague),
		})
	}
	for n := range 55 {
		monday := time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 7*n)
		expect(yearWho, monday, "09:00", 9, nextWorkday)
		expect(yearFunnel, monday, "09:00", 9, nextWorkday)
		if n%2 == 0 { // it begins today, a Friday
			expect(yearFortnight, monday.AddDate(0, 0, -3), "16:00", 16, nextWorkday)
		}
	}
	for n := range 13 {
		expect(yearMonthly, time.Date(2026, 12, 15, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0), "08:00", 8, func(day time.Time) time.Time {
			for weekend(day) {
				day = day.AddDate(0, 0, 1)
			}
			return nextWorkday(day)
		})
	}
}

// nextWorkday returns a day, or the first one after it that is no day off.
func nextWorkday(day time.Time) time.Time {
	first := day
	for yearOff[day.Format(time.DateOnly)] || !day.Equal(first) && weekend(day) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

// TestAYear lets a year pass in steps of ten to ninety minutes, with stops of hours
// and days, and with a clock that jumps: nobody is asked outside their hours, and
// no digest is missed or comes twice.
func TestAYear(t *testing.T) {
	t.Parallel()
	seed := uint64(15)
	if another, err := strconv.ParseUint(os.Getenv(yearSeedEnv), 10, 64); err == nil {
		seed = another
	}
	t.Logf("seed %d", seed)
	y := openYear(t, seed)
	steps := 0
	for end := yearBegins.AddDate(1, 0, 0); y.now.Before(end) && !t.Failed(); steps++ {
		y.now = y.now.Add(10*time.Minute + time.Duration(y.random.IntN(80*60))*time.Second)
		switch n := y.random.IntN(2400); {
		case n < 2:
			y.now = y.now.Add(time.Duration(24+y.random.IntN(72)) * time.Hour)
			y.restart()
		case n < 20:
			y.now = y.now.Add(time.Duration(1+y.random.IntN(20)) * time.Hour)
			y.restart()
		case n < 28:
			y.now = y.now.Add(2 * time.Hour)
		case n < 36:
			y.sure = y.now.Add(12 * time.Hour) // what was skipped when it was too late is not asked
			y.now, y.back = y.now.Add(-2*time.Hour), true
		case n < 200:
			y.happens()
			y.now = y.now.Add(10 * time.Second)
			y.posted() // the answers, which a chat would have sent at once
		}
		y.travels()
		y.step()
	}
	y.ends()
	t.Logf("%d steps, said %v", steps, y.said)
	if t.Failed() {
		t.Logf("it was seed %d, at %s", seed, y.now)
	}
}

// restart ends the program, and begins a new one over the same file.
func (y *year) restart() {
	y.t.Helper()
	if err := y.app.Store.Close(); err != nil {
		y.t.Fatal(err)
	}
	store, err := storage.Open(y.t.Context(), y.file)
	if err != nil {
		y.t.Fatal(err)
	}
	y.t.Cleanup(func() { _ = store.Close() }) // closing again does nothing
	log := slog.New(slog.NewTextHandler(&y.logs, &slog.HandlerOptions{Level: slog.LevelWarn}))
	if y.app, err = commands.NewApp(store, log, func() time.Time { return y.now }); err != nil {
		y.t.Fatal(err)
	}
}

// travels takes one of them across the date line and back.
func (y *year) travels() {
	y.t.Helper()
	zone := "Pacific/Apia"
	switch day := y.now.Format(time.DateOnly); {
	case day >= "2027-03-10" && day < "2027-06-01":
		zone = "America/Los_Angeles"
	case day >= "2027-06-01" && day < "2027-09-15":
		zone = "Asia/Tokyo"
	}
	for _, p := range y.all {
		if p.account == y.ivanov && p.zone.String() != zone {
			y.moves("ivanov", zone)
			y.sure = y.now.Add(36 * time.Hour) // a slot that was skipped there is not asked here
			p.zone = y.place(zone)
		}
	}
}

// happens has one of the reps do something.
func (y *year) happens() {
	y.t.Helper()
	p := y.all[y.random.IntN(len(y.all)-1)] // all but the manager
	types := func(format string, args ...any) {
		y.hear(bot.Request{Account: p.account, Line: fmt.Sprintf(format, args...)})
	}
	today := y.now.In(p.zone)
	later := func(days int) string { return today.AddDate(0, 0, 1+y.random.IntN(days)).Format(time.DateOnly) }
	open := y.column("SELECT number FROM deals WHERE owner_id = ? AND outcome = 'open' ORDER BY number", p.id)
	if len(open) < 3 {
		y.deal++
		types(`deal add "Deal %d" 500 EUR`, y.deal)
		return
	}
	deal := "#" + open[y.random.IntN(len(open))]
	switch y.random.IntN(12) {
	case 0, 1:
		types("score %s 5 %d %d", deal, 3+y.random.IntN(3), 3+y.random.IntN(3))
	case 2:
		types("answer %s urgent %s", deal, []string{"yes", "unsure", "no"}[y.random.IntN(3)])
	case 3:
		types("nextstep %s call them %s", deal, later(20))
	case 4:
		types("wait %s until %s they move", deal, later(20))
	case 5:
		types("won %s", deal)
	case 6:
		types("lost %s price", deal)
		types("refusal %s door %s", deal, later(60))
		y.promised(p, deal[1:])
	case 7, 8:
		y.deal++
		what := fmt.Sprintf("reminder %d", y.deal)
		types("remind %s %s %d:%02d %s", deal, later(60), y.random.IntN(24), y.random.IntN(60), what)
		y.reminded(p, what)
	case 9:
		if until := later(12); p.away <= today.Format(time.DateOnly) {
			types("away until %s", until)
			p.away = until
		}
	case 10:
		types("log calls %d", 1+y.random.IntN(5))
	default:
		types("checkin done")
		p.told[today.Format(time.DateOnly)] = true
	}
}

// promised expects what a deal's owner has to be told about a customer who said no.
func (y *year) promised(p *colleague, deal string) {
	y.t.Helper()
	for _, on := range y.column("SELECT follow_on FROM deals WHERE number = ? AND follow_on <> ''", deal) {
		y.once = append(y.once, &onceTold{key: fmt.Sprintf("deal/%s/%d", deal, p.id), day: on, clock: "09:00", who: p})
	}
}

// reminded expects a reminder.
func (y *year) reminded(p *colleague, what string) {
	y.t.Helper()
	for _, row := range y.rows("SELECT number, day, clock FROM reminders WHERE what = ?", what) {
		cells := strings.Split(row, " | ")
		y.once = append(y.once, &onceTold{key: fmt.Sprintf("reminder/%s/%d", cells[0], p.id), day: cells[1], clock: cells[2], who: p})
	}
}
