package scoring

import "slices"

// A Probe is what customers who have a supplier would switch for.
type Probe string

// The probes, in the order they are asked. NoTime and NoneOfThese are answers
// too: the first one is a call at another time, the second one leaves the no an
// excuse.
const (
	Cheaper        Probe = "cheaper"
	BetterQuality  Probe = "quality"
	WiderRange     Probe = "range"
	FasterDelivery Probe = "delivery"
	NoTime         Probe = "no_time"
	NoneOfThese    Probe = "none"
)

// Probes lists the probes in the method's order.
var Probes = []Probe{Cheaper, BetterQuality, WiderRange, FasterDelivery, NoTime, NoneOfThese}

// A WinnerKind says what is known of who won in our place.
type WinnerKind string

// The kinds of winner. When nobody won, the customer made no decision.
const (
	WinnerUnasked WinnerKind = ""
	WinnerNamed   WinnerKind = "named"
	WinnerNobody  WinnerKind = "nobody"
	WinnerUnknown WinnerKind = "unknown"
)

// A Winner is who won in our place.
type Winner struct {
	Kind WinnerKind `json:"kind,omitempty"`
	Name string     `json:"name,omitempty"`
}

// A Return is when the rep comes back to a customer who could not buy now.
type Return struct {
	// On is a day such as "2027-02-08"; "" while it is not known.
	On string `json:"on,omitempty"`
	// Never says that the rep will not come back.
	Never bool `json:"never,omitempty"`
	// Done says that the rep has come back.
	Done bool `json:"done,omitempty"`
}

// Asked tells whether the rep has said when.
func (r Return) Asked() bool { return r.On != "" || r.Never }

// Due returns the day on which to come back, or "" for none.
func (r Return) Due() string {
	if r.Done {
		return ""
	}
	return r.On
}

// A DoorState says whether a door was left open after a no.
type DoorState string

// The states of a door. A door that was accepted or declined was offered.
const (
	DoorUnasked   DoorState = ""
	DoorAccepted  DoorState = "accepted"
	DoorDeclined  DoorState = "declined"
	DoorUnoffered DoorState = "unoffered"
)

// A Door is something useful that a customer who said no will be sent.
type Door struct {
	State DoorState `json:"state,omitempty"`
	// What is sent, "" for the usual thing, and On the day, such as "2027-01-25".
	What string `json:"what,omitempty"`
	On   string `json:"on,omitempty"`
	// Done says that it was sent.
	Done bool `json:"done,omitempty"`
}

// Due returns the day on which something is to be sent, or "" for none.
func (d Door) Due() string {
	if d.State != DoorAccepted || d.Done {
		return ""
	}
	return d.On
}

// A RefusalQuestion is one question about a no.
type RefusalQuestion string

// The questions in the order they are asked. AskNothing is the end of them.
const (
	AskNothing RefusalQuestion = ""
	AskProbe   RefusalQuestion = "probe"
	AskWords   RefusalQuestion = "words"
	AskReturn  RefusalQuestion = "return"
	AskWinner  RefusalQuestion = "winner"
	AskDoor    RefusalQuestion = "door"
)

// RefusalQuestions lists the questions in the order they are asked.
var RefusalQuestions = []RefusalQuestion{AskProbe, AskWords, AskReturn, AskWinner, AskDoor}

// An Aftermath is what the rep has said about a no beside the reason and the
// customer's words. Its zero value is a no that nobody has asked about.
type Aftermath struct {
	Probe Probe `json:"probe,omitempty"`
	// Product is the number of the product that the customer missed although we
	// have it, or 0.
	Product int64  `json:"product,omitempty"`
	Winner  Winner `json:"winner,omitzero"`
	Return  Return `json:"return,omitzero"`
	Door    Door   `json:"door,omitzero"`
	// Skipped are the questions that were passed over.
	Skipped []RefusalQuestion `json:"skipped,omitempty"`
}

// Empty tells whether nobody has said anything.
func (a Aftermath) Empty() bool {
	return a.Probe == "" && a.Product == 0 && a.Winner == Winner{} && a.Return == Return{} && a.Door == Door{} && len(a.Skipped) == 0
}

// FollowOn returns the first day on which something was promised to a customer
// who said no, or "" when nothing is.
func (a Aftermath) FollowOn() string {
	back, door := a.Return.Due(), a.Door.Due()
	if back == "" || door != "" && door < back {
		return door
	}
	return back
}

