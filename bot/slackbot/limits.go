package slackbot

import (
	"time"

	"fifteen/bot/dispatch"
)

// Slack's limits. Source: https://docs.slack.dev/reference/block-kit,
// https://docs.slack.dev/apis/web-api/rate-limits and the pages of the methods,
// unless marked.
const (
	maxBlocks     = 50
	maxViewBlocks = 100
	maxBlockText  = 3_000  // runes of a text object; kept for rich text too
	maxAllText    = 12_000 // runes of all blocks; no page says so, sending fails near 13,200
	maxAckBytes   = 20_480 // Socket Mode drops a longer acknowledgement
	maxMetadata   = 3_000
	maxViewTitle  = 24
	maxURLUses    = 5
	urlLife       = 30 * time.Minute
	signatureLife = 5 * time.Minute
	pace          = 1050 * time.Millisecond // between two messages in one channel: Slack wants a second, and packets jitter
	maxBody       = 1 << 20                 // ours: no payload comes near it
)

// How long things may take.
const (
	// ackBudget is how long a command, a click or a form may be worked on before
	// it is acknowledged without its answer; Slack waits 3 s.
	ackBudget = 2500 * time.Millisecond
	// eventBudget is how long an event's acknowledgement is held back until its
	// effects are stored; Slack sends it again after 3 s, which does no harm.
	eventBudget = 30 * time.Second
	// sendTimeout bounds one call of the Web API.
	sendTimeout = 10 * time.Second
	// sendRoom is how long the steps of a post may be begun; the outbox gives a post
	// to nobody else for a minute.
	sendRoom = 40 * time.Second
	// patience is how long an answer waits for its channel's turn here; after
	// that it waits in the outbox.
	patience = 3 * time.Second
	// usualWait is for a 429 that does not say how long, or not in seconds above 0.
	usualWait = 30 * time.Second
	// longestWait bounds what a 429 says; hours have been seen.
	longestWait = 24 * time.Hour
)

// maxParts is how many messages one answer may become; what is left then is
// said to be missing. Ours: more is not read in a chat.
const maxParts = 4

// maxDetailParts is the same for each detail, which is where long tables are.
const maxDetailParts = 20

// paces are the limits that Slack sets: one message a second in a channel.
func paces(free bool) dispatch.Paces {
	if free {
		return dispatch.Paces{}
	}
	return dispatch.Paces{Chat: func(string) []dispatch.Limit { return []dispatch.Limit{{Every: pace, Burst: 1}} }}
}
