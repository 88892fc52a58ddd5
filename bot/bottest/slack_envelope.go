package bottest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// slackEnvelopeSize is where Slack drops an acknowledgement in Socket Mode
// without a word, in bytes. It is on no page; slack-go reports it.
const slackEnvelopeSize = 20_480

// slackEnvelope is a delivery that waits for its acknowledgement.
type slackEnvelope struct {
	answered chan slackCarried
	dropped  chan error
	over     bool // whether Slack has given up; under the lock
}

// overSocket delivers by an envelope on one of the open sockets.
func (s *Slack) overSocket(ctx context.Context, d *slackDelivery) (slackCarried, error) {
	payload, err := d.body()
	if err != nil {
		return slackCarried{}, err
	}
	timer := time.NewTimer(s.patience())
	defer timer.Stop()
	s.mu.Lock()
	socket := s.pick()
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d", s.serial)
	s.serial++
	waiting := &slackEnvelope{answered: make(chan slackCarried, 1), dropped: make(chan error, 1)}
	s.waiting[id] = waiting
	s.mu.Unlock()
	defer s.giveUp(waiting)
	if socket == nil {
		return slackCarried{}, ErrSlackNoSocket
	}
	reason := ""
	if d.attempt > 0 {
		reason = "timeout"
	}
	if err := socket.queue(ctx, slackFrame{message: map[string]any{
		"envelope_id": id, "type": d.kind, "payload": json.RawMessage(payload),
		"accepts_response_payload": d.answers, "retry_attempt": d.attempt, "retry_reason": reason,
	}}); err != nil {
		return slackCarried{}, err
	}
	select {
	case answer := <-waiting.answered:
		return answer, nil
	case err := <-waiting.dropped:
		return slackCarried{}, err
	case <-socket.gone:
	case <-timer.C:
		return slackCarried{}, ErrSlackLate
	case <-ctx.Done():
		return slackCarried{}, slackWaited(ctx, ctx.Err())
	}
	select { // what was read before the socket went
	case answer := <-waiting.answered:
		return answer, nil
	default:
		return slackCarried{}, errors.New("the socket closed before the acknowledgement")
	}
}

// giveUp makes an acknowledgement from now on a late one.
func (s *Slack) giveUp(waiting *slackEnvelope) {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting.over = true
}

// pick returns the socket whose turn it is, nil without one. Sockets that were
// asked to go come last.
func (s *Slack) pick() *slackSocket {
	var open, draining []*slackSocket
	for _, socket := range s.sockets {
		switch {
		case !socket.welcome || socket.deaf.Load() || socket.closing.Load():
		case socket.draining.Load():
			draining = append(draining, socket)
		default:
			open = append(open, socket)
		}
	}
	if len(open) == 0 {
		open = draining
	}
	if len(open) == 0 {
		return nil
	}
	s.turn++
	return open[s.turn%len(open)]
}

// read reads acknowledgements until the connection ends.
func (s *Slack) read(socket *slackSocket) {
	for {
		_, message, err := socket.ws.ReadMessage()
		if err != nil {
			return
		}
		if !socket.deaf.Load() {
			s.acknowledged(message)
		}
	}
}

// acknowledged hands an acknowledgement to the delivery that waits for it.
func (s *Slack) acknowledged(message []byte) {
	var ack struct {
		ID      string          `json:"envelope_id"`
		Payload json.RawMessage `json:"payload"`
	}
	err := json.Unmarshal(message, &ack)
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting, ok := s.waiting[ack.ID]
	size := len(bytes.TrimRight(message, "\n"))
	switch {
	case err != nil || !ok:
		s.refusals = append(s.refusals, "socket: an acknowledgement of no envelope")
		return
	case waiting.over:
		s.refusals = append(s.refusals, "socket: the acknowledgement came late, or twice")
		return
	case size >= slackEnvelopeSize:
		err = fmt.Errorf("socket: an acknowledgement of %d bytes was dropped", size)
		s.refusals = append(s.refusals, err.Error())
		waiting.dropped <- err
		waiting.over = true
		return
	}
	waiting.over = true
	answer := slackCarried{status: http.StatusOK, mediaType: "application/json"}
	if string(ack.Payload) != "null" {
		answer.body = ack.Payload
	}
	waiting.answered <- answer
}
