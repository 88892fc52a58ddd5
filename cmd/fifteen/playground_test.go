package main_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/playground"
	"fifteen/bot/terminal"
	main "fifteen/cmd/fifteen"
	"fifteen/commands"
	"fifteen/commands/demo"
	"fifteen/storage"
)

// pageWorld is the demo company on a page, without a browser.
type pageWorld struct {
	t      *testing.T
	page   *playground.Bot
	server *httptest.Server
	home   int64
}

func newPageWorld(t *testing.T, token string) *pageWorld {
	t.Helper()
	store, err := storage.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closed(t, "the database", store.Close) })
	home, err := commands.NewWorkspace(t.Context(), store, "Demo", slackMonday)
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Load(t.Context(), store, home.ID, slackMonday); err != nil {
		t.Fatal(err)
	}
	page, err := main.NewPlayground(store, home, slackMonday, token)
	if err != nil {
		t.Fatal(err)
	}
	w := &pageWorld{t: t, page: page, server: httptest.NewServer(page.Handler()), home: home.ID}
	t.Cleanup(func() {
		if err := page.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("close the page: %v", err)
		}
		w.server.Close()
	})
	return w
}

// An answer is what a request got.
type answer struct {
	status int
	body   string
	header http.Header
	host   string // that of the last request that it led to
}

// get asks for an address.
func (w *pageWorld) get(path string) answer {
	w.t.Helper()
	return w.do(http.MethodGet, path, nil)
}

// post sends a form as the page does.
func (w *pageWorld) post(path string, values url.Values) answer {
	w.t.Helper()
	return w.do(http.MethodPost, path, values)
}

func (w *pageWorld) do(method, path string, values url.Values, headers ...string) answer {
	w.t.Helper()
	ctx, stop := context.WithTimeout(w.t.Context(), time.Minute)
	defer stop()
	req, err := http.NewRequestWithContext(ctx, method, w.server.URL+path, strings.NewReader(values.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := w.server.Client().Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer{status: res.StatusCode, body: string(body), header: res.Header, host: res.Request.URL.Host}
}

// Nobody comes in under another name, from another page or without the token.
func TestPageGuards(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t, "")
	line := url.Values{"line": {"who"}}
	if res := w.do(http.MethodGet, "/as/novak/in/dm", nil, "Host", "evil.example"); res.status != http.StatusForbidden {
		t.Errorf("another name: got %d, want 403", res.status)
	}
	for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://evil.example"}} {
		if res := w.do(http.MethodPost, "/as/novak/in/dm/say", line, header...); res.status != http.StatusForbidden {
			t.Errorf("%s: got %d, want 403", header, res.status)
		}
	}
	for _, path := range []string{"/as/nobody/in/dm", "/as/novak/in/nowhere", "/as/novak/in/dm/thread/7", "/as/%2e%2e/in/dm"} {
		if res := w.get(path); res.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, res.status)
		}
	}
	if policy := w.get("/as/novak/in/dm").header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") {
		t.Errorf("got policy %q", policy)
	}

	w = newPageWorld(t, "open sesame")
	for _, path := range []string{"/", "/as/novak/in/dm", "/static/playground.js", "/?token=guess"} {
		if res := w.get(path); res.status != http.StatusForbidden {
			t.Errorf("%s without the token: got %d, want 403", path, res.status)
		}
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w.server.Client().Jar = jar
	if res := w.get("//evil.example/?token=open+sesame"); res.host != strings.TrimPrefix(w.server.URL, "http://") {
		t.Errorf("got to %s, want to stay", res.host)
	}
	if res := w.get("/as/novak/in/dm"); res.status != http.StatusOK {
		t.Errorf("with the token: got %d, want 200", res.status)
	}
}

// What only one person may see nobody else gets by its number.
func TestPagePrivate(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t, "")
	if res := w.post("/as/ivanov/in/sales/say", url.Values{"line": {"deals"}}); res.status != http.StatusOK {
		t.Fatalf("got %d, want 200", res.status)
	}
	const reply = 2 // the line is the first
	if res := w.get(fmt.Sprintf("/as/ivanov/in/sales/inside/%d", reply)); !strings.Contains(res.body, "chat.postEphemeral") {
		t.Errorf("got %q for one's own answer, want it as Slack gets it", res.body)
	}
	for _, part := range []string{"thread", "replies", "inside", "form", "chart"} {
		if res := w.get(fmt.Sprintf("/as/novak/in/sales/%s/%d", part, reply)); res.status != http.StatusNotFound {
			t.Errorf("%s as somebody else: got %d, want 404", part, res.status)
		}
	}
	if res := w.get("/as/novak/in/sales"); strings.Contains(res.body, "only you can see this") {
		t.Error("got somebody else's answer on the page")
	}
}

