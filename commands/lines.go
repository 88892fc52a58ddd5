package commands

import (
	"strings"

	"fifteen/bot"
	"fifteen/storage"
)

// dealLine writes a button's line that changes a deal: it ends in the revision
// that it was drawn from. Words between are the line's other arguments.
func dealLine(command string, deal storage.Deal, words ...string) string {
	parts := append([]string{command, hash(deal.Number)}, words...)
	return strings.Join(append(parts, bot.Revision(deal.Revision)), " ")
}

// lookLine writes a button's line that only looks at a deal.
func lookLine(command string, deal storage.Deal) string { return command + " " + hash(deal.Number) }

// button makes a button of a key and a line.
func (s speech) button(key, line string, args ...any) bot.Button {
	return bot.Button{Label: brief(s.say(key, args...), bot.MaxButtonLabel), Line: line}
}

// showButton shows a deal.
func (s speech) showButton(deal storage.Deal) bot.Button {
	return s.button("button.show", lookLine("deal", deal), "deal", brief(deal.Name, 40))
}

// show is showButton for a problem, as Button takes it.
func (s speech) show(deal storage.Deal) (label, line string) {
	button := s.showButton(deal)
	return button.Label, button.Line
}

// brief cuts text to at most n runes, the last one an ellipsis when it was
// longer, and puts it on one line.
func brief(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return strings.TrimSpace(string(runes[:n-1])) + "…"
}

// joined writes the parts that are not empty, a separator between them.
func joined(separator string, parts ...string) string {
	var kept []string
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, separator)
}
