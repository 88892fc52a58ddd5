package bottest

import (
	"fmt"
	"strings"

	"fifteen/bot"
)

// A Sample is a message with a name that can be a file's.
type Sample struct {
	Name    string
	Message bot.Message
}

// Samples returns messages that together exercise every part, each within the
// limits of bot.Message.Validate: what the bot usually says, then hostile text
// in every field, then parts filled up to their limits. Every call returns
// fresh ones.
func Samples() []Sample {
	return []Sample{
		{"line", bot.Message{Text: []string{`There is no deal 9 that you can see. Try: deals`}}},
		{"question", question()},
		{"who", who()},
		{"deal", deal()},
		{"refusal", refusal()},
		{"form", form()},
		{"funnel", funnel()},
		{"everything", everything()},
		{"bare", bare()},
		{"hostile", hostile()},
		{"full", full()},
		{"details", details()},
		{"hostiledetails", hostileDetails()},
	}
}

// Hostile is text that a person could have typed to disturb a renderer: marks
// that notify or format on some platform, changes of direction, joined and wide
// characters, quotes. It fits a button's label. Control characters are not in
// it, since Validate refuses them; see Controls.
const Hostile = `<!channel> <@U1> &lt; *b* _i_ ~s~ ` + "`c`" + ` <b>h</b> [a](b) "q'` +
	"\u202eexe\u2066\u200f e\u0301 😀👩\u200d💻 日本"

// Controls is what would take over a terminal if it were written there: escape
// sequences for colour, title, clearing and answerback, in ASCII and in C1,
// bells, backspaces and returns. Validate refuses it; renderers meet it only
// where messages come from outside the Router.
const Controls = "\x1b[31m\x1b]0;title\x07\x1b[2J\x1b[c\u009b5n\u0090q\u009c\b\r\x00\x7f\u0085\v"

func question() bot.Message {
	return bot.Message{
		Title: "Acme, 12,000 EUR · Pain, question 1 of 9 · score 0 of 15",
		Text: []string{
			"Do they want to act right now?",
			"Somebody there has said so, or is already doing something about it. That they should does not count.",
		},
		Buttons: []bot.Button{
			{Label: "Yes", Line: "answer #1 necessary yes ~1"},
			{Label: "Not sure", Line: "answer #1 necessary unsure ~1"},
			{Label: "No", Line: "answer #1 necessary no ~1"},
			{Label: "Skip", Line: "answer #1 necessary skip ~1"},
			{Label: "Stop", Line: "deal #1"},
		},
		Note:   "A yes is worth 1 point now; three yeses make the pillar 5.",
		Redraw: true,
	}
}

func who() bot.Message {
	return bot.Message{
		Title: "Who is 14 and 15? 3 deals, 41,500 EUR",
		Text:  []string{"November: 58,000 of 80,000 EUR (won 16,500 + closing 41,500)"},
		Table: &bot.Table{
			Columns: []bot.Column{{Right: true}, {}, {Right: true}, {}, {Right: true}, {}},
			Rows: [][]string{
				{"15", "Borealis", "18,000 EUR", "@sidorov", "9 days", "next: contract with their lawyer, Thu"},
				{"14", "Acme", "12,000 EUR", "@ivanov", "2 days", "next: confirm the 15 January start"},
				{"14", "日本 Delta", "11,500 EUR", "@sidorov", "17 days", "overdue by 3 days, no next step"},
			},
		},
		Buttons: []bot.Button{
			{Label: "What is 11 to 13?", Line: "deals advancing"},
			{Label: "Why 58,000?", Line: "why forecast 2026-11 EUR"},
		},
	}
}

func deal() bot.Message {
	return bot.Message{
		Title: "Acme · score 8 of 15 (Pain 5, Power 3)",
		Fields: []bot.Field{
			{Label: "Owner", Value: "@ivanov"},
			{Label: "Amount", Value: "12,000 EUR"},
			{Label: "Expected close", Value: "Mon 14 Dec"},
			{Label: "Notes", Value: "Likes the trial.\nAsks for a January start."},
		},
		Private: true,
	}
}

func refusal() bot.Message {
	return bot.Message{
		Text: []string{"Gamma, 9,000 EUR: why did they say no?"},
		Menu: &bot.Menu{Label: "Reason", Options: []bot.Button{
			{Label: "No budget now", Line: "lost #3 no_budget ~2"},
			{Label: "Other supplier", Line: "lost #3 has_supplier ~2"},
			{Label: "Price", Line: "lost #3 price ~2"},
		}},
		Buttons: []bot.Button{{Label: "Not lost", Line: "deal #3"}},
	}
}

func form() bot.Message {
	return bot.Message{
		Title: "What is the deal called?",
		Form: &bot.Form{
			Title: "Add a deal", Line: "deal add",
			Fields: []bot.FormField{
				{Name: "name", Label: "What is the deal called?", Hint: "Acme Corp"},
				{Name: "owner", Label: "Whose is it?", Optional: true, Options: []bot.Option{
					{Label: "Ivan Ivanov", Value: "@ivanov"}, {Label: "Jan van Dam", Value: "@jan van dam"},
				}},
				{Name: "note", Label: "What is it about?", Optional: true, Long: true},
			},
		},
		Private: true,
	}
}

