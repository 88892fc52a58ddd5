package commands

import (
	"context"
	"slices"

	"fifteen/bot"
	"fifteen/scoring"
	"fifteen/storage"
)

// farewell tells those who manage that somebody is gone and has left open deals
// behind.
func (m meeting) farewell(ctx context.Context, tx *storage.Tx, gone storage.Member) error {
	deals, err := tx.OpenDeals(ctx, gone.ID, 0, scoring.BestScore, everything)
	if err != nil || len(deals) == 0 {
		return err
	}
	members, err := tx.Members(ctx)
	if err != nil {
		return err
	}
	members = slices.DeleteFunc(members, func(o storage.Member) bool { return !o.Active })
	for _, to := range members {
		if to.Role == bot.Rep.String() {
			continue
		}
		err := m.mail(ctx, tx, to, func(s speech) bot.Message { return s.orphans(gone, deals, members) })
		if err != nil {
			return err
		}
	}
	return nil
}

// orphans says what somebody who is gone has left behind, and offers to give it
// to one of those who are here.
func (s speech) orphans(gone storage.Member, deals []storage.Deal, heirs []storage.Member) bot.Message {
	who := brief("@"+gone.Name, 60)
	msg := bot.Message{
		Title: brief(s.say("gone.title", "who", who, "count", len(deals), "sum", s.summed(deals)), bot.MaxTitle),
		Menu:  &bot.Menu{Label: s.say("gone.menu")},
	}
	if line := "deals " + canonical(gone.Name); len(line) <= bot.MaxButtonLine {
		msg.Buttons = []bot.Button{s.button("button.deals", line)}
	}
	for _, heir := range heirs {
		line := handoverLine(gone, heir)
		if len(line) <= bot.MaxButtonLine && len(msg.Menu.Options) < bot.MaxOptions {
			label := brief("@"+heir.Name, bot.MaxOptionLabel)
			msg.Menu.Options = append(msg.Menu.Options, bot.Button{Label: label, Line: line})
		}
	}
	if len(msg.Menu.Options) < len(heirs) {
		msg.Note = s.say("gone.type", "line", "handover "+canonical(gone.Name))
	}
	if len(msg.Menu.Options) == 0 {
		msg.Menu = nil
	}
	return msg
}

// summed writes the sums of deals, one for each currency.
func (s speech) summed(deals []storage.Deal) string {
	amounts := make([]scoring.Money, len(deals))
	for i, deal := range deals {
		amounts[i] = deal.Amount
	}
	if sum := s.sums(scoring.ForecastOf(nil, amounts), scoring.Total.Sum); sum != "" {
		return sum
	}
	return s.say("money.unknown")
}
