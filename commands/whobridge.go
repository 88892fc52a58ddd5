package commands

import (
	"context"

	"fifteen/scoring"
)

// bridgeKeys are the sentences of what happens to a deal between two totals.
var bridgeKeys = map[scoring.BridgeKind]string{
	scoring.BridgeNew: "bridge.new", scoring.BridgeUp: "bridge.up", scoring.BridgeTaken: "bridge.taken",
	scoring.BridgeAmount: "bridge.amount", scoring.BridgeSlipped: "bridge.slipped", scoring.BridgeWon: "bridge.won",
	scoring.BridgeLost: "bridge.lost", scoring.BridgeUnfit: "bridge.unfit", scoring.BridgeDeleted: "bridge.deleted",
	scoring.BridgeHandedOver: "bridge.handed", scoring.BridgeRescored: "bridge.rescored", scoring.BridgeReowned: "bridge.reowned",
	scoring.BridgeReturned: "bridge.returned",
}

// passedKeys are the sentences of a deal that came into the band and left again.
var passedKeys = map[scoring.Whereabouts]string{
	scoring.BelowBand: "bridge.passed.slipped", scoring.BandWon: "bridge.passed.won", scoring.BandLost: "bridge.passed.lost",
	scoring.BandUnqualified: "bridge.passed.unfit", scoring.BandDeleted: "bridge.passed.deleted",
}

// bridges says what took each currency's closing total from what it was a week
// ago to what it is.
func (d *closingDigest) bridges(ctx context.Context) ([]tale, error) {
	day := d.day(d.then)
	var tales []tale
	for _, bridge := range scoring.BridgesOf(d.deals, d.then, d.sight) {
		t := tale{head: d.bridgeHead(day, bridge)}
		if t.head == "" {
			continue
		}
		for _, line := range bridge.Lines {
			words, err := d.bridgeLine(ctx, line)
			if err != nil {
				return nil, err
			}
			t.items = append(t.items, [2]string{d.signed(line.Change, bridge.Currency), words})
		}
		tales = append(tales, t)
	}
	if len(tales) == 0 {
		tales = []tale{{head: d.say("bridge.nothing", "day", day)}}
	}
	return tales, nil
}

// bridgeHead writes "Since Mon 23 Nov 55,000 → 41,500 EUR"; "" where nothing is to
// be said.
func (d *closingDigest) bridgeHead(day string, bridge scoring.Bridge) string {
	now := d.money(scoring.Money{Minor: bridge.Now, Currency: bridge.Currency})
	switch {
	case len(bridge.Lines) == 0 && (bridge.Currency == "" || bridge.Now == 0):
		return ""
	case len(bridge.Lines) == 0:
		return d.say("bridge.same", "day", day, "now", now)
	case bridge.Currency == "":
		return d.say("bridge.unpriced", "day", day)
	default:
		return d.say("bridge.since", "day", day, "then", d.number(bridge.Then, bridge.Currency), "now", now)
	}
}

// signed writes what a line adds or takes away, "+12,000"; "" without a currency.
func (d *closingDigest) signed(change int64, currency string) string {
	switch {
	case currency == "":
		return ""
	case change > 0:
		return "+" + d.number(change, currency)
	default:
		return d.number(change, currency)
	}
}

// bridgeLine says what happened to a deal.
func (d *closingDigest) bridgeLine(ctx context.Context, line scoring.BridgeLine) (string, error) {
	deal := d.known[line.Deal]
	key := bridgeKeys[line.Kind]
	args := []any{"deal", brief(deal.Name, 60), "was", line.Was.Score, "score", line.Now.Score, "amount", d.money(line.Now.Amount)}
	switch line.Kind {
	case scoring.BridgeLost:
		return d.lost(deal, key, "bridge.lost.why"), nil
	case scoring.BridgePassed:
		key = passedKeys[line.Now.Where]
		if key == "" || d.sight != 0 && line.Now.Owner != d.sight {
			key = "bridge.passed.handed"
		}
	case scoring.BridgeReowned:
		from, err := d.handle(ctx, line.Was.Owner)
		if err != nil {
			return "", err
		}
		to, err := d.handle(ctx, line.Now.Owner)
		if err != nil {
			return "", err
		}
		args = append(args, "from", brief(from, 40), "to", brief(to, 40))
	default: // needs no more words
	}
	return d.say(key, args...), nil
}
