package commands

import (
	"cmp"
	"context"
	"slices"

	"fifteen/commands/internal/names"
	"fifteen/scoring"
)

// alikeFigures is what reps did with companies of one industry and size.
type alikeFigures struct {
	industry, size string
	reps           map[int64]*scoring.Figures
}

// countAlike counts all companies into an analysis, and returns what was done with
// those of each industry and size. Companies of no known industry are like none.
func (r *coachReport) countAlike(ctx context.Context, all *scoring.Analysis) ([]alikeFigures, error) {
	type kind struct{ industry, size string }
	kinds, written := map[kind]*scoring.Analysis{}, map[kind]string{}
	err := r.tx.TracksAlike(ctx, r.from, r.to, func(industry, size string, moves []scoring.Move) {
		k := kind{names.Fold(industry), size}
		if k.industry == "" {
			k.size = ""
		}
		counted, ok := kinds[k]
		if !ok {
			counted = r.analysis()
			kinds[k], written[k] = counted, industry
		}
		counted.Add(moves)
	})
	if err != nil {
		return nil, err
	}
	var alike []alikeFigures
	for k, counted := range kinds {
		all.Merge(counted)
		if k.industry != "" {
			alike = append(alike, alikeFigures{industry: written[k], size: k.size, reps: counted.Reps()})
		}
	}
	slices.SortFunc(alike, func(a, b alikeFigures) int {
		return cmp.Or(cmp.Compare(a.industry, b.industry), cmp.Compare(a.size, b.size))
	})
	return alike, nil
}

// shownAlike is with how many kinds of companies a pair is compared.
const shownAlike = 5

// amongAlike compares a pair where both had enough companies of the same industry
// and size, such as "Among small machinery firms: 88 % of 40 and 71 % of 31".
func (r *coachReport) amongAlike(pair scoring.Pair) []string {
	var groups []scoring.LikeGroup
	for _, kind := range r.alike {
		teacher, ok := kind.reps[pair.Teacher]
		learner, both := kind.reps[pair.Learner]
		if ok && both {
			groups = append(groups, scoring.LikeGroup{
				Label: r.firms(kind), Teacher: teacher.Steps[pair.Step-1], Learner: learner.Steps[pair.Step-1],
			})
		}
	}
	found := scoring.LikeGroups(groups)
	lines := make([]string, 0, len(found))
	for _, group := range found {
		lines = append(lines, r.say(alikeKey(group), "firms", group.Label,
			"teacher", r.sample(group.Teacher.Moved, group.Teacher.Decided()),
			"learner", r.sample(group.Learner.Moved, group.Learner.Decided())))
	}
	return lines[:min(len(lines), shownAlike)]
}

// alikeKey says whether a difference is there among like companies too.
func alikeKey(group scoring.LikeGroup) string {
	switch {
	case group.Holds():
		return "coach.among.holds"
	case group.Lower():
		return "coach.among"
	default:
		return "coach.among.not"
	}
}

// firms says what companies are like.
func (r *coachReport) firms(kind alikeFigures) string {
	industry := brief(kind.industry, 60)
	switch kind.size {
	case "small":
		return r.say("coach.firms.small", "industry", industry)
	case "mid":
		return r.say("coach.firms.mid", "industry", industry)
	case "large":
		return r.say("coach.firms.large", "industry", industry)
	default:
		return r.say("coach.firms", "industry", industry)
	}
}
