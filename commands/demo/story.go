package demo

import (
	"slices"
	"time"
)

// A story is what happened with one company. It is told in the order of time.
type story struct {
	*book
	number int
	owner  person
	firm   firm
	// exact keeps to the very day; otherwise nobody works on a weekend.
	exact bool
	last  time.Time
}

// tell begins a story.
func (b *book) tell(owner person, about firm) *story {
	b.stories++
	return &story{book: b, number: b.stories, owner: owner, firm: about}
}

// A moment is what the owner did at one sitting, so many days ago.
type moment struct {
	days int
	acts []act
}

func when(days int, acts ...act) moment { return moment{days, acts} }

// chronicle writes down moments in the order of time.
func (s *story) chronicle(moments []moment) {
	slices.SortStableFunc(moments, func(a, b moment) int { return b.days - a.days })
	for _, m := range moments {
		s.on(m.days, m.acts...)
	}
}

// on writes what the owner did at a sitting so many days ago, later than what
// came before.
func (s *story) on(days int, acts ...act) {
	if s.exact {
		s.at(s.ago(days), acts...)
	} else {
		s.at(s.workday(days), acts...)
	}
}

// at writes what the owner did at a sitting, a minute or so for each act.
func (s *story) at(t time.Time, acts ...act) {
	for _, a := range acts {
		if !s.last.Before(t) {
			t = s.last.Add(time.Duration(s.between(40, 90)) * time.Second)
		}
		s.last = s.earlier(t)
		s.lines = append(s.lines, line{at: s.last, by: s.owner, act: a, story: s.number})
	}
}

// sitting is more than what is done at one sitting takes.
const sitting = 25 * time.Minute
