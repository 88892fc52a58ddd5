package typed

import (
	"strings"

	"fifteen/commands/internal/names"
)

// Role is the part that a word plays in a date, a month, a window or the rule of
// a schedule. The exported ones are those of rules.
type Role int

const (
	monthName       Role = iota // January is 1
	weekdayName                 // Sunday is 0
	doubtfulWeekday             // Sunday is 0; ordinary words too, so no date at the end of a text
	dayWord                     // today is 0
	unitWord                    // day, week, month: 0 to 2
	countWord                   // one is 1
	nextWord                    // "next" Monday, "next" month
	thisWord                    // "this" month
	lastWord                    // "last" month
	onWord                      // before a date or month and without meaning: "on", "by"
	inWord                      // "in" 75 days
	laterWord                   // 75 gün "sonra"
	yearUnit                    // year is 0
	pastWord                    // before a window and without meaning: "last" 4 weeks
	overWord                    // before that and without meaning: "over the" last 4 weeks
	yearWord                    // after a year and without meaning: 2027 "г."
	dateRoles
)

// The roles that words play in rules only.
const (
	Every     Role = dateRoles + iota // before the days or weeks of a rule: "every" monday
	Nth                               // first is 1: every "second" friday, the "first" workday
	Final                             // the "last" workday
	Weekdays                          // Sunday is 0; names of weekdays in forms that stand in rules only: mondays
	Workdays                          // workdays, weekdays
	Working                           // makes workdays of days: "working" days
	Daily                             // every day in one word
	Weekly                            // every week in one word
	Monthly                           // every month in one word
	PerWeek                           // every week in one word, after a count: 2 "haftada" bir
	And                               // mon "and" fri
	Through                           // mon "to" fri
	At                                // "at" 9
	Oclock                            // before or after an hour and without meaning: 9 "o'clock"
	Morning                           // 9 "am"
	Afternoon                         // 9 "pm"
	Part                              // morning is 0, then noon, afternoon, evening; a time, too, where no other stands
	Of                                // before a month and without meaning: the 1st "of" the month
	The                               // anywhere else and without meaning: "the" 1st, "on" mondays
	From                              // every 2 weeks "from" 4 December
	roles
)

// firstValue is what the first entry of a role's list means; the next means one more.
var firstValue = map[Role]int{monthName: 1, countWord: 1, Nth: 1}

// vocabulary lists a language's words by role. Words of one entry mean the same:
// cases, short forms. They need no accents; capitals and full stops are ignored.
type vocabulary map[Role][]string

