package scoring

import (
	"cmp"
	"slices"
	"time"
)

// A BridgeKind is what happened to a deal between two closing totals.
type BridgeKind int

// The kinds, in the order in which a bridge has them.
const (
	BridgeNew        BridgeKind = iota // came in, and was created since
	BridgeUp                           // came in
	BridgeTaken                        // came in from another owner; of one owner only
	BridgeAmount                       // stayed, and its amount changed
	BridgeSlipped                      // left: its score fell below 14
	BridgeWon                          // left: won
	BridgeLost                         // left: lost
	BridgeUnfit                        // left: disqualified
	BridgeDeleted                      // left: deleted
	BridgeHandedOver                   // left to another owner; of one owner only
	BridgeRescored                     // 0: stayed, 14 to 15 or back
	BridgeReowned                      // 0: stayed, and has another owner; of the team only
	BridgeReturned                     // 0: was out in between
	BridgePassed                       // 0: was in only in between
)

// A BridgeLine is one thing that happened to a deal, with what it changes in the
// total, in minor units; 0 for what only has to be mentioned.
type BridgeLine struct {
	Deal   int64
	Kind   BridgeKind
	Change int64
	// Was is the deal at the earlier moment, Now as it stands.
	Was, Now ClosingState
}

// A Bridge leads from a closing total of the past to the present one, in one
// currency and its minor units. The currency "" is for deals without an amount,
// whose totals are 0.
type Bridge struct {
	Currency  string
	Then, Now int64
	Lines     []BridgeLine
}

// BridgesOf says deal by deal how the closing totals came to be what they are:
// the sums of the open deals at 14 and 15, of one owner or, with 0, of the team.
//
//	now − then = Σ change, which is
//		amount now          of a deal that came in
//		− amount then       of one that left
//		amount now − then   of one that stayed
//
// deals have pasts that begin at then or before it, and must hold every deal
// that was in the band at then, has been since, or is now. There is a bridge for
// each currency with a total or a line, by code. A deal whose currency changed
// has a line in both. What was undone since then is not a line. Totals beyond
// the largest 64-bit number stay there, and lines do not add up to them.
//
// Source: docs/metrics.md#bridge.
func BridgesOf(deals []ClosingPast, then time.Time, owner int64) []Bridge {
	b := bridges{}
	for _, deal := range deals {
		was := deal.At(then)
		if was.counts(owner) {
			total := b.in(was.Amount.Currency)
			total.Then = add(total.Then, was.Amount.Minor)
		}
		if deal.Now.counts(owner) {
			total := b.in(deal.Now.Amount.Currency)
			total.Now = add(total.Now, deal.Now.Amount.Minor)
		}
		b.cross(deal, was, deal.between(then, Never), then, owner)
	}
	all := make([]Bridge, 0, len(b))
	for _, bridge := range b {
		slices.SortFunc(bridge.Lines, func(x, y BridgeLine) int {
			return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(size(y.Change), size(x.Change)), cmp.Compare(x.Deal, y.Deal))
		})
		all = append(all, *bridge)
	}
	slices.SortFunc(all, func(x, y Bridge) int { return cmp.Compare(x.Currency, y.Currency) })
	return all
}

func size(n int64) int64 { return max(n, -n) }

// bridges are by currency while they are built.
type bridges map[string]*Bridge

func (b bridges) in(currency string) *Bridge {
	if b[currency] == nil {
		b[currency] = &Bridge{Currency: currency}
	}
	return b[currency]
}

func (b bridges) line(currency string, change int64, line BridgeLine) {
	line.Change = change
	b.in(currency).Lines = append(b.in(currency).Lines, line)
}

// cross adds the lines of one deal.
func (b bridges) cross(deal ClosingPast, was ClosingState, changes []ClosingChange, then time.Time, owner int64) {
	now := deal.Now
	line := BridgeLine{Deal: deal.Deal, Was: was, Now: now}
	switch from, to := was.counts(owner), now.counts(owner); {
	case from && to:
		b.stay(line, leaves(changes, owner))
	case to:
		line.Kind = arrival(deal, was, then)
		b.line(now.Amount.Currency, now.Amount.Minor, line)
	case from:
		line.Kind = departure(now, owner)
		b.line(was.Amount.Currency, -was.Amount.Minor, line)
	default:
		if in := entry(changes, owner); in != nil {
			line.Kind = BridgePassed
			b.line(in.After.Amount.Currency, 0, line)
		}
	}
}

// stay adds the lines of a deal that is in the band as it was then.
func (b bridges) stay(line BridgeLine, out bool) {
	was, now := line.Was, line.Now
	if was.Amount != now.Amount {
		line.Kind = BridgeAmount
		b.amount(line)
	}
	for _, mention := range []struct {
		kind BridgeKind
		is   bool
	}{
		{BridgeRescored, was.Score != now.Score},
		{BridgeReowned, was.Owner != now.Owner}, // of one owner it is the same
		{BridgeReturned, out},
	} {
		if mention.is {
			line.Kind = mention.kind
			b.line(now.Amount.Currency, 0, line)
		}
	}
}

// amount adds what a changed amount does: one line, or one in each currency.
func (b bridges) amount(line BridgeLine) {
	was, now := line.Was.Amount, line.Now.Amount
	switch {
	case was.Currency == now.Currency || !was.Known():
		b.line(now.Currency, now.Minor-was.Minor, line)
	case !now.Known():
		b.line(was.Currency, -was.Minor, line)
	default:
		b.line(was.Currency, -was.Minor, line)
		b.line(now.Currency, now.Minor, line)
	}
}

func arrival(deal ClosingPast, was ClosingState, then time.Time) BridgeKind {
	switch {
	case was.Where == InBand:
		return BridgeTaken
	case deal.Created.After(then):
		return BridgeNew
	default:
		return BridgeUp
	}
}

func departure(now ClosingState, owner int64) BridgeKind {
	if owner != 0 && now.Owner != owner {
		return BridgeHandedOver
	}
	switch now.Where {
	case BandWon:
		return BridgeWon
	case BandLost:
		return BridgeLost
	case BandUnqualified:
		return BridgeUnfit
	case BandDeleted:
		return BridgeDeleted
	default:
		return BridgeSlipped
	}
}
