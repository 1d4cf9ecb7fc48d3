package models

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/attribution/credit"
)

// A worked case: one conversion, and what every model named makes of it.
type worked struct {
	name       string
	milestones credit.Milestones
	value      int64
	touches    []credit.Touch
	credits    map[string][]int64
	leftover   map[string]int64
}

// readCases reads the cases of a file; in Markdown they stand in blocks fenced with ```case.
func readCases(t *testing.T, path string) []worked {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []worked
	inside := filepath.Ext(path) != ".md"
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "```") {
			inside = line == "```case"
			continue
		}
		if !inside || line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		if word == "case" {
			cases = append(cases, worked{name: rest, credits: map[string][]int64{}, leftover: map[string]int64{},
				milestones: credit.Milestones{GraceUS: (10 * time.Minute).Microseconds()}})
			continue
		}
		if err := cases[len(cases)-1].read(word, rest); err != nil {
			t.Fatalf("%s:%d: %v", path, n, err)
		}
	}
	return cases
}

func (c *worked) read(word, rest string) (err error) {
	switch word {
	case "type":
		c.milestones.IsRevenue = rest == "revenue"
	case "created":
		c.milestones.CreatedUS, err = micros(rest)
	case "converted":
		c.milestones.AnchorUS, err = micros(rest)
	case "value":
		c.value, err = cents(rest)
	case "touch":
		words := strings.Fields(rest)
		touch := credit.Touch{LeadUS: credit.Never}
		if touch.OccurredUS, err = micros(words[0]); err != nil {
			return err
		}
		for i, w := range words {
			switch w {
			case "direct":
				touch.Direct = true
			case "lead":
				if touch.LeadUS, err = micros(words[i+1]); err != nil {
					return err
				}
				touch.LeadFromUS, touch.LeadUntilUS = touch.LeadUS, touch.LeadUS
			}
		}
		c.touches = append(c.touches, touch)
	default:
		credits, left, hasLeft := strings.Cut(rest, "|")
		for _, amount := range strings.Fields(credits) {
			credit, err := cents(amount)
			if err != nil {
				return err
			}
			c.credits[word] = append(c.credits[word], credit)
		}
		if hasLeft {
			c.leftover[word], err = cents(strings.TrimSpace(left))
		}
	}
	return err
}

func micros(text string) (int64, error) {
	at, err := time.Parse(time.RFC3339, text)
	return at.UnixMicro(), err
}

func cents(text string) (int64, error) {
	whole, fraction, found := strings.Cut(text, ".")
	if !found || len(fraction) != 2 {
		return 0, fmt.Errorf("%q has not two decimals", text)
	}
	return strconv.ParseInt(whole+fraction, 10, 64)
}

func TestCasesWorkedByHand(t *testing.T) {
	known := map[string]credit.Model{}
	for _, m := range All() {
		known[m.Name] = m
	}
	covered := map[string]bool{}
	files, err := filepath.Glob("../testdata/cases/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, "../docs/worked_journey.md") {
		cases := readCases(t, file)
		if len(cases) == 0 {
			t.Errorf("%s holds no case", file)
		}
		for _, c := range cases {
			t.Run(c.name, func(t *testing.T) {
				journey := credit.NewJourney(c.touches, c.milestones)
				for name, expected := range c.credits {
					m, ok := known[name]
					if !ok {
						t.Errorf("%s: there is no model %q", file, name)
						continue
					}
					covered[name] = true
					w := make([]uint64, len(c.touches))
					m.Weights(journey, w)
					credits, err := credit.Allocate(c.value, w)
					if err != nil {
						t.Fatal(err)
					}
					left := int64(0)
					if credits == nil {
						credits, left = make([]int64, len(w)), c.value
					}
					if fmt.Sprint(credits) != fmt.Sprint(expected) || left != c.leftover[name] {
						t.Errorf("%s: credits %v and %d left, by hand %v and %d (weights %d)", name, credits, left, expected, c.leftover[name], w)
					}
				}
			})
		}
	}
	for _, m := range All() {
		if !covered[m.Name] {
			t.Errorf("model %s has no case worked by hand in testdata/cases", m.Name)
		}
	}
}
