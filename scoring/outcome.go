package scoring

import "slices"

// An Outcome is the state of a deal.
type Outcome string

// The outcomes. Won means that the contract is signed; payment comes after it.
const (
	Open         Outcome = "open"
	Won          Outcome = "won"
	Lost         Outcome = "lost"
	Disqualified Outcome = "disqualified"
)

// A Reason is why a customer said no.
type Reason string

// The seven reasons of the method.
const (
	NoBudget      Reason = "no_budget"
	HasSupplier   Reason = "has_supplier"
	PriceTooHigh  Reason = "price"
	NotPlanned    Reason = "not_planned"
	Unsuitable    Reason = "unsuitable"
	NotInterested Reason = "not_interested"
	SupplyTerms   Reason = "supply_terms"
)

// Reasons lists the seven reasons in the method's order.
var Reasons = []Reason{
	NoBudget, HasSupplier, PriceTooHigh, NotPlanned, Unsuitable, NotInterested, SupplyTerms,
}

// Known tells whether r is one of Reasons.
func (r Reason) Known() bool { return slices.Contains(Reasons, r) }