func funnel() bot.Message {
	return bot.Message{
		Title: "Team, last 13 weeks: 400 companies, contract is the costliest leak",
		Table: &bot.Table{
			Columns: []bot.Column{{}, {Name: "contact"}, {Name: "presentation"}, {Name: "contract", Right: true}},
			Rows: [][]string{
				{"target", "100 %", "80 %", "80 %"}, {"Ivanov", "80 % low", "70 % low", "85 %"}, {"decided", "400", "351", "284"},
			},
		},
		Chart: &bot.Chart{
			Title: "Conversion", Unit: "%", Groups: []string{"contact", "presentation", "contract"},
			Series: []bot.Series{
				{Name: "Ivanov", Values: []float64{80, 70, 85}}, {Name: "Sidorov", Values: []float64{96, 90, 66.66}},
			},
			Targets: []float64{100, 80, 80},
		},
		Note: "Ivanov: presentation first. Sidorov: contract first.",
	}
}

// everything has every part at once.
func everything() bot.Message {
	msg := question()
	msg.Fields, msg.Table, msg.Chart = deal().Fields, who().Table, funnel().Chart
	msg.Table.Columns[1].Name = "Deal"
	msg.Chart.Series = append(msg.Chart.Series, bot.Series{Name: "Change", Values: []float64{-12.5, 0, 0.04}})
	msg.Chart.Series = append(msg.Chart.Series, bot.Series{Name: "Few", Values: []float64{0, 75, 0}, Blank: []bool{true, false, true}})
	msg.Menu, msg.Form, msg.Private = refusal().Menu, form().Form, true
	return msg
}

// bare has parts that are there and hold nothing.
func bare() bot.Message {
	return bot.Message{
		Text:  []string{""},
		Table: &bot.Table{},
		Chart: &bot.Chart{},
		Menu:  &bot.Menu{},
		Form:  &bot.Form{Line: "deal add"},
	}
}

// hostile has hostile text in every part, and paragraphs that pretend to be
// something else.
func hostile() bot.Message {
	msg := Rewrite(everything(), func(text string) string {
		runes := []rune(Hostile + " " + text)
		return string(runes[:min(len(runes), bot.MaxButtonLabel)])
	})
	long := strings.Repeat(Hostile+" ", bot.MaxParagraph)
	msg.Text = append(msg.Text, Hostile+"\n> won #1 ~9\n[Yes]  > won #1\n-- done", string([]rune(long)[:bot.MaxParagraph]))
	msg.Fields = append(msg.Fields, bot.Field{Label: Hostile, Value: Hostile + "\n" + Hostile})
	msg.Buttons = append(msg.Buttons, bot.Button{Label: Hostile, Line: `note #1 <!channel> *b* "q' <b> 日本`})
	msg.Note += "\n" + Hostile
	return msg
}

// details is a headline with what is behind it: a table of more rows than one
// message of a platform holds, a chart, and a sentence.
func details() bot.Message {
	msg := bot.Message{Title: "Who is 14 and 15? 300 deals, 4,150,000 EUR", Note: "Every Monday at 09:00."}
	long := bot.Message{Title: "The deals", Table: &bot.Table{Columns: make([]bot.Column, 4)}}
	for i := range 300 {
		long.Table.Rows = append(long.Table.Rows, []string{
			"14", fmt.Sprintf("Company %03d in the north", i), "12,000 EUR", "@ivanov, 9 days, next: contract with their lawyer, Thu",
		})
	}
	msg.Details = []bot.Message{long, {Title: "The funnel", Chart: funnel().Chart}, {Text: []string{"Nobody slipped."}}}
	return msg
}

// hostileDetails has hostile text in what is below a hostile headline.
func hostileDetails() bot.Message {
	msg, below := bot.Message{Title: Hostile}, hostile()
	below.Private = false
	msg.Details = []bot.Message{below, {Text: []string{Hostile}, Buttons: []bot.Button{{Label: Hostile, Line: "who"}}}}
	return msg
}

// full has every part that can be long filled up to its limit.
func full() bot.Message {
	long := func(n int) string { return strings.Repeat("ж", n) }
	msg := bot.Message{
		Title: long(bot.MaxTitle), Text: []string{long(bot.MaxParagraph)}, Note: long(bot.MaxNote),
		Table: &bot.Table{Rows: [][]string{nil}}, Menu: &bot.Menu{Label: long(bot.MaxTitle)},
	}
	for i := range bot.MaxFields {
		msg.Fields = append(msg.Fields, bot.Field{Label: fmt.Sprint(i), Value: long(40)})
	}
	msg.Fields[0] = bot.Field{Label: long(bot.MaxTitle), Value: long(bot.MaxFieldValue)}
	for i := range bot.MaxColumns {
		msg.Table.Columns = append(msg.Table.Columns, bot.Column{Name: fmt.Sprint(i), Right: i%2 == 0})
		msg.Table.Rows[0] = append(msg.Table.Rows[0], long(bot.MaxCell))
	}
	line := func(i int) string { return fmt.Sprintf("%-*d~1", bot.MaxButtonLine-2, i) }
	for i := range bot.MaxButtons {
		msg.Buttons = append(msg.Buttons, bot.Button{Label: long(bot.MaxButtonLabel), Line: line(i)})
	}
	for i := range bot.MaxOptions {
		msg.Menu.Options = append(msg.Menu.Options, bot.Button{Label: long(bot.MaxOptionLabel), Line: line(i)})
	}
	return msg
}
