package telegrambot

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"fifteen/bot"
)

// errRefused says that Telegram does not accept the bot's token; only an
// operator can mend that.
var errRefused = fmt.Errorf("token refused by Telegram: %w", bot.ErrLocked)

// errConflict says that somebody else fetches the updates.
var errConflict = errors.New("another program fetches the bot's updates")

// A migratedError says that a group has become a supergroup with another id.
type migratedError struct {
	to  int64
	err error
}

// Error names the cause for operators.
func (e *migratedError) Error() string { return e.err.Error() }

// Unwrap returns the cause.
func (e *migratedError) Unwrap() error { return e.err }

// failure makes an error of the Bot API one that the bot can go by: a wait is a
// bot.WaitError, a refused token is errRefused. It says, as package bot does, when
// a message may have arrived all the same. What it leaves alone is a refusal of
// this very call.
// Source: https://core.telegram.org/bots/api#making-requests.
func (b *Bot) failure(err error) error {
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[*tgbotapi.Error](err); ok {
		return b.refusal(err, refused)
	}
	if status, ok := errors.AsType[statusError](err); ok {
		switch {
		case status == http.StatusTooManyRequests:
			return &bot.WaitError{For: usualWait, Err: err}
		case status >= http.StatusInternalServerError:
			return fmt.Errorf("%w: %w", err, bot.ErrUnsure)
		}
		return err
	}
	if dial, ok := errors.AsType[*net.OpError](err); ok && dial.Op == "dial" {
		return err
	}
	return fmt.Errorf("%w: %w", err, bot.ErrUnsure)
}

func (b *Bot) refusal(err error, why *tgbotapi.Error) error {
	switch {
	case why.MigrateToChatID != 0:
		return &migratedError{to: why.MigrateToChatID, err: err}
	case why.Code == http.StatusTooManyRequests:
		wait := time.Duration(min(why.RetryAfter, int(longestWait/time.Second))) * time.Second
		if wait <= 0 {
			wait = usualWait
		}
		return &bot.WaitError{For: wait, Err: err}
	case why.Code == http.StatusUnauthorized, why.Code == http.StatusNotFound && why.Message == "Not Found": // a token of no bot
		err = fmt.Errorf("%w: %w", errRefused, err)
		if b.health.Refuse(err) {
			b.config.Log.Error("Telegram refuses the token; nothing works until an operator mends it",
				"platform", Platform, "err", err)
		}
		return err
	case why.Code == http.StatusConflict:
		return fmt.Errorf("%w: %w", errConflict, err)
	case why.Code >= http.StatusInternalServerError:
		return fmt.Errorf("%w: %w", err, bot.ErrUnsure)
	}
	return err
}

// refusedAs tells whether Telegram refused a call in one of these words.
func refusedAs(err error, code int, words ...string) bool {
	why, ok := errors.AsType[*tgbotapi.Error](err)
	if !ok || why.Code != code {
		return false
	}
	said := strings.ToLower(why.Message)
	for _, part := range words {
		if strings.Contains(said, strings.ToLower(part)) {
			return true
		}
	}
	return len(words) == 0
}

// absent tells whether the bot cannot write in a chat: it was blocked or removed,
// was never let in, or has no right to; or the topic or the chat is gone.
func absent(err error) bool {
	return refusedAs(err, http.StatusForbidden) || refusedAs(err, http.StatusBadRequest,
		"chat not found", "user not found", "peer_id_invalid", "have no rights to send", "not enough rights", "CHAT_WRITE_FORBIDDEN",
		"CHAT_RESTRICTED", "message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED", "group chat was deactivated", "CHAT_ADMIN_REQUIRED",
		"need administrator rights")
}

// unchangeable tells whether a message cannot take the place of an older one.
func unchangeable(err error) bool {
	return refusedAs(err, http.StatusBadRequest, "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID",
		"there is no text in the message", "no caption in the message")
}

// unchanged tells whether a message is as it should be already.
func unchanged(err error) bool {
	return refusedAs(err, http.StatusBadRequest, "message is not modified")
}

// passing tells whether a failure may pass by itself.
func passing(err error) bool {
	if _, ok := errors.AsType[*bot.WaitError](err); ok {
		return true
	}
	if errors.Is(err, errRefused) || errors.Is(err, bot.ErrUnsure) {
		return true
	}
	_, refused := errors.AsType[*tgbotapi.Error](err)
	return !refused && !errors.Is(err, context.Canceled)
}

// undone is what becomes of a post that Telegram refused for good.
func undone(err error, chat bot.Chat) error {
	switch {
	case absent(err):
		return &bot.GoneError{Chat: chat, Person: chat.Private, Err: err}
	case refusedAs(err, http.StatusBadRequest):
		return fmt.Errorf("%w: %w", bot.ErrUnfit, err)
	}
	return err
}
