package draw

import "math"

const (
	nameGap      = 12  // between the plot and the groups' names
	nameStep     = 34  // from one line of a name to the next
	nameSide     = 8   // between two names
	narrowSlot   = 150 // names that do not fit into less are written upwards
	longestName  = 150 // of a name that is written upwards
	targetMark   = 26  // the width of the dash before a target's value
	targetGap    = 8
	targetHeight = 34
)

// names writes the groups' names below the plot, each with its target's value
// under it, or above a name that is written upwards.
func (p *picture) names(unit string) {
	_, room := p.slot(0)
	size, lines, whole := p.nameLines(room - nameSide)
	if !whole && room < narrowSlot {
		p.namesUpwards()
		p.targets(unit)
		return
	}
	p.targets(unit)
	most := 0
	for _, name := range lines {
		most = max(most, len(name))
	}
	f := p.faces.sizes[size]
	p.bottom -= float64(most)*nameStep + nameGap
	for slot, name := range lines {
		middle, _ := p.slot(slot)
		for i, line := range name {
			y := p.bottom + nameGap + float64(i)*nameStep + capital(size) + (nameStep-capital(size))/2
			p.text(f, line, middle-width(f, line)/2, y, ink)
		}
	}
}

// nameLines breaks the names into two lines at most, in the largest letters in
// which they fit, else in the smallest.
func (p *picture) nameLines(room float64) (size int, lines [][]string, whole bool) {
	for _, size = range nameSizes {
		lines, whole = nil, true
		for _, name := range p.chart.Groups {
			broken, fits := wrap(p.faces.sizes[size], name, room, 2)
			lines, whole = append(lines, broken), whole && fits
		}
		if whole {
			break
		}
	}
	return size, lines, whole
}

// namesUpwards writes the names upwards, in the smallest letters.
func (p *picture) namesUpwards() {
	size := nameSizes[len(nameSizes)-1]
	f := p.faces.sizes[size]
	names := make([]string, p.slots)
	for i, name := range p.chart.Groups {
		names[i] = shorten(f, name, longestName)
	}
	p.bottom = math.Floor(p.bottom - widest(f, names) - 2*nameGap)
	for slot, name := range names {
		middle, _ := p.slot(slot)
		p.upwards(size, name, middle, p.bottom+nameGap+width(f, name), ink)
	}
}

// targets writes each group's target behind a dash such as crosses its bars. The
// unit is left out if there is no room for it, then the dash, then all.
func (p *picture) targets(unit string) {
	targets := p.chart.Targets[:min(len(p.chart.Targets), p.slots)]
	if len(targets) == 0 {
		return
	}
	f := p.faces.sizes[tickSize]
	_, room := p.slot(0)
	texts, mark := p.numbers(targets, unit), float64(targetMark+targetGap)
	if mark+widest(f, texts) > room-nameSide {
		texts = p.numbers(targets, "")
	}
	if mark+widest(f, texts) > room-nameSide {
		mark = 0
	}
	if mark+widest(f, texts) > room-nameSide {
		return
	}
	p.bottom -= targetHeight
	for slot, text := range texts {
		middle, _ := p.slot(slot)
		x := middle - (mark+width(f, text))/2
		y := p.bottom + (targetHeight+capital(tickSize))/2
		if mark > 0 {
			line := y - capital(tickSize)/2
			p.rectangle(x, line-dashThick/2, x+targetMark, line+dashThick/2, black)
		}
		p.text(f, text, x+mark, y, ink)
	}
}

// numbers writes values as the chart does, with a unit behind each.
func (p *picture) numbers(values []float64, unit string) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = behind(number(value, precision(p.scale.size())), unit)
	}
	return texts
}
