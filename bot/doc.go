// Package bot is the chat without any chat service: a line comes in as a
// Request, the Router finds the Command that answers it, and a Message goes
// out as data that each platform draws in its own way. It knows nothing of
// selling, of any platform or of storage; what it needs from outside it
// declares as small interfaces (see ports.go).
package bot
