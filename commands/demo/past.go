package demo

import (
	"time"

	"fifteen/commands/internal/typed"
	"fifteen/scoring"
)

// A pursuit is a larger contract that was worked for and scored, in days ago.
type pursuit struct {
	owner person
	// ended is the day of the contract, or of the no.
	ended int
	// claimed is when it entered the closing band; shown, met and listed are the
	// presentation, the contact and the beginning.
	claimed, shown, met, listed int
	// paid is 0 while the payment is awaited.
	paid int
	// amount is in euros.
	amount int
}

// pursued returns a pursuit that ended so many days ago, so long after its
// claim.
func (b *book) pursued(owner person, ended, claim int) pursuit {
	p := pursuit{owner: owner, ended: ended, claimed: ended + claim, amount: b.contract()}
	p.shown = p.claimed + b.between(1, 4)
	p.met = p.shown + b.between(2, 5)
	p.listed = p.met + b.between(1, 4)
	return p
}

// past tells what was won and lost on the larger contracts, and whom the team
// has disqualified.
func (b *book) past() {
	b.earlierWins()
	b.earlierLosses()
	b.carried()
	b.recent()
	b.wonThisMonth()
	b.disqualified()
}

// wins is how many larger contracts were won before the last 13 weeks, one
// every nine days.
const wins = 31

// slow is how many in a hundred of these took longer than the two weeks that
// the method promises; the two oldest did not, so that they fit into reach.
const slow = 20

// closers are the reps' weights when it comes to larger contracts.
var closers = []int{novak: 0, ivanov: 11, sidorov: 12, petra: 8}

func (b *book) earlierWins() {
	for i := range wins {
		claim := b.between(2, 12)
		if b.chance(slow) && i < wins-2 {
			claim = b.between(15, 24)
		}
		p := b.pursued(person(b.pick(closers)), before+4+9*i+b.between(0, 2), claim)
		p.paid = p.ended - b.between(2, 4)
		s, moments := b.pursue(p)
		if detour, ok := detours[i]; ok {
			moments = append(moments, detour(p)...)
		}
		s.chronicle(append(moments, s.signed(p)...))
	}
}

// detours are what else happened before some of the earlier wins, by their
// number.
var detours = map[int]func(p pursuit) []moment{
	4: slip, 15: slip, 22: slip, 8: comeback, 19: comeback, 12: stepBack,
}

// slip takes a claim back for some days: 14 or 15, then 13, then 15.
func slip(p pursuit) []moment {
	return []moment{
		when(p.claimed-1, score([3]int{5, 4, 4})),
		when(p.ended, score([3]int{5, 5, 5})),
	}
}

// comeback is a no that was taken back.
func comeback(p pursuit) []moment {
	return []moment{
		when(p.met,
			lose(scoring.HasSupplier, "Theirs takes four weeks, but they are used to it"),
			found(func(a *scoring.Aftermath) { a.Probe = scoring.FasterDelivery })),
		when(p.shown+1, reopen(), note("Their supplier did not deliver, they called")),
	}
}

// stepBack is a second presentation, to people who knew nothing of the first.
func stepBack(p pursuit) []moment {
	return []moment{
		when(p.claimed, step(scoring.Contact)),
		when(p.ended+1, step(scoring.Presentation)),
	}
}

// earlierLosses were all at 14 or 15 once.
func (b *book) earlierLosses() {
	for _, ended := range []int{118, 171, 236, 305} {
		b.lost(person(b.pick(closers)), ended)
	}
}

// carried are contracts of the last 13 weeks whose earlier steps were before.
func (b *book) carried() {
	for _, c := range []struct {
		owner         person
		ended, amount int
	}{{sidorov, 86, 16_000}, {ivanov, 80, 8700}, {petra, 75, 11_300}, {sidorov, 70, 24_000}, {ivanov, 65, 6600}} {
		p := b.pursued(c.owner, c.ended, b.between(3, 9))
		p.amount = c.amount
		p.shown, p.met, p.listed = before+1, before+6, before+9
		p.paid = p.ended - b.between(6, 15)
		s, moments := b.pursue(p)
		s.chronicle(append(moments, s.signed(p)...))
	}
}

