package slackbot_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
)

// Where a desk's people are. The bot is in sales, in the one that outsiders are
// in too, and in the archive.
const (
	sales   = "C1"
	other   = "C2"
	outside = "C3"
	archive = "C4"
)

// desk is a bot at work in a fake Slack, over HTTP. It stands in a bubble of
// synctest, with a clock of its own; Slack's pace is enforced.
type desk struct {
	*bottest.Slack
	memory  *bottest.Memory
	outbox  rack
	crew    *crew
	wire    *wire
	config  slackbot.Config
	bot     *slackbot.Bot
	handler http.Handler
	log     *record
	*desktop
	// refused says that Slack may refuse calls in this test.
	refused bool
}

// settle waits until nothing moves any more, as long as Slack's pace allows
// another message in the same channel.
func settle() {
	time.Sleep(2 * time.Second) // of the bubble's clock
	synctest.Wait()
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{
		memory: bottest.NewMemory(), crew: &crew{members: map[string]bot.Member{}}, log: &record{}, desktop: newDesktop(),
	}
	d.outbox = rack{d.memory, d.crew}
	line := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	d.Slack = bottest.NewSlack(bottest.SlackConfig{
		Clock: time.Now, Scopes: slackbot.Scopes, Commands: []string{slackbot.Command}, Listener: line, Rate: true,
	})
	for i, name := range []string{"Ann", "Bob", "Cy"} {
		d.AddUser(bottest.SlackUser{ID: fmt.Sprintf("U%d", i+1), Name: name, Zone: "Europe/Berlin", Locale: "en-GB", Admin: i == 0})
	}
	people := []string{"U1", "U2", "U3"}
	d.AddChannel(bottest.SlackChannel{ID: sales, Name: "sales", Members: people, BotIn: true})
	d.AddChannel(bottest.SlackChannel{ID: other, Name: "other", Members: people})
	d.AddChannel(bottest.SlackChannel{ID: outside, Name: "partners", Members: people, BotIn: true, External: true})
	d.AddChannel(bottest.SlackChannel{ID: archive, Name: "archive", Members: people, BotIn: true})
	d.wire = &wire{Transport: &http.Transport{DialContext: line.dial}}
	client := &http.Client{Transport: d.wire, Timeout: 10 * time.Second}
	router, err := bot.NewRouter(d.routing(), d.commands()...)
	if err != nil {
		t.Fatal(err)
	}
	d.config = slackbot.Config{
		Router: router, Directory: d.crew, Outbox: d.outbox, People: d.crew, Words: bottest.Keys{}, Now: time.Now,
		Log:      slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		BotToken: bottest.SlackBotToken, SigningSecret: bottest.SlackSecret, APIURL: d.APIURL(), Client: client,
	}
	d.bot, err = slackbot.New(t.Context(), d.config)
	if err != nil {
		t.Fatal(err)
	}
	d.handler = d.bot.Handler()
	d.UseHTTP(&http.Client{Transport: inHand{d.handler}}, "http://bot.example")
	t.Cleanup(func() { d.close(t, client) })
	d.known(t)
	return d
}

