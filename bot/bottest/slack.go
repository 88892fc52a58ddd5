package bottest

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Who is who in the fake Slack.
const (
	SlackTeam     = "T0FAKE"
	SlackTeamName = "Fake Team"
	SlackApp      = "A0FAKE"
	// SlackBotUser is the bot as a user, as mentions name it: <@U0BOT>.
	SlackBotUser = "U0BOT"
	SlackBotID   = "B0BOT"
	// SlackBotToken is for every method but apps.connections.open, which wants
	// SlackAppToken.
	SlackBotToken = "xoxb-fake"
	SlackAppToken = "xapp-fake"
	// SlackSecret signs what comes over HTTP.
	SlackSecret = "fake signing secret"
)

// slackPatience is how long Slack waits for an acknowledgement, and how long a
// trigger can be exchanged for a view: 3 s.
// Source: https://docs.slack.dev/interactivity/handling-user-interaction.
const slackPatience = 3 * time.Second

// SlackConfig is how a fake Slack is set up; zero values mean the usual.
type SlackConfig struct {
	// Clock is what Slack's clock shows: required. It decides what is late, what
	// has expired and what is too fast.
	Clock func() time.Time
	// Scopes are the bot scopes that were granted; nil grants every scope that
	// the fake knows.
	Scopes []string
	// Commands are the slash commands the app registered, such as "/ppf"; nil
	// means any.
	Commands []string
	// Shortcuts are the shortcuts the app registered, "global" or "message" by their
	// callback ids; nil means any.
	Shortcuts map[string]string
	// Listener is where it listens, which may be made of net.Pipe; nil means a
	// fresh TCP port of the loopback interface. The text of its address is the
	// host in every URL that the fake hands out.
	Listener net.Listener
	// Rate enforces one message a second per channel, without bursts.
	Rate bool
	// TriggerLife is how long a trigger_id can be used; 0 means 3 s.
	TriggerLife time.Duration
	// Patience is how long it waits for an acknowledgement in real time, beside
	// the 3 s of Clock; 0 means 3 s. Tests under load whose Clock stands still
	// give more.
	Patience time.Duration
	// UserPage is the most users that a page of users.list holds; 0 means 200.
	UserPage int
}

// Slack is a workspace of Slack that a bot can be plugged into: the Web API,
// Socket Mode or signed HTTP requests, and the people who use it. It refuses
// what Slack refuses. It is safe for use by many goroutines.
type Slack struct {
	config SlackConfig
	server *http.Server
	host   string
	done   chan struct{}  // closed by Close
	work   sync.WaitGroup // whatever runs in the background

	mu        sync.Mutex // guards what follows
	closed    bool
	granted   map[string]bool
	used      map[string]bool // scopes that were needed
	revoked   bool
	calls     map[string]int
	refusals  []string
	failures  map[string][]SlackFailure
	users     map[string]SlackUser
	userIDs   []string             // in the order in which they came
	rests     map[string]SlackRest // by user
	channels  map[string]SlackChannel
	dms       map[string]string // channel by user
	posts     map[string][]*slackPost
	posted    map[string]time.Time // the last chat.postMessage by channel
	stamp     int64                // the last timestamp, µs
	serial    int                  // the last number that was put into an ID
	triggers  map[string]*slackTrigger
	responses map[string]*slackResponse
	uploads   map[string]*slackUpload
	views     map[string]*slackModal // by user
	homes     map[string]*slackHome  // by user

	client     *http.Client // of UseHTTP
	base       string
	faults     []SlackFault
	deliveries []*slackDelivery

	tickets map[string]bool
	sockets []*slackSocket
	turn    int           // round robin
	changed chan struct{} // closed and replaced when sockets come and go
	waiting map[string]*slackEnvelope
}

// NewSlack starts a fake Slack. It panics without a Clock, or when it cannot
// listen.
func NewSlack(config SlackConfig) *Slack {
	if config.Clock == nil {
		panic("bottest.NewSlack: no Clock")
	}
	if config.Listener == nil {
		listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
		if err != nil {
			panic(fmt.Sprintf("bottest.NewSlack: %v", err))
		}
		config.Listener = listener
	}
	s := &Slack{
		config: config, host: config.Listener.Addr().String(), done: make(chan struct{}),
		granted: map[string]bool{}, used: map[string]bool{}, calls: map[string]int{},
		failures: map[string][]SlackFailure{}, users: map[string]SlackUser{}, channels: map[string]SlackChannel{},
		rests: map[string]SlackRest{}, dms: map[string]string{}, posts: map[string][]*slackPost{}, posted: map[string]time.Time{},
		triggers: map[string]*slackTrigger{}, responses: map[string]*slackResponse{},
		uploads: map[string]*slackUpload{}, views: map[string]*slackModal{}, homes: map[string]*slackHome{},
		tickets: map[string]bool{}, changed: make(chan struct{}), waiting: map[string]*slackEnvelope{},
	}
	if config.Scopes == nil {
		config.Scopes = slackScopes()
	}
	for _, scope := range config.Scopes {
		s.granted[scope] = true
	}
	s.AddUser(SlackUser{ID: SlackBotUser, Name: "bot", RealName: "Bot", Bot: true})
	// Slackbot is in every workspace and does not call itself a bot.
	s.AddUser(SlackUser{ID: "USLACKBOT", Name: "slackbot", RealName: "Slackbot"})
	s.server = &http.Server{
		Handler: s.routes(), ConnState: s.track, ReadHeaderTimeout: time.Minute,
		ErrorLog: log.New(io.Discard, "", 0), // connections that are dropped on purpose
	}
	s.work.Go(func() { _ = s.server.Serve(config.Listener) })
	return s
}

// routes returns everything the fake serves.
func (s *Slack) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.serveMethod)
	mux.HandleFunc("POST /response/{id}", s.serveResponse)
	mux.HandleFunc("POST /upload/{id}", s.serveUpload)
	mux.HandleFunc("GET /link/", s.serveSocket)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.work.Add(1) // while the connection, which track counts, is still there
		defer s.work.Done()
		mux.ServeHTTP(w, r)
	})
}

// track counts the connections, so that Close can wait for them.
func (s *Slack) track(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		s.work.Add(1)
	case http.StateHijacked, http.StateClosed:
		s.work.Done()
	case http.StateActive, http.StateIdle:
	}
}

// Close stops it and waits until all that it started has ended.
func (s *Slack) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.done)
	sockets, client := slices.Clone(s.sockets), s.client
	s.mu.Unlock()
	_ = s.server.Close()
	for _, socket := range sockets {
		socket.cut()
	}
	s.work.Wait()
	if client != nil {
		client.CloseIdleConnections()
	}
}

// spawn runs f in the background unless the fake is being closed. f ends when
// s.done does.
func (s *Slack) spawn(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.work.Go(f)
	}
}

// APIURL is where the Web API is, with a slash at the end.
func (s *Slack) APIURL() string { return "http://" + s.host + "/api/" }

// id returns a new ID that begins with prefix, such as "Ev0000000A".
func (s *Slack) id(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%08X", prefix, s.serial)
}

// ts returns a new timestamp as Slack names messages, seconds with six
// decimals; no two are equal.
func (s *Slack) ts() string {
	s.stamp = max(s.stamp+1, s.config.Clock().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.stamp/1e6, s.stamp%1e6)
}