// A Refusal is a no with all that is known about it.
type Refusal struct {
	Reason Reason
	Words  string
	Aftermath
}

// Next returns the question that comes next, or AskNothing: first what belongs
// to the reason, then who won, then the open door. Questions that were passed
// over are asked only with again.
func (r Refusal) Next(again bool) RefusalQuestion {
	for _, question := range RefusalQuestions {
		if r.open(question) && (again || !slices.Contains(r.Skipped, question)) {
			return question
		}
	}
	return AskNothing
}

// open tells whether a question belongs to the refusal and has no answer.
func (r Refusal) open(question RefusalQuestion) bool {
	switch question {
	case AskProbe:
		return r.Reason == HasSupplier && r.Probe == ""
	case AskWords:
		return r.wantsWords() && r.Words == ""
	case AskReturn:
		return r.wantsReturn() && !r.Return.Asked()
	case AskWinner:
		return r.Winner.Kind == WinnerUnasked
	case AskDoor:
		return r.Door.State == DoorUnasked
	case AskNothing:
	}
	return false
}

// wantsWords tells whether the reason says nothing without the customer's own
// words.
func (r Refusal) wantsWords() bool {
	return r.Reason != HasSupplier && r.Reason != NoBudget && r.Reason != NotPlanned
}

// wantsReturn tells whether the customer could not buy now, but may later.
func (r Refusal) wantsReturn() bool {
	return r.Reason == NoBudget || r.Reason == NotPlanned || r.Reason == HasSupplier && r.Probe == NoTime
}

// ReturnAfter returns after how many months of the calendar and how many days the
// method comes back to a customer who could not buy now.
//
//	no budget:   75 days
//	not planned: 3 months
//	no time:     7 days
//
// Source: docs/metrics.md#promises.
func (r Refusal) ReturnAfter() (months, days int) {
	switch r.Reason {
	case NoBudget:
		return 0, 75
	case NotPlanned:
		return 3, 0
	default:
		return 0, 7
	}
}

// DoorMonths is after how many months of the calendar something useful is sent
// to a customer who said no.
//
// Source: docs/metrics.md#promises.
const DoorMonths = 2

// Excuse tells whether the reason is one that hides another: everybody has a
// supplier, so that is no reason until it is known what they would switch for.
//
// Source: docs/metrics.md#refusals.
func (r Refusal) Excuse() bool {
	return r.Reason == HasSupplier && (r.Probe == "" || r.Probe == NoneOfThese)
}

// A Dislike is a part of the offer that the market dislikes.
type Dislike string

// The dislikes.
const (
	NoDislike     Dislike = ""
	DislikePrice  Dislike = "price"
	DislikeRange  Dislike = "range"
	DislikeSupply Dislike = "supply"
)

// Dislikes lists the dislikes in the method's order.
var Dislikes = []Dislike{DislikePrice, DislikeRange, DislikeSupply}

// Dislike returns what the no says about the offer.
//
//	price:  the reason price, or a supplier who would have to be undercut
//	range:  the reason unsuitable, or better quality or a wider range
//	supply: the reason supply_terms, or faster delivery
//
// Source: docs/metrics.md#refusals.
func (r Refusal) Dislike() Dislike {
	switch {
	case r.Reason == PriceTooHigh || r.probed(Cheaper):
		return DislikePrice
	case r.Reason == Unsuitable || r.probed(BetterQuality) || r.probed(WiderRange):
		return DislikeRange
	case r.Reason == SupplyTerms || r.probed(FasterDelivery):
		return DislikeSupply
	default:
		return NoDislike
	}
}

func (r Refusal) probed(probe Probe) bool { return r.Reason == HasSupplier && r.Probe == probe }

// A Flag is why somebody should talk with the rep about a no.
type Flag string

// The flags.
const (
	NoFlag Flag = ""
	// FlagUnprobed is a supplier behind whom no reason was found.
	FlagUnprobed Flag = "unprobed"
	// FlagHadIt is a customer who missed what we have: the presentation or the
	// first contact failed.
	FlagHadIt Flag = "had_it"
)

// Flag returns what the no says about how it was talked over.
func (r Refusal) Flag() Flag {
	switch {
	case r.probed(NoneOfThese):
		return FlagUnprobed
	case r.Reason == Unsuitable && r.Product != 0:
		return FlagHadIt
	default:
		return NoFlag
	}
}
