package demo_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fifteen/commands"
	"fifteen/scoring"
)

// sections reads the word lists.
func sections(t *testing.T) map[string][]string {
	t.Helper()
	found, err := filepath.Glob("words/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	all, section := map[string][]string{}, ""
	for _, name := range found {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSpace(line)
			if name, ok := strings.CutPrefix(line, "# "); ok {
				section = name
			} else if line != "" {
				all[section] = append(all[section], line)
			}
		}
	}
	return all
}

// industries are what the firms of the word list do.
var industries = []string{
	"food and drink", "wood and furniture", "metal and machines", "glass and ceramics", "textiles and leather",
	"paper and print", "household and cosmetics", "toys and garden",
}

func TestSectionsAreThere(t *testing.T) {
	t.Parallel()
	all := sections(t)
	want := append(make([]string, 0, 128), "notes", "next", "disqualify", "doors", "products", "pitch", "unsuitable had")
	for _, c := range scoring.Criteria {
		want = append(want, c.String()+" yes", c.String()+" unsure", c.String()+" no")
	}
	for _, reason := range scoring.Reasons {
		want = append(want, string(reason), "overcame "+string(reason))
	}
	for _, country := range []string{"cs", "pl", "de", "tr", "ru", "en"} {
		want = append(want, country+" people")
		for _, industry := range industries {
			want = append(want, country+" "+industry)
		}
		for _, reason := range scoring.Reasons {
			if country != "en" {
				want = append(want, string(reason)+" "+country)
			}
		}
	}
	for _, section := range want {
		if len(all[section]) == 0 {
			t.Errorf("section %q: got no lines", section)
		}
		delete(all, section)
	}
	for section := range all {
		t.Errorf("section %q: got lines that nobody draws", section)
	}
}

func TestNoSentenceTwice(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for section, lines := range sections(t) {
		for _, line := range lines {
			if other, ok := seen[line]; ok {
				t.Errorf("%q: got it in %q and in %q, want it once", line, other, section)
			}
			seen[line] = section
			rest := strings.NewReplacer("{who}", "", "{boss}", "").Replace(line)
			if strings.ContainsAny(rest, "{}") {
				t.Errorf("%q: got braces, want {who} and {boss} only", line)
			}
		}
	}
}

func TestNamesOfFirms(t *testing.T) {
	t.Parallel()
	c := load(t, monday)
	free := []string{"acme", "gamma", "omega", "sigma", "studio"}
	seen := map[string]string{}
	for _, row := range c.rows("SELECT name, key FROM deals") {
		name := value[string](c, row[0])
		key := commands.Key(name)
		if key != row[1] {
			t.Errorf("%s: got key %q, want %q", name, row[1], key)
		}
		if other, ok := seen[key]; ok {
			t.Errorf("%s: got the name of %s", name, other)
		}
		seen[key] = name
		for _, word := range free {
			if strings.Contains(key, word) {
				t.Errorf("%s: got %q in a name, want it left free", name, word)
			}
		}
	}
	for _, name := range []string{"borealis", "delta works"} {
		if seen[name] == "" {
			t.Errorf("got no %q", name)
		}
	}
}
