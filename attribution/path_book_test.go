package attribution

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func book() *pathBook { return newPathBook([]string{"(none)", "Direct", "Paid search", "Webinar"}) }

// describe lists the paths of a book in its order.
func (b *pathBook) describe() (lines []string) {
	for i := range b.paths {
		p := &b.paths[i]
		lines = append(lines, fmt.Sprintf("%s %d/%d %s | %s | %s", p.id, p.steps, p.distinct, b.text(p), b.text(&b.paths[p.collapsed]), b.text(&b.paths[p.unique])))
	}
	return lines
}

func TestPathsAreNumberedWithTheirTransforms(t *testing.T) {
	b := book()
	b.number([]int32{2, 3, 3, 1, 3})
	got := strings.Join(b.describe(), "\n")
	// The ids are the first 16 digits of: printf 'Paid search\x1fWebinar\x1f...' | sha256sum
	want := "ID 5/3 Paid search > Webinar > Webinar > Direct > Webinar | Paid search > Webinar > Direct > Webinar | Paid search > Webinar > Direct\n" +
		"ID 4/3 Paid search > Webinar > Direct > Webinar | Paid search > Webinar > Direct > Webinar | Paid search > Webinar > Direct\n" +
		"ID 3/3 Paid search > Webinar > Direct | Paid search > Webinar > Direct | Paid search > Webinar > Direct"
	for _, id := range []string{"0592ddf20111179d", "6ddc7999e4d3ed6c", "271e8a31c26c0bea"} {
		want = strings.Replace(want, "ID", id, 1)
	}
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if b.number([]int32{2, 3, 1}) != 2 || len(b.paths) != 3 {
		t.Error("a known path was added again")
	}
}

// Up to 20 channels are printed in full; of more, the ends. Paths that print alike have ids of their own.
func TestLongPathsPrintTheirEnds(t *testing.T) {
	b := book()
	twenty := slices.Repeat([]int32{2, 3}, 10)
	if got := b.text(&b.paths[b.number(twenty)]); got != strings.Repeat("Paid search > Webinar > ", 9)+"Paid search > Webinar" {
		t.Errorf("20 channels: %s", got)
	}
	longer := slices.Concat(twenty[:10], []int32{1}, twenty[10:])
	other := slices.Concat(twenty[:10], []int32{0}, twenty[10:])
	x, y := b.paths[b.number(longer)], b.paths[b.number(other)]
	want := strings.Repeat("Paid search > Webinar > ", 5) + "(1 more)" + strings.Repeat(" > Paid search > Webinar", 5)
	if b.text(&x) != want || b.text(&y) != want {
		t.Errorf("21 channels: %s and %s", b.text(&x), b.text(&y))
	}
	if x.id == y.id {
		t.Error("two paths have one id")
	}
}

// Paths of more than listedSteps channels are told apart in full, though only their ends are kept.
func TestVeryLongPathsAreToldApart(t *testing.T) {
	b := book()
	most := slices.Repeat([]int32{2}, listedSteps)
	longer := slices.Repeat([]int32{2}, listedSteps+1)
	other := slices.Clone(longer)
	other[500] = 3
	numbers := []int32{b.number(most), b.number(longer), b.number(other)}
	if slices.Sort(numbers); len(slices.Compact(numbers)) != 3 {
		t.Fatalf("numbers %v", numbers)
	}
	if got := len(b.paths[b.number(most)].channels); got != listedSteps {
		t.Errorf("of %d channels, %d are kept", listedSteps, got)
	}
	p := b.paths[b.number(longer)]
	if len(p.channels) != 2*shownSteps || p.steps != listedSteps+1 || p.distinct != 1 || b.text(&b.paths[p.collapsed]) != "Paid search" {
		t.Errorf("%d channels are kept of %d steps; %d distinct", len(p.channels), p.steps, p.distinct)
	}
	if o := b.paths[b.number(other)]; b.text(&o) != b.text(&p) || b.text(&b.paths[o.collapsed]) != "Paid search > Webinar > Paid search" {
		t.Errorf("collapsed: %s", b.text(&b.paths[o.collapsed]))
	}
}

// Who met which path first does not matter.
func TestMergedBooksAreAlike(t *testing.T) {
	paths := [][]int32{{1}, {2, 2}, {3, 2, 3}, {1, 1, 1}, {2}, {3, 2}, slices.Repeat([]int32{1, 2}, listedSteps)}
	var first []string
	for turn := range len(paths) {
		one, two := book(), book()
		of := map[int][2]int32{}
		for i, p := range slices.Concat(paths[turn:], paths[:turn]) {
			if i%2 == 0 {
				of[i] = [2]int32{0, one.number(p)}
			} else {
				of[i] = [2]int32{1, two.number(p)}
			}
		}
		merged := one.merge(two)
		sorted := one.sort()
		for i, p := range slices.Concat(paths[turn:], paths[:turn]) {
			at := of[i][1]
			if of[i][0] == 1 {
				at = merged[at]
			}
			if found := one.paths[sorted[at]]; found.id != book().idOf(p) {
				t.Errorf("path %v became %s", p, one.text(&found))
			}
		}
		if got := one.describe(); first == nil {
			first = got
		} else if !slices.Equal(got, first) {
			t.Errorf("turn %d: got\n%s\nwant\n%s", turn, strings.Join(got, "\n"), strings.Join(first, "\n"))
		}
	}
}
