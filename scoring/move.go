package scoring

import "time"

// A MoveKind is what a Move is.
type MoveKind byte

// The kinds of move.
const (
	Listed     MoveKind = 'l' // the deal was put on the list
	Stepped    MoveKind = 's' // it went to a step, forwards or back
	Refused    MoveKind = 'r' // the customer said no
	Dropped    MoveKind = 'd'
	Reopened   MoveKind = 'o'
	HandedOver MoveKind = 'h'
)

// A Move is one thing that happened to one of a company's deals.
type Move struct {
	At        time.Time
	Deal, Rep int64
	Kind      MoveKind
	To        Step
}
