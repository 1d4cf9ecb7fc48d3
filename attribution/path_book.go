package attribution

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

const (
	// listedSteps is how many channels of a path are stored. A longer path is identified by its
	// length and a hash, so that memory does not grow with the length of journeys.
	listedSteps = 1000
	// shownSteps is how many channels reports print of each end of a path that has more than twice as
	// many.
	shownSteps = 10
)

// A knownPath is the sequence of channels of a journey, or of a journey after a transform.
type knownPath struct {
	known           string  // its key in the book
	id              string  // a hash of the names of its channels: the same in every run
	channels        []int32 // dense keys; of more than listedSteps, shownSteps of each end
	steps, distinct int32
	collapsed       int32 // the path in which consecutive repeats of a channel are one
	unique          int32 // the path that has each channel at its first place only
}

// A pathBook numbers paths. It belongs to one goroutine.
type pathBook struct {
	names []string // of channels, by key
	paths []knownPath
	byKey map[string]int32

	seen  []int32 // by channel: the last path that had it, counted by paths looked at
	looks int32
	key   []byte // scratch
}

func newPathBook(names []string) *pathBook {
	return &pathBook{names: names, byKey: map[string]int32{}, seen: make([]int32, len(names))}
}

// number returns the number of a path. A new path is added, together with its transformed paths.
func (b *pathBook) number(channels []int32) int32 {
	b.key = keyOfPath(b.key[:0], channels)
	if at, isKnown := b.byKey[string(b.key)]; isKnown {
		return at
	}
	at := int32(len(b.paths))
	known := string(b.key)
	b.byKey[known] = at
	collapsed, unique := slices.Compact(slices.Clone(channels)), b.firsts(channels)
	p := knownPath{known: known, id: b.idOf(channels), channels: slices.Clone(channels), steps: int32(len(channels)), distinct: int32(len(unique)), collapsed: at, unique: at}
	if len(channels) > listedSteps {
		p.channels = slices.Concat(channels[:shownSteps], channels[len(channels)-shownSteps:])
	}
	b.paths = append(b.paths, p)
	if len(collapsed) < len(channels) {
		n := b.number(collapsed)
		b.paths[at].collapsed = n
	}
	if len(unique) < len(channels) {
		n := b.number(unique)
		b.paths[at].unique = n
	}
	return at
}

// keyOfPath appends the key of a path: its channels, or their hash if there are many.
func keyOfPath(key []byte, channels []int32) []byte {
	key = append(key, 0)
	for _, c := range channels {
		key = binary.AppendUvarint(key, uint64(c))
	}
	if len(channels) <= listedSteps {
		return key
	}
	hash := sha256.Sum256(key)
	return append(binary.AppendUvarint(append(key[:0], 1), uint64(len(channels))), hash[:]...)
}

// idOf is the hash of a path, which identifies it in tables and across runs.
func (b *pathBook) idOf(channels []int32) string {
	hash := sha256.New()
	for _, c := range channels {
		hash.Write([]byte(b.names[c]))
		hash.Write([]byte{0x1f})
	}
	return hex.EncodeToString(hash.Sum(nil)[:8])
}

// firsts are the channels of a path, each at its first place.
func (b *pathBook) firsts(channels []int32) []int32 {
	b.looks++
	var firsts []int32
	for _, c := range channels {
		if b.seen[c] != b.looks {
			b.seen[c] = b.looks
			firsts = append(firsts, c)
		}
	}
	return firsts
}

// text is a path as reports print it: the names of its channels, of a long path those of both ends.
func (b *pathBook) text(p *knownPath) string {
	if p.steps <= 2*shownSteps {
		return b.join(p.channels)
	}
	return b.join(p.channels[:shownSteps]) + fmt.Sprintf(" > (%d more) > ", p.steps-2*shownSteps) + b.join(p.channels[len(p.channels)-shownSteps:])
}

func (b *pathBook) join(channels []int32) string {
	names := make([]string, len(channels))
	for i, c := range channels {
		names[i] = b.names[c]
	}
	return strings.Join(names, " > ")
}

// merge adds the paths of another book, and returns the number of each of them in this one.
func (b *pathBook) merge(other *pathBook) []int32 {
	numbers := make([]int32, len(other.paths))
	var added []int32
	for i, p := range other.paths {
		at, isKnown := b.byKey[p.known]
		if !isKnown {
			at = int32(len(b.paths))
			b.byKey[p.known] = at
			b.paths = append(b.paths, p)
			added = append(added, at)
		}
		numbers[i] = at
	}
	for _, at := range added {
		p := &b.paths[at]
		p.collapsed, p.unique = numbers[p.collapsed], numbers[p.unique]
	}
	return numbers
}

// sort renumbers the paths in an order that does not depend on which worker found a path first. It
// returns the new number of each path.
func (b *pathBook) sort() []int32 {
	order := make([]int32, len(b.paths))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int { return strings.Compare(b.paths[x].known, b.paths[y].known) })
	numbers := make([]int32, len(order))
	for to, from := range order {
		numbers[from] = int32(to)
	}
	sorted := make([]knownPath, len(order))
	for to, from := range order {
		p := b.paths[from]
		p.collapsed, p.unique = numbers[p.collapsed], numbers[p.unique]
		sorted[to], b.byKey[p.known] = p, int32(to)
	}
	b.paths = sorted
	return numbers
}
