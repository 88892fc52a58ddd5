// Package storage remembers: workspaces, members, deals with their history,
// drafts, and what is to be sent. It runs on SQLite and on PostgreSQL behind
// one interface, knows the method's vocabulary from package scoring, and formats
// no text.
package storage
