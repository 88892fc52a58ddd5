package main_test

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A table with heads is drawn in columns where there is room for them. Slack has
// less than the terminal, so the terminal's table is compared as Slack draws one
// that is too wide: a line each row, every cell behind its column's head.

// asTables returns a message's lines with each table drawn as it is in Slack;
// drawn are the words of Slack's lines.
func asTables(lines, drawn []string) []string {
	var all []string
	for len(lines) > 0 {
		end := slices.Index(lines, "")
		if end < 0 {
			end = len(lines)
		}
		all = append(all, asTable(lines[:end], drawn)...)
		lines = lines[min(end+1, len(lines)):]
		all = append(all, "")
	}
	return all
}

// asTable chooses the way to draw what stands between blank lines whose first line
// Slack has; what is no table stays as it is.
func asTable(block, drawn []string) []string {
	grid := slackGrid(block)
	for _, way := range [][]string{block, slackRows(grid), slackRows(turned(grid))} {
		if len(way) > 0 && slices.Contains(drawn, slackWords(way[0])) {
			return way
		}
	}
	return block
}

// slackRows draws a table's rows, a line each: the first cell, and each other one
// behind its head. Empty cells are left out.
func slackRows(grid [][]string) []string {
	if len(grid) == 0 {
		return nil
	}
	lines := make([]string, 0, len(grid))
	for _, row := range grid[1:] {
		cells := row[:1:1]
		for i, cell := range row[1:] {
			if cell != "" {
				cells = append(cells, grid[0][i+1], cell)
			}
		}
		lines = append(lines, strings.Join(cells, " "))
	}
	return lines
}

// turned makes a head and a row of labelled values.
func turned(grid [][]string) [][]string {
	all := make([][]string, 2)
	for _, row := range grid {
		if len(row) != len(all) {
			return nil
		}
		all[0], all[1] = append(all[0], row[0]), append(all[1], row[1])
	}
	return all
}

// slackGrid cuts lines into cells where all of them have two blanks.
func slackGrid(lines []string) [][]string {
	width := 0
	for _, line := range lines {
		width = max(width, utf8.RuneCountInString(line))
	}
	rows := make([][]rune, len(lines))
	for i, line := range lines {
		rows[i] = []rune(line + strings.Repeat(" ", width-utf8.RuneCountInString(line)))
	}
	blank := func(at int) bool {
		return !slices.ContainsFunc(rows, func(row []rune) bool { return row[at] != ' ' })
	}
	grid := make([][]string, len(lines))
	for from, at := 0, 0; at <= width; at++ {
		if at < width && (!blank(at) || at+1 < width && !blank(at+1)) {
			continue
		}
		for i, row := range rows {
			grid[i] = append(grid[i], strings.TrimSpace(string(row[from:at])))
		}
		for at < width && blank(at) {
			at++
		}
		from = at
	}
	return grid
}
