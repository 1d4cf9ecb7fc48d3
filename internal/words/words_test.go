package words

import (
	"math"
	"testing"
)

func TestNumbersHaveThousandsSeparators(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 7: "7", 999: "999", 1000: "1,000", -1: "-1", -999: "-999", -1234: "-1,234", 123456: "123,456",
		1234567: "1,234,567", math.MaxInt64: "9,223,372,036,854,775,807", math.MinInt64: "-9,223,372,036,854,775,808"} {
		if got := Number(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
	if got := Number(uint64(math.MaxUint64)); got != "18,446,744,073,709,551,615" {
		t.Error(got)
	}
	if got := Number(int32(-1000)); got != "-1,000" {
		t.Error(got)
	}
}

func TestCountsAgreeWithTheirNouns(t *testing.T) {
	for _, test := range []struct {
		n    int
		noun string
		want string
	}{
		{0, "row", "0 rows"}, {1, "row", "1 row"}, {2, "row", "2 rows"}, {1234, "bad row", "1,234 bad rows"},
		{2, "touch", "2 touches"}, {2, "opportunity", "2 opportunities"}, {2, "copy", "2 copies"}, {2, "key", "2 keys"},
		{2, "day", "2 days"}, {2, "person", "2 people"}, {1, "person", "1 person"}, {3, "known person", "3 known people"},
		{2, "class", "2 classes"}, {2, "index", "2 indexes"},
	} {
		if got := Count(test.n, test.noun); got != test.want {
			t.Errorf("%d %s: %s, want %s", test.n, test.noun, got, test.want)
		}
	}
	if got := Choose(1, "is", "are") + Choose(0, "is", "are"); got != "isare" {
		t.Error(got)
	}
}

func TestListsStayShort(t *testing.T) {
	for _, test := range []struct {
		names []string
		want  string
	}{
		{nil, ""}, {[]string{"a"}, "a"}, {[]string{"a", "b"}, "a, b"}, {[]string{"a", "b", "c"}, "a, b and 1 more"},
	} {
		if got := List(test.names, 2); got != test.want {
			t.Errorf("%q: %s, want %s", test.names, got, test.want)
		}
	}
}

func TestDecimalsHaveThousandsSeparators(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "999.5": "999.5", "1000.00": "1,000.00", "-1234567.1234": "-1,234,567.1234", "-123": "-123"} {
		if got := Decimal(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestNamesThatBeginWithWhatWasGiven(t *testing.T) {
	known := []string{"channel_performance", "channel_mapping", "coverage", "paths"}
	for given, want := range map[string]string{
		"channels":           " (did you mean channel_mapping or channel_performance?)",
		"channel":            " (did you mean channel_mapping or channel_performance?)",
		"channel_perf":       " (did you mean channel_performance?)",
		"chanel_performance": " (did you mean channel_performance?)",
		"path":               " (did you mean paths?)",
		"co":                 "",
		"s":                  "",
		"nothing":            "",
	} {
		if got := DidYouMeanOneOf(given, known); got != want {
			t.Errorf("%s: %q, want %q", given, got, want)
		}
	}
}
