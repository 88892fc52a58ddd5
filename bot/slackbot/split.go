package slackbot

import "github.com/slack-go/slack"

// parts packs pieces into messages that Slack takes. The tail stays together
// behind the text. What does not fit into as many messages as there may be is
// counted and said to be missing.
func (p painter) parts(summary string, body, tail []piece) []part {
	groups := pack(append(append([]piece{}, body...), tail...))
	missing, most := 0, max(p.most, maxParts)
	for len(groups) > most && len(body) > 0 {
		missing += body[len(body)-1].lines
		body = body[:len(body)-1]
		left := small(p.say("slack.missing", "count", missing))
		groups = pack(append(append(append([]piece{}, body...), left...), tail...))
	}
	parts := make([]part, len(groups))
	for i, group := range groups {
		parts[i].text = summary
		if len(groups) > 1 {
			mark := p.say("slack.part", "number", i+1, "of", len(groups))
			group = append(small(mark), group...)
		}
		for _, piece := range group {
			parts[i].blocks = append(parts[i].blocks, piece.block)
		}
	}
	return parts
}

// markRoom is kept free in each message for saying which part it is.
const markRoom = 200

// blockRoom is how many runes of text go into a block: so many that a message holds
// four full ones, and below maxBlockText.
const blockRoom = (maxAllText - markRoom) / 4

// pack puts pieces into groups of at most what one message holds.
func pack(pieces []piece) [][]piece {
	var groups [][]piece
	group := make([]piece, 0, len(pieces))
	size := 0
	for _, piece := range pieces {
		if len(group) > 0 && (size+piece.size > maxAllText-markRoom || len(group) >= maxBlocks-1) {
			groups, group, size = append(groups, group), nil, 0
		}
		group, size = append(group, piece), size+piece.size
	}
	if len(group) > 0 {
		groups = append(groups, group)
	}
	return groups
}

// blocksOf is a part's blocks as an acknowledgement holds them.
func blocksOf(p part) *slack.Blocks { return &slack.Blocks{BlockSet: p.blocks} }
