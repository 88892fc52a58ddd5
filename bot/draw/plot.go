package draw

import "math"

const (
	tickGap     = 14   // between a tick's value and the plot
	slotGap     = 0.16 // of a group's room stays blank between its bars and the next
	leastGap    = 12   // at least so many pixels do
	widestBar   = 150
	barGap      = 3
	shortUnit   = 45  // the most pixels of a unit that stands behind every number
	leastPlot   = 120 // with less height left the bars go without their values
	lineThick   = 2
	axisThick   = 3
	dashThick   = 8
	dashHalf    = dashThick/2 + 3 // with its white border
	dashOverlap = 10              // how far a dash goes beyond the bars of its group
	dashApart   = 8               // from one group's dash to the next, at least
)

// plot draws the bars and what stands around them.
func (p *picture) plot() {
	unit := p.unit()
	p.top += partGap
	drawTicks := p.ticks(unit)
	p.names(unit)
	l := p.labels(unit)
	p.scale.top, p.scale.bottom = p.top, p.bottom
	above, below := l.room(p)
	if p.bottom-p.top-above-below < leastPlot {
		l, above, below = labels{}, dashHalf, dashHalf
	}
	p.scale.top += above
	p.scale.bottom -= below
	drawTicks()
	for slot := range p.slots {
		p.bars(slot, anyValue)
	}
	p.rectangle(p.left, p.scale.at(0)-1, p.right, p.scale.at(0)+axisThick-1, axis)
	for slot := range p.slots {
		p.dash(slot)
		p.values(slot, l)
	}
}

// unit returns the unit if it is short enough to stand behind every number. A
// longer one stands once above the plot.
func (p *picture) unit() string {
	f := p.faces.sizes[unitSize]
	if width(f, p.chart.Unit) <= shortUnit {
		return p.chart.Unit
	}
	p.top += partGap
	p.text(f, shorten(f, p.chart.Unit, p.right-p.left), p.left, p.top+capital(unitSize), faded)
	p.top += capital(unitSize)
	return ""
}

// ticks makes room for round values beside the plot and returns what draws them.
func (p *picture) ticks(unit string) func() {
	f := p.faces.sizes[tickSize]
	values, decimals := p.scale.ticks()
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = behind(number(value, decimals), unit)
	}
	p.left = math.Ceil(p.left + widest(f, texts) + tickGap)
	return func() {
		for i, value := range values {
			y := p.scale.at(value)
			p.rectangle(p.left, y-lineThick/2, p.right, y+lineThick/2, grid)
			p.text(f, texts[i], p.left-tickGap-width(f, texts[i]), y+capital(tickSize)/2, faded)
		}
	}
}

// slot returns the middle of a group's room, and its width.
func (p *picture) slot(i int) (middle, room float64) {
	room = (p.right - p.left) / float64(p.slots)
	return p.left + room*(float64(i)+0.5), room
}

// pitch is how far it is from one bar of a group to the next, in whole pixels.
func (p *picture) pitch() float64 {
	_, room := p.slot(0)
	gap := max(leastGap, slotGap*room)
	return math.Floor(min(widestBar, (room-gap)/float64(p.series)))
}

// group returns where so many bars of a group begin and end.
func (p *picture) group(slot, bars int) (left, right float64) {
	middle, _ := p.slot(slot)
	left = math.Round(middle - p.pitch()*float64(bars)/2)
	return left, left + p.pitch()*float64(bars) - barGap
}

// bar returns where the bar of a series in a group begins and ends.
func (p *picture) bar(slot, series int) (left, right float64) {
	known, before := 0, 0
	for i, other := range p.chart.Series {
		if other.Known(slot) {
			known++
			if i < series {
				before++
			}
		}
	}
	left, _ = p.group(slot, known)
	left += p.pitch() * float64(before)
	return left, left + p.pitch() - barGap
}

// bars draws the bars of a group that are worth drawing.
func (p *picture) bars(slot int, worth func(value float64) bool) {
	zero := p.scale.at(0)
	for i, series := range p.chart.Series {
		if !series.Known(slot) || !worth(series.Values[slot]) {
			continue
		}
		end := p.scale.at(series.Values[slot])
		left, right := p.bar(slot, i)
		p.rectangle(left, min(zero, end), right, max(zero, end), palette[i])
	}
}

// anyValue is worth a bar.
func anyValue(float64) bool { return true }

// dash draws the target of a group across the room of all its bars. A white border
// sets it off, but for bars that reach it: those touch it, or they would look short.
func (p *picture) dash(slot int) {
	if slot >= len(p.chart.Targets) {
		return
	}
	y := p.scale.at(p.chart.Targets[slot])
	left, right := p.group(slot, p.series)
	_, room := p.slot(0)
	over := math.Floor(min(dashOverlap, (room-(right-left)-dashApart)/2))
	p.rectangle(left-over, y-dashHalf, right+over, y+dashHalf, white)
	p.bars(slot, func(value float64) bool { return value >= p.chart.Targets[slot] })
	p.rectangle(left-over, y-dashThick/2, right+over, y+dashThick/2, black)
}
