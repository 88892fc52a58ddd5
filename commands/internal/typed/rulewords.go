package typed

import "time"

// ruleVocabularies hold the words that stand in the rules of schedules, next to
// those of dates.
var ruleVocabularies = map[string]vocabulary{
	"en": {
		Every:     {"every each"},
		Nth:       {"first 1st", "second 2nd other", "third 3rd", "fourth 4th"},
		Final:     {"last"},
		Weekdays:  {"sundays", "mondays", "tuesdays", "wednesdays weds", "thursdays", "fridays", "saturdays"},
		Workdays:  {"workdays workday weekdays weekday"},
		Working:   {"work working business"},
		Daily:     {"daily everyday"},
		Weekly:    {"weekly"},
		Monthly:   {"monthly"},
		And:       {"and & +"},
		Through:   {"to till until through thru -"},
		At:        {"at @"},
		Oclock:    {"o'clock oclock hrs"},
		Morning:   {"am a.m"},
		Afternoon: {"pm p.m"},
		Part:      {"morning mornings", "noon midday", "afternoon afternoons", "evening evenings"},
		Of:        {"of"},
		The:       {"the on"},
		From:      {"from starting"},
	},
	"ru": {
		Every: {"каждый каждая каждое каждую каждые каждого"},
		Nth: {
			"первый первое первую первого", "второй вторая второе вторую второго",
			"третий третья третье третью третьего", "четвертый четвертая четвертое четвертую четвертого",
		},
		Final:     {"последний последнее последнего"},
		Weekdays:  {"воскресеньям", "понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам"},
		Workdays:  {"будни будням"},
		Working:   {"рабочий рабочие рабочим рабочего будний будние будним"},
		Daily:     {"ежедневно"},
		Weekly:    {"еженедельно"},
		Monthly:   {"ежемесячно"},
		And:       {"и"},
		Through:   {"по до"},
		At:        {"в во"},
		Oclock:    {"ч час часа часов"},
		Morning:   {"утра ночи"},
		Afternoon: {"вечера"},
		Part:      {"утро утром", "полдень", "днем", "вечер вечером"},
		Of:        {"числа число"},
		The:       {"в во по"},
		From:      {"с со"},
	},
	"pl": {
		Every: {"każdy każda każde każdą każdego co"},
		Nth: {
			"pierwszy pierwsza pierwsze pierwszą pierwszego", "drugi druga drugie drugą drugiego",
			"trzeci trzecia trzecie trzecią trzeciego", "czwarty czwarta czwarte czwartą czwartego",
		},
		Final:     {"ostatni ostatniego"},
		Weekdays:  {"niedziele", "poniedziałki", "wtorki", "środy", "czwartki", "piątki", "soboty"},
		Working:   {"roboczy robocze roboczych roboczego powszedni powszednie"},
		Daily:     {"codziennie"},
		Weekly:    {"cotygodniowo tygodniowo"},
		Monthly:   {"comiesięcznie miesięcznie"},
		And:       {"i oraz"},
		Through:   {"do"},
		At:        {"o"},
		Oclock:    {"godz godzina godzinie"},
		Morning:   {"rano"},
		Afternoon: {"wieczorem"},
		Part:      {"rano ranek", "południe", "popołudniu popołudnie", "wieczorem wieczór"},
		The:       {"w we"},
		From:      {"od"},
	},
	"cs": {
		Every: {"každý každá každé každou každého"},
		Nth: {
			"první prvního", "druhý druhá druhé druhou druhého", "třetí třetího", "čtvrtý čtvrtá čtvrté čtvrtou čtvrtého",
		},
		Final:     {"poslední posledního"},
		Weekdays:  {"", "pondělky", "úterky", "středy", "čtvrtky", "pátky", "soboty"},
		Working:   {"pracovní všední"},
		Daily:     {"denně"},
		Weekly:    {"týdně"},
		Monthly:   {"měsíčně"},
		And:       {"a i"},
		Through:   {"až do"},
		At:        {"v ve"},
		Oclock:    {"h hod hodin hodiny"},
		Morning:   {"ráno"},
		Afternoon: {"večer odpoledne"},
		Part:      {"ráno dopoledne", "poledne", "odpoledne", "večer"},
		The:       {"v ve"},
		From:      {"od"},
	},
	"tr": {
		Every: {"her"},
		Nth:   {"birinci ilk", "ikinci", "üçüncü", "dördüncü"},
		Final: {"son"},
		Weekdays: {
			"pazarları", "pazartesileri", "salıları", "çarşambaları", "perşembeleri", "cumaları", "cumartesileri",
		},
		Workdays:  {"haftaiçi"},
		Working:   {"iş içi"},
		Daily:     {"günlük"},
		Weekly:    {"haftalık"},
		Monthly:   {"aylık"},
		PerWeek:   {"haftada"},
		And:       {"ve"},
		At:        {"saat"},
		Oclock:    {"saat"},
		Morning:   {"sabah"},
		Afternoon: {"akşam"},
		Part:      {"sabah", "öğlen öğle", "", "akşam"},
	},
}

// Lexicon says what words mean in the rules of schedules.
type Lexicon struct{ words lexicon }

// LexiconOf returns the words of a language tag such as "cs" or "pl-PL", together
// with the English ones; English alone for any other tag.
func LexiconOf(locale string) Lexicon { return Lexicon{lexiconOf(locale)} }

// Is reports whether a folded word can play a role.
func (l Lexicon) Is(r Role, word string) bool { return l.words.is(r, word) }

// Nth returns the number of an ordinal written as a word: 1 for "first".
func (l Lexicon) Nth(word string) (n int, ok bool) {
	n, ok = l.words[Nth][word]
	return n, ok
}

// Part returns which part of the day a word names: 0 the morning, 1 noon, 2 the
// afternoon, 3 the evening.
func (l Lexicon) Part(word string) (n int, ok bool) {
	n, ok = l.words[Part][word]
	return n, ok
}

// Count returns the number that a word stands for: 2 for "two".
func (l Lexicon) Count(word string) (n int, ok bool) {
	n, ok = l.words[countWord][word]
	return n, ok
}

// Unit is what a rule counts.
type Unit int

// The units, as the first of their words says them.
const (
	DayUnit Unit = iota
	WeekUnit
	MonthUnit
)

// Unit returns the unit that a word names: "weeks".
func (l Lexicon) Unit(word string) (u Unit, ok bool) {
	n, ok := l.words[unitWord][word]
	return Unit(n), ok
}

// Weekday returns the day of the week that a folded word names. doubtful says
// that the word often means something else: sun, sat.
func (l Lexicon) Weekday(word string) (day time.Weekday, doubtful, ok bool) {
	if n, ok := l.words[Weekdays][word]; ok {
		return time.Weekday(n), false, true
	}
	n, ok := l.words.weekday(word)
	return time.Weekday(n), !l.words.is(weekdayName, word), ok
}
