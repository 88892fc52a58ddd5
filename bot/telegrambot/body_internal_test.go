package telegrambot

import (
	"strings"
	"testing"

	"fifteen/bot"
)

// TestTable tells which table is a grid and which a list. Bold stands between
// stars here, letters of one width between strokes.
func TestTable(t *testing.T) {
	t.Parallel()
	wide := strings.Repeat("x", 31)
	for _, c := range []struct {
		name  string
		table bot.Table
		want  string
	}{
		{name: "nothing"},
		{
			name:  "narrow, with heads: a grid whose first blanks stay",
			table: bot.Table{Columns: []bot.Column{{}, {Name: "won", Right: true}}, Rows: [][]string{{"Ivan", "2"}, {"Jan", "13"}}},
			want:  "|\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0won\nIvan    2\nJan    13|",
		},
		{
			// 31 + 2 + 7 letters are 40
			name:  "just narrow enough",
			table: bot.Table{Columns: []bot.Column{{Name: "name"}, {Name: "outcome"}}, Rows: [][]string{{wide, "won"}}},
			want:  "|name" + strings.Repeat(" ", 29) + "outcome\n" + wide + "  won|",
		},
		{
			name:  "too wide: a list, each cell with its head",
			table: bot.Table{Columns: []bot.Column{{}, {Name: "outcomes"}, {Name: "of"}}, Rows: [][]string{{wide, "won", "3"}, {"", "lost", ""}}},
			want:  "*" + wide + "*  outcomes won · of 3\noutcomes lost",
		},
		{
			name:  "without heads: a list",
			table: bot.Table{Columns: make([]bot.Column, 3), Rows: [][]string{{"15", "Acme", "EUR"}, {"", "", ""}, {"14", "", "EUR"}}},
			want:  "*15*  Acme · EUR\n*14*  EUR",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := table(c.table)
			var got strings.Builder
			at := 0
			for _, s := range r.spans {
				mark := map[string]string{bold: "*", pre: "|"}[s.kind]
				got.WriteString(r.text[at:s.start] + mark + r.text[s.start:s.end] + mark)
				at = s.end
			}
			got.WriteString(r.text[at:])
			if got.String() != c.want {
				t.Errorf("got %q, want %q", got.String(), c.want)
			}
		})
	}
}
