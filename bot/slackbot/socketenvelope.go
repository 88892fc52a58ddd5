package slackbot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// An envelope is one delivery of Socket Mode.
type envelope struct {
	Type    string // "events_api", "slash_commands", "interactive"
	ID      string
	Payload json.RawMessage
	Retry   int  // which repetition this is, 0 for none (retry_attempt)
	Respond bool // the acknowledgement may have a payload (accepts_response_payload)
}

// Types of messages, besides those of envelopes that nobody knows yet.
const (
	helloType       = "hello"
	disconnectType  = "disconnect"
	eventsType      = "events_api"
	commandsType    = "slash_commands"
	interactiveType = "interactive"
)

var errBadMessage = errors.New("message cannot be read")

// parseEnvelope reads one message of Slack's. Reason is that of a "disconnect".
// Of a message that cannot be read it returns an error that quotes nothing of
// it, and the ID if that can be read, so that Slack need not repeat it.
func parseEnvelope(message []byte) (e envelope, reason string, err error) {
	var m struct {
		Type    string          `json:"type"`
		Reason  string          `json:"reason"`
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
		Retry   int             `json:"retry_attempt"`
		Respond bool            `json:"accepts_response_payload"`
	}
	if err := json.Unmarshal(message, &m); err != nil {
		return envelope{ID: m.ID}, "", fmt.Errorf("%w: it is not the JSON of a message", errBadMessage)
	}
	e = envelope{Type: m.Type, ID: m.ID, Payload: m.Payload, Retry: m.Retry, Respond: m.Respond}
	switch m.Type {
	case "":
		return envelope{ID: m.ID}, "", fmt.Errorf("%w: it has no type", errBadMessage)
	case eventsType, commandsType, interactiveType:
		if m.ID == "" {
			return envelope{}, "", fmt.Errorf("%w: it has no envelope_id", errBadMessage)
		}
	}
	return e, m.Reason, nil
}

// acknowledgement returns the frame that acknowledges an envelope. If the
// payload cannot go with it, left says why and the frame goes without.
func acknowledgement(e envelope, payload any) (frame []byte, left string) {
	type reply struct {
		ID      string `json:"envelope_id"`
		Payload any    `json:"payload,omitempty"`
	}
	bare := encode(reply{ID: e.ID})
	if payload == nil {
		return bare, ""
	}
	if !e.Respond {
		return bare, "Slack accepts none"
	}
	frame = encode(reply{ID: e.ID, Payload: payload})
	switch {
	case frame == nil:
		return bare, "it cannot be written as JSON"
	case len(frame) >= maxAck:
		return bare, fmt.Sprintf("%d bytes, the limit is %d", len(frame), maxAck)
	}
	return frame, ""
}

// encode returns v as JSON, nil if it cannot. Slack needs no escapes against
// HTML, which would make its own "&lt;" three times as long.
func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v) != nil {
		return nil
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// word returns a word of Slack's protocol for the log, "?" for what may be
// anything else.
func word(s string) string {
	for _, r := range s {
		if (r < 'a' || r > 'z') && r != '_' {
			return "?"
		}
	}
	if s == "" || len(s) > 40 {
		return "?"
	}
	return s
}
