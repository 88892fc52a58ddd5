package commands

import (
	"fifteen/bot"
	"fifteen/scoring"
)

// All returns every command, in the order that help shows them.
func All(d *Deps) []bot.Command {
	k := newKinds(d)
	return []bot.Command{
		help(d), hello(d), home(d), cancel(d),
		dealAdd(d, k), dealRetake(d, k), dealDelete(d, k), deal(d, k), deals(d, k), company(d, k),
		score(d, k), answer(d, k), evidence(d, k), next(d, k),
		who(d, k), forecast(d, k), why(d, k),
		step(d, k), won(d, k), overcame(d, k), lost(d, k), refusal(d, k), disqualify(d, k), reopen(d, k),
		refusals(d, k), objections(d, k), due(d, k),
		remind(d, k), remindDone(d), remindLater(d, k), reminders(d, k),
		schedule(d, k), schedules(d), scheduleStop(d, k), scheduleTake(d), scheduleMondays(d),
		wait(d, k), away(d, k), back(d, k), workingHours(d, k),
		funnel(d, k), coach(d), decide(d, k), decisions(d, k), decisionsSeen(d),
		note(d, k), nextStep(d, k), logActivity(d, k), activities(d, k), undo(d),
		checkin(d, k), checkinMove(d, k),
		products(d), productAdd(d), productDelete(d), pitch(d),
		target(d, k), team(d), teamAdd(d), teamRefuse(d), handover(d, k), role(d, k), settings(d, k),
		setup(d), setupMoney(d), setupChannel(d), setupTargets(d), setupTarget(d, k), setupDigests(d), setupMondays(d), setupDone(d),
		link(d), unlink(d), reach(d, k),
		settingsSteps(d), settingsStep(d, k), settingsReason(d, k),
	}
}

// kinds are the ways in which arguments are read.
type kinds struct {
	deal, ended                   dealKind
	who                           whoKind
	heir                          heirKind
	amount                        amountKind
	month                         monthKind
	date                          dateKind
	when                          whenKind
	until                         untilKind
	hours                         hoursKind
	scores                        scoresKind
	criterion, reply, topic, role choiceKind
	band, field, setting, number  choiceKind
	trait, activity, platform     choiceKind
	step, reason, objection       ownKind
	window                        windowKind
	reported                      choiceKind
	pastDay                       pastDayKind
	tally                         tallyKind
	schedule                      scheduleKind
}

func newKinds(d *Deps) kinds {
	choice := func(name string, passing bool, ids ...string) choiceKind {
		return choiceKind{words: d.Words, name: name, ids: ids, passing: passing}
	}
	reason := choice("reason", false)
	reason.within = true
	days := pastDayKind{choice("pastday", true, yesterday)}
	told := choice("reported", true, checkinCalls, checkinMeetings, checkinDone)
	return kinds{
		deal: dealKind{deps: d}, ended: dealKind{deps: d, ended: true}, who: whoKind{deps: d}, heir: heirKind{whoKind{deps: d}}, amount: amountKind{deps: d},
		criterion: choice("criterion", false, criteria()...),
		reply:     choice("reply", false, "yes", "unsure", "no", "skip"),
		topic:     choice("topic", false, append(texted(scoring.RefusalQuestions), askProduct)...),
		step:      ownKind{choiceKind: choice("step", false), deps: d, list: ownSteps},
		reason:    ownKind{choiceKind: reason, deps: d, list: ownReasons},
		objection: ownKind{choiceKind: choice("reason", false), deps: d, list: ownObjections},
		role:      choice("role", false, "rep", "manager", "admin"),
		band:      choice("band", true, "closing", "advancing", "developing"),
		field:     choice("field", false, fieldAmount, fieldName, fieldOwner, fieldClose),
		setting: choice("setting", false, settingCurrency, settingZone, settingVisibility, settingRate, settingSteps, settingReason,
			settingHours, settingDays, settingHolidays, settingDayOff, settingNudge, settingChannel),
		until: untilKind{words: d.Words}, hours: hoursKind{words: d.Words},
		trait:    choice("trait", false, traits...),
		activity: choice("activity", false, activityKinds...),
		platform: choice("platform", false, platforms...),
		reported: told,
		pastDay:  days,
		tally:    tallyKind{choice("tally", true, "none"), days, told},
		schedule: scheduleKind{deps: d},
		number:   choice("number", false, "who", "forecast", numberFunnel, numberRefusals),
	}
}

// criteria returns the ids of the nine criteria.
func criteria() []string {
	ids := make([]string, len(scoring.Criteria))
	for i, criterion := range scoring.Criteria {
		ids[i] = criterion.String()
	}
	return ids
}
