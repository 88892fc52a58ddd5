package bottest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// SlackAck is how the bot acknowledged a delivery.
type SlackAck struct {
	// Delivery is the delivery's number, from 1, for Redeliver and Duplicate; 0
	// says that there was nothing to deliver, as for talk that does not mention
	// the bot.
	Delivery int
	// Status is the HTTP status, or 200 for an acknowledgement in Socket Mode; 0
	// without an acknowledgement.
	Status int
	// Body is what came with it; in Socket Mode, the payload.
	Body []byte
	// Late says that it came later than 3 s, or not at all.
	Late bool
}

// String is the acknowledgement for people who read failed tests.
func (a SlackAck) String() string {
	const most = 200
	return fmt.Sprintf("{delivery %d, status %d, late %t, body %.*q}", a.Delivery, a.Status, a.Late, most, a.Body)
}

// What can happen to a delivery besides an acknowledgement.
var (
	// ErrSlackLost says that a fault of Next ate the delivery or its
	// acknowledgement.
	ErrSlackLost = errors.New("lost by a fault")
	// ErrSlackLate says that Slack gave up waiting for the acknowledgement.
	ErrSlackLate = errors.New("not acknowledged in 3 s")
	// ErrSlackNoSocket says that no Socket Mode connection was open.
	ErrSlackNoSocket = errors.New("no Socket Mode connection is open")
	// ErrSlackNotInstalled says that the app lacks a scope, or did not register
	// the command.
	ErrSlackNotInstalled = errors.New("the app was not installed for this")
	// ErrSlackUnable says that Slack's own client would not have let the person
	// do this.
	ErrSlackUnable = errors.New("cannot be done in Slack")
)

// slackDelivery is something that the bot is told.
type slackDelivery struct {
	number  int
	kind    string // of the envelope
	path    string // of the HTTP request
	form    url.Values
	payload map[string]any // what a slash command has in its form otherwise
	answers bool           // whether the acknowledgement may hold something
	attempt int
	// accept does what the acknowledgement's body says; nil for nothing.
	accept func(mediaType string, body []byte) error
}

// name is what a delivery is called in errors and refusals.
func (d *slackDelivery) name() string {
	if kind, ok := d.payload["type"].(string); ok && d.kind == "interactive" {
		return kind
	}
	return d.kind
}

// body is the payload as JSON.
func (d *slackDelivery) body() ([]byte, error) {
	if d.form == nil {
		return json.Marshal(d.payload)
	}
	fields := map[string]string{}
	for name := range d.form {
		fields[name] = d.form.Get(name)
	}
	return json.Marshal(fields)
}

// send delivers something for the first time.
func (s *Slack) send(ctx context.Context, d *slackDelivery) (SlackAck, error) {
	s.mu.Lock()
	s.deliveries = append(s.deliveries, d)
	d.number = len(s.deliveries)
	first := *d // Redeliver counts in d
	s.mu.Unlock()
	return s.deliver(ctx, &first)
}

// deliver delivers something and does what the acknowledgement says.
func (s *Slack) deliver(ctx context.Context, d *slackDelivery) (SlackAck, error) {
	fault, given := ctx.Value(slackFaultKey{}).(SlackFault)
	s.mu.Lock()
	if !given && len(s.faults) > 0 {
		fault, s.faults = s.faults[0], s.faults[1:]
	}
	plugged := s.client != nil
	s.mu.Unlock()
	ack := SlackAck{Delivery: d.number}
	if fault.LoseRequest {
		return ack, fmt.Errorf("deliver %s %d: %w", d.name(), d.number, ErrSlackLost)
	}
	sent, carry := s.config.Clock(), s.overSocket
	if plugged {
		carry = s.overHTTP
	}
	answer, err := carry(ctx, d)
	ack.Status, ack.Body = answer.status, answer.body
	if err == nil && s.config.Clock().Sub(sent) > slackPatience {
		s.note(d.name() + ": the acknowledgement came late")
		err = ErrSlackLate
	}
	ack.Late = errors.Is(err, ErrSlackLate)
	switch {
	case err != nil:
	case answer.status < 200 || answer.status > 299:
		err = fmt.Errorf("answered with HTTP status %d", answer.status)
	case fault.LoseAck:
		err = ErrSlackLost
	case d.accept != nil:
		if err = d.accept(answer.mediaType, answer.body); err != nil {
			s.note(d.name() + ": " + err.Error())
		}
	}
	if err != nil {
		return ack, fmt.Errorf("deliver %s %d: %w", d.name(), d.number, err)
	}
	return ack, nil
}

// slackCarried is an acknowledgement as it arrived.
type slackCarried struct {
	status    int
	mediaType string
	body      []byte
}

// note adds to the refusals.
func (s *Slack) note(refusal string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusals = append(s.refusals, refusal)
}

// Redeliver delivers a delivery once more: the same event_id or trigger_id, with
// the number of the retry. n is SlackAck.Delivery; 0 means the latest.
func (s *Slack) Redeliver(ctx context.Context, n int) (SlackAck, error) {
	d, err := s.delivery(n)
	if err != nil {
		return SlackAck{}, err
	}
	s.mu.Lock()
	d.attempt++
	again := *d
	s.mu.Unlock()
	return s.deliver(ctx, &again)
}

// Duplicate delivers the event of a delivery under another event_id, as Slack
// does now and then. n is SlackAck.Delivery; 0 means the latest.
func (s *Slack) Duplicate(ctx context.Context, n int) (SlackAck, error) {
	d, err := s.delivery(n)
	if err != nil {
		return SlackAck{}, err
	}
	if d.kind != "events_api" {
		return SlackAck{}, fmt.Errorf("%w: %s has no event_id", ErrSlackUnable, d.name())
	}
	return s.Deliver(ctx, d.payload["event"])
}

// delivery finds a delivery by its number; 0 means the latest.
func (s *Slack) delivery(n int) (*slackDelivery, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n == 0 {
		n = len(s.deliveries)
	}
	if n < 1 || n > len(s.deliveries) {
		return nil, fmt.Errorf("%w: there is no delivery %d", ErrSlackUnable, n)
	}
	return s.deliveries[n-1], nil
}
