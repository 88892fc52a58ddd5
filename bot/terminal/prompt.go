package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"

	"fifteen/bot"
	"fifteen/bot/plain"
)

// openPrompt puts a prompt with history and completion before the streams. All
// output goes through it from here on, so that what arrives while somebody
// types is shown above the prompt and what was typed so far stays. leave puts a
// raw terminal back as it was.
func (t *Terminal) openPrompt(ctx context.Context) (leave func(), err error) {
	out := t.config.Out
	screen := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{t.config.In, out}, "> ")
	screen.AutoCompleteCallback = t.completer(ctx, screen)
	t.page.w = screen
	t.read = func() (string, error) { return typedLine(screen) }
	newLine := func() { _, _ = io.WriteString(out, "\r\n") } // off the prompt's line; nobody is left to tell
	file, ok := t.config.In.(interface{ Fd() uintptr })
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return newLine, nil
	}
	fd := int(file.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		return nil, fmt.Errorf("open prompt: %w", err)
	}
	t.read = func() (string, error) {
		if width, height, err := term.GetSize(fd); err == nil && width > 0 { // some do not know their size
			_ = screen.SetSize(width, height) // a wrong width only wraps badly
		}
		return typedLine(screen)
	}
	return func() {
		newLine()
		_ = term.Restore(fd, state) // the shell repairs what this cannot
	}, nil
}

// typedLine returns the next line. One that was pasted is a line like any other.
func typedLine(screen *term.Terminal) (string, error) {
	line, err := screen.ReadLine()
	if errors.Is(err, term.ErrPasteIndicator) {
		err = nil
	}
	return line, err
}

// completer completes the line before the cursor when Tab is pressed. Several
// lines are completed as far as they agree, and listed when that is no further.
func (t *Terminal) completer(ctx context.Context, screen io.Writer) func(string, int, rune) (string, int, bool) {
	return func(line string, pos int, key rune) (string, int, bool) {
		if key != '\t' || t.config.Complete == nil {
			return "", 0, false
		}
		begun, behind := line[:pos], line[pos:]
		var found []string
		for _, whole := range t.config.Complete(ctx, t.request(begun, bot.Typed)) {
			found = append(found, plain.Line(whole))
		}
		if len(found) == 0 {
			return line, pos, true
		}
		shared := commonStart(found)
		switch {
		case len(found) == 1 && behind == "":
			shared += " "
		case len(found) > 1 && (len(shared) <= len(begun) || !strings.EqualFold(shared[:len(begun)], begun)):
			_, _ = io.WriteString(screen, strings.Join(found, "\n")+"\n") // the next answer meets the same error
			return line, pos, true
		}
		return shared + behind, len(shared), true
	}
}

// commonStart returns what all lines begin with; there is at least one.
func commonStart(lines []string) string {
	shared := lines[0]
	for _, line := range lines[1:] {
		n := 0
		for n < len(shared) && n < len(line) && shared[n] == line[n] {
			n++
		}
		shared = shared[:n]
	}
	for !utf8.ValidString(shared) {
		shared = shared[:len(shared)-1]
	}
	return shared
}
