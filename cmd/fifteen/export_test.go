package main

import (
	"context"
	"io"
)

// RunWith runs the program over streams of a test's.
func RunWith(ctx context.Context, in io.Reader, out, errs io.Writer, args ...string) error {
	return run(ctx, args, streams{in: in, out: out, err: errs})
}
