package commands

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/storage"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"
)

//go:embed locales/sentences
var sentenceFiles embed.FS

// Sentences finds what a sentence that is no line may stand for; it is
// bot.Interpreter.
type Sentences struct {
	deps    *Deps
	deal    dealKind
	entries []sentence
}

// sentence is a pattern of folded words and the line that it stands for. The
// slots {deal} and {rest} stand for one or more words.
type sentence struct {
	pattern []string
	line    string
}

// The slots of a sentence.
const (
	slotDeal = "{deal}"
	slotRest = "{rest}"
)

// NewSentences reads the sentences that are built in.
func NewSentences(d *Deps) (*Sentences, error) {
	text, err := sentenceFiles.ReadFile("locales/sentences/en.txt")
	if err != nil {
		return nil, fmt.Errorf("read sentences: %w", err)
	}
	s := &Sentences{deps: d, deal: dealKind{deps: d}}
	for i, row := range strings.Split(string(text), "\n") {
		row = strings.TrimSpace(row)
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		pattern, line, ok := strings.Cut(row, " = ")
		if !ok {
			return nil, fmt.Errorf("read sentences: row %d has no line", i+1)
		}
		s.entries = append(s.entries, sentence{pattern: strings.Fields(pattern), line: line})
	}
	return s, nil
}

// Interpret implements bot.Interpreter: a sentence of the list, the bare name of
// a deal, or else commands whose names are like the first word.
func (s *Sentences) Interpret(ctx context.Context, req bot.Request) ([]string, bool, error) {
	words := bot.Split(req.Line)
	folded := fold(words)
	for _, entry := range s.entries {
		for _, found := range entry.matches(folded) {
			line, ok, err := s.fill(ctx, req, entry, found, words)
			if err != nil || ok {
				return []string{line}, true, err
			}
		}
	}
	if deal, ok, err := s.named(ctx, req, words); err != nil || ok {
		return []string{lookLine("deal", deal)}, true, err
	}
	return s.near(req, words), false, nil
}

// fold writes words as sentences are compared, without punctuation.
func fold(words []bot.Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.Trim(strings.NewReplacer("'", "", "’", "", "&", "and").Replace(names.Fold(w.Text)), "?!.,;:…")
		if out[i] == "14/15" {
			out[i] = "14 15"
		}
	}
	return out
}

// slots are the first and last index of the words that a slot stands for.
type slots map[string][2]int

// matches compares a sentence with folded words, and returns every way in which its
// slots can be filled, those with short ones first.
func (e sentence) matches(words []string) []slots { return e.matchFrom(0, words, 0) }

func (e sentence) matchFrom(p int, words []string, w int) []slots {
	if p == len(e.pattern) {
		if w == len(words) {
			return []slots{{}}
		}
		return nil
	}
	part, most := e.pattern[p], len(words)
	switch {
	case part == slotDeal:
		most = min(most, w+longestName)
	case part != slotRest:
		if w < len(words) && words[w] == part {
			return e.matchFrom(p+1, words, w+1)
		}
		return nil
	}
	var all []slots
	for end := w + 1; end <= most; end++ {
		for _, found := range e.matchFrom(p+1, words, end) {
			found[part] = [2]int{w, end}
			all = append(all, found)
		}
	}
	return all
}

// fill writes the line that a sentence stands for. A line that changes a deal
// names it by number and carries its revision; a sentence about no known deal is
// none.
func (s *Sentences) fill(ctx context.Context, req bot.Request, e sentence, found slots, words []bot.Word) (string, bool, error) {
	line := e.line
	if rest, ok := found[slotRest]; ok {
		line = strings.Replace(line, slotRest, bot.Span{Text: req.Line, Words: words[rest[0]:rest[1]]}.Raw(rest[1]-rest[0]), 1)
	}
	at, ok := found[slotDeal]
	if !ok {
		return line, true, nil
	}
	name := slices.Clone(words[at[0]:at[1]])
	name[len(name)-1].Text = strings.TrimRight(name[len(name)-1].Text, "?!.,;:")
	verb, _, _ := strings.Cut(line, " ")
	if cmd, ok := s.deps.Command(verb); ok && !cmd.Writes {
		return strings.Replace(line, slotDeal, bot.Join(name), 1), true, nil
	}
	deal, ok, err := s.named(ctx, req, name)
	if err != nil || !ok {
		return "", false, err
	}
	return strings.Replace(line, slotDeal, hash(deal.Number), 1) + " " + bot.Revision(deal.Revision), true, nil
}

// named returns the deal that words name exactly.
func (s *Sentences) named(ctx context.Context, req bot.Request, words []bot.Word) (storage.Deal, bool, error) {
	reading, err := s.deal.Read(ctx, req, bot.Span{Text: req.Line, Words: words, Whole: true, Strict: true})
	if err != nil || reading.Words < len(words) {
		return storage.Deal{}, false, unlessProblem(err)
	}
	var deal storage.Deal
	err = s.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		deal, err = s.deps.call(tx, req.WithArg("deal", reading.Value)).visible(ctx)
		return err
	})
	return deal, err == nil, unlessProblem(err)
}

// nearEnough is how alike a word and the name of a command have to be: a letter
// too many, too few, or two that changed places.
const nearEnough = 0.84

// nearest returns the names most like a word, at most two.
func nearest(word string, listed []string) []string {
	alike := metrics.NewJaroWinkler()
	score := func(name string) float64 { return strutil.Similarity(word, name, alike) }
	found := slices.DeleteFunc(slices.Clone(listed), func(name string) bool { return score(name) < nearEnough })
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(score(b), score(a)) })
	return found[:min(len(found), 2)]
}

// near returns lines that begin with a command like the first word.
func (s *Sentences) near(req bot.Request, words []bot.Word) []string {
	first := names.Fold(words[0].Text)
	if slices.Contains(alsoCalled(s.deps.Words.Say(req.Locale, "sentence.asks")), first) { // and no slip of "wait"
		return nil
	}
	commands := s.deps.Commands(req.Member.Role)
	listed := make([]string, len(commands))
	for i, cmd := range commands {
		listed[i] = cmd.Name
	}
	var lines []string
	for _, name := range nearest(first, listed) {
		line := name
		if len(words) > 1 {
			line += " " + bot.Span{Text: req.Line, Words: words[1:]}.Raw(len(words)-1)
		}
		if len(line) <= bot.MaxButtonLine {
			lines = append(lines, line)
		}
		if len(words) > 1 && len(lines) == 1 && s.isCommand(name+" "+words[1].Text) { // no other can be meant as well
			break
		}
	}
	return lines
}

func (s *Sentences) isCommand(name string) bool {
	_, ok := s.deps.Command(name)
	return ok
}
