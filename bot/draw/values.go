package draw

const (
	valueGap  = 8 // between a bar and its value
	valueSide = 4 // between two values
)

// labels is how the values of the bars are written; the zero labels are none.
type labels struct {
	size    int
	unit    string
	upright bool    // written upwards
	height  float64 // of the highest
}

// labels chooses how to write the values: as large as they fit side by side,
// without their unit if it takes too much room, or else upwards.
func (p *picture) labels(unit string) labels {
	var values []float64
	for _, series := range p.chart.Series {
		for slot := range p.slots {
			if series.Known(slot) {
				values = append(values, series.Values[slot])
			}
		}
	}
	for _, unit := range []string{unit, ""} {
		texts := p.numbers(values, unit)
		for _, size := range valueSizes {
			if widest(p.faces.sizes[size], texts) <= p.pitch()-valueSide {
				return labels{size: size, unit: unit, height: capital(size)}
			}
		}
	}
	size := valueSizes[len(valueSizes)-1]
	return labels{size: size, upright: true, height: widest(p.faces.sizes[size], p.numbers(values, ""))}
}

// room returns how much height the values take above the highest bar and below
// the lowest one, with the dashes that they stand clear of.
func (l labels) room(p *picture) (above, below float64) {
	one := l.height + valueGap
	if len(p.chart.Targets) > 0 {
		one += dashHalf
	}
	if p.scale.low < 0 {
		below = one
	}
	return one, below
}

// values writes the values of a group's bars at their ends.
func (p *picture) values(slot int, l labels) {
	if l.size == 0 {
		return
	}
	f := p.faces.sizes[l.size]
	for i, series := range p.chart.Series {
		if !series.Known(slot) {
			continue
		}
		value := series.Values[slot]
		text := p.numbers([]float64{value}, l.unit)[0]
		left, right := p.bar(slot, i)
		own := l
		if l.upright {
			own.height = width(f, text)
		}
		bottom, inside := p.place(slot, value, own)
		c := ink
		if inside {
			c = white
		}
		if l.upright {
			p.upwards(l.size, text, (left+right)/2, bottom, c)
			continue
		}
		p.text(f, text, (left+right-width(f, text))/2, bottom, c)
	}
}

// place returns the height on which a value stands: just beyond the end of its
// bar. Where the dash would cross it there, it stands inside the bar, or beyond
// the dash if the bar has no room for it.
func (p *picture) place(slot int, value float64, l labels) (bottom float64, inside bool) {
	up := 1.0 // all heights are turned over for a bar that goes down
	if value < 0 {
		up = -1
	}
	end, zero := up*p.scale.at(value), up*p.scale.at(0)
	top := end - valueGap - l.height
	if slot < len(p.chart.Targets) {
		dash := up * p.scale.at(p.chart.Targets[slot])
		within := max(end, dash+dashHalf) + valueGap
		switch crossed := dash+dashHalf > top-valueGap && dash-dashHalf < end; {
		case crossed && dash < end && within+l.height+valueGap <= zero && p.pitch()-barGap >= capital(l.size):
			top, inside = within, true
		case crossed:
			top = min(end, dash-dashHalf) - valueGap - l.height
		}
	}
	if up < 0 {
		return -top, inside
	}
	return top + l.height, inside
}