var vocabularies = map[string]vocabulary{
	"en": {
		monthName: {
			"january jan", "february feb", "march mar", "april apr", "may", "june jun",
			"july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
		},
		weekdayName: {
			"sunday", "monday mon", "tuesday tue tues", "wednesday", "thursday thu thur thurs", "friday fri", "saturday",
		},
		doubtfulWeekday: {"sun", "", "", "wed", "", "", "sat"},
		dayWord:         {"today", "tomorrow"},
		unitWord:        {"day days", "week weeks", "month months"},
		countWord:       {"a an one", "two", "three"},
		nextWord:        {"next"},
		thisWord:        {"this"},
		lastWord:        {"last previous"},
		onWord:          {"on by"},
		inWord:          {"in"},
		yearUnit:        {"year years"},
		pastWord:        {"last past previous"},
		overWord:        {"for over in during the"},
	},
	"ru": {
		monthName: {
			"январь января январе янв", "февраль февраля феврале фев февр", "март марта марте мар",
			"апрель апреля апреле апр", "май мая мае", "июнь июня июне июн", "июль июля июле июл",
			"август августа августе авг", "сентябрь сентября сентябре сен сент",
			"октябрь октября октябре окт", "ноябрь ноября ноябре ноя нояб", "декабрь декабря декабре дек",
		},
		weekdayName: {
			"воскресенье вс", "понедельник пн", "вторник вт", "ср", "четверг чт", "пятница пятницу пт", "суббота субботу сб",
		},
		doubtfulWeekday: {"", "", "", "среда среду"}, // also "environment"
		dayWord:         {"сегодня", "завтра", "послезавтра"},
		unitWord:        {"день дня дней дни дням", "неделю недели недель", "месяц месяца месяцев месяце"},
		countWord:       {"один одну", "два две", "три"},
		nextWord:        {"следующий следующая следующее следующую следующем"},
		thisWord:        {"этот этом текущий текущем"},
		lastWord:        {"прошлый прошлом предыдущий предыдущем"},
		onWord:          {"в во"},
		inWord:          {"через"},
		yearUnit:        {"год года лет"},
		pastWord:        {"последний последнюю последние последних прошлые прошлых"},
		overWord:        {"за"},
		yearWord:        {"г год года году"},
	},
	"pl": {
		monthName: {
			"styczeń stycznia styczniu sty", "luty lutego lutym lut", "marzec marca marcu mar",
			"kwiecień kwietnia kwietniu kwi", "maj maja maju", "czerwiec czerwca czerwcu cze",
			"lipiec lipca lipcu lip", "sierpień sierpnia sierpniu sie", "wrzesień września wrześniu wrz",
			"październik października październiku paź", "listopad listopada listopadzie lis", "grudzień grudnia grudniu gru",
		},
		weekdayName: {
			"niedziela niedzielę niedz nd", "poniedziałek pon pn", "wtorek wt", "środa środę śr",
			"czwartek czw", "piątek pt", "sobota sobotę sob",
		},
		dayWord:   {"dziś dzisiaj", "jutro", "pojutrze"},
		unitWord:  {"dzień dni dnia", "tydzień tygodnie tygodni", "miesiąc miesiąca miesiące miesięcy miesiącu"},
		countWord: {"jeden", "dwa", "trzy"},
		nextWord:  {"następny następna następną następnym przyszły przyszła przyszłą przyszłym"},
		thisWord:  {"ten tym bieżący bieżącym"},
		lastWord:  {"zeszły zeszłym ubiegły ubiegłym poprzedni poprzednim"},
		onWord:    {"w we"},
		inWord:    {"za"},
		yearUnit:  {"rok lata lat"},
		pastWord:  {"ostatni ostatnią ostatnie ostatnich"},
		overWord:  {"za z przez"},
		yearWord:  {"r rok roku"},
	},
	"cs": {
		monthName: {
			"leden ledna lednu led", "únor února únoru úno", "březen března březnu bře", "duben dubna dubnu dub",
			"květen května květnu kvě", "červen června červnu čvn", "červenec července červenci čvc",
			"srpen srpna srpnu srp", "září zář", "říjen října říjnu říj", "listopad listopadu lis", "prosinec prosince prosinci pro",
		},
		weekdayName: {
			"neděle neděli", "pondělí", "úterý", "středa středu", "čtvrtek", "pátek", "sobota sobotu",
		},
		doubtfulWeekday: {"ne", "po", "út", "st", "čt", "pá", "so"},
		dayWord:         {"dnes", "zítra", "pozítří"},
		unitWord:        {"den dny dní dnů", "týden týdny týdnů", "měsíc měsíce měsíců měsíci"},
		countWord:       {"jeden", "dva", "tři"},
		nextWord:        {"příští"},
		thisWord:        {"tento tomto"},
		lastWord:        {"minulý minulém předchozí předchozím"},
		onWord:          {"v ve"},
		inWord:          {"za"},
		yearUnit:        {"rok roky let"},
		pastWord:        {"poslední posledních"},
		overWord:        {"za"},
		yearWord:        {"rok roku"},
	},
	"tr": {
		monthName: {
			"ocak oca", "şubat şub", "mart mar", "nisan nis", "mayıs may", "haziran haz",
			"temmuz tem", "ağustos ağu", "eylül eyl", "ekim eki", "kasım kas", "aralık ara",
		},
		weekdayName: {
			"", "pazartesi pzt", "salı", "çarşamba", "perşembe", "cuma", "cumartesi cmt",
		},
		doubtfulWeekday: {"pazar paz", "", "sal", "çar", "per", "cum"}, // pazar is also "market"
		dayWord:         {"bugün", "yarın"},
		unitWord:        {"gün günü günleri", "hafta", "ay ayın"},
		countWord:       {"bir", "iki", "üç"},
		nextWord:        {"gelecek önümüzdeki"},
		thisWord:        {"bu"},
		lastWord:        {"geçen"},
		yearUnit:        {"yıl"},
		pastWord:        {"son"},
		laterWord:       {"sonra"},
	},
}

// lexicon says what a folded word means in each role it can play.
type lexicon [roles]map[string]int

var lexicons = func() map[string]lexicon {
	compiled := map[string]lexicon{}
	for language, own := range vocabularies {
		compiled[language] = compile(vocabularies["en"], ruleVocabularies["en"], own, ruleVocabularies[language])
	}
	return compiled
}()

// compile merges vocabularies; where they differ about a word the later one is right.
func compile(merged ...vocabulary) lexicon {
	var l lexicon
	for r := range roles {
		l[r] = map[string]int{}
	}
	for _, v := range merged {
		for r, entries := range v {
			for i, words := range entries {
				for word := range strings.FieldsSeq(words) {
					l[r][names.Fold(word)] = firstValue[r] + i
				}
			}
		}
	}
	return l
}

// lexiconOf returns the words of a language tag such as "cs" or "pl-PL", together
// with the English ones, which are the bot's own; English alone for any other.
func lexiconOf(locale string) lexicon {
	language, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(locale), "_", "-"), "-")
	if l, ok := lexicons[language]; ok {
		return l
	}
	return lexicons["en"]
}

// is reports whether a word can play a role.
func (l lexicon) is(r Role, word string) bool {
	_, ok := l[r][word]
	return ok
}

// weekday returns the day of the week that a word names, doubtful or not.
func (l lexicon) weekday(word string) (day int, ok bool) {
	if day, ok = l[weekdayName][word]; ok {
		return day, ok
	}
	day, ok = l[doubtfulWeekday][word]
	return day, ok
}
