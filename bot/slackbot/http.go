package slackbot

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// eventsPath is where Slack's events arrive.
const eventsPath = "/slack/events"

// Handler answers what Slack sends over HTTP. Each route takes commands,
// interactions and events, so that one address does too.
func (b *Bot) Handler() http.Handler {
	routes := http.NewServeMux()
	for _, path := range []string{"/slack/commands", "/slack/interactivity", eventsPath} {
		routes.HandleFunc("POST "+path, b.serve)
	}
	return routes
}

// serve verifies a request before anything in it is read.
func (b *Bot) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		status := http.StatusBadRequest
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			status = http.StatusRequestEntityTooLarge
		}
		http.Error(w, http.StatusText(status), status)
		return
	}
	if b.config.SigningSecret == "" {
		http.Error(w, "no signing secret is configured", http.StatusUnauthorized)
		return
	}
	if _, ok := signed(b.config.SigningSecret, r.Header, body, b.config.Now()); !ok {
		http.Error(w, "the signature is not valid", http.StatusUnauthorized)
		return
	}
	h, err := b.read(r, body)
	if err != nil {
		b.config.Log.WarnContext(r.Context(), "payload was not taken", "platform", Platform, "err", err)
		http.Error(w, "the payload cannot be read", http.StatusBadRequest)
		return
	}
	if h.challenge != "" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, h.challenge)
		return
	}
	answer, after, err := b.take(r.Context(), h, r.Header.Get("X-Slack-Retry-Num") != "")
	switch {
	case errors.Is(err, errOutsider):
		http.Error(w, "the bot is not installed in this team", http.StatusForbidden)
	case err != nil: // Slack sends events again; the others are told that it failed
		http.Error(w, "busy", http.StatusServiceUnavailable)
	default:
		err = reply(w, answer)
	}
	if after != nil {
		after(err)
	}
}

// read tells the three kinds of payload apart by content type and body.
func (b *Bot) read(r *http.Request, body []byte) (heardOf, error) {
	heard := b.config.Now().UTC()
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return heardOf{}, err
	}
	if kind == "application/json" {
		return parseEvent(body, b.self, heard)
	}
	form, err := url.ParseQuery(string(body))
	switch {
	case err != nil:
		return heardOf{}, err
	case form.Has("payload"):
		return parseInteraction([]byte(form.Get("payload")), heard)
	case form.Has("command"):
		return heardOf{said: slashOf(form).said(heard), unknown: typeCommands}, nil
	case form.Has("ssl_check"):
		return heardOf{unknown: "ssl_check"}, nil
	}
	return heardOf{}, errors.New("neither a command, nor an interaction, nor an event")
}

// reply writes an acknowledgement.
func reply(w http.ResponseWriter, body any) error {
	if body == nil {
		w.WriteHeader(http.StatusOK)
		return nil
	}
	raw, err := json.Marshal(body)
	if err != nil {
		w.WriteHeader(http.StatusOK)
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, err = w.Write(raw)
	return err
}
