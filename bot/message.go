package bot

// A Message is what the bot says, as data: each platform draws it. All text is
// plain; a renderer escapes it. The parts are shown in the order of the fields.
type Message struct {
	// Title is the answer itself in one line; it must make sense alone.
	Title string `json:"title,omitempty"`
	// Text holds paragraphs; line breaks inside one are kept.
	Text []string `json:"text,omitempty"`
	// Fields are short labelled values.
	Fields []Field `json:"fields,omitempty"`
	// Table holds rows of cells.
	Table *Table `json:"table,omitempty"`
	// Chart is a picture's contents.
	Chart *Chart `json:"chart,omitempty"`
	// Buttons are lines that can be sent with one click.
	Buttons []Button `json:"buttons,omitempty"`
	// Menu is one choice among many.
	Menu *Menu `json:"menu,omitempty"`
	// Form asks for arguments that are missing.
	Form *Form `json:"form,omitempty"`
	// Note is small print below everything.
	Note string `json:"note,omitempty"`
	// Details go on below: in the message's thread where the platform has such,
	// else right behind it. They have no details of their own.
	Details []Message `json:"details,omitempty"`
	// Private says that only the one who asked may see it.
	Private bool `json:"private,omitempty"`
	// Redraw says that it takes the place of the message whose button was
	// pressed; after a typed line it means nothing.
	Redraw bool `json:"redraw,omitempty"`
}

// A Field is a labelled value.
type Field struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// A Table is a grid of cells. Every row has as many cells as Columns.
type Table struct {
	Columns []Column   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// A Column is the head of a table's column. An empty Name is allowed, and a
// table whose names are all empty has no head.
type Column struct {
	Name string `json:"name,omitempty"`
	// Right aligns the column's cells at the right, for numbers.
	Right bool `json:"right,omitempty"`
}

// A Chart is a bar chart as data: groups of bars, one bar a series, and
// optionally a target across each group.
type Chart struct {
	Title  string   `json:"title"`
	Groups []string `json:"groups"`
	Series []Series `json:"series"`
	// Targets has a value per group, or is empty.
	Targets []float64 `json:"targets,omitempty"`
	// Unit stands behind each value, such as "%".
	Unit string `json:"unit,omitempty"`
}

// A Series is the bars of one name, one value per group of the chart.
type Series struct {
	Name   string    `json:"name"`
	Values []float64 `json:"values"`
	// Blank marks the values that are not known, one for each value; empty says
	// that all are. What stands in Values for such a one means nothing, but must
	// be a number.
	Blank []bool `json:"blank,omitempty"`
}

// Known tells whether the series has a value for a group of its chart, counted
// from 0. It has none where it is blank and beyond its values.
func (s Series) Known(group int) bool {
	return 0 <= group && group < len(s.Values) && (group >= len(s.Blank) || !s.Blank[group])
}

// A Button sends Line when it is pressed.
type Button struct {
	Label string `json:"label"`
	// Line is canonical English of at most MaxButtonLine bytes. If it writes, it
	// ends in the revision it was drawn from, such as "~7".
	Line string `json:"line"`
}

// A Menu sends the line of the option that is chosen.
type Menu struct {
	Label   string   `json:"label"`
	Options []Button `json:"options"`
}

// A Form asks for values. Submitting it sends Line with Values by field name.
type Form struct {
	Title  string      `json:"title"`
	Line   string      `json:"line"`
	Fields []FormField `json:"fields"`
}

// Drop returns the line that gives a form up, where its own line continues what
// was kept of it.
func (f Form) Drop() string { return f.Line + " " + dropWord }

// A FormField is one value that a form asks for.
type FormField struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	// Hint is an example of what to type.
	Hint     string `json:"hint,omitempty"`
	Optional bool   `json:"optional,omitempty"`
	// Long says that a paragraph is expected.
	Long bool `json:"long,omitempty"`
	// Options, when there are any, are the values to choose from; a platform
	// may let people type another.
	Options []Option `json:"options,omitempty"`
}

// An Option is a value with the words shown for it.
type Option struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Empty tells whether the message has nothing to show.
func (m Message) Empty() bool {
	return m.Title == "" && len(m.Text) == 0 && len(m.Fields) == 0 && m.Table == nil &&
		m.Chart == nil && len(m.Buttons) == 0 && m.Menu == nil && m.Form == nil && m.Note == ""
}
