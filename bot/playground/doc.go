// Package playground is the bot on a web page that behaves like a chat, for
// trying it and showing it without an account anywhere. Whoever opens the page
// chooses which member to be; channels, private answers, threads, forms and the
// clock are as in a chat service.
//
// What is said is kept in rooms (rooms.go), and over a restart in a transcript
// (transcript.go). A page is drawn whole once (page.go,
// draw.go) and then changed by a stream of what is new in its room (listen.go);
// what is typed, pressed and submitted on it comes back as a line (say.go). It
// knows nothing of selling.
package playground
