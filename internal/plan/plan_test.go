package plan

import (
	"math/big"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func rat(t *testing.T, text string) *big.Rat {
	t.Helper()
	value, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatal(text)
	}
	return value
}

// 10,000 / 1,000 = 10 customers, and 10 / 2 % = 500 leads: no more, although 0.02 has no exact binary
// fraction.
func TestTheGoalOfTheDocumentation(t *testing.T) {
	goal, err := Decimal("10000")
	if err != nil {
		t.Fatal(err)
	}
	deal, err := Decimal("1000")
	if err != nil {
		t.Fatal(err)
	}
	rate, err := Decimal("0.02")
	if err != nil {
		t.Fatal(err)
	}
	customers, err := Needed(goal, deal)
	if err != nil || customers != 10 {
		t.Errorf("%d customers, %v", customers, err)
	}
	leads, err := Needed(new(big.Rat).SetInt64(customers), rate)
	if err != nil || leads != 500 {
		t.Errorf("%d leads, %v", leads, err)
	}
}

func TestNeededRoundsUp(t *testing.T) {
	for _, test := range []struct {
		n, d string
		want int64
	}{
		{"10000", "1000", 10},
		{"10000.01", "1000", 11}, // a cent more is another customer
		{"0.01", "1000", 1},
		{"301", "301/3", 3}, // three deals of 100, 100 and 101: the mean is 100.333..., and three of them are the goal
		{"10", "0.07", 143}, // 142.857
		{"7", "7/100", 100}, // 7 of 100 leads were won: 7 customers need 100
		{"1", "3/2", 1},     // more customers than leads
	} {
		got, err := Needed(rat(t, test.n), rat(t, test.d))
		if err != nil || got != test.want {
			t.Errorf("%s / %s = %d (%v), want %d", test.n, test.d, got, err, test.want)
		}
	}
	if _, err := Needed(rat(t, "9223372036854775807"), rat(t, "0.5")); err != errTooLarge {
		t.Error(err)
	}
}

func TestThroughRoundsUp(t *testing.T) {
	for _, test := range []struct {
		leads int64
		rate  string
		want  int64
	}{{500, "0.4", 200}, {500, "0.4001", 201}, {3, "1/3", 1}, {500, "0", 0}, {0, "0.5", 0}} {
		got, err := Through(test.leads, rat(t, test.rate))
		if err != nil || got != test.want {
			t.Errorf("%d x %s = %d (%v), want %d", test.leads, test.rate, got, err, test.want)
		}
	}
}

func TestDecimalsAreReadStrictly(t *testing.T) {
	for _, text := range []string{"", "-1", "+1", "1e3", "1,000", "0", "0.00", ".5", "5.", "1/3", "0x10", " 1", "2%", "NaN", "1_000", strings.Repeat("9", 31)} {
		if value, err := Decimal(text); err == nil {
			t.Errorf("%q is %s", text, value)
		}
	}
}

func TestRounding(t *testing.T) {
	for _, test := range []struct {
		x        string
		decimals int
		rounded  string
		exact    string
	}{
		{"0.02", 6, "0.020000", "0.02"}, {"1/3", 6, "0.333333", "0.333333"}, {"2/3", 2, "0.67", "0.67"}, {"1/2", 0, "1", "1"},
		{"-1/2", 0, "-1", "-1"}, {"-0.004", 2, "0.00", "0"}, {"1005/1000", 2, "1.01", "1.01"}, {"100", 0, "100", "100"}, {"100", 2, "100.00", "100"},
	} {
		if got := Rounded(rat(t, test.x), test.decimals); got != test.rounded {
			t.Errorf("%s: %s, want %s", test.x, got, test.rounded)
		}
		if got := Exact(rat(t, test.x), test.decimals); got != test.exact {
			t.Errorf("%s: %s, want %s", test.x, got, test.exact)
		}
	}
}

// 100 leads over 1, 1 and 1: 33.33 and 66.67 are rounded to 33 and 67, so that the parts are 33, 34
// and 33.
func TestSplit(t *testing.T) {
	for _, test := range []struct {
		leads     int64
		had, want []int64
	}{
		{100, []int64{1, 1, 1}, []int64{33, 34, 33}},
		{500, []int64{60, 0, 40}, []int64{300, 0, 200}},
		{5, []int64{0, 0}, []int64{0, 0}},
		{5, nil, []int64{}},
	} {
		got, err := Split(test.leads, test.had)
		if err != nil || len(got) != len(test.want) {
			t.Fatal(got, err)
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("%d over %v: %v, want %v", test.leads, test.had, got, test.want)
			}
		}
	}
}

