package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
)

// doors are the addresses at which the program answers: one for the world and
// perhaps one for the operator.
type doors struct {
	front, back net.Listener // back is nil when there is none
	servers     []*http.Server
}

// open listens, before anything else is begun.
func (c serveCmd) open(ctx context.Context) (*doors, error) {
	d := &doors{}
	var err error
	if d.front, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.Listen); err != nil {
		return nil, fmt.Errorf("--listen: %w", err)
	}
	if c.Metrics == "" {
		return d, nil
	}
	if d.back, err = (&net.ListenConfig{}).Listen(ctx, "tcp", c.Metrics); err != nil {
		return nil, errors.Join(fmt.Errorf("--metrics: %w", err), d.close())
	}
	return d, nil
}

// address is where the world comes in.
func (d *doors) address() string { return d.front.Addr().String() }

// inside is where the operator comes in, "" for nowhere.
func (d *doors) inside() string {
	if d.back == nil {
		return ""
	}
	return d.back.Addr().String()
}

// serve answers at the addresses until shut, and returns where an earlier end is
// told.
func (d *doors) serve(world, operator http.Handler) <-chan error {
	served := make(chan error, 2)
	answer := func(listener net.Listener, handler http.Handler) {
		server := &http.Server{Handler: handler, ReadTimeout: readWait, ReadHeaderTimeout: readWait}
		d.servers = append(d.servers, server)
		go func() { served <- server.Serve(listener) }()
	}
	answer(d.front, world)
	if d.back != nil {
		answer(d.back, operator)
	}
	return served
}

// shut lets what is being answered end, until ctx is done.
func (d *doors) shut(ctx context.Context) error {
	errs := make([]error, 0, len(d.servers))
	for _, server := range d.servers {
		errs = append(errs, server.Shutdown(ctx))
	}
	return errors.Join(errs...)
}

// close stops listening when nothing is served yet.
func (d *doors) close() error {
	if d.back == nil {
		return d.front.Close()
	}
	return errors.Join(d.front.Close(), d.back.Close())
}
