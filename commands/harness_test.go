package commands_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/terminal"
	"fifteen/storage"
)

// firm is an office with a usual cast, whose database can be looked into.
type firm struct {
	*office
	file                                string
	raw                                 *sql.DB
	ivanov, sidorov, petra, novak, boss bot.Account // three reps, a manager, an admin
}

func openFirm(t *testing.T) *firm {
	t.Helper()
	return openFirmAt(t, newFile(t))
}

// blank is a database that nobody has used, made once: that takes longer than
// most tests.
var blank struct {
	once  sync.Once
	bytes []byte
}

// newFile returns the name of a database of its own that nobody has used.
func newFile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "fifteen.db")
	blank.once.Do(func() {
		store, err := storage.Open(t.Context(), file)
		if err == nil {
			err = store.Close()
		}
		if err == nil {
			blank.bytes, err = os.ReadFile(file)
		}
		if err != nil {
			t.Errorf("make a database: %v", err)
		}
	})
	if err := os.WriteFile(file, blank.bytes, 0o600); err != nil {
		t.Fatalf("make a database: %v", err)
	}
	return file
}

// openFirmAt opens the firm of a database that may have been there before.
func openFirmAt(t *testing.T, file string) *firm {
	t.Helper()
	f := &firm{office: openAt(t, file), file: file}
	f.ivanov, f.sidorov, f.petra = f.member("ivanov", bot.Rep), f.member("sidorov", bot.Rep), f.member("petra", bot.Rep)
	f.novak, f.boss = f.member("novak", bot.Manager), f.member("boss", bot.Admin)
	var err error
	if f.raw, err = sql.Open("sqlite3", "file:"+url.PathEscape(file)+"?mode=ro&_busy_timeout=5000"); err != nil {
		t.Fatalf("open %s for reading: %v", file, err)
	}
	t.Cleanup(func() {
		if err := f.raw.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return f
}

// bookkeeping are the tables that a line may touch although it changes nothing:
// answers that are kept, and questions that wait.
var bookkeeping = []string{"outbox", "drafts", "counters"}

// dump writes every row of every table but those left out.
func (f *firm) dump(without ...string) string {
	f.t.Helper()
	var b strings.Builder
	for _, table := range f.column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
		if slices.Contains(without, table) || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		fmt.Fprintf(&b, "== %s\n", table)
		rows := f.rows("SELECT * FROM " + table)
		slices.Sort(rows)
		b.WriteString(strings.Join(rows, "\n") + "\n")
	}
	return b.String()
}

// column returns the first column of what a query finds.
func (f *firm) column(query string, args ...any) []string {
	f.t.Helper()
	found := f.rows(query, args...)
	for i, row := range found {
		found[i], _, _ = strings.Cut(row, " | ")
	}
	return found
}

// rows returns what a query finds, a line for each row.
func (f *firm) rows(query string, args ...any) []string {
	f.t.Helper()
	rows, err := f.raw.QueryContext(f.t.Context(), query, args...)
	if err != nil {
		f.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }() // rows.Err tells whether all were read
	columns, err := rows.Columns()
	if err != nil {
		f.t.Fatalf("%s: %v", query, err)
	}
	var found []string
	for rows.Next() {
		cells, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			places[i] = &cells[i]
		}
		if err := rows.Scan(places...); err != nil {
			f.t.Fatalf("%s: %v", query, err)
		}
		texts := make([]string, len(cells))
		for i, cell := range cells {
			texts[i] = fmt.Sprint(cell)
		}
		found = append(found, strings.Join(texts, " | "))
	}
	if err := rows.Err(); err != nil {
		f.t.Fatalf("%s: %v", query, err)
	}
	return found
}

// revision returns a deal's revision.
func (f *firm) revision(number int) string {
	f.t.Helper()
	found := f.column("SELECT revision FROM deals WHERE number = ?", number)
	if len(found) != 1 {
		f.t.Fatalf("deal %d: got %d rows, want 1", number, len(found))
	}
	return found[0]
}

// does types lines, each of which must be more than a refusal.
func (f *firm) does(who bot.Account, lines ...string) {
	f.t.Helper()
	for _, line := range lines {
		if reply := f.hear(bot.Request{Account: who, Line: line}); refused(reply.Message) {
			f.t.Fatalf("%s: got %q, want no problem", line, reply.Message.Text)
		}
	}
}

