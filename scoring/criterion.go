package scoring

// A Pillar is one of the three conditions that make a change unstoppable. Each
// scores 0 to 5.
type Pillar int

// The pillars in the order they are asked.
const (
	Pain  Pillar = iota // a defining problem or a major opportunity
	Power               // the means to solve it or to seize it
	Fit                 // the best solution, with a comparative advantage
)

// Pillars lists all pillars in the method's order.
var Pillars = [...]Pillar{Pain, Power, Fit}

var pillarIDs = [...]string{"pain", "power", "fit"}

// String returns the pillar's id: "pain", "power" or "fit".
func (p Pillar) String() string { return pillarIDs[p] }

// Criteria returns the pillar's three criteria in the method's order.
func (p Pillar) Criteria() [3]Criterion {
	first := Criterion(p) * 3
	return [3]Criterion{first, first + 1, first + 2}
}

// A Criterion is one of the nine things that must be true of a deal.
type Criterion int

// The criteria in the order of the method's table.
const (
	Necessary    Criterion = iota // they want to act right now
	Urgent                        // they acknowledge themselves that it is urgent
	Specific                      // it is concrete, well defined and bounded
	Means                         // they can use authority or activate the resources
	Leadership                    // they lead, and have shown that they can act
	Credible                      // they can explain the decision process to everyone
	Suitable                      // our solution answers most of their concerns
	Advantageous                  // it is better than their other options
	Timely                        // it meets their own goals and dates
)

// Criteria lists all nine criteria in the method's order.
var Criteria = [...]Criterion{
	Necessary, Urgent, Specific, Means, Leadership, Credible, Suitable, Advantageous, Timely,
}

var criterionIDs = [...]string{
	"necessary", "urgent", "specific", "means", "leadership", "credible", "suitable", "advantageous", "timely",
}

// String returns the criterion's id, such as "urgent".
func (c Criterion) String() string { return criterionIDs[c] }

// Pillar returns the pillar that the criterion belongs to.
func (c Criterion) Pillar() Pillar { return Pillar(c / 3) }

// ParseCriterion returns the criterion with the given id; ok is false when
// there is none.
func ParseCriterion(id string) (c Criterion, ok bool) {
	for i, known := range criterionIDs {
		if known == id {
			return Criterion(i), true
		}
	}
	return 0, false
}