// known has another app mention the bot in the channels where no outsiders are,
// so that it knows them. Apps are not answered.
func (d *desk) known(t *testing.T) {
	t.Helper()
	d.AddUser(bottest.SlackUser{ID: "UAPP", Name: "app", Bot: true})
	for i, channel := range []string{sales, other, archive} {
		_, err := d.Deliver(t.Context(), map[string]any{
			"type": "app_mention", "user": "UAPP", "channel": channel, "text": mention + "hello", "ts": fmt.Sprintf("1.%d", i),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func (d *desk) routing() bot.Config {
	config := d.memory.Config(bottest.Sentences{})
	config.Directory = d.crew
	return config
}

func (d *desk) close(t *testing.T, client *http.Client) {
	t.Helper()
	ctx, stop := context.WithTimeout(context.WithoutCancel(t.Context()), time.Minute)
	defer stop()
	if err := d.bot.Close(ctx); err != nil {
		t.Errorf("close the bot: got %v, want no error", err)
	}
	client.CloseIdleConnections()
	d.Close()
	needed.add(d.Scopes())
	refusals := d.Refusals()
	if len(refusals) > 0 && !d.refused {
		t.Errorf("got refusals of Slack's, want none:\n%s", strings.Join(refusals, "\n"))
	}
	if slices.ContainsFunc(refusals, func(r string) bool { return strings.Contains(r, "missing_scope") }) {
		t.Errorf("got %v, want no scope missing", refusals)
	}
}

// says has somebody type the bot's command.
func (d *desk) says(t *testing.T, user, channel, line string) bottest.SlackAck {
	t.Helper()
	ack, err := d.Command(t.Context(), user, channel, slackbot.Command, line)
	if err != nil {
		t.Fatalf("%s %s: got %v, want no error", slackbot.Command, line, err)
	}
	settle()
	return ack
}

// types has somebody type a message.
func (d *desk) types(t *testing.T, user, channel, text string) {
	t.Helper()
	if _, err := d.Type(t.Context(), user, channel, text); err != nil {
		t.Fatalf("%s: got %v, want no error", text, err)
	}
	settle()
}

// presses has somebody press what has that line in the message.
func (d *desk) presses(t *testing.T, user string, m bottest.SlackMessage, line string) {
	t.Helper()
	if _, err := d.Press(t.Context(), user, m, line); err != nil {
		t.Fatalf("press %s: got %v, want no error", line, err)
	}
	settle()
}

// answers returns what the bot wrote that a user sees in a channel.
func (d *desk) answers(channel, user string) []bottest.SlackMessage {
	return slices.DeleteFunc(d.Seen(channel, user), func(m bottest.SlackMessage) bool {
		return m.Author != bottest.SlackBotUser
	})
}

// only returns the one message of the bot's that a user sees in a channel.
func (d *desk) only(t *testing.T, channel, user string) bottest.SlackMessage {
	t.Helper()
	all := d.answers(channel, user)
	if len(all) != 1 {
		t.Fatalf("got %d messages for %s in %s, want one:\n%s", len(all), user, channel, spoken(all))
	}
	return all[0]
}

// spoken is what messages say, a line each.
func spoken(all []bottest.SlackMessage) string {
	lines := make([]string, len(all))
	for i, m := range all {
		lines[i] = strings.ReplaceAll(m.Plain(), "\n", " | ")
	}
	return strings.Join(lines, "\n")
}

// wantSays fails the test unless the message says exactly that.
func wantSays(t *testing.T, m bottest.SlackMessage, want string) {
	t.Helper()
	if got := spoken([]bottest.SlackMessage{m}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// inHand carries requests to a handler without a network.
type inHand struct{ handler http.Handler }

func (h inHand) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	return w.Result(), nil
}

// wire carries the bot's requests to Slack, and messages slowly if it is told to.
type wire struct {
	*http.Transport
	mu    sync.Mutex
	takes time.Duration
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	takes := w.takes
	w.mu.Unlock()
	if strings.HasSuffix(r.URL.Path, "/chat.postMessage") {
		time.Sleep(takes) // of the bubble's clock
	}
	return w.Transport.RoundTrip(r)
}

// slowly has every message take so long on its way to Slack.
func (d *desk) slowly(takes time.Duration) {
	d.wire.mu.Lock()
	defer d.wire.mu.Unlock()
	d.wire.takes = takes
}

// pipes is a listener whose connections are pipes.
type pipes struct {
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case conn := <-p.conns:
		return conn, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return p }

func (p *pipes) Network() string { return "pipe" }

func (p *pipes) String() string { return "slack.example" }

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// record is a log that can be read while it is written.
type record struct {
	mu   sync.Mutex
	text strings.Builder
}

var _ io.Writer = (*record)(nil)

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}
