package names_test

import (
	"fmt"
	"testing"

	"fifteen/commands/internal/names"
)

// many is the number of open deals of a very large organisation.
const many = 20_000

// BenchmarkBest measures one look-up among 20,000 names of about 15 bytes: made
// from words (few resemble the query), and all alike (every one does).
func BenchmarkBest(b *testing.B) {
	for _, bc := range []struct {
		name       string
		candidates []string
		queries    []string
	}{
		{"words", fromWords(), []string{"northwnd trdaers", "acmee", "delta wroks", "Škoda praha"}},
		{"alike", numbered(), []string{"copmany", "compny 01234", "Company 9999x"}},
	} {
		for _, query := range bc.queries {
			b.Run(bc.name+"/"+query, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					names.Best(query, bc.candidates, 3)
				}
			})
		}
	}
}

func fromWords() []string {
	words := []string{"Acme", "Delta", "Works", "Northwind", "Traders", "Škoda", "Praha", "Borealis", "Omega", "Price", "Łódź", "Supply", "Global", "Nova", "Orion", "Steel", "Логистика", "Çelik", "Foods", "Media"}
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	list := make([]string, many)
	for i := range list {
		// Steps without a common divisor go through all combinations.
		middle := []byte{consonants[i%14], vowels[i%5], consonants[i/14%14], vowels[i/5%5]}
		list[i] = words[i*7%20] + " " + string(middle) + " " + words[i/20*3%20]
	}
	return list
}

func numbered() []string {
	list := make([]string, many)
	for i := range list {
		list[i] = fmt.Sprintf("Company %05d", i)
	}
	return list
}
