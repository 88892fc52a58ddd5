package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/slackbot"
	"fifteen/commands"
)

// A slackCount is what the fake of Slack has seen.
type slackCount struct{ Messages, Refused int }

// pretend is what the process of the fake of Slack does: it writes where it
// listens, and for each line that it reads what it has seen. It ends when there is
// nothing more to read. What Slack refuses it refuses too, but no pace is kept.
func pretend(in io.Reader, out io.Writer, channels int) error {
	slack := bottest.NewSlack(bottest.SlackConfig{Clock: time.Now, Scopes: slackbot.Scopes})
	defer slack.Close()
	for n := range channels {
		slack.AddChannel(bottest.SlackChannel{ID: channelOf(int64(n + 1)), Name: "sales", BotIn: true})
	}
	if _, err := fmt.Fprintln(out, slack.APIURL()); err != nil {
		return err
	}
	lines, answers := bufio.NewScanner(in), json.NewEncoder(out)
	for lines.Scan() {
		if err := answers.Encode(slackCount{slack.Calls("chat.postMessage"), len(slack.Refusals())}); err != nil {
			return err
		}
	}
	return lines.Err()
}

// A pretender is the fake of Slack in a process of its own.
type pretender struct {
	cmd *exec.Cmd
	ask io.WriteCloser
	say *bufio.Reader
	url string
}

// startPretender starts the fake with that many channels.
func startPretender(ctx context.Context, channels int) (*pretender, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program: %w", err)
	}
	p := &pretender{cmd: exec.CommandContext(ctx, program, "-only-fake", strconv.Itoa(channels))} //nolint:gosec // itself
	p.cmd.Stderr = os.Stderr
	if p.ask, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	said, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.say = bufio.NewReader(said)
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	if p.url, err = p.say.ReadString('\n'); err != nil {
		return nil, errors.Join(fmt.Errorf("start the fake of Slack: %w", err), p.end())
	}
	p.url = strings.TrimSpace(p.url)
	return p, nil
}

// count asks the fake what it has seen.
func (p *pretender) count() (c slackCount, err error) {
	if _, err := fmt.Fprintln(p.ask); err != nil {
		return c, err
	}
	said, err := p.say.ReadString('\n')
	if err == nil {
		err = json.Unmarshal([]byte(said), &c)
	}
	return c, err
}

func (p *pretender) end() error { return errors.Join(p.ask.Close(), p.cmd.Wait()) }

// A staff is a bot in every team, each with the real drawing and sending, over
// shared connections.
type staff []*slackbot.Bot

// gather starts a bot for each of the workspaces from 1 on.
func gather(ctx context.Context, app *commands.App, workspaces int, url string) (staff, error) {
	wire := &http.Transport{MaxIdleConns: 64, MaxIdleConnsPerHost: 64}
	all := make(staff, workspaces)
	for i := range all {
		pace := &strides{now: monday}
		b, err := slackbot.New(ctx, slackbot.Config{
			Router: app.Router, Directory: app.Directory, Outbox: app.Outbox, People: app.People, Words: app.Words,
			Log: slog.New(slog.DiscardHandler), Now: pace.next, BotToken: bottest.SlackBotToken, SigningSecret: secret, APIURL: url,
			Client: &http.Client{Transport: membership{team: fmt.Sprintf("T%d", i+1), wire: wire}, Timeout: time.Minute},
		})
		if err != nil {
			return nil, err
		}
		all[i] = b
	}
	return all, nil
}

// Send implements bot.Sender.
func (c staff) Send(ctx context.Context, post bot.Post) error {
	return c[post.Workspace-1].Send(ctx, post)
}

func (c staff) close(ctx context.Context) error {
	errs := make([]error, 0, len(c))
	for _, b := range c {
		errs = append(errs, b.Close(ctx))
	}
	return errors.Join(errs...)
}

// membership is the connection to Slack of a team's bot. The fake knows one team,
// so the question who the bot is gets its answer here, before anything is measured.
type membership struct {
	team string
	wire http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (m membership) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Path, "/auth.test") {
		return m.wire.RoundTrip(r)
	}
	if r.Body != nil {
		_ = r.Body.Close()
	}
	text := fmt.Sprintf(`{"ok":true,"team":%[1]q,"team_id":%[1]q,"user_id":"U0BOT","bot_id":"B0BOT"}`, m.team)
	return &http.Response{
		StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
		Body: io.NopCloser(strings.NewReader(text)),
	}, nil
}
