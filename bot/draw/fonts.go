package draw

import (
	"fmt"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// typefaces are the fonts, parsed. They may be used by several pictures at once.
type typefaces struct{ regular, bold *sfnt.Font }

// fonts parses the fonts once, when they are first needed.
var fonts = sync.OnceValues(func() (typefaces, error) {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return typefaces{}, fmt.Errorf("parse regular font: %w", err)
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return typefaces{}, fmt.Errorf("parse bold font: %w", err)
	}
	return typefaces{regular: regular, bold: bold}, nil
})

// The sizes of letters in pixels.
const (
	titleSize  = 40
	legendSize = 30
	tickSize   = 24
	unitSize   = 26
)

// Sizes to choose from, the first that fits.
var (
	nameSizes  = []int{30, 27, 24}
	valueSizes = []int{30, 27, 24}
)

// dotsPerInch makes a font's points pixels.
const dotsPerInch = 72

// faces are the fonts in the sizes that one picture uses, by pixels. They must
// not be used by two pictures at once.
type faces struct {
	typefaces
	sizes map[int]font.Face
	title font.Face
}

func newFaces() (*faces, error) {
	parsed, err := fonts()
	if err != nil {
		return nil, err
	}
	f := &faces{typefaces: parsed, sizes: map[int]font.Face{}}
	if f.title, err = face(parsed.bold, titleSize); err != nil {
		return nil, err
	}
	for _, size := range []int{30, 27, 26, 24} {
		if f.sizes[size], err = face(parsed.regular, size); err != nil {
			return nil, err
		}
	}
	return f, nil
}

func face(f *sfnt.Font, size int) (font.Face, error) {
	made, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size), DPI: dotsPerInch, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("make font of %d pixels: %w", size, err)
	}
	return made, nil
}

// width returns how many pixels a line takes.
func width(f font.Face, line string) float64 {
	return float64(font.MeasureString(f, line)) / 64
}

// widest returns how many pixels the longest of some lines takes.
func widest(f font.Face, lines []string) float64 {
	most := 0.0
	for _, line := range lines {
		most = max(most, width(f, line))
	}
	return most
}
