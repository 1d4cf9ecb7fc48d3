package chart

import (
	"encoding/xml"
	"errors"
	"html/template"
	"io"
	"strings"
	"testing"
)

// Every kind of chart is well-formed, has a title and a description, and shows every value as text.
func TestChartsAreWholeAndNamed(t *testing.T) {
	head := Head{Name: "n", Title: `a < "b"`, Description: "what & why"}
	value := func(amount float64, text string) *Value { return &Value{Amount: amount, Text: text} }
	for name, c := range map[string]struct {
		drawn template.HTML
		texts []string
	}{
		"bars":           {Bars(head, nil, []Row{{Label: "<x>", Values: []*Value{{Amount: 2, Text: "2 of 3", Whisker: &Interval{1, 3}}}}}), []string{"&lt;x&gt;", "2 of 3", `class="w"`}},
		"grouped bars":   {Bars(head, []string{"one", "two"}, []Row{{Label: "x", Values: []*Value{value(-1, "-1"), nil}}}), []string{"one", "two", ">-1<", ">–<", "s1", "s2"}},
		"nothing":        {Bars(head, nil, nil), nil},
		"zeros":          {Bars(head, nil, []Row{{Label: "x", Values: []*Value{value(0, "0")}}}), []string{`width="0%"`}},
		"lines":          {Lines(head, []string{"Q1", "Q2"}, []Line{{Name: "p", Values: []*Value{value(1, "1"), nil}}}, func(float64) string { return "top" }), []string{"Q1", "Q2", "top"}},
		"dots":           {Dots(head, "all", "first", []DotRow{{Label: "x", Dots: []float64{1, 2}, Emphasised: value(2, "two")}}), []string{"all", "first", ">two<"}},
		"funnel":         {Funnel(head, []Step{{Label: "lead", Value: *value(10, "10"), Onward: "half"}, {Label: "won", Value: *value(5, "5")}}), []string{"lead", "half", ">5<"}},
		"small multiple": {Multiple(head, 0, 2, []float64{1, 2}), []string{"s1"}},
	} {
		t.Run(name, func(t *testing.T) {
			text := string(c.drawn)
			decoder := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := decoder.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%v in %s", err, text)
				}
			}
			for _, want := range append(c.texts, `role="img"`, `<title id="n-t">a &lt; &#34;b&#34;</title>`, `<desc id="n-d">what &amp; why</desc>`) {
				if !strings.Contains(text, want) {
					t.Errorf("%s is not in %s", want, text)
				}
			}
			if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
				t.Errorf("a place is no number in %s", text)
			}
		})
	}
}

func TestShortenedKeepsWholeCharacters(t *testing.T) {
	for given, want := range map[string]string{"short": "short", "éééééééé": "éééé…", "abcd efgh": "abcd…"} {
		if got := Shortened(given, 5); got != want {
			t.Errorf("Shortened(%q) = %q, want %q", given, got, want)
		}
	}
}
