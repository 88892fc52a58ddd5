package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	"fifteen/bot/slackbot"
	"fifteen/scoring"
	"fifteen/storage"
)

// The team in Slack that the commands come from.
const (
	teamID   = "T0BENCH"
	botToken = "xoxb-bench" //nolint:gosec // nobody's
	appToken = "xapp-bench"
	secret   = "bench signing secret"
)

// userOf is the Slack id of a client counted from 0, dmOf of its chat with the
// bot.
func userOf(client int) string { return fmt.Sprintf("U%06d", client+1) }

func dmOf(client int) string { return fmt.Sprintf("D%06d", client+1) }

// memberOf is the member that settleTeam makes of a client.
func memberOf(client int) int64 { return int64(client + 1) }

// prepareTeam makes the database that commands from Slack start with: a
// workspace, and for each client a rep with a deal.
func prepareTeam(ctx context.Context, dir string, clients int) error {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	store, err := storage.Open(ctx, file(dir))
	if err != nil {
		return err
	}
	return errors.Join(settleTeam(ctx, store, clients), store.Close())
}

func settleTeam(ctx context.Context, store *storage.Store, clients int) error {
	home, err := store.AddWorkspace(ctx, storage.Workspace{
		Name: "Many", Key: "many", Currency: "EUR", Zone: "UTC", Visibility: storage.VisibleTeam, CreatedAt: at,
	})
	if err != nil {
		return err
	}
	var card scoring.Card
	for c := range card.Answers {
		card.Answers[c] = scoring.Answer{Reply: scoring.Yes, At: at, Rev: 1}
	}
	return store.Write(ctx, home.ID, func(tx *storage.Tx) error {
		for client := range clients {
			name := nameOf(userOf(client))
			rep, err := tx.AddMember(ctx, storage.Member{Name: name, Key: name, Role: "rep", CreatedAt: at},
				slackbot.Platform, userOf(client))
			if err != nil {
				return err
			}
			if rep.ID != memberOf(client) {
				return fmt.Errorf("member of client %d: got %d, want %d", client, rep.ID, memberOf(client))
			}
			name = fmt.Sprintf("company %d", client+1)
			deal := storage.Deal{
				Name: name, Key: name, Owner: rep.ID, Card: card, Amount: scoring.Money{Minor: 1_000_000, Currency: "EUR"},
			}
			if _, err := tx.AddDeal(ctx, deal, storage.Author{Member: rep.ID, At: at}); err != nil {
				return err
			}
		}
		return nil
	})
}

// nameOf is what a user is called in Slack.
func nameOf(user string) string { return "rep " + user[1:] }

// An api is as much of Slack's Web API as the bot asks for.
type api struct {
	server   *http.Server
	listener net.Listener
	link     *link
}

// openAPI starts the API on the loopback interface.
func openAPI(ctx context.Context) (*api, error) {
	listener, err := listen(ctx)
	if err != nil {
		return nil, err
	}
	a := &api{listener: listener, link: newLink()}
	routes := http.NewServeMux()
	routes.HandleFunc("/api/{method}", a.answer)
	routes.HandleFunc("POST /api/response/", func(http.ResponseWriter, *http.Request) {})
	routes.HandleFunc("/link", a.link.serve)
	a.server = &http.Server{Handler: routes, ReadHeaderTimeout: time.Minute}
	go func() { _ = a.server.Serve(listener) }() // until close
	return a, nil
}

func listen(ctx context.Context) (net.Listener, error) {
	return (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
}

func (a *api) url() string { return "http://" + a.listener.Addr().String() + "/api/" }

func (a *api) close() error { return a.server.Close() }

func (a *api) answer(w http.ResponseWriter, r *http.Request) {
	var text string
	switch r.PathValue("method") {
	case "auth.test":
		text = `{"ok":true,"team":"Bench","team_id":"` + teamID + `","user_id":"U0BOT","bot_id":"B0BOT"}`
	case "users.info":
		user := r.FormValue("user")
		text = fmt.Sprintf(`{"ok":true,"user":{"id":%q,"team_id":%q,"name":%[3]q,"real_name":%[3]q}}`, user, teamID, nameOf(user))
	case "users.list":
		text = `{"ok":true,"members":[],"response_metadata":{"next_cursor":""}}`
	case "apps.connections.open":
		text = `{"ok":true,"url":"ws://` + a.listener.Addr().String() + `/link"}`
	default:
		text = `{"ok":false,"error":"unknown_method"}`
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprint(w, text) //nolint:gosec // JSON, for a program that notices when it fails
}
