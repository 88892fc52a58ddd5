// Package commands answers lines: a file holds one command, or a few that are one
// subject. What all of them share is in deps.go (transactions), call.go (one
// line being answered) and kind_*.go (how arguments are read); every sentence
// that a person reads is in locales/.
package commands
