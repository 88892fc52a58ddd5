package slackbot

import "fifteen/bot"

// A step is one message of Slack's that a message of the bot's became, in the
// order in which they are sent: what it says, its chart, and its details.
type step struct {
	part  part
	chart *bot.Chart // then there is no part
	// below says that it is a detail, private that only one person may see it.
	below, private bool
}

// steps draws a message. How many there are depends on nothing but the message
// and the language, because a post is continued where it was left.
func (p painter) steps(msg bot.Message) []step {
	steps := p.stepsOf(msg, false)
	p.most = maxDetailParts
	for _, detail := range msg.Details {
		detail.Private = detail.Private || msg.Private
		steps = append(steps, p.stepsOf(detail, true)...)
	}
	return steps
}

func (p painter) stepsOf(msg bot.Message, below bool) []step {
	var steps []step
	for _, part := range p.draw(msg) {
		steps = append(steps, step{part: part, below: below, private: msg.Private})
	}
	if msg.Chart != nil {
		steps = append(steps, step{chart: msg.Chart, below: below, private: msg.Private})
	}
	return steps
}
