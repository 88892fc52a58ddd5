package storage

// standing returns those of a deal's changes that stand, oldest first as they are
// given. A change that was taken back was never made, and taking back its undo
// makes it again. Undo asks for values only: when others have moved the deal
// since and come back to the same values, their moves stand, and the undo is one
// change more. So what each change that stands moves is what those before it left.
func standing(changes []Change) []Change {
	at := map[int64]int{}
	about := make([]int, len(changes))  // the change that each one makes or takes back
	back := make([]bool, len(changes))  // whether it takes it back
	taken := make([]bool, len(changes)) // whether it does not stand
	for i, c := range changes {
		at[c.ID], about[i] = i, i
		undone, ok := at[c.Undoes]
		if !ok {
			continue
		}
		of, takes := about[undone], !back[undone]
		if taken[of] == takes || overtaken(changes[of+1:i], taken[of+1:i], c.Diff) {
			continue
		}
		about[i], back[i] = of, takes
		taken[of], taken[i] = takes, true
	}
	var stand []Change
	for i, c := range changes {
		if !taken[i] {
			stand = append(stand, c)
		}
	}
	return stand
}

// overtaken tells whether one of the changes that are not taken back moved what a
// diff moves.
func overtaken(changes []Change, taken []bool, diff Diff) bool {
	for i, c := range changes {
		for _, field := range [...]string{"owner", "step", "outcome", "deleted"} {
			if !taken[i] && diff.has(field) && c.Diff.has(field) {
				return true
			}
		}
	}
	return false
}
