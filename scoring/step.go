package scoring

import "slices"

// A Step is how far a company has come in the funnel. The empty Step is a
// company on the list that nobody has contacted.
type Step string

// The steps of the method, in order.
const (
	OnList       Step = ""
	Contact      Step = "contact"      // acquainted with our goods and services
	Presentation Step = "presentation" // heard a detailed presentation, discussed terms
	Contract     Step = "contract"     // signed: the deal is won
	Payment      Step = "payment"      // paid
)

// Steps lists the method's steps in order, without OnList. An organisation may
// have others: its Funnel says which, and what comes before what.
var Steps = []Step{Contact, Presentation, Contract, Payment}

// Known tells whether s is one of Steps.
func (s Step) Known() bool { return slices.Contains(Steps, s) }
