package main_test

import (
	"slices"
	"strings"

	"fifteen/bot/bottest"
)

// A chart is bars in the terminal and a picture in Slack, which comes as a message
// of its own. Both are compared by the chart's title.

// slackCharts tells which steps of a terminal's transcript show a chart.
func slackCharts(transcript string) map[int]bool {
	charts := map[int]bool{}
	for i, step := range slackSteps(transcript) {
		for _, shown := range step.shown {
			charts[i] = charts[i] || slices.ContainsFunc(shown.lines, isBar)
		}
	}
	return charts
}

func isBar(line string) bool { return strings.Contains(line, "█") }

// isPicture tells whether a message is a file and nothing else.
func isPicture(m bottest.SlackMessage) bool { return len(m.Files) > 0 }

// pictured tells whether the picture of the present step has come, if there is to
// be one.
func (s *slackStage) pictured() bool {
	return !s.charts[s.step] || slices.ContainsFunc(s.changes(), isPicture)
}

// pictureLine stands for a chart.
func pictureLine(title string) string { return "picture: " + title }

// withoutBars returns a message's lines with the title of its chart behind them in
// place of the chart, which stands between blank lines.
func withoutBars(lines []string) []string {
	bar := slices.IndexFunc(lines, isBar)
	if bar < 0 {
		return lines
	}
	first, last := bar, bar
	for first > 0 && lines[first-1] != "" {
		first--
	}
	for last < len(lines) && lines[last] != "" {
		last++
	}
	return append(slices.Concat(lines[:first], lines[last:]), pictureLine(lines[first]))
}
