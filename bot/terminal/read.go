package terminal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// readSize is how much of a pipe is read at once.
const readSize = 64 << 10

// longestRead is how many bytes of a line are kept: far more than the Router
// accepts, so that what is dropped was refused anyway, and little enough that a
// stream without line breaks does not fill the memory.
const longestRead = 1 << 20

// input is one line, or why there is none.
type input struct {
	text string
	err  error
}

// errEnd says that the input has ended.
var errEnd = errors.New("end of input")

// next waits for a line, or errEnd, and meanwhile shows what arrives at each tick.
func (t *Terminal) next(ctx context.Context) (string, error) {
	lines := make(chan input, 1)
	go func() {
		text, err := t.read()
		lines <- input{text, err}
	}()
	for {
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("read line: %w", ctx.Err())
		case <-t.config.Ticks:
			if err := t.tick(ctx); err != nil {
				return "", err
			}
		case in := <-lines:
			switch {
			case errors.Is(in.err, io.EOF):
				return "", errEnd
			case in.err != nil:
				return "", fmt.Errorf("read line: %w", in.err)
			}
			return in.text, nil
		}
	}
}

// tick shows what has arrived since the last look.
func (t *Terminal) tick(ctx context.Context) error {
	if err := t.sweep(ctx); err != nil {
		return err
	}
	return t.flush()
}

// flush ends what was shown although nobody typed a line, if anything was.
func (t *Terminal) flush() error {
	if t.page.empty() {
		return nil
	}
	return t.page.end(t.config.Now())
}

// readLine returns the next line without its end, and io.EOF after the last
// one, which needs no line break.
func readLine(r *bufio.Reader) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part[:min(len(part), longestRead-len(line))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)):
			return "", err
		}
		text, _ := strings.CutSuffix(string(line), "\n")
		text, _ = strings.CutSuffix(text, "\r")
		return text, nil
	}
}
