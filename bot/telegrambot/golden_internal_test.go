package telegrambot

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/bottest"
	"fifteen/bot/draw"
)

// sheet is a call as a golden file shows it.
type sheet struct {
	Method  string         `json:"method"`
	Edit    bool           `json:"edit,omitempty"`
	Section int            `json:"section,omitempty"`
	Private bool           `json:"private,omitempty"`
	Params  map[string]any `json:"params"`
	Pages   []keyboard     `json:"other_pages,omitempty"`
	Chart   *bot.Chart     `json:"chart,omitempty"`
}

// drawn is a message's calls as text.
func drawn(t *testing.T, msg bot.Message) string {
	t.Helper()
	p := painter{words: bottest.Keys{}, locale: "en", kept: 17}
	calls := p.draw(msg)
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	for _, c := range calls {
		params, err := c.params(0)
		if err != nil {
			t.Fatal(err)
		}
		s := sheet{Method: c.method, Edit: c.edit, Section: c.section, Private: c.private, Chart: c.chart, Params: map[string]any{}}
		for name, value := range params {
			s.Params[name] = value
			if strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[{") {
				s.Params[name] = json.RawMessage(value)
			}
		}
		if len(c.pages) > 1 {
			s.Pages = c.pages[1:]
		}
		if err := encoder.Encode(s); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for _, sample := range bottest.Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			t.Parallel()
			bottest.Golden(t, sample.Name+".json", drawn(t, sample.Message))
		})
	}
}

// TestSamplesAreAccepted draws the samples, all that waits behind a button in
// them, and their pictures.
func TestSamplesAreAccepted(t *testing.T) {
	t.Parallel()
	p := painter{words: bottest.Keys{}, kept: 17}
	for _, sample := range bottest.Samples() {
		t.Run(sample.Name, func(t *testing.T) {
			t.Parallel()
			for _, c := range everyCall(p, sample.Message) {
				for shown := range max(1, len(c.pages)) {
					for _, why := range refusals(c, shown) {
						t.Errorf("page %d: %s", shown, why)
					}
				}
				if c.chart == nil {
					continue
				}
				if _, err := draw.PNG(*c.chart); err != nil {
					t.Errorf("picture: got %v, want no error", err)
				}
			}
		})
	}
}

// everyCall draws a message and presses every button that shows more of it.
func everyCall(p painter, msg bot.Message) []call {
	calls := p.draw(msg)
	for i := 0; i < len(calls); i++ {
		for _, board := range calls[i].pages {
			for _, row := range board.Rows {
				for _, k := range row {
					if does, ok := pressed(k.Data); ok && does.what == more {
						calls = append(calls, p.onward(msg, does.a, does.b)...)
					}
				}
			}
		}
	}
	return calls
}
