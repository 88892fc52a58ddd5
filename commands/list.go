package commands

import (
	"fifteen/bot"
	"fifteen/scoring"
)

// All returns every command, in the order that help shows them.
func All(d *Deps) []bot.Command {
	k := newKinds(d)
	return []bot.Command{
		help(d),
		dealAdd(d, k), dealRetake(d, k), dealDelete(d, k), deal(d, k), deals(d, k),
		score(d, k), answer(d, k), evidence(d, k), next(d, k),
		who(d, k), forecast(d, k), why(d, k),
		step(d, k), won(d, k), lost(d, k), disqualify(d, k), reopen(d, k),
		note(d, k), nextStep(d, k), undo(d),
		target(d, k), team(d), handover(d, k), role(d, k), settings(d, k),
	}
}

// kinds are the ways in which arguments are read.
type kinds struct {
	deal, ended                          dealKind
	who                                  whoKind
	heir                                 heirKind
	amount                               amountKind
	month                                monthKind
	date                                 dateKind
	scores                               scoresKind
	criterion, reply, step, reason, role choiceKind
	band, field, setting, number         choiceKind
}

func newKinds(d *Deps) kinds {
	choice := func(name string, passing bool, ids ...string) choiceKind {
		return choiceKind{words: d.Words, name: name, ids: ids, passing: passing}
	}
	reason := choice("reason", false, ids(scoring.Reasons)...)
	reason.within = true
	return kinds{
		deal: dealKind{deps: d}, ended: dealKind{deps: d, ended: true}, who: whoKind{deps: d}, heir: heirKind{whoKind{deps: d}}, amount: amountKind{deps: d},
		criterion: choice("criterion", false, ids(scoring.Criteria[:])...),
		reply:     choice("reply", false, "yes", "unsure", "no", "skip"),
		step:      choice("step", false, ids(scoring.Steps)...),
		reason:    reason,
		role:      choice("role", false, "rep", "manager", "admin"),
		band:      choice("band", true, "closing", "advancing", "developing"),
		field:     choice("field", false, fieldAmount, fieldName, fieldOwner, fieldClose),
		setting:   choice("setting", false, settingCurrency, settingZone, settingVisibility, settingRate),
		number:    choice("number", false, "who", "forecast"),
	}
}

// ids writes what has an id as plain words.
func ids[T any](all []T) []string {
	out := make([]string, len(all))
	for i, item := range all {
		out[i] = toID(item)
	}
	return out
}

func toID(item any) string {
	switch item := item.(type) {
	case scoring.Criterion:
		return item.String()
	case scoring.Step:
		return string(item)
	case scoring.Reason:
		return string(item)
	default:
		return ""
	}
}
