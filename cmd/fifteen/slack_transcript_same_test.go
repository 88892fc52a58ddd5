package main_test

import (
	"regexp"
	"slices"
	"strings"

	"fifteen/bot/bottest"
)

// What Slack draws differently from the terminal, and all that the comparison of
// words leaves out of account:
//
//   - Columns are not aligned: a list's cells have " · " between them, and blank
//     lines, and how many blanks stand together, mean nothing.
//   - A table that is too wide for a phone is a list there: a line each row, in
//     which the head of a cell's column stands before it, but for the first one.
//   - A form that a click opens is a modal. It holds the form alone: the question
//     is its field's label, its title begins with a capital, and instead of the
//     buttons and the small print that the terminal shows around it the modal has
//     buttons of its own.
//   - A form that nobody clicked for is offered: a button of the message opens it,
//     and only then its fields can be seen.
//   - The click that opens an offered form asks its question once more, which
//     gives its draft a number of its own.
//   - What several people are told arrives in each one's own chat: what each of
//     them is told is compared in its order, and not who is told first.
//   - The details of a post are messages of their own, in a channel in the post's
//     thread. They are compared below it, where the terminal shows them.
//   - The terminal says for whom everything is that it shows later, to the one who
//     types too. In Slack the chat says it.
//   - A chart is a picture, which comes behind the message.
//   - The workspace is called like the team in Slack.
//   - An event that comes again is not answered again.

// slackStep is a line of a script with what was shown of it.
type slackStep struct {
	line  string
	shown []slackShown
}

// String writes the step as a transcript does.
func (s slackStep) String() string {
	var b strings.Builder
	b.WriteString("> " + s.line + "\n")
	for _, shown := range s.shown {
		b.WriteString(strings.Join(shown.lines, "\n") + "\n")
	}
	return b.String()
}

// slackSteps reads a transcript of the terminal.
func slackSteps(transcript string) []slackStep {
	var steps []slackStep
	for line := range strings.Lines(transcript) {
		line = strings.TrimRight(line, " \n")
		if typed, ok := strings.CutPrefix(line, "> "); ok {
			steps = append(steps, slackStep{line: typed})
			continue
		}
		step := &steps[len(steps)-1]
		switch {
		case strings.HasPrefix(line, "→ "), len(step.shown) == 0, step.isNote() && line != "":
			step.shown = append(step.shown, slackShown{})
		}
		last := &step.shown[len(step.shown)-1]
		last.lines = append(last.lines, line)
	}
	return steps
}

// isNote tells whether the step is a directive whose own answer is all there is
// so far.
func (s slackStep) isNote() bool {
	return len(s.shown) == 1 && strings.HasPrefix(s.line, ":at ")
}

// words are the lines that the terminal and Slack must have in common, of a step
// of either; as is the same step in Slack, which says where its forms are.
func (s slackStep) words(as slackStep) []string {
	if s.line == ":again" {
		return nil
	}
	words := []string{s.line}
	messages := slices.Clone(s.shown)
	slices.SortStableFunc(messages, func(a, b slackShown) int { return strings.Compare(a.to(), b.to()) })
	forms := slices.Clone(as.shown)
	slices.SortStableFunc(forms, func(a, b slackShown) int { return strings.Compare(a.to(), b.to()) })
	for i, message := range messages {
		form := noForm
		if i < len(forms) {
			form = forms[i].form
		}
		for _, line := range withoutBars(formAs(form, asTables(message.lines, as.drawn()))) {
			if line = slackWords(line); line != "" {
				words = append(words, line)
			}
		}
	}
	return words
}

// drawn are the words of the step's lines.
func (s slackStep) drawn() []string {
	var drawn []string
	for _, message := range s.shown {
		for _, line := range message.lines {
			drawn = append(drawn, slackWords(line))
		}
	}
	return drawn
}

// slackWords is a line without what is drawn differently.
func slackWords(line string) string {
	line = strings.ReplaceAll(strings.ReplaceAll(line, bottest.SlackTeamName, "local"), " · ", " ")
	return strings.Join(strings.Fields(line), " ")
}

// to is whom a message is for, "" for who asked.
func (s slackShown) to() string {
	if len(s.lines) > 0 && strings.HasPrefix(s.lines[0], "→ ") {
		return s.lines[0]
	}
	return ""
}

var (
	formField   = regexp.MustCompile(`^(<\w+>|\[\w+\])( {2}.*)?$`)
	formOption  = regexp.MustCompile(`^\s+\S`)
	draftNumber = regexp.MustCompile(`\bdraft \d+`)
	formButton  = regexp.MustCompile(`^\[.*\]\s+> `)
)

// formAs returns a message's lines with its form as it can be seen in that
// place. It is the same whether the lines are the terminal's or Slack's.
func formAs(form slackForm, lines []string) []string {
	fill := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, ":fill") })
	if form == noForm || fill < 0 {
		return lines
	}
	first := fill
	for first > 0 && (formOption.MatchString(lines[first-1]) || formField.MatchString(lines[first-1]) && !formButton.MatchString(lines[first-1])) {
		first--
	}
	title := first
	if title > 0 && !formButton.MatchString(lines[title-1]) {
		title--
	}
	_, line, _ := strings.Cut(lines[fill], "  > ")
	switch form {
	case offeredForm:
		if first == fill { // Slack's, where it is still closed
			title = fill
		}
		return slices.Concat(lines[:title], []string{":fill > " + line}, lines[fill+1:])
	case modalForm:
		return labelled(lines[0], lines[title:fill+1])
	case openedForm:
		opened := slices.Concat(lines[:title], labelled(lines[0], lines[title:fill+1]), lines[fill+1:])
		for i := range opened {
			opened[i] = draftNumber.ReplaceAllString(opened[i], "draft")
		}
		return opened
	case noForm:
	}
	return lines
}

// labelled returns a form's lines with the question as the label of the field
// that has none, and a capital at the beginning of the title.
func labelled(question string, form []string) []string {
	lines := slices.Clone(form)
	if lines[0] != "" {
		lines[0] = strings.ToUpper(lines[0][:1]) + lines[0][1:]
	}
	for i, line := range lines {
		name, label, _ := strings.Cut(line, " ")
		label = strings.TrimSpace(label)
		if formField.MatchString(line) && (label == "" || strings.HasPrefix(label, "(")) {
			lines[i] = name + "  " + question + "  " + label
		}
	}
	return lines
}
