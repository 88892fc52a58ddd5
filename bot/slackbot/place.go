package slackbot

import "time"

// A place is where something was said and where its answer goes.
type place struct {
	Channel string `json:"c,omitempty"`
	Thread  string `json:"t,omitempty"`
	User    string `json:"u,omitempty"`
	// Message is the message whose button was clicked, if it can be edited.
	Message string `json:"m,omitempty"`
	// Hidden says that only the user sees what is there: the answer to a command,
	// or an ephemeral message.
	Hidden bool `json:"h,omitempty"`
	// Direct says that it is the bot's own chat with the user, or another where
	// nobody else is.
	Direct bool `json:"d,omitempty"`
	// URL is where answers can be sent to for a while, Since when it came, and
	// Used how often it was used.
	URL   string `json:"l,omitempty"`
	Since int64  `json:"s,omitempty"`
	Used  int    `json:"n,omitempty"`
	// Home says that it was said on the app's own page, which is drawn anew then.
	Home bool `json:"o,omitempty"`
}

// reachable tells whether the place's URL can take one more answer.
func (p place) reachable(now time.Time) bool {
	return p.URL != "" && p.Used < maxURLUses && now.Sub(time.Unix(p.Since, 0)) < urlLife
}
