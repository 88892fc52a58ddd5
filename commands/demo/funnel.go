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
	// carried began before these weeks.
	carried carried
}

// carried is how many companies had heard the presentation, or even signed,
// before the last 13 weeks.
type carried struct {
	// refused, unpaid and paid had heard the presentation; signed had signed, and
	// has paid since.
	refused, unpaid, paid, signed int
}

// lists, together with talks and the scored companies of pipeline.go and past.go,
// give exactly these decisions in the last 13 weeks, moved on of decided:
//
//	         contact        presentation   contract       payment
//	Ivanov   160/200  80 %  105/150  70 %  102/120  85 %  96/100 96 %
//	Sidorov  191/200 95.5 % 162/180  90 %  105/150  70 %  76/95  80 %
//	Petra     49/52   94 %   36/45   80 %   24/30   80 %  19/20  95 %
//
// Those ratios, and the first two numbers of both, are exactly the method's
// example. The example is a closed list, 200-160-112-95-91 for Ivanov and
// 200-191-172-120-96 for Sidorov; here companies are under way at every step,
// so that fewer are decided at a step than have reached it. Ivanov brought more
// of them along, so that what he can teach is beyond chance in twelve
// comparisons.
var lists = [...]list{
	{
		rep: ivanov, refused: [3]int{29, 39, 10}, left: [3]int{10, 5, 2}, waiting: [3]int{5, 2, 2},
		signed: 9, unpaid: 3, paid: 68, carried: carried{refused: 3, unpaid: 1, paid: 16, signed: 8},
	},
	{
		rep: sidorov, refused: [3]int{7, 14, 35}, left: [3]int{2, 3, 6}, waiting: [3]int{4, 8, 3},
		signed: 9, unpaid: 19, paid: 72,
	},
	{
		rep: petra, refused: [3]int{3, 8, 5}, waiting: [3]int{3, 0, 1},
		signed: 3, unpaid: 1, paid: 17,
	},
}

// talks are the noes of the last days that are to be talked over: after so many
// steps the customer still missed something that the team has.
var talks = [...]struct {
	rep         person
	steps, days int
}{{ivanov, 2, 3}, {ivanov, 0, 6}, {sidorov, 1, 8}, {ivanov, 2, 10}}

// funnel tells the companies that are only rows of the funnel.
func (b *book) funnel() {
	for _, t := range talks {
		s := b.walk(t.rep, t.steps, b.course(t.steps+2, span{t.days, t.days}))
		s.chronicle(s.refused(t.days, scoring.Unsuitable, b.words.draw(missed)))
	}
	for _, l := range lists {
		for steps := range 3 {
			for range l.refused[steps] {
				b.refusal(l.rep, steps)
			}
			for range l.left[steps] {
				b.journey(l.rep, steps, span{left.newest + b.decided(l.rep, steps), left.oldest})
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
		b.carry(l.rep, l.carried)
	}
}

// carry tells of companies that were under way before the last 13 weeks.
func (b *book) carry(rep person, c carried) {
	for range c.refused {
		s := b.walk(rep, 2, b.headStart())
		s.chronicle(s.refuse(2, b.early()))
	}
	for range c.unpaid {
		b.walk(rep, 3, append(b.headStart(), b.early()))
	}
	for range c.paid {
		signed := b.early()
		b.walk(rep, 4, append(b.headStart(), signed, signed-b.between(lags[3].newest, lags[3].oldest)))
	}
	for range c.signed {
		b.walk(rep, 4, append(b.headStart(), before+1, b.early()))
	}
}

// early is so many days ago, in the first three weeks of the last 13.
func (b *book) early() int { return oldest - b.between(0, 20) }

// headStart returns how many days ago a company was put on the list, contacted,
// and heard the presentation: before the last 13 weeks, and before the 13 weeks
// that were looked at when something was decided about presentations.
func (b *book) headStart() []int {
	presented := before + b.between(14, 18)
	contacted := presented + b.between(2, 5)
	return []int{contacted + b.between(1, 6), contacted, presented}
}

// journey tells of a company that took so many steps, the last of them at some
// time in last.
func (b *book) journey(rep person, steps int, last span) *story {
	return b.walk(rep, steps, b.course(steps+1, last))
}

// relapsed is how many in a hundred noes came at any time. Where the manager has
// decided something about a rep's step, the others came before, and so did the
// end of everybody's patience: what was decided has helped.
const relapsed = 8

// refusal tells of a company that took so many steps and then said no.
func (b *book) refusal(rep person, steps int) {
	said := anytime
	if !b.chance(relapsed) {
		said.newest = max(said.newest, b.decided(rep, steps))
	}
	days := b.course(steps+2, said)
	s := b.walk(rep, steps, days)
	s.chronicle(s.refuse(steps, days[steps+1]))
}

// walk tells of a company that was put on the list and took steps, on the
// given days.
func (b *book) walk(rep person, steps int, days []int) *story {
	s := b.tell(rep, b.another())
	s.on(days[0], s.begin(scoring.Money{})...)
	for i, to := range scoring.Steps[:steps] {
		switch to {
		case scoring.Contract:
			s.on(days[i+1], win(b.firstOrder()))
		case scoring.Presentation:
			s.on(days[i+1], s.presented()...)
		default:
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
