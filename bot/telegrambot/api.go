package telegrambot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// apiRoot is Telegram's own server.
const apiRoot = "https://api.telegram.org"

// tokenForm is what a bot token looks like: the bot's id, a colon and a secret.
// Source: https://core.telegram.org/bots/api#authorizing-your-bot.
var tokenForm = regexp.MustCompile(`^(\d{1,19}):[A-Za-z0-9_-]+$`)

// api calls the Bot API. The token is part of every address, so no error that
// leaves it holds one.
type api struct {
	token, root string
	client      *http.Client
}

// newAPI returns the Bot API at root, "" for Telegram's own.
func newAPI(token, root string, client *http.Client) *api {
	if root == "" {
		root = apiRoot
	}
	own := *client
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &api{token: token, root: strings.TrimRight(root, "/"), client: &own}
}

// call calls a method and reads its result into the pointer, unless that is nil.
func (a *api) call(ctx context.Context, method string, params map[string]string, into any) error {
	answer, err := a.library(ctx).MakeRequest(method, params)
	return a.result(method, answer, err, into)
}

// upload is call with a file in the parameter field.
func (a *api) upload(ctx context.Context, method string, params map[string]string, field string, file []byte, into any) error {
	files := []tgbotapi.RequestFile{{Name: field, Data: tgbotapi.FileBytes{Name: "chart.png", Bytes: file}}}
	answer, err := a.library(ctx).UploadFiles(method, params, files)
	return a.result(method, answer, err, into)
}

// library is the library for one call: it knows no context.
func (a *api) library(ctx context.Context) *tgbotapi.BotAPI {
	lib := &tgbotapi.BotAPI{Token: a.token, Client: bound{ctx, a.client}}
	lib.SetAPIEndpoint(strings.ReplaceAll(a.root, "%", "%%") + "/bot%s/%s")
	return lib
}

func (a *api) result(method string, answer *tgbotapi.APIResponse, err error, into any) error {
	if err == nil && into != nil {
		err = json.Unmarshal(answer.Result, into)
	}
	if err != nil {
		return a.hide(fmt.Errorf("%s: %w", method, err))
	}
	return nil
}

// hide takes the token out of an error. One that has it is replaced by its text,
// because whoever unwrapped it would find the token again.
func (a *api) hide(err error) error {
	text := err.Error()
	for _, secret := range []string{a.token, url.PathEscape(a.token), url.QueryEscape(a.token)} {
		text = strings.ReplaceAll(text, secret, "<token>")
	}
	if text == err.Error() {
		return err
	}
	kept := errors.New(text)
	for _, kind := range []error{context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, kind) {
			return fmt.Errorf("%w: %w", kind, kept)
		}
	}
	return kept
}

// bound is an HTTP client for one call, within a context.
type bound struct {
	ctx    context.Context //nolint:containedctx // the library gives none to its client
	client *http.Client
}

// maxAnswer is how long an answer may be, in bytes: 100 updates of the longest
// texts come near 2 MB.
const maxAnswer = 16 << 20

// Do sends a request. An answer that is no JSON comes from something before
// Telegram, and is an error by its status.
func (b bound) Do(r *http.Request) (*http.Response, error) {
	answer, err := b.client.Do(r.WithContext(b.ctx)) //nolint:gosec // the operator says which server it is
	if lost, ok := errors.AsType[*url.Error](err); ok {
		return nil, lostError{lost.Err}
	}
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "application/json") {
		return nil, errors.Join(statusError(answer.StatusCode), answer.Body.Close())
	}
	answer.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(answer.Body, maxAnswer), answer.Body}
	return answer, nil
}

// lostError says that no answer came.
type lostError struct{ err error }

// Error names the cause, without the address.
func (e lostError) Error() string { return "no answer: " + e.err.Error() }

// Unwrap returns the cause.
func (e lostError) Unwrap() error { return e.err }

// statusError is the status of an answer that Telegram did not write.
type statusError int

// Error names the status.
func (s statusError) Error() string { return fmt.Sprintf("HTTP status %d", int(s)) }
