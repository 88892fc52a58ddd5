package slackbot

import (
	"regexp"
	"strings"
	"unicode"

	"fifteen/bot/plain"
)

// lookalikes stand for the characters that would format people's text. Slack
// knows no way to escape them, and what is invisible is copied along.
var lookalikes = map[rune]rune{'*': '∗', '_': 'ˍ', '~': '∼', '`': 'ˋ'}

// emoji is what Slack would turn into a picture.
var emoji = regexp.MustCompile(`:([a-z0-9_+'-]+:)`)

// safe writes people's text so that Slack shows it as it is: nothing in it
// formats, links or notifies. Only characters that could begin a format, and all
// that mark code, are replaced by ones that look alike.
func safe(text string) string {
	text = emoji.ReplaceAllString(plain.Text(text), "꞉$1")
	runes := []rune(text)
	for i, r := range runes {
		stand, formats := lookalikes[r]
		if formats && (r == '`' || opens(runes, i)) {
			runes[i] = stand
		}
		if r == '>' && (i == 0 || runes[i-1] == '\n') { // a quotation
			runes[i] = '›'
		}
	}
	return escape(string(runes))
}

// opens tells whether the character at i may begin a format: behind no word and
// before no blank.
func opens(runes []rune, i int) bool {
	if i > 0 && (unicode.IsLetter(runes[i-1]) || unicode.IsDigit(runes[i-1])) {
		return false
	}
	return i+1 < len(runes) && !unicode.IsSpace(runes[i+1])
}

// bold writes one line of people's text in bold.
func bold(text string) string {
	text = strings.TrimSpace(plain.Line(text))
	if text == "" {
		return ""
	}
	runes := []rune(text)
	for i, r := range runes { // inside a format every character may end it
		if stand, formats := lookalikes[r]; formats {
			runes[i] = stand
		}
	}
	return "*" + escape(emoji.ReplaceAllString(string(runes), "꞉$1")) + "*"
}

// code writes lines in letters of one width.
func code(lines []string) string {
	text := strings.ReplaceAll(strings.Join(lines, "\n"), "`", string(lookalikes['`']))
	return "```\n" + escape(text) + "\n```"
}
