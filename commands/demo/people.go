package demo

import (
	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"
)

// platform is where the demo's people are known by their names.
const platform = "terminal"

// A person is one of the demo's members, by the place in people.
type person int

const (
	novak person = iota
	ivanov
	sidorov
	petra
)

// people are the demo's members. Ivanov and Sidorov are the two reps of the
// method's example: what one is weak at, the other can teach.
var people = [...]struct {
	name string
	role bot.Role
}{
	novak:   {"novak", bot.Admin},
	ivanov:  {"ivanov", bot.Rep},
	sidorov: {"sidorov", bot.Rep},
	petra:   {"petra", bot.Rep},
}

// member is the person as it is stored, without an id.
func (p person) member() storage.Member {
	name := people[p].name
	return storage.Member{Name: name, Key: names.Fold(name), Role: people[p].role.String(), Locale: "en"}
}
