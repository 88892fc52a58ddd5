package commands

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/locale"
	"fifteen/commands/internal/names"
	"fifteen/commands/internal/typed"
)

// checkinBack is how many days back a day can still be told of.
const checkinBack = 7

// pastDayKind reads a day of the person's that is over or going on: yesterday,
// mon, 24 Nov. Its value is a typed.Date.
type pastDayKind struct{ choiceKind }

// yesterday is the day of the kind that has a word of its own.
const yesterday = "yesterday"

// Read implements bot.Kind.
func (k pastDayKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	date, ok := k.day(req, span.Words)
	if !ok {
		return bot.Reading{}, bot.Problem("checkin.day", "typed", brief(bot.Join(span.Words), 60), "count", checkinBack)
	}
	return bot.Reading{Value: date, Words: len(span.Words), Canonical: date.String()}, nil
}

// ReadEnd implements bot.Ender: one word that is a day as buttons write it.
func (k pastDayKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	last := span.Words[len(span.Words)-1:]
	if !isoDay.MatchString(last[0].Text) {
		return bot.Reading{}, nil
	}
	return k.Read(ctx, req, bot.Span{Text: span.Text, Words: last, Whole: true})
}

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

// day reads words as one of the last days, today included. A weekday and a day
// without a year are the last such day.
func (k pastDayKind) day(req bot.Request, words []bot.Word) (typed.Date, bool) {
	today := todayOf(req)
	if _, ok := k.match(req, bot.Join(words)); ok {
		return today.AddDays(-1), true
	}
	date, err := typed.ParseDate(texts(words), today, req.Locale)
	if err != nil {
		return date, false
	}
	if before, err := typed.ParseDate(texts(words), today.AddDays(-checkinBack), req.Locale); err == nil {
		relative := before == date.AddDays(-checkinBack) // as tomorrow and a weekday are
		if _, _, weekday := typed.LexiconOf(req.Locale).Weekday(names.Fold(words[0].Text)); !relative || weekday {
			date = before
		}
	}
	return date, !date.After(today) && !date.Before(today.AddDays(-checkinBack))
}

// tallyKind reads how many there were on a day: 0 to maxCount, an int64.
type tallyKind struct {
	choiceKind
	days pastDayKind
	// what is what is counted, which may stand behind the number.
	what choiceKind
}

var whole = regexp.MustCompile(`^[+-]?\d+$`)

// Read implements bot.Kind.
func (k tallyKind) Read(_ context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	if _, ok := k.match(req, span.Words[0].Text); ok {
		return bot.Reading{Value: int64(0), Words: 1, Canonical: "0"}, nil
	}
	n, err := strconv.ParseInt(span.Words[0].Text, 10, 64)
	if err != nil || n < 0 || n > maxCount || strings.HasPrefix(span.Words[0].Text, "+") {
		return bot.Reading{}, bot.Problem("checkin.range", "typed", brief(bot.Join(span.Words), 60), "most", locale.For(req.Locale).Number(maxCount))
	}
	taken := 1
	if _, named := k.what.match(req, bot.Join(span.Words[1:])); named {
		taken = len(span.Words) // 7 calls
	}
	return bot.Reading{Value: n, Words: taken, Canonical: strconv.FormatInt(n, 10)}, nil
}

// ReadEnd implements bot.Ender: a whole number or a word for none, unless it ends
// a day such as Nov 24.
func (k tallyKind) ReadEnd(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	last := span.Words[len(span.Words)-1:]
	_, none := k.match(req, last[0].Text)
	if last[0].Quoted || !none && !whole.MatchString(last[0].Text) {
		return bot.Reading{}, nil
	}
	if _, day := k.days.day(req, span.Words); day && len(span.Words) > 1 {
		return bot.Reading{}, nil
	}
	return k.Read(ctx, req, bot.Span{Text: span.Text, Words: last, Whole: true})
}
