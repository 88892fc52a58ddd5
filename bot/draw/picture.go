package draw

import (
	"image/color"
	"math"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font"

	"fifteen/bot"
)

// Distances in pixels.
const (
	margin     = 40
	titleStep  = 50 // from one line of the title to the next
	titleGap   = 6  // below the title
	legendStep = 44
	swatch     = 28 // a side of the coloured square before a series' name
	swatchGap  = 12
	legendGap  = 44 // between two names
	partGap    = 14
)

// picture is a chart that is being drawn. Each part takes its room off an edge
// of what is left.
type picture struct {
	dc    *gg.Context
	faces *faces
	// chart has texts that the fonts can show.
	chart         bot.Chart
	slots, series int // how many groups there are, and bars in each
	scale         scale
	// what is left
	left, top, right, bottom float64
}

func newPicture(c bot.Chart) (*picture, error) {
	f, err := newFaces()
	if err != nil {
		return nil, err
	}
	p := &picture{
		dc: gg.NewContext(Width, Height), faces: f, chart: legible(f, c),
		slots: len(c.Groups), series: len(c.Series), scale: scaleOf(c),
		left: margin, top: margin, right: Width - margin, bottom: Height - margin,
	}
	p.dc.SetColor(white)
	p.dc.Clear()
	return p, nil
}

// legible returns the chart with texts that the fonts can show.
func legible(f *faces, c bot.Chart) bot.Chart {
	shown := bot.Chart{Title: letters(f.bold, c.Title), Unit: letters(f.regular, c.Unit), Targets: c.Targets}
	for _, group := range c.Groups {
		shown.Groups = append(shown.Groups, letters(f.regular, group))
	}
	for _, series := range c.Series {
		shown.Series = append(shown.Series, bot.Series{Name: letters(f.regular, series.Name), Values: series.Values, Blank: series.Blank})
	}
	return shown
}

// title stands above everything, on at most two lines.
func (p *picture) title() {
	lines, _ := wrap(p.faces.title, p.chart.Title, p.right-p.left, 2)
	for _, line := range lines {
		p.text(p.faces.title, line, p.left, p.top+capital(titleSize), ink)
		p.top += titleStep
	}
}

// legend names the series by their colours, on one line or else on two with
// as much room for each name.
func (p *picture) legend() {
	f := p.faces.sizes[legendSize]
	named, total := false, -float64(legendGap)
	for _, series := range p.chart.Series {
		named = named || series.Name != ""
		total += swatch + swatchGap + width(f, series.Name) + legendGap
	}
	if !named {
		return
	}
	column := 0.0 // the room of one entry; 0 for what it needs
	perLine := p.series
	p.top += titleGap
	if total > p.right-p.left {
		perLine = (p.series + 1) / 2
		column = (p.right - p.left + legendGap) / float64(perLine)
	}
	x := p.left
	for i, series := range p.chart.Series {
		if i > 0 && i%perLine == 0 {
			x = p.left
			p.top += legendStep
		}
		name := series.Name
		if column > 0 {
			name = shorten(f, name, column-swatch-swatchGap-legendGap)
		}
		p.rectangle(x, p.top, x+swatch, p.top+swatch, palette[i])
		p.text(f, name, x+swatch+swatchGap, p.top+(swatch+capital(legendSize))/2, ink)
		x += max(column, swatch+swatchGap+width(f, name)+legendGap)
	}
	p.top += legendStep
}

// frame is what is drawn of a chart without bars.
func (p *picture) frame() {
	p.top += partGap
	const thick = 3
	p.rectangle(p.left, p.top, p.right, p.bottom, grid)
	p.rectangle(p.left+thick, p.top+thick, p.right-thick, p.bottom-thick, white)
}

// rectangle fills whole pixels.
func (p *picture) rectangle(left, top, right, bottom float64, c color.Color) {
	p.dc.SetColor(c)
	left, top = math.Round(left), math.Round(top)
	p.dc.DrawRectangle(left, top, math.Round(right)-left, math.Round(bottom)-top)
	p.dc.Fill()
}

// text writes a line from x on, standing on a height.
func (p *picture) text(f font.Face, line string, x, baseline float64, c color.Color) {
	p.dc.SetFontFace(f)
	p.dc.SetColor(c)
	p.dc.DrawString(line, math.Round(x), math.Round(baseline))
}

// upwards writes a line from a height upwards, centred on x.
func (p *picture) upwards(size int, line string, x, bottom float64, c color.Color) {
	p.dc.Push()
	defer p.dc.Pop()
	baseline, bottom := math.Round(x+capital(size)/2), math.Round(bottom)
	p.dc.RotateAbout(-math.Pi/2, baseline, bottom)
	p.text(p.faces.sizes[size], line, baseline, bottom, c)
}

// capital is how high a capital letter or a figure of a size stands: 0.72 of it
// in the Go fonts.
func capital(size int) float64 { return 0.72 * float64(size) }
