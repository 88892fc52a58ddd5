package commands

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fifteen/bot"
	"fifteen/commands/internal/names"
	"fifteen/scoring"
	"fifteen/storage"
)

// longestName is how many words a deal's name may have where it stands without
// quotes in a line.
const longestName = 12

// candidates is how many names a fuzzy search looks through, and likely how
// many of the best ones are offered.
const (
	candidates = 8_000
	likely     = 4
)

// dealKind reads a deal: "#42", a bare number, or a name, matched folded, the
// longest one that the words begin with. Only when none matches it is looked
// for fuzzily.
type dealKind struct {
	deps *Deps
	// ended prefers deals that are not open where several share a name.
	ended bool
}

func (dealKind) ID() string { return "deal" }

// Read implements bot.Kind. Its value is the deal's number, an int64.
func (k dealKind) Read(ctx context.Context, req bot.Request, span bot.Span) (bot.Reading, error) {
	if len(span.Words) == 0 {
		return bot.Reading{}, nil
	}
	if n, ok := bot.ParseNumber(span.Words[0]); ok {
		return dealReading(n, 1), nil
	}
	var reading bot.Reading
	err := k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		search := dealSearch{kind: k, call: k.deps.call(tx, req), span: span}
		var err error
		if search.sight, err = search.call.sight(ctx); err != nil {
			return err
		}
		reading, err = search.find(ctx)
		return err
	})
	return reading, err
}

// Revision implements bot.Reviser.
func (k dealKind) Revision(ctx context.Context, req bot.Request, reading bot.Reading) (int64, error) {
	var revision int64
	err := k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		c := k.deps.call(tx, req.WithArg("deal", reading.Value))
		deal, err := c.visible(ctx)
		revision = deal.Revision
		return err
	})
	return revision, err
}

// Offer implements bot.Offerer: the asker's open deals, highest score first, or
// the newest that have ended.
func (k dealKind) Offer(ctx context.Context, req bot.Request) ([]bot.Option, error) {
	found, err := k.known(ctx, req)
	options := make([]bot.Option, len(found))
	for i, deal := range found {
		options[i] = bot.Option{Label: brief(deal.Name, bot.MaxOptionLabel), Value: hash(deal.Number)}
	}
	return options, err
}

// Complete implements bot.Completer with the names of deals one of whose words begins
// so, without regard to case and accents, and with numbers where a number was begun
// or a name is shared.
func (k dealKind) Complete(ctx context.Context, req bot.Request, begun string) ([]string, error) {
	found, err := k.known(ctx, req)
	shared := map[string]int{}
	for _, deal := range found {
		shared[deal.Key]++
	}
	var words []string
	folded := names.Fold(begun)
	for _, deal := range found {
		number := hash(deal.Number)
		switch {
		case begun != "" && strings.HasPrefix(number, begun):
			words = append(words, number)
		case !strings.HasPrefix(deal.Key, folded) && !strings.Contains(deal.Key, " "+folded):
		case shared[deal.Key] > 1:
			words = append(words, number)
		default:
			words = append(words, bot.Quote(deal.Name))
		}
	}
	return words, err
}

// known are the deals that the asker is likeliest to mean.
func (k dealKind) known(ctx context.Context, req bot.Request) (found []storage.DealName, err error) {
	err = k.deps.Store.Read(ctx, req.Workspace, func(tx *storage.Tx) error {
		c := k.deps.call(tx, req)
		sight, err := c.sight(ctx)
		if err != nil {
			return err
		}
		list := tx.OpenDealNames
		if k.ended {
			list = tx.EndedDealNames
		}
		found, err = list(ctx, sight, bot.MaxOptions)
		return err
	})
	return found, err
}

func dealReading(number int64, words int) bot.Reading {
	return bot.Reading{Value: number, Words: words, Canonical: hash(number)}
}

// hash writes a deal's number as lines do, "#42".
func hash(number int64) string { return "#" + strconv.FormatInt(number, 10) }

// dealSearch looks for one deal by name.
type dealSearch struct {
	kind  dealKind
	call  *call
	span  bot.Span
	sight int64
}

func (s dealSearch) find(ctx context.Context) (bot.Reading, error) {
	keys := prefixes(s.span.Words)
	found, err := s.call.tx.DealsByKey(ctx, keys, s.sight)
	if err != nil {
		return bot.Reading{}, err
	}
	for n := len(keys); n > 0; n-- {
		var same []storage.DealName
		for _, deal := range found {
			if deal.Key == keys[n-1] {
				same = append(same, deal)
			}
		}
		if len(same) > 0 {
			return s.choose(ctx, s.preferred(same), n)
		}
	}
	return s.guess(ctx)
}

// prefixes returns the folded names that the first 1, 2, 3 ... words make. A
// quoted word is a whole name.
func prefixes(words []bot.Word) []string {
	if words[0].Quoted {
		return []string{names.Fold(words[0].Text)}
	}
	keys := make([]string, min(len(words), longestName))
	for i := range keys {
		keys[i] = names.Fold(bot.Join(words[:i+1]))
	}
	return keys
}

