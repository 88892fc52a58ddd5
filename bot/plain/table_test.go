package plain_test

import (
	"strings"
	"testing"

	"fifteen/bot"
	"fifteen/bot/plain"
)

func TestTable(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("n", plain.TableRoom+1)
	for _, c := range []struct {
		name  string
		table bot.Table
		want  []string
	}{
		{name: "nothing"},
		{name: "only a head", table: bot.Table{Columns: []bot.Column{{Name: "a"}, {Name: "b"}}}, want: []string{"a  b"}},
		{
			name: "wide characters take two cells, marks none",
			table: bot.Table{
				Columns: []bot.Column{{}, {Right: true}},
				Rows:    [][]string{{"日本", "1"}, {"e\u0301e", "한"}, {"😀", "a\u200db"}, {"ab", ""}},
			},
			want: []string{"日本   1", "e\u0301e    한", "😀    a\u200db", "ab"},
		},
		{
			name:  "a row with too few cells and one with too many",
			table: bot.Table{Columns: []bot.Column{{}, {}}, Rows: [][]string{{"a"}, {"b", "c", "d"}}},
			want:  []string{"a", "b  c"},
		},
		{
			name: "too wide for lines",
			table: bot.Table{
				Columns: []bot.Column{{Name: "Name"}, {Name: "Empty"}, {Name: "Next"}},
				Rows:    [][]string{{long, "", "a"}, {"b", "", ""}},
			},
			want: []string{"Name  " + long, "Next  a", "", "Name  b"},
		},
		{
			name:  "a long last column stays a column",
			table: bot.Table{Columns: []bot.Column{{}, {}}, Rows: [][]string{{"a", long}}},
			want:  []string{"a  " + long},
		},
		{
			name:  "a line break in a cell",
			table: bot.Table{Columns: []bot.Column{{}, {}}, Rows: [][]string{{"a\nb", "c"}}},
			want:  []string{"a b  c"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			same(t, plain.Table(c.table), c.want...)
		})
	}
}

func TestTableWithin(t *testing.T) {
	t.Parallel()
	table := bot.Table{
		Columns: []bot.Column{{Name: "Deal"}, {Name: "Amount", Right: true}, {}},
		Rows:    [][]string{{"Acme", "12", "soon"}, {"Borealis", "9", ""}},
	}
	lines := []string{"Deal      Amount", "Acme          12  soon", "Borealis       9"}
	records := []string{"Deal    Acme", "Amount  12", "        soon", "", "Deal    Borealis", "Amount  9"}
	for _, c := range []struct {
		name string
		room int
		want []string
	}{
		{"just enough", 18, lines}, // Borealis and Amount, and two blanks behind each
		{"one too few", 17, records},
		{"none", -1, records},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			same(t, plain.TableWithin(table, c.room), c.want...)
		})
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("l", 31)
	for _, c := range []struct {
		name   string
		fields []bot.Field
		want   []string
	}{
		{name: "none"},
		{
			name:   "aligned, further lines below the first",
			fields: []bot.Field{{Label: "Owner", Value: "@ivanov"}, {Label: "日本", Value: "a\nb"}},
			want:   []string{"Owner  @ivanov", "日本   a", "       b"},
		},
		{
			name:   "a long label does not push the other values away",
			fields: []bot.Field{{Label: long, Value: "a"}, {Label: "b", Value: "c\nd"}},
			want:   []string{long + "  a", "b  c", "   d"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			same(t, plain.Fields(c.fields), c.want...)
		})
	}
}
