package demo

import "fifteen/scoring"

// The last 13 weeks, in days ago. All that happened to the companies of the
// funnel lies within newest and oldest; what happened before lies beyond
// before, so that no way of counting 13 weeks splits a week of it.
const (
	newest = 1
	oldest = 87
	before = 95
)

// Companies that stand at a step for longer than its patience of 30 days
// (left) and those that have not stood there for so long yet (fresh), in days
// ago.
var (
	anytime = span{newest, oldest}
	left    = span{33, 75}
	fresh   = span{newest, 24}
)

type span struct{ newest, oldest int }

// A list is how many of a rep's companies are only rows of the funnel, by how
// they went. Index 0 is before contact, 1 after it, 2 after the presentation.
type list struct {
	rep person
	// refused said no; left stood there for longer than 30 days.
	refused, left [3]int
	// waiting has stood there for a few days.
	waiting [3]int
	// signed waits for its payment, unpaid waited for longer than 30 days.
	signed, unpaid, paid int
}

// lists, together with the scored companies of pipeline.go and past.go, give
// exactly these decisions in the last 13 weeks, moved on of decided:
//
//	         contact        presentation   contract       payment
//	Ivanov   160/200  80 %  105/150  70 %  85/100   85 %  72/75  96 %
//	Sidorov  191/200 95.5 % 162/180  90 %  105/150  70 %  76/95  80 %
//	Petra     49/50   98 %   36/45   80 %  24/30    80 %  19/20  95 %
//
// Those ratios, and the first two numbers of both, are exactly the method's
// example. The example is a closed list, 200-160-112-95-91 for Ivanov and
// 200-191-172-120-96 for Sidorov; here companies are under way at every step,
// so that fewer are decided at a step than have reached it.
var lists = [...]list{
	{
		rep: ivanov, refused: [3]int{30, 39, 12}, left: [3]int{10, 5, 2}, waiting: [3]int{5, 2, 2},
		signed: 9, unpaid: 3, paid: 68,
	},
	{
		rep: sidorov, refused: [3]int{7, 15, 35}, left: [3]int{2, 3, 6}, waiting: [3]int{4, 8, 3},
		signed: 9, unpaid: 19, paid: 72,
	},
	{
		rep: petra, refused: [3]int{1, 8, 5}, waiting: [3]int{3, 0, 1},
		signed: 3, unpaid: 1, paid: 17,
	},
}

// funnel tells the companies that are only rows of the funnel.
func (b *book) funnel() {
	for _, l := range lists {
		for steps := range 3 {
			for range l.refused[steps] {
				b.refusal(l.rep, steps)
			}
			for range l.left[steps] {
				b.journey(l.rep, steps, left)
			}
			for range l.waiting[steps] {
				s := b.journey(l.rep, steps, fresh)
				if b.chance(60) {
					s.at(s.last, nextStep(s.firm.fill(b.words.draw("next")), b.ahead(b.between(-2, 12))))
				}
			}
		}
		for range l.signed {
			b.journey(l.rep, 3, fresh)
		}
		for range l.unpaid {
			b.journey(l.rep, 3, span{left.newest, oldest})
		}
		for range l.paid {
			b.journey(l.rep, 4, anytime)
		}
	}
}

// journey tells of a company that took so many steps, the last of them at some
// time in last.
func (b *book) journey(rep person, steps int, last span) *story {
	return b.walk(rep, steps, b.course(steps+1, last))
}

// refusal tells of a company that took so many steps and then said no.
func (b *book) refusal(rep person, steps int) {
	days := b.course(steps+2, anytime)
	s := b.walk(rep, steps, days)
	s.on(days[steps+1], s.no(steps))
}

// walk tells of a company that was put on the list and took steps, on the
// given days.
func (b *book) walk(rep person, steps int, days []int) *story {
	s := b.tell(rep, b.another())
	s.on(days[0], add(s.firm.name, scoring.Money{}))
	for i, to := range scoring.Steps[:steps] {
		if to == scoring.Contract {
			s.on(days[i+1], win(b.firstOrder()))
		} else {
			s.on(days[i+1], step(to))
		}
	}
	return s
}

// lags are the days from the list to the first step, and from each step to the
// next.
var lags = [...]span{{1, 9}, {2, 11}, {3, 13}, {5, 17}}

// course returns how many days ago each of a company's events was, the first
// one being put on the list. The last one lies in last, and the second one,
// which is the first decision, not before oldest.
func (b *book) course(events int, last span) []int {
	gaps, decided := make([]int, events-1), 0
	for i := range gaps {
		gaps[i] = b.between(lags[i].newest, lags[i].oldest)
		if i > 0 {
			decided += gaps[i]
		}
	}
	days := make([]int, events)
	days[events-1] = b.between(last.newest, min(last.oldest, oldest-decided))
	for i := events - 2; i >= 0; i-- {
		days[i] = days[i+1] + gaps[i]
	}
	return days
}

// firstOrder is what a first delivery of boxes and film is worth.
func (b *book) firstOrder() scoring.Money {
	if b.chance(20) {
		return euros(10 * b.between(50, 140))
	}
	return euros(10 * b.between(9, 50))
}

// objections are the weights of the seven reasons in the method's order, by how
// many steps the company had taken.
var objections = [3][]int{
	{15, 30, 3, 15, 5, 30, 2},
	{18, 28, 10, 16, 12, 10, 6},
	{16, 14, 32, 6, 12, 2, 18},
}

// no is a refusal after so many steps, most of the time in the customer's
// words.
func (s *story) no(steps int) act {
	reason := scoring.Reasons[s.pick(objections[steps])]
	switch {
	case !s.chance(75):
		return lose(reason, "")
	case s.chance(15) && s.firm.country != english:
		return lose(reason, s.words.draw(string(reason)+" "+s.firm.country))
	default:
		return lose(reason, s.words.draw(string(reason)))
	}
}