// preferred keeps the deals of the state that the command is about, where there
// are any.
func (s dealSearch) preferred(same []storage.DealName) []storage.DealName {
	var kept []storage.DealName
	for _, deal := range same {
		if (deal.Outcome == scoring.Open) != s.kind.ended {
			kept = append(kept, deal)
		}
	}
	if len(kept) == 0 {
		return same
	}
	return kept
}

// choose takes the only deal of that name, or asks which one is meant.
func (s dealSearch) choose(ctx context.Context, same []storage.DealName, words int) (bot.Reading, error) {
	if len(same) == 1 {
		return dealReading(same[0].Number, words), nil
	}
	problem := bot.Problem("deal.which", "typed", brief(bot.Join(s.span.Words[:words]), 60), "count", len(same))
	problem.Took = words
	return bot.Reading{}, s.offer(ctx, problem, same)
}

// guess looks for names like the words. A good enough one will do for a line
// that reads; a line that writes offers it.
func (s dealSearch) guess(ctx context.Context) (bot.Reading, error) {
	pool, err := s.call.tx.OpenDealNames(ctx, s.sight, candidates)
	if err != nil {
		return bot.Reading{}, err
	}
	found, words := s.like(pool)
	if len(found) == 0 || s.kind.ended {
		pool, err = s.call.tx.EndedDealNames(ctx, s.sight, candidates/4)
		if err != nil {
			return bot.Reading{}, err
		}
		if ended, n := s.like(pool); len(ended) > 0 {
			found, words = ended, n
		}
	}
	text := brief(bot.Join(s.span.Words[:max(words, 1)]), 60)
	switch {
	case len(found) == 0:
		return bot.Reading{}, s.nothing()
	case len(found) > 1:
		problem := bot.Problem("deal.close", "typed", text)
		problem.Took = words
		return bot.Reading{}, s.offer(ctx, problem, found)
	case s.span.Strict:
		problem := bot.Problem("deal.guess", "typed", text, "deal", brief(found[0].Name, 60), "number", found[0].Number)
		problem.Took = words
		return bot.Reading{}, s.offer(ctx, problem, found)
	}
	return dealReading(found[0].Number, words), nil
}

// nothing says that no deal is called like that.
func (s dealSearch) nothing() error {
	text := bot.Join(s.span.Words)
	if !s.span.Whole {
		text = s.span.Words[0].Text
	}
	return bot.Problem("deal.unknown", "typed", brief(text, 60)).Button(s.call.say("button.deals"), "deals")
}

// like returns the deals of the pool most like the beginning of the words, and
// how many words that beginning has. Several are returned when they are too
// close to choose between.
func (s dealSearch) like(pool []storage.DealName) ([]storage.DealName, int) {
	listed := make([]string, len(pool))
	for i, deal := range pool {
		listed[i] = deal.Key
	}
	lengths := []int{len(s.span.Words)}
	if !s.span.Whole {
		lengths = nil
		for n := min(len(s.span.Words), 4); n > 0; n-- {
			lengths = append(lengths, n)
		}
	}
	var best []names.Match
	words := 0
	for _, n := range lengths {
		if begun := beginning(names.Fold(bot.Join(s.span.Words[:n])), listed); len(begun) > 0 {
			best, words = begun, n
			break
		}
		matches := names.Best(bot.Join(s.span.Words[:n]), listed, likely)
		if len(matches) > 0 && (len(best) == 0 || matches[0].Score > best[0].Score) {
			best, words = matches, n
		}
	}
	if len(best) > 1 && !names.Close(best) {
		best = best[:1]
	}
	found := make([]storage.DealName, len(best))
	for i, match := range best {
		found[i] = pool[match.Index]
	}
	return found, words
}

// beginning returns the names that begin with the text as whole words, at most
// as many as are offered; one that is most of its name alone.
func beginning(text string, listed []string) []names.Match {
	var found []names.Match
	for i, name := range listed {
		if strings.HasPrefix(name, text+" ") && len(found) < likely {
			found = append(found, names.Match{Index: i, Score: 0.9})
		}
	}
	return found
}

// offer adds deals to a problem, with what tells them apart.
func (s dealSearch) offer(ctx context.Context, problem *bot.ProblemError, deals []storage.DealName) error {
	for _, deal := range deals[:min(len(deals), likely)] {
		parts := []string{brief(deal.Name, 30) + " (" + hash(deal.Number) + ")"}
		if deal.Currency != "" {
			parts = append(parts, s.call.money(scoring.Money{Minor: deal.Amount, Currency: deal.Currency}))
		}
		if deal.Owner != s.call.req.Member.ID {
			owner, err := s.call.handle(ctx, deal.Owner)
			if err != nil && !errors.Is(err, storage.ErrNotFound) {
				return err
			}
			parts = append(parts, owner)
		}
		problem.Offer(brief(strings.Join(parts, ", "), bot.MaxButtonLabel), hash(deal.Number), deal.Revision)
	}
	return problem
}
