package demo

import (
	"embed"
	"math/rand/v2"
	"path"
	"strings"
)

//go:embed words/*.txt
var files embed.FS

// wordFiles hold sections, "# necessary yes", of one sentence or name a line.
var wordFiles = [...]string{"firms.txt", "evidence.txt", "refusals.txt", "objections.txt", "products.txt", "talk.txt"}

// words deals out the lines of the sections, shuffled, and shuffles again when
// a section runs out.
type words struct {
	random *rand.Rand
	all    map[string][]string
	left   map[string][]string
}

func newWords(random *rand.Rand) *words {
	w := &words{random: random, all: map[string][]string{}, left: map[string][]string{}}
	for _, name := range wordFiles {
		text, err := files.ReadFile(path.Join("words", name))
		if err != nil {
			panic(err) // the file was embedded
		}
		w.read(string(text))
	}
	return w
}

func (w *words) read(text string) {
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "# "); ok {
			section = name
		} else if line != "" {
			w.all[section] = append(w.all[section], line)
		}
	}
}

// draw returns the next line of a section.
func (w *words) draw(section string) string {
	left := w.left[section]
	if len(left) == 0 {
		left = append(left, w.all[section]...)
		w.random.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
	}
	w.left[section] = left[1:]
	return left[0]
}

// A firm is a company and the two people there that a rep speaks of.
type firm struct {
	name, country string
	// industry is "" where nobody would know it by the name.
	industry  industry
	who, boss string
}

// An industry is what the firms of a section of the word list do, in the team's
// words.
type industry string

const (
	food      industry = "food and drink"
	wood      industry = "wood and furniture"
	metal     industry = "metal and machines"
	glass     industry = "glass and ceramics"
	textiles  industry = "textiles and leather"
	paper     industry = "paper and print"
	household industry = "household and cosmetics"
	toys      industry = "toys and garden"
)

var industries = [...]industry{food, wood, metal, glass, textiles, paper, household, toys}

// countries are where the firms of the word list are from, by the first word of
// their sections.
var countries = [...]string{"cs", "pl", "de", "tr", "ru", english}

// english is the country whose language everything is written down in.
const english = "en"

// firms returns all firms of the word list in a random order.
func (w *words) firms() []firm {
	var all []firm
	for _, country := range countries {
		for _, industry := range industries {
			for _, name := range w.all[country+" "+string(industry)] {
				all = append(all, w.firm(name, country, industry))
			}
		}
	}
	w.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// firm makes a firm with people of its country.
func (w *words) firm(name, country string, does industry) firm {
	return firm{
		name: name, country: country, industry: does,
		who: w.draw(country + " people"), boss: w.draw(country + " people"),
	}
}

// fill puts the firm's people into a sentence.
func (f firm) fill(sentence string) string {
	return strings.NewReplacer("{who}", f.who, "{boss}", f.boss).Replace(sentence)
}
