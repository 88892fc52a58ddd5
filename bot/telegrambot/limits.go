package telegrambot

import (
	"strings"
	"time"

	"fifteen/bot/dispatch"
)

// Telegram's limits. Lengths are in UTF-16 code units of the text that is left
// when it was parsed, unless marked.
// Source: https://core.telegram.org/bots/api#sendmessage and the pages beside it,
// unless marked.
const (
	maxText        = 4_096 // https://core.telegram.org/bots/api#sendmessage
	maxCaption     = 1_024 // https://core.telegram.org/bots/api#sendphoto
	maxCallback    = 64    // bytes; https://core.telegram.org/bots/api#inlinekeyboardbutton
	maxPlaceholder = 64    // https://core.telegram.org/bots/api#forcereply
	// maxEntities is how many entities a text has; those beyond are left out
	// without a word. Source: https://github.com/rubenlagus/TelegramBots/issues/854.
	maxEntities = 100
	// maxKeyboard and maxRow are the buttons of an inline keyboard and of a row of
	// it. Source: https://github.com/tginfo/Telegram-Limits/issues/228.
	maxKeyboard = 100
	maxRow      = 8
)

// What the bot keeps to, below Telegram's limits.
const (
	// maxKeyboardBytes is how long an inline keyboard may be, as JSON. No page says
	// how long: 99 buttons of 66 bytes were refused ("reply markup is too long"), and
	// it is not known what is counted, so it is half of the smallest that was.
	// Source: https://github.com/python-telegram-bot/python-telegram-bot/issues/5104,
	// https://github.com/tginfo/Telegram-Limits/issues/187.
	maxKeyboardBytes = 4_096
	// pageOptions is how many options of a menu stand on one page; more would push
	// the question off a phone.
	pageOptions = 12
	// rowCells is how many letters' widths the buttons of a row have together.
	rowCells = 30
	// gridCells is how many letters of one width stand side by side on a phone.
	gridCells = 40
	// maxParts is how many texts a message may become, and maxDetailParts how many
	// each detail; the rest waits behind a button. A group takes 20 a minute.
	// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
	maxParts       = 3
	maxDetailParts = 5
	// markRoom is kept free in each text for saying which part it is.
	markRoom = 96
	// maxCluster is the longest character, of several code points, that is kept in
	// one piece. Real ones are shorter; people may type marks without end.
	maxCluster = 64
)

// How fast Telegram takes messages. Packets jitter, so each pause is a little
// longer than Telegram's.
// Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this.
const (
	allPace   = 34 * time.Millisecond   // between two messages of the bot's: 30 a second
	chatPace  = 1050 * time.Millisecond // between two messages in one chat: one a second
	groupPace = 3050 * time.Millisecond // between two messages in a group, in the long run: 20 a minute
	// allBurst and groupBurst are how many may go out at once when there were none.
	allBurst   = 20
	groupBurst = 10
)

// How long things may take.
const (
	// sendTimeout bounds one call of the Bot API.
	sendTimeout = 10 * time.Second
	// sendRoom is how long the calls of a post may be begun; the outbox gives a post
	// to nobody else for a minute.
	sendRoom = 40 * time.Second
	// patience is how long an answer waits for its chat's turn here; after that it
	// waits in the outbox.
	patience = 3 * time.Second
	// strangerPatience is the same for an answer to somebody unknown, which is dropped
	// after that.
	strangerPatience = time.Second
	// usualWait is for a 429 that does not say how long.
	usualWait = 30 * time.Second
	// longestWait bounds what a 429 says; 10,072 s has been seen.
	longestWait = 24 * time.Hour
	// holding is how long Telegram holds a request for updates when there are none.
	holding = 50 * time.Second
	// webhookBudget is how long a delivery over HTTP is held back until its effects
	// are stored; then Telegram is told to come again.
	webhookBudget = 30 * time.Second
)

// maxUpdate is how long a delivery over HTTP may be, in bytes. Ours: none comes
// near it.
const maxUpdate = 1 << 20

// paces are the limits that Telegram sets. A group's topics share the group's.
func paces(free bool) dispatch.Paces {
	if free {
		return dispatch.Paces{Shared: group}
	}
	return dispatch.Paces{All: dispatch.Limit{Every: allPace, Burst: allBurst}, Chat: chatPaces, Shared: group}
}

func chatPaces(id string) []dispatch.Limit {
	limits := []dispatch.Limit{{Every: chatPace, Burst: 1}}
	if strings.HasPrefix(id, "-") { // https://core.telegram.org/bots/api#chat
		limits = append(limits, dispatch.Limit{Every: groupPace, Burst: groupBurst})
	}
	return limits
}
