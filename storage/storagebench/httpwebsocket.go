package main

import (
	"bufio"
	"crypto/sha1" //nolint:gosec // the handshake of WebSocket wants it; nothing is kept secret
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// The frames of WebSocket that are needed here. Source: RFC 6455, section 5.2.
const (
	opText  = 0x1
	opClose = 0x8
	opPing  = 0x9
	opPong  = 0xA
	final   = 0x80
	masked  = 0x80
)

// A link hands out the connections of Socket Mode that the bot opens.
type link struct{ peers chan *peer }

func newLink() *link { return &link{peers: make(chan *peer, 1)} }

// wait returns the next connection.
func (l *link) wait() (*peer, error) {
	select {
	case p := <-l.peers:
		return p, nil
	case <-time.After(patience):
		return nil, errors.New("the bot does not open Socket Mode")
	}
}

// A peer is Slack's end of a connection.
type peer struct {
	conn net.Conn
	turn chan struct{} // held by the one who writes
	acks []chan []byte // by client
	sent int           // envelopes of each client
	api  string        // where late answers are sent to
}

// serve upgrades a request to WebSocket and reads the bot's frames until it
// goes.
func (l *link) serve(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
	sum := sha1.Sum([]byte(key)) //nolint:gosec // RFC 6455, section 4.2.2
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer func() { _ = conn.Close() }() // nothing is left to save
	p := &peer{conn: conn, turn: make(chan struct{}, 1)}
	for range crowds[len(crowds)-1] {
		p.acks = append(p.acks, make(chan []byte, 1))
	}
	_, err = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: %s\r\n\r\n", base64.StdEncoding.EncodeToString(sum[:]))
	if err == nil {
		err = p.write(opText, []byte(`{"type":"hello","num_connections":1,"debug_info":{},"connection_info":{"app_id":"A0BENCH"}}`))
	}
	if err == nil {
		l.peers <- p
	}
	for err == nil {
		err = p.read(buffered.Reader)
	}
}

// read takes one frame.
func (p *peer) read(in *bufio.Reader) error {
	op, text, err := frame(in)
	switch {
	case err != nil:
		return err
	case op == opClose:
		return errors.Join(p.write(opClose, text), io.EOF)
	case op == opPing:
		return p.write(opPong, text)
	case op != opText:
		return nil
	}
	client, err := sender(text)
	if err != nil || client >= len(p.acks) {
		return errors.Join(err, io.ErrUnexpectedEOF)
	}
	p.acks[client] <- text
	return nil
}

// frame reads a client's frame, which is masked.
func frame(in io.Reader) (op byte, text []byte, err error) {
	var head [8]byte
	if _, err := io.ReadFull(in, head[:2]); err != nil {
		return 0, nil, err
	}
	op = head[0] &^ final
	length := uint64(head[1] &^ masked)
	if long := map[uint64]int{126: 2, 127: 8}[length]; long > 0 {
		var size [8]byte
		if _, err := io.ReadFull(in, size[8-long:]); err != nil {
			return 0, nil, err
		}
		length = binary.BigEndian.Uint64(size[:])
	}
	var mask [4]byte
	if _, err := io.ReadFull(in, mask[:]); err != nil || length > maxForm {
		return 0, nil, errors.Join(err, fmt.Errorf("a frame of %d bytes", length))
	}
	text = make([]byte, length)
	_, err = io.ReadFull(in, text)
	for i := range text {
		text[i] ^= mask[i%4]
	}
	return op, text, err
}

// write sends a frame.
func (p *peer) write(op byte, text []byte) error {
	head := []byte{final | op, byte(len(text))}
	switch {
	case len(text) >= 1<<16:
		return fmt.Errorf("a frame of %d bytes", len(text))
	case len(text) > 125:
		head[1] = 126
		head = binary.BigEndian.AppendUint16(head, uint16(len(text)))
	}
	p.turn <- struct{}{}
	defer func() { <-p.turn }()
	_, err := p.conn.Write(append(head, text...))
	return err
}
