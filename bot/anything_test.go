package bot_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fifteen/bot"
)

// Whatever people type, press and submit in whatever order, the bot has a
// sentence for it and nothing breaks; and what its buttons send is understood.
func TestAnythingHasAnAnswer(t *testing.T) {
	t.Parallel()
	pieces := rapid.OneOf(
		rapid.SampledFrom([]string{
			"show", "deals", "won", "lost", "note", "plan", "deal name", "move", "score", "judge", "claim", "swap", ";", "draft", "drop", "wish",
			"Acme", "Acme Corp", "Acm", "Del", "#1", "2", "~7", "price", "pricey", `"`, "“a b”", "'", "5", "text", "\n", "é日本😀",
			"what closes?", "shwo Acme", "Acme is ours", strings.Repeat("long ", 30),
		}),
		rapid.String(),
	)
	lines := rapid.Map(rapid.SliceOfN(pieces, 1, 6), func(parts []string) string { return strings.Join(parts, " ") })
	w := newWorld(t)
	rapid.Check(t, func(r *rapid.T) {
		msg := bot.Message{}
		for range 4 {
			req := w.typed(t, lines.Draw(r, "line"))
			if options := msg.Buttons; len(options) > 0 && rapid.Bool().Draw(r, "press") {
				req.Line, req.Way = rapid.SampledFrom(options).Draw(r, "button").Line, bot.Pressed
			} else if msg.Form != nil && rapid.Bool().Draw(r, "submit") {
				req.Line, req.Way, req.Values = msg.Form.Line, bot.Submitted, map[string]string{}
				for _, field := range msg.Form.Fields {
					req.Values[field.Name] = lines.Draw(r, field.Name)
				}
			}
			msg = w.Serve(t.Context(), req).Message
			if got := spoken(msg); strings.HasPrefix(got, "router.broken") {
				r.Fatalf("%q: got %s; the log says %s", req.Line, got, w.Log())
			}
			if got := spoken(msg); req.Way == bot.Pressed && strings.HasPrefix(got, "router.unknown") {
				r.Fatalf("button %q: got %s, want it understood", req.Line, got)
			}
		}
	})
}
