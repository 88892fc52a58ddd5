package telegrambot

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fifteen/bot/plain"
)

// breaker is an invisible character without a width, a word joiner, that keeps
// Telegram from seeing a mention or a command.
const breaker = '\u2060'

// literal writes people's text so that Telegram shows it as it is. Nothing in it
// formats, since no markup is sent, and nobody is notified: Telegram looks for
// mentions and commands in every text, by the patterns of
// https://github.com/tdlib/td/blob/master/td/telegram/MessageEntity.cpp, and a
// breaker is put into those. Addresses and numbers stay what can be tapped.
func literal(text string) string {
	text = plain.Text(text)
	var b strings.Builder
	before := rune(0)
	for i, r := range text {
		b.WriteRune(r)
		if r == '@' && !isWord(before) || r == '/' && !isWord(before) && before != '/' {
			if next, _ := utf8.DecodeRuneInString(text[i+1:]); isWord(next) {
				b.WriteRune(breaker)
			}
		}
		before = r
	}
	return b.String()
}

// literalLine is literal on one line, without blanks around it.
func literalLine(text string) string { return strings.TrimSpace(literal(plain.Line(text))) }

// typed undoes literal in what people copied out of a message.
func typed(text string) string { return strings.ReplaceAll(text, string(breaker), "") }

// tappable is a sentence of the bot's own in which commands can be tapped.
func tappable(text string) string {
	return strings.ReplaceAll(text, "/"+string(breaker), "/")
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) }

// blank tells whether Telegram would call a text empty. It looks for one
// character that can be seen, where Telegram only knows some that cannot
// (https://github.com/tdlib/td/blob/master/td/telegram/misc.cpp).
func blank(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.M, r) && !unicode.Is(unseen, r)
	})
}

// unseen are characters that look like a blank, or like nothing.
var unseen = &unicode.RangeTable{R16: []unicode.Range16{
	{Lo: 0x115F, Hi: 0x1160, Stride: 1},
	{Lo: 0x2800, Hi: 0x2800, Stride: 1},
	{Lo: 0x3164, Hi: 0x3164, Stride: 1},
	{Lo: 0xFFA0, Hi: 0xFFA0, Stride: 1},
	{Lo: 0xFFFC, Hi: 0xFFFC, Stride: 1},
}}

// ellipsis stands for what cannot be seen, and for what was cut off.
const ellipsis = "…"

// shorten cuts text to at most n units, the last one an ellipsis when it was
// longer, and never within a character.
func shorten(text string, n int) string {
	if units(text) <= n {
		return text
	}
	end, size := 0, 0
	for {
		next := cluster(text[end:])
		if size += units(text[end : end+next]); size > n-1 {
			return text[:end] + ellipsis
		}
		end += next
	}
}
