package bot

// A State is how well a part of a set-up is.
type State string

// The states.
const (
	Well   State = "ok"
	Doubt  State = "warning" // it works, but not as it should or may not for long
	Broken State = "broken"
)

// A Finding is what was found out about one part of a set-up. It is for operators.
type Finding struct {
	// Part names what was looked at, such as "Slack bot token".
	Part  string `json:"part"`
	State State  `json:"state"`
	// Found says what is so, and Do what to do about it, "" for nothing.
	Found string `json:"found"`
	Do    string `json:"do,omitempty"`
}