// types sends a typed line and returns the answer as the terminal draws it.
func (f *firm) types(who bot.Account, line string) string {
	f.t.Helper()
	return text(f.t, f.hear(bot.Request{Account: who, Line: line}).Message)
}

// presses sends a button's line and returns the answer as the terminal draws it.
func (f *firm) presses(who bot.Account, line string) string {
	f.t.Helper()
	return text(f.t, f.hear(bot.Request{Account: who, Line: line, Way: bot.Pressed}).Message)
}

// hear sends a request and checks that the answer, and what others are told,
// are sound.
func (f *firm) hear(req bot.Request) bot.Reply {
	f.t.Helper()
	reply := f.send(req)
	sound(f.t, req.Line, reply.Message)
	for _, post := range reply.Posts {
		sound(f.t, req.Line+" tells @"+post.Name, post.Message)
	}
	f.quiet(req.Line)
	return reply
}

// quiet complains about what stands in the log.
func (f *firm) quiet(line string) {
	f.t.Helper()
	if f.logs.Len() > 0 {
		f.t.Errorf("%.80q: got in the log %s, want nothing", line, f.logs.String())
		f.logs.Reset()
	}
}

// sound complains about what no message may hold.
func sound(t *testing.T, line string, msg bot.Message) {
	t.Helper()
	if err := msg.Validate(); err != nil {
		t.Errorf("%.80q: got a message that is not valid: %v", line, err)
	}
	drawn := asJSON(t, msg)
	for _, never := range []string{"<no value>", "%!", "Something went wrong", `"label":""`} {
		if strings.Contains(drawn, never) {
			t.Errorf("%.80q: got %s, want no %q in it", line, drawn, never)
		}
	}
	for _, paragraph := range msg.Text {
		if strings.TrimSpace(paragraph) == "" {
			t.Errorf("%.80q: got an empty paragraph in %s", line, drawn)
		}
	}
}

// asJSON writes a message so that two can be compared.
func asJSON(t *testing.T, msg bot.Message) string {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(msg); err != nil {
		t.Fatalf("write message: %v", err)
	}
	return b.String()
}

// refused tells whether a message is nothing but a sentence about what was
// wrong.
func refused(msg bot.Message) bool {
	return len(msg.Text) == 1 && msg.Private && msg.Title == "" && msg.Form == nil && msg.Table == nil &&
		len(problemKeys(msg.Text[0])) > 0
}

// lines returns the lines of a message's buttons.
func lines(msg bot.Message) []string {
	all := make([]string, len(msg.Buttons))
	for i, button := range msg.Buttons {
		all[i] = button.Line
	}
	return all
}

// button returns the line of the button that begins so, which must be there.
func button(t *testing.T, msg bot.Message, begins string) string {
	t.Helper()
	for _, line := range lines(msg) {
		if strings.HasPrefix(line, begins) {
			return line
		}
	}
	t.Fatalf("got the buttons %q, want one that begins %q", lines(msg), begins)
	return ""
}

var revisionMark = regexp.MustCompile(`~\d+`)

// unmarked writes text without the revisions that buttons carry.
func unmarked(text string) string { return revisionMark.ReplaceAllString(text, "~") }

// holds complains about what is missing from a text.
func holds(t *testing.T, line, got string, want ...string) {
	t.Helper()
	for _, part := range want {
		if !strings.Contains(got, part) {
			t.Errorf("%s: got\n%swant in it %q", line, got, part)
		}
	}
}

// lacks complains about what must not stand in a text.
func lacks(t *testing.T, line, got string, never ...string) {
	t.Helper()
	for _, part := range never {
		if strings.Contains(got, part) {
			t.Errorf("%s: got\n%swant it without %q", line, got, part)
		}
	}
}

// after turns the clock on.
func (f *firm) after(d time.Duration) { f.now = f.now.Add(d) }

// room returns a private chat of its own, so that no question of another line
// waits in it.
func (f *firm) room() bot.Chat {
	f.runs++
	return bot.Chat{Platform: terminal.Platform, ID: fmt.Sprintf("room %d", f.runs), Private: true}
}
