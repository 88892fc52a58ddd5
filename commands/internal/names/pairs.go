package names

// pairs holds the letter pairs of one name by hash.
type pairs struct {
	hashes []uint8
}

// set is which of the 256 hashes of letter pairs a name has.
type set [4]uint64

func pairsOf(name string) pairs {
	var p pairs
	eachPair(name, func(hash uint8) { p.hashes = append(p.hashes, hash) })
	return p
}

// bound returns a similarity that q, whose pairs these are, and name cannot
// exceed: equal hashes count as equal pairs, and the words count as equal.
func (p pairs) bound(q, name string) float64 {
	if q == name {
		return 1
	}
	var have set
	total := 0
	eachPair(name, func(hash uint8) {
		have[hash>>6] |= 1 << (hash & 63)
		total++
	})
	shared := 0
	for _, hash := range p.hashes {
		shared += int(have[hash>>6] >> (hash & 63) & 1)
	}
	if shared == 0 {
		return 0.5
	}
	shared = min(shared, total)
	return (2*float64(shared)/float64(len(p.hashes)+total) + 1) / 2
}

// eachPair calls f with a hash of each two neighbouring characters of name.
func eachPair(name string, f func(hash uint8)) {
	var before rune
	for i, r := range name {
		if i > 0 {
			f(uint8((uint32(before)*0x9E3779B1 + uint32(r)*0x85EBCA77) >> 24))
		}
		before = r
	}
}