// Whatever people write is shown as they wrote it, and never part of the page.
func TestPageHostile(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t, "")
	for _, sample := range bottest.Samples() {
		msg := bottest.Rewrite(sample.Message, func(text string) string {
			return text + bottest.Controls + bottest.Hostile + `"'><script>alert(1)</script><img src=x onerror=alert(1)>`
		})
		if err := w.page.Send(t.Context(), postTo("#sales", w.home, msg)); err != nil {
			t.Fatal(err)
		}
	}
	body := w.get("/as/novak/in/sales").body
	for _, never := range []string{"<script>", "<img src=x", bottest.Controls} {
		if strings.Contains(body, never) {
			t.Errorf("got %q on the page", never)
		}
	}
	if !strings.Contains(body, "&lt;script&gt;alert(1)&lt;/script&gt;") {
		t.Error("got nothing of what was written")
	}
}

func postTo(chat string, workspace int64, msg bot.Message) bot.Post {
	return bot.Post{Workspace: workspace, Account: "novak", Chat: bot.Chat{Platform: terminal.Platform, ID: chat}, Message: msg}
}

// A line that comes twice has one effect, and no answer twice.
func TestPageOnce(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t, "")
	for range 3 {
		w.post("/as/novak/in/dm/say", url.Values{"line": {"deal add Amberworks 12000 EUR"}, "event": {"one"}})
	}
	body := w.get("/as/novak/in/dm").body
	if n := strings.Count(body, `class="entry"`); n != 2 {
		t.Errorf("got %d messages, want 2", n)
	}
}

// A channel with ten thousand messages opens as quickly as a short one; the older
// ones come on demand, each once.
func TestPageOfTenThousand(t *testing.T) {
	t.Parallel()
	w := newPageWorld(t, "")
	const all = 10_000
	for i := range all {
		if err := w.page.Send(t.Context(), postTo("#sales", w.home, bot.Message{Title: fmt.Sprintf("message %d.", i)})); err != nil {
			t.Fatal(err)
		}
	}
	body := w.get("/as/novak/in/sales").body
	seen := map[string]bool{}
	for pages := 1; ; pages++ {
		if n := strings.Count(body, `class="entry"`); n != 50 {
			t.Fatalf("page %d: got %d messages, want 50", pages, n)
		}
		for _, part := range strings.Split(body, `<p class="title">`)[1:] {
			title, _, _ := strings.Cut(part, "<")
			if seen[title] {
				t.Fatalf("page %d: got %q again", pages, title)
			}
			seen[title] = true
		}
		_, rest, more := strings.Cut(body, "/older?before=")
		if !more {
			break
		}
		before, _, _ := strings.Cut(rest, `"`)
		body = w.get("/as/novak/in/sales/older?before=" + before).body
	}
	if len(seen) != all {
		t.Errorf("got %d messages in all, want %d", len(seen), all)
	}
}

// What keeps the page from being shown is said in one sentence, before its address.
func TestDemoCannot(t *testing.T) {
	t.Parallel()
	file := newTeam(t)
	raw, err := sql.Open("sqlite3", "file:"+url.PathEscape(file)+"?_txlock=exclusive")
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, "the database", raw.Close)
	held, err := raw.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Rollback() }()
	taken := httptest.NewServer(http.NotFoundHandler())
	defer taken.Close()
	for want, args := range map[string][]string{
		"--db: another program holds " + file: {"--db", file, "--listen", "127.0.0.1:0"},
		"--listen: another program is at":     {"--listen", strings.TrimPrefix(taken.URL, "http://")},
		"--at: \"soon\" is not a time":        {"--at", "soon"},
	} {
		var out strings.Builder
		err := main.RunWith(t.Context(), strings.NewReader(""), &out, io.Discard, append([]string{"demo"}, args...)...)
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") || out.Len() > 0 {
			t.Errorf("got %v and %q, want one sentence that begins with %q", err, out.String(), want)
		}
	}
}
