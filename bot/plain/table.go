package plain

import (
	"strings"

	"fifteen/bot"
)

// TableRoom is how many cells stand before the last column of a Table at most.
// In a wider one no eye finds the column again.
const TableRoom = 100

// Table draws a table in aligned columns, two blanks between them, if at most
// TableRoom cells stand before the last one. In a wider table each row is drawn
// as Fields are, a blank line between rows. Cells that have no column are left
// out, and columns that have no cell are drawn as empty ones.
func Table(t bot.Table) []string { return TableWithin(t, TableRoom) }

// TableWithin is Table with a room of its own, for a narrower screen. A room
// below zero draws every table row by row.
func TableWithin(t bot.Table, room int) []string {
	rows := grid(t)
	widths := widthsOf(t, rows)
	if before(widths) > room {
		return records(t)
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		for j := range row {
			row[j] = Padded(row[j], widths[j], t.Columns[j].Right)
		}
		lines[i] = strings.Join(row, "  ")
	}
	return lines
}

// Fits tells whether TableWithin draws a table in columns.
func Fits(t bot.Table, room int) bool { return before(widthsOf(t, grid(t))) <= room }

// widthsOf returns how many cells each column takes.
func widthsOf(t bot.Table, rows [][]string) []int {
	widths := make([]int, len(t.Columns))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], Cells(cell))
		}
	}
	return widths
}

// grid returns the cells of a table, below its head if it has one.
func grid(t bot.Table) [][]string {
	head := make([]string, len(t.Columns))
	named := false
	for i, column := range t.Columns {
		head[i] = Line(column.Name)
		named = named || head[i] != ""
	}
	var rows [][]string
	if named {
		rows = append(rows, head)
	}
	for _, given := range t.Rows {
		row := make([]string, len(t.Columns))
		for i := range min(len(row), len(given)) {
			row[i] = Line(given[i])
		}
		rows = append(rows, row)
	}
	return rows
}

// before returns how many cells stand before the last column.
func before(widths []int) int {
	n := 0
	for _, width := range widths[:max(0, len(widths)-1)] {
		n += width + 2
	}
	return n
}

// records draws each row as labelled values, a blank line between rows. Empty
// cells are left out.
func records(t bot.Table) []string {
	var lines []string
	for i, row := range t.Rows {
		if i > 0 {
			lines = append(lines, "")
		}
		var values []bot.Field
		for j := range min(len(row), len(t.Columns)) {
			if row[j] != "" {
				values = append(values, bot.Field{Label: t.Columns[j].Name, Value: Line(row[j])})
			}
		}
		lines = append(lines, Fields(values)...)
	}
	return lines
}
