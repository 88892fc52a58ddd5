package draw

// For the tests of what a picture is made of.
var (
	Palette     = palette
	Ink, Faded  = ink, faded
	Number      = number
	Precision   = precision
	LargestName = nameSizes[0]
)

// Letters returns what a text becomes in the regular and in the bold font.
func Letters(text string) (regular, bold string, err error) {
	f, err := fonts()
	if err != nil {
		return "", "", err
	}
	return letters(f.regular, text), letters(f.bold, text), nil
}

// Wrap wraps words in the largest letters of a name, and returns the pixels of
// the longest line too.
func Wrap(words string, room float64, most int) (lines []string, whole bool, longest float64, err error) {
	f, err := newFaces()
	if err != nil {
		return nil, false, 0, err
	}
	face := f.sizes[LargestName]
	lines, whole = wrap(face, words, room, most)
	return lines, whole, widest(face, lines), nil
}

// Ticks returns the round values between two values, as they are written.
func Ticks(low, high float64) []string {
	values, decimals := scale{low: low, high: high}.ticks()
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = number(value, decimals)
	}
	return texts
}
