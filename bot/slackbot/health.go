package slackbot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"fifteen/bot"
)

// errRefused says that Slack does not accept the bot's token; only an operator
// can mend that.
var errRefused = fmt.Errorf("token refused by Slack: %w", bot.ErrLocked)

// refusals are what Slack says of a token that is no good.
// Source: https://docs.slack.dev/reference/methods/auth.test#errors.
var refusals = []string{
	"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "not_allowed_token_type",
	"org_login_required", "team_access_not_granted",
}

// absences are what it says of a channel that the bot cannot write in, and of a
// person who is not there any more.
var absences = []string{
	"not_in_channel", "channel_not_found", "is_archived", "user_not_in_channel", "restricted_action",
	"restricted_action_read_only_channel", "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
	"user_not_found", "user_disabled", "is_inactive", "cannot_dm_bot", "messages_tab_disabled",
}

// misfits are what it says of a message that it will never take.
var misfits = []string{"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long", "no_text"}

// doubts are failures after which Slack may have done what it was asked.
var doubts = []string{"internal_error", "fatal_error", "request_timeout"}

// failure makes an error of the Web API one that the bot can go by: a wait is a
// bot.WaitError, a refused token is errRefused, and addresses are left out. It
// says, as package bot does, when a message may have arrived all the same, and
// when it never will.
func (b *Bot) failure(err error) error {
	if lost, ok := errors.AsType[*url.Error](err); ok { // an address may be as good as a password
		if dial, ok := errors.AsType[*net.OpError](err); ok && dial.Op == "dial" {
			return fmt.Errorf("%s: %w", lost.Op, lost.Err)
		}
		return fmt.Errorf("%s: %w: %w", lost.Op, lost.Err, bot.ErrUnsure)
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return &bot.WaitError{For: sane(limited.RetryAfter), Err: err}
	}
	if _, ok := errors.AsType[*strconv.NumError](err); ok { // a Retry-After that is no number
		return &bot.WaitError{For: usualWait, Err: err}
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		switch {
		case status.Code == http.StatusTooManyRequests:
			return &bot.WaitError{For: usualWait, Err: err}
		case status.Code >= http.StatusInternalServerError:
			return fmt.Errorf("%w: %w", err, bot.ErrUnsure)
		}
		return err
	}
	switch why := reason(err); {
	case why == "ratelimited":
		return &bot.WaitError{For: usualWait, Err: err}
	case slices.Contains(doubts, why):
		return fmt.Errorf("%w: %w", err, bot.ErrUnsure)
	case slices.Contains(misfits, why):
		return fmt.Errorf("%w: %w", bot.ErrUnfit, err)
	}
	if slices.Contains(refusals, reason(err)) {
		err = fmt.Errorf("%w: %w", errRefused, err)
		if b.health.Refuse(err) {
			b.config.Log.Error("Slack refuses the token; nothing works until an operator mends it",
				"platform", Platform, "err", err)
		}
	}
	return err
}

// sane is how long a 429 has the bot wait.
func sane(asked time.Duration) time.Duration {
	if asked <= 0 {
		return usualWait
	}
	return min(asked, longestWait)
}

// reason is what the Web API says of a failure, such as "not_in_channel".
func reason(err error) string {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return answer.Err
	}
	if err == nil {
		return ""
	}
	return err.Error()
}

// absent tells whether the bot cannot write in the channel.
func absent(err error) bool { return slices.Contains(absences, reason(err)) }

// passing tells whether a failure may pass by itself.
func passing(err error) bool {
	if _, ok := errors.AsType[*bot.WaitError](err); ok {
		return true
	}
	if _, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return slices.Contains([]string{"internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited"}, reason(err)) ||
			errors.Is(err, errRefused)
	}
	return !errors.Is(err, context.Canceled)
}

// connection notes whether Socket Mode is connected.
func (b *Bot) connection(connected bool, err error) {
	var lost error
	if !connected {
		lost = errors.Join(errors.New("not connected over Socket Mode"), err)
	}
	b.health.Lose(lost)
}
