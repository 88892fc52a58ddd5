// Package dispatch is what the adapters of chat services share: what comes in is
// worked on in order, and what is said goes out in time, once and at the pace
// that a service allows. It knows no service.
package dispatch
