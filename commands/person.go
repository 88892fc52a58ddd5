package commands

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"fifteen/bot"
	"fifteen/storage"

	"golang.org/x/text/language"
)

// told returns a member after what a platform says of them; what it does not say
// stays. Another name may be one that somebody else has.
func told(m storage.Member, person bot.Person) storage.Member {
	m.Active = !person.Gone
	if person.Gone {
		return m // closed accounts are often stripped of their names
	}
	name := personName(person.Name)
	if name == "" && m.ID == 0 {
		name = person.Account.ID
	}
	if name != "" && !isCalled(m.Name, name) {
		m.Name, m.Key = name, memberKey(name)
	}
	if person.Zone != "" {
		m.Zone = knownZone(person.Zone)
	}
	if tag, err := language.Parse(person.Locale); err == nil {
		m.Locale = tag.String()
	}
	return m
}

// knownZone returns the name of a zone, "" for one that is unknown.
func knownZone(name string) string {
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return ""
	}
	return name
}

// oneName writes a name on one line, without what cannot be seen.
func oneName(text string) string { return brief(oneLine(text), maxName) }

// oneLine writes a text on one line, without what cannot be seen.
func oneLine(text string) string {
	visible := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	return strings.Join(strings.Fields(visible), " ")
}

// personName writes what somebody is called elsewhere as a member's name, "" if
// nothing is left that could be typed.
func personName(text string) string {
	name := strings.TrimLeft(oneName(strings.NewReplacer("<", "", ">", "").Replace(text)), "@ ")
	if !readable(name) {
		return ""
	}
	return name
}

// freeName returns a name and its key, with the first free number behind it when
// others have it.
func freeName(name string, fold func(string) string, taken func(key string) bool) (free, key string) {
	free, key = name, fold(name)
	for n := 2; taken(key); n++ {
		free = numbered(name, strconv.Itoa(n))
		key = fold(free)
	}
	return free, key
}

func numbered(name, n string) string { return brief(name, maxName-len(n)-1) + " " + n }

// isCalled tells whether a member has a name already, with or without a number
// behind it.
func isCalled(now, name string) bool {
	n := now[strings.LastIndex(now, " ")+1:]
	number, err := strconv.Atoi(n)
	return now == name || err == nil && number > 1 && now == numbered(name, n)
}
