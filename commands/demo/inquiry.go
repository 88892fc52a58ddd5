package demo

import (
	"fifteen/commands/internal/typed"
	"fifteen/scoring"
)

// An inquiry is how a rep asks about a no, one question after the other.
type inquiry struct {
	*story
	// day is that of the no.
	day typed.Date
	// refusal is what is known so far.
	refusal scoring.Refusal
	// promises are what the rep has said will be done.
	promises []promise
}

// ask returns the answers, in the order in which the bot asks. The open door is
// the question that is left unanswered most.
func (q *inquiry) ask() []act {
	var acts []act
	for {
		question := q.refusal.Next(false)
		if question == scoring.AskNothing || question == scoring.AskDoor && q.chance(10) {
			return acts
		}
		acts = append(acts, q.answer(question))
	}
}

func (q *inquiry) answer(question scoring.RefusalQuestion) act {
	if question == scoring.AskWords && q.chance(70) {
		q.refusal.Words = q.theirWords(q.refusal.Reason)
		return quote(q.refusal.Words)
	}
	edit := pass(question)
	switch {
	case question == scoring.AskProbe && q.chance(70):
		probe := scoring.Probes[q.pick(probes)]
		edit = func(a *scoring.Aftermath) { a.Probe = probe }
	case question == scoring.AskReturn && q.chance(90):
		back := q.back()
		edit = func(a *scoring.Aftermath) { a.Return = back }
	case question == scoring.AskWinner:
		winner := q.winner()
		edit = func(a *scoring.Aftermath) { a.Winner = winner }
	case question == scoring.AskDoor:
		door := q.door()
		edit = func(a *scoring.Aftermath) { a.Door = door }
	}
	edit(&q.refusal.Aftermath)
	return found(edit)
}

// probes are the weights of what customers would switch for, in the method's
// order.
var probes = []int{30, 10, 15, 25, 10, 10}

// back is when the rep comes back: most of the time when the bot proposes.
func (q *inquiry) back() scoring.Return {
	if q.chance(8) {
		return scoring.Return{Never: true}
	}
	own := q.chance(20)
	months, days := q.refusal.ReturnAfter()
	on := q.day.AddMonths(months).AddDays(days)
	switch {
	case q.refusal.Reason == scoring.NoBudget && own:
		on = q.day.AddDays(q.between(45, 100))
	case q.refusal.Reason == scoring.NotPlanned && own:
		on = q.day.AddMonths(q.between(2, 8))
	}
	on = on.Workday()
	q.promises = append(q.promises, promise{on, func(a *scoring.Aftermath) { a.Return.Done = true }})
	return scoring.Return{On: on.String()}
}

// rivals won in the team's place, with their weights.
var (
	rivals = []string{
		"Nordwind Verpackung", "Kartonáž Svratka", "Opakowania Mewa", "Ege Ambalaj", "Тара-Север", "Boxwright & Hale",
	}
	rivalWeights = []int{30, 20, 18, 14, 10, 8}
)

func (q *inquiry) winner() scoring.Winner {
	switch q.pick([]int{35, 35, 30}) {
	case 0:
		return scoring.Winner{Kind: scoring.WinnerNamed, Name: rivals[q.pick(rivalWeights)]}
	case 1:
		return scoring.Winner{Kind: scoring.WinnerNobody}
	default:
		return scoring.Winner{Kind: scoring.WinnerUnknown}
	}
}

// door is what the customer will be sent: the usual overview in two months, or
// something of the rep's own.
func (q *inquiry) door() scoring.Door {
	switch q.pick([]int{60, 15, 15}) {
	case 0:
		on := q.day.AddMonths(scoring.DoorMonths)
		if q.chance(20) {
			on = q.day.AddDays(q.between(30, 75))
		}
		on = on.Workday()
		q.promises = append(q.promises, promise{on, func(a *scoring.Aftermath) { a.Door.Done = true }})
		door := scoring.Door{State: scoring.DoorAccepted, On: on.String()}
		if q.chance(35) {
			door.What = q.words.draw("doors")
		}
		return door
	case 1:
		return scoring.Door{State: scoring.DoorDeclined}
	default:
		return scoring.Door{State: scoring.DoorUnoffered}
	}
}
