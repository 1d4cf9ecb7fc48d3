package present

import (
	"slices"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

func table() []Column {
	return []Column{
		{Name: "campaign_id", Heading: "Campaign", Cells: []string{"Webinar: A benchmark report of the whole industry", "Fair"}, IsKey: true},
		{Name: "cost", Heading: "Cost", Cells: []string{"1,234,567.89", "0.00"}, IsNumber: true},
		{Name: "cost_per_opportunity", Heading: "Cost per opportunity", Cells: []string{"12.30", ""}, IsNumber: true},
		{Name: "ratio_reason", Heading: "Reason", Cells: []string{"", "there is no cost in the period at all, nor before it"}},
		{Name: "channel", Heading: "Channel", Cells: []string{"Webinar", "Event"}, IsKey: true},
		{Name: "revenue", Heading: "Revenue", Cells: []string{"123,456,789.00", "-1.00"}, IsNumber: true},
	}
}

func TestColumnsAreAddedWhileTheyFit(t *testing.T) {
	for width, want := range map[int]string{
		40:  "campaign_id cost channel",
		60:  "campaign_id cost cost_per_opportunity channel",
		80:  "campaign_id cost cost_per_opportunity channel",
		120: "campaign_id cost cost_per_opportunity ratio_reason channel revenue",
		200: "campaign_id cost cost_per_opportunity ratio_reason channel revenue",
	} {
		shown, widths := Fit(table(), width)
		var names []string
		for _, c := range shown {
			names = append(names, c.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%d columns: %s, want %s", width, got, want)
		}
		lines := Lines(shown, widths)
		for _, line := range lines {
			if text.StringWidth(line) > width || strings.HasSuffix(line, " ") {
				t.Errorf("%d columns: %q", width, line)
			}
		}
		if all := strings.Join(lines, "\n"); !strings.Contains(all, "1,234,567.89") {
			t.Errorf("%d columns: a number is cut:\n%s", width, all)
		}
		if left := Named(table(), shown); len(left)+len(shown) != len(table()) {
			t.Errorf("%d columns: %v are left out", width, left)
		}
	}
}

func TestATableIsDrawn(t *testing.T) {
	columns := []Column{
		{Heading: "Channel", Cells: []string{"Email", "A channel with a long name", "日本語のチャネル"}, IsKey: true},
		{Heading: "Cost per opportunity", Cells: []string{"1,234.50", "", "-7.00"}, IsNumber: true},
	}
	want := strings.Join([]string{
		"                   Cost per",
		"Channel         opportunity",
		"──────────────  ───────────",
		"Email              1,234.50",
		"A channel wit…",
		"日本語のチャ…         -7.00",
	}, "\n")
	if got := strings.Join(Lines(columns, []int{14, 11}), "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestKeysGiveWayWhereNothingElseCan(t *testing.T) {
	long := strings.Repeat("x", 40)
	columns := []Column{
		{Name: "a", Heading: "A", Cells: []string{long}, IsKey: true},
		{Name: "b", Heading: "B", Cells: []string{long}, IsKey: true},
		{Name: "c", Heading: "C", Cells: []string{"1,000,000"}, IsKey: true, IsNumber: true},
	}
	shown, widths := Fit(columns, 24)
	if len(shown) != 3 || widths[2] != 9 || widths[0]+widths[1]+widths[2]+2*Gap > 24 {
		t.Errorf("%d columns of %v", len(shown), widths)
	}
}

func TestATextThatIsWholeIsNotCut(t *testing.T) {
	long := strings.Repeat("x", 30)
	columns := []Column{{Heading: "A", Cells: []string{long}, IsKey: true}, {Heading: "B", Cells: []string{long}, IsKey: true, IsWhole: true}}
	shown, widths := Fit(columns, 40)
	if lines := Lines(shown, widths); widths[0] != 8 || !strings.HasSuffix(lines[len(lines)-1], "  "+long) {
		t.Errorf("%v: %q", widths, lines)
	}
}

func TestTextsThatWouldLookTheSameKeepTheirEnds(t *testing.T) {
	c := Column{Cells: []string{"Conference in Berlin 2024", "Conference in Berlin 2025", "Conference in Berlin 2025", "Short", "日本語のチャネル"}}
	if got, want := c.cut(14), []string{"Confere…n 2024", "Confere…n 2025", "Confere…n 2025", "Short", "日本語のチャ…"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTextsAreBrokenBetweenWords(t *testing.T) {
	if got := Broken("one two three  four", 8); !slices.Equal(got, []string{"one two", "three", "four"}) {
		t.Errorf("%q", got)
	}
	if got := Cut("Webinar and more", 9); got != "Webinar…" {
		t.Errorf("%q", got)
	}
}
