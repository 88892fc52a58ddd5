// Package plain lays out parts of a message as text for a screen on which every
// character is as wide as any other: a terminal, or preformatted text in a chat.
// Whatever people's words hold, none of it is obeyed there; a chat service's own
// marks are its adapter's to escape.
package plain
