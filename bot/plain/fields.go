package plain

import (
	"strings"

	"fifteen/bot"
)

// labelRoom is the widest label that values are aligned behind.
const labelRoom = 30

// Fields draws labels with their values aligned behind them; a value's further
// lines stand below its first.
func Fields(all []bot.Field) []string {
	width := 0
	for _, field := range all {
		if n := Cells(Line(field.Label)); n <= labelRoom {
			width = max(width, n)
		}
	}
	var lines []string
	for _, field := range all {
		label := Padded(Line(field.Label), width, false)
		for i, line := range strings.Split(Text(field.Value), "\n") {
			if i > 0 {
				label = strings.Repeat(" ", width)
			}
			lines = append(lines, label+"  "+line)
		}
	}
	return lines
}