// recent are larger contracts that were decided, from the contact on, in the
// last 13 weeks: won and paid, or lost, mostly by Sidorov, who is too
// optimistic.
func (b *book) recent() {
	for _, c := range []struct {
		owner         person
		ended, amount int
	}{{sidorov, 14, 9800}, {ivanov, 23, 21_500}, {petra, 32, 6200}, {sidorov, 41, 14_600}, {ivanov, 50, 8900}} {
		p := b.pursued(c.owner, c.ended, b.between(3, 11))
		p.amount = c.amount
		p.paid = p.ended - b.between(6, 12)
		s, moments := b.pursue(p)
		s.chronicle(append(moments, s.signed(p)...))
	}
	b.lost(sidorov, 11)
	b.lost(ivanov, 19)
	b.lost(sidorov, 26)
	b.lost(petra, 33)
	b.lost(sidorov, 47)
}

// wonThisMonth are three contracts, spread over as much of the month as there
// has been.
func (b *book) wonThisMonth() {
	start := typed.MonthOf(typed.DateOf(b.now)).Start(b.now.Location())
	for i, c := range []struct {
		owner  person
		amount int
	}{{ivanov, 7400}, {sidorov, 12_900}, {petra, 5300}} {
		signed := b.office(start.Add(b.now.Sub(start)*time.Duration(3+5*i)/15), start)
		days := int(b.now.Sub(signed)/(24*time.Hour)) + 1
		p := b.pursued(c.owner, days, b.between(3, 10))
		p.amount = c.amount
		s, moments := b.pursue(p)
		s.chronicle(moments)
		s.at(signed, s.won()...)
	}
}

// lost tells of a contract that was at 14 or 15 and then lost.
func (b *book) lost(owner person, ended int) {
	p := b.pursued(owner, ended, b.between(4, 16))
	s, moments := b.pursue(p)
	if b.chance(40) {
		moments = append(moments, when(ended+1, score([3]int{5, 4, 3})))
	}
	s.chronicle(append(moments, s.refuse(2, ended)...))
}

// pursue begins the story of a pursuit, up to its claim.
func (b *book) pursue(p pursuit) (*story, []moment) {
	s := b.tell(p.owner, b.another())
	first, claim := s.climb()
	moments := []moment{
		when(p.listed, s.begin(euros(p.amount))...),
		when(p.met, step(scoring.Contact)),
		when(p.shown, append([]act{step(scoring.Presentation)}, first...)...),
		when(p.claimed, claim...),
	}
	if b.chance(30) {
		moments = append(moments, when(p.claimed, note(s.firm.fill(b.words.draw("notes")))))
	}
	return s, moments
}

// climb returns how the deal was scored below the closing band, and how it then
// came into it.
func (s *story) climb() (first, claim []act) {
	if s.chance(50) {
		return []act{score([3]int{4, 4, s.between(3, 4)})}, []act{score([3]int{5, 5, s.between(4, 5)})}
	}
	doubts := [...]struct {
		answers string
		doubt   scoring.Criterion
	}{
		{"yyy/uyy/yyu", scoring.Means},
		{"yyy/yyu/yyu", scoring.Credible},
		{"yyu/yyy/yuy", scoring.Advantageous},
		{"yyy/yyy/uuy", scoring.Suitable},
		{"yuy/yyy/yyu", scoring.Timely},
	}
	d := doubts[s.random.IntN(len(doubts))]
	return s.score(d.answers), []act{answer(d.doubt, scoring.Yes, s.evidence(d.doubt, scoring.Yes))}
}

// signed are the contract and, once it was paid, the payment.
func (s *story) signed(p pursuit) []moment {
	moments := []moment{when(p.ended, s.won()...)}
	if p.paid > 0 {
		moments = append(moments, when(p.paid, step(scoring.Payment)))
	}
	return moments
}

// contract is what a larger contract is worth: 3,000 to 40,000 EUR.
func (b *book) contract() int {
	if b.chance(30) {
		return 100 * b.between(200, 400)
	}
	return 100 * b.between(30, 200)
}

// disqualified tells who was not worth the time. Those of the last 13 weeks had
// not been contacted.
func (b *book) disqualified() {
	for i, days := range []int{4, 21, 43, 120, 165, 210, 255, 300} {
		owner := petra
		if days > before {
			owner = ivanov + person(i%3)
		}
		s := b.tell(owner, b.another())
		s.on(days+b.between(4, 9), s.begin(scoring.Money{})...)
		if days > before {
			s.on(days+2, step(scoring.Contact))
		}
		s.on(days, disqualify(b.words.draw("disqualify")))
	}
}
