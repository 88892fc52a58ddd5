package plain

import (
	"math"
	"strconv"
	"strings"

	"fifteen/bot"
)

// barRoom is how many cells the longest bar takes.
const barRoom = 30

// unknown stands for a value that is blank.
const unknown = "–"

// Chart draws a bar a line, each group's bars below one another, with a mark
// where the group's target is. Bars are drawn to one scale from zero; one of a
// value below zero is lighter, and one that is blank is empty, with a dash for
// its value.
func Chart(c bot.Chart) []string {
	top := 0.0
	for _, series := range c.Series {
		for i, value := range series.Values {
			if series.Known(i) {
				top = max(top, size(value))
			}
		}
	}
	for _, target := range c.Targets {
		top = max(top, size(target))
	}
	var lines []string
	if c.Title != "" {
		lines = append(lines, Line(c.Title))
	}
	rows := bars(c, top)
	widths := make([]int, 4)
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], Cells(row[i]))
		}
	}
	for _, row := range rows {
		for i := range widths {
			row[i] = Padded(row[i], widths[i], i == 3)
		}
		lines = append(lines, strings.Join(row, "  "))
	}
	return lines
}

// bars returns a row for each bar: its group, where that changes, its series,
// the bar, its value, and the target if there is one.
func bars(c bot.Chart, top float64) [][]string {
	var rows [][]string
	for i, group := range c.Groups {
		name := Line(group)
		for _, series := range c.Series {
			if i >= len(series.Values) {
				continue
			}
			value, text := 0.0, unknown
			if series.Known(i) {
				value, text = series.Values[i], number(series.Values[i], c.Unit)
			}
			row := []string{name, Line(series.Name), bar(value, target(c, i), top), text}
			if i < len(c.Targets) {
				row = append(row, "| "+number(c.Targets[i], c.Unit))
			}
			rows = append(rows, row)
			name = ""
		}
	}
	return rows
}

// target is the group's target, below zero for none.
func target(c bot.Chart, group int) float64 {
	if group < len(c.Targets) {
		return c.Targets[group]
	}
	return -1
}

// bar draws a value of top, with a mark at the target. What is above zero shows
// at least half a cell.
func bar(value, target, top float64) string {
	if top == 0 {
		return strings.Repeat(" ", barRoom+1)
	}
	halves := int(math.Round(size(value) / top * barRoom * 2))
	if halves == 0 && size(value) > 0 {
		halves = 1
	}
	full, half := '█', '▌'
	if value < 0 {
		full, half = '░', '░'
	}
	drawn := []rune(strings.Repeat(" ", barRoom+1))
	for i := range halves / 2 {
		drawn[i] = full
	}
	if halves%2 == 1 {
		drawn[halves/2] = half
	}
	if target >= 0 {
		drawn[int(math.Round(size(target)/top*barRoom))] = '|'
	}
	return string(drawn)
}

// size is a value's length; what is no number has none.
func size(value float64) float64 {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return 0
	}
	return math.Abs(value)
}

// number writes a value with at most one decimal, and its unit.
func number(value float64, unit string) string {
	text := strconv.FormatFloat(math.Round(value*10)/10, 'f', -1, 64)
	if text == "-0" {
		text = "0"
	}
	return strings.TrimSpace(text + " " + strings.TrimSpace(Line(unit)))
}