// 31 December 2026 is a Thursday. 90.25 days before it count as 91: 1 October, a Thursday, in the
// week of Monday 28 September, or of Sunday 27 September.
func TestLastLead(t *testing.T) {
	by := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		days      string
		weekday   time.Weekday
		day, week string
	}{
		{"90.25", time.Monday, "2026-10-01", "2026-09-28"},
		{"90.25", time.Sunday, "2026-10-01", "2026-09-27"},
		{"91", time.Monday, "2026-10-01", "2026-09-28"},
		{"0", time.Monday, "2026-12-31", "2026-12-28"},
		{"0", time.Friday, "2026-12-31", "2026-12-25"},
		{"0", time.Thursday, "2026-12-31", "2026-12-31"},
	} {
		got, err := lastLead(by, rat(t, test.days), test.weekday)
		if err != nil || got.Day.Format(time.DateOnly) != test.day || got.Week.Format(time.DateOnly) != test.week {
			t.Errorf("%s days, weeks from %s: %v, %v", test.days, test.weekday, got, err)
		}
	}
}

// Enough is needed, and one less is not enough.
func TestNeededIsTheLeastThatIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		goal := big.NewRat(rapid.Int64Range(1, 1_000_000_000_000).Draw(t, "goal"), 100)
		of := big.NewRat(rapid.Int64Range(1, 1_000_000_000).Draw(t, "n"), rapid.Int64Range(1, 1_000_000).Draw(t, "d"))
		n, err := Needed(goal, of)
		if err != nil {
			t.Skip()
		}
		reached := func(n int64) *big.Rat { return new(big.Rat).Mul(new(big.Rat).SetInt64(n), of) }
		if reached(n).Cmp(goal) < 0 || reached(n-1).Cmp(goal) >= 0 {
			t.Errorf("%s of %s each: %d", goal, of, n)
		}
	})
}

// A lower rate or a smaller deal never needs fewer.
func TestNeededFallsWithTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		customers := new(big.Rat).SetInt64(rapid.Int64Range(1, 1_000_000).Draw(t, "customers"))
		low, high := rapid.Int64Range(1, 1_000_000).Draw(t, "low"), rapid.Int64Range(1, 1_000_000).Draw(t, "high")
		if low > high {
			low, high = high, low
		}
		most, err := Needed(customers, big.NewRat(low, 1_000_000))
		if err != nil {
			t.Fatal(err)
		}
		fewest, err := Needed(customers, big.NewRat(high, 1_000_000))
		if err != nil || fewest > most {
			t.Errorf("%d at %d, %d at %d (%v)", fewest, high, most, low, err)
		}
	})
}

// The parts are the whole, each less than one lead from its exact share, and a channel without leads
// gets none.
func TestSplitLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		leads := rapid.Int64Range(0, 1_000_000_000).Draw(t, "leads")
		had := rapid.SliceOfN(rapid.Int64Range(0, 1_000_000), 1, 20).Draw(t, "had")
		total := int64(0)
		for _, n := range had {
			total += n
		}
		parts, err := Split(leads, had)
		if err != nil {
			t.Fatal(err)
		}
		sum := int64(0)
		for i, part := range parts {
			sum += part
			if total == 0 {
				continue
			}
			difference := new(big.Rat).Sub(new(big.Rat).SetInt64(part), big.NewRat(leads*had[i], total))
			if had[i] == 0 && part != 0 || difference.Abs(difference).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Errorf("%d over %v: %v", leads, had, parts)
			}
		}
		if total > 0 && sum != leads {
			t.Errorf("%d over %v: %v", leads, had, parts)
		}
	})
}

// The week begins on its weekday, and has the day in it.
func TestWeeksBeginOnTheirWeekday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(-5000, 5000).Draw(t, "day"))
		weekday := time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		week := weekOf(day, weekday)
		if week.Weekday() != weekday || week.After(day) || !week.AddDate(0, 0, 7).After(day) {
			t.Errorf("%s, weeks from %s: %s", day, weekday, week)
		}
	})
}
