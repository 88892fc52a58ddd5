package demo

import (
	"strings"

	"fifteen/scoring"
)

// replies are the letters of an interview that stand for a reply.
var replies = map[byte]scoring.Reply{'y': scoring.Yes, 'u': scoring.Unsure, 'n': scoring.No}

// score returns the acts behind "yyy/yyu/yy." or "4 4 5": an interview's nine
// answers, or three direct scores.
func (s *story) score(answers string) []act {
	if !isDirect(answers) {
		return s.interview(answers, scoring.Pillars[:]...)
	}
	var points [3]int
	for i, digit := range strings.Fields(answers) {
		points[i] = int(digit[0] - '0')
	}
	return []act{score(points)}
}

func isDirect(answers string) bool { return !strings.Contains(answers, "/") }

// interview returns the answers about some pillars. A dot stands for a question
// that was not asked, an s for one that was skipped.
func (s *story) interview(answers string, pillars ...scoring.Pillar) []act {
	letters := strings.ReplaceAll(answers, "/", "")
	var acts []act
	for _, p := range pillars {
		for _, c := range p.Criteria() {
			reply, answered := replies[letters[c]]
			switch {
			case answered:
				acts = append(acts, answer(c, reply, s.evidence(c, reply)))
			case letters[c] == 's':
				acts = append(acts, skip(c))
			}
		}
	}
	return acts
}

// evidence is who said what; a third of the answers has none.
func (s *story) evidence(c scoring.Criterion, reply scoring.Reply) string {
	if !s.chance(67) {
		return ""
	}
	return s.firm.fill(s.words.draw(c.String() + " " + reply.String()))
}
