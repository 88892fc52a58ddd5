package telegrambot

import (
	"fifteen/bot"
	"fifteen/bot/draw"
)

// pictured tells whether a chart is sent as a picture. What a picture cannot
// show legibly is written as bars of letters, and so is what has no bars.
func pictured(c bot.Chart) bool {
	bars := len(c.Groups) * len(c.Series)
	return bars > 0 && bars <= draw.MaxBars && len(c.Groups) <= draw.MaxGroups && len(c.Series) <= draw.MaxSeries
}

// photo is the call that shows a chart. Telegram has no description of a picture
// for people who do not see it, so that is the caption.
func photo(c bot.Chart) call {
	caption := shorten(literal(draw.Alt(c)), maxCaption)
	if blank(caption) {
		caption = ""
	}
	return call{method: sendPhoto, text: rich{text: caption}, chart: &c}
}
