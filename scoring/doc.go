// Package scoring is the vocabulary of the selling method and its arithmetic:
// Pain, Power, Fit, the nine criteria, points, bands, open questions, the
// month's forecast. Everything here is pure: no clock, no storage, no text for
// people. Formulas are documented in docs/metrics.md.
package scoring
