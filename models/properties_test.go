package models

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
)

// everyModel is the shipped models and instances of every kind that the configuration can declare.
func everyModel(t interface{ Fatal(...any) }) []credit.Model {
	list, err := Select(nil, []config.CustomModel{
		{Name: "custom_all", Kind: "positional", Anchors: map[string]float64{"FT": 12.5, "LT": 12.5, "LC": 25, "OC": 20, "CW": 10}, Middle: 20},
		{Name: "custom_lc_middle", Kind: "positional", Anchors: map[string]float64{"LC": 30}, Middle: 70},
		{Name: "custom_middle", Kind: "positional", Middle: 100},
		{Name: "decay_1s", Kind: "time_decay", HalfLifeDays: 1.0 / 86400},
		{Name: "decay_100y", Kind: "time_decay", HalfLifeDays: 36500},
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// journeys draws journeys that reach the edges: ties, one touch, years between touches, leads
// before, after and never.
func journeys(t *rapid.T) ([]credit.Touch, credit.Milestones) {
	const day = int64(86_400_000_000)
	n := rapid.IntRange(1, 12).Draw(t, "touches")
	gap := rapid.SampledFrom([]int64{0, 1, 1_000_000, day, 30 * day, 7 * day, 400 * day})
	at := int64(1_700_000_000_000_000)
	var touches []credit.Touch
	for range n {
		at += gap.Draw(t, "gap")
		touch := credit.Touch{OccurredUS: at, LeadUS: credit.Never, Direct: rapid.Bool().Draw(t, "direct")}
		if rapid.Bool().Draw(t, "is a lead") {
			touch.LeadUS = at + rapid.SampledFrom([]int64{-day, -600_000_001, -600_000_000, 0, 1, day}).Draw(t, "lead")
			touch.LeadFromUS, touch.LeadUntilUS = touch.LeadUS, touch.LeadUS
		}
		touches = append(touches, touch)
	}
	m := credit.Milestones{
		CreatedUS: at - rapid.SampledFrom([]int64{-day, 0, 1, day, 1000 * day}).Draw(t, "created"),
		GraceUS:   600_000_000,
		IsRevenue: rapid.Bool().Draw(t, "revenue"),
	}
	m.AnchorUS = at + rapid.Int64Range(0, 3*day).Draw(t, "anchor")
	return touches, m
}

func TestEveryModelAllocatesExactly(t *testing.T) {
	list := everyModel(t)
	rapid.Check(t, func(t *rapid.T) {
		touches, milestones := journeys(t)
		value := rapid.OneOf(
			rapid.Int64(), rapid.Int64Range(-1000, 1000),
			rapid.SampledFrom([]int64{0, math.MinInt64, math.MaxInt64, 1<<53 + 1, 1_000_000}),
		).Draw(t, "value")
		for _, m := range list {
			journey := credit.NewJourney(touches, milestones)
			w := make([]uint64, len(touches))
			m.Weights(journey, w)
			credits, err := credit.Allocate(value, w)
			if err != nil {
				t.Fatalf("%s: %v", m.Name, err)
			}
			if credits == nil {
				continue // no_anchor
			}
			total, sum := new(big.Int), new(big.Int)
			for _, weight := range w {
				total.Add(total, new(big.Int).SetUint64(weight))
			}
			for i, credit := range credits {
				sum.Add(sum, big.NewInt(credit))
				if w[i] == 0 && credit != 0 {
					t.Errorf("%s: a touch without weight earns %d", m.Name, credit)
				}
				// |credit * T - V * w| < T: less than one unit from the exact share.
				off := new(big.Int).Mul(big.NewInt(credit), total)
				off.Sub(off, new(big.Int).Mul(big.NewInt(value), new(big.Int).SetUint64(w[i])))
				if off.CmpAbs(total) >= 0 {
					t.Errorf("%s: credit %d of touch %d is a unit or more from its share (value %d, weights %d)", m.Name, credit, i, value, w)
				}
			}
			if sum.Cmp(big.NewInt(value)) != 0 {
				t.Errorf("%s: credits sum to %v, not %d", m.Name, sum, value)
			}
			if value != math.MinInt64 {
				negated, err := credit.Allocate(-value, w)
				if err != nil {
					t.Fatal(err)
				}
				for i := range credits {
					if negated[i] != -credits[i] {
						t.Errorf("%s: %d negated is %d", m.Name, credits[i], negated[i])
					}
				}
			}
		}
	})
}

func TestOneTouchEarnsAllOrNothing(t *testing.T) {
	list := everyModel(t)
	rapid.Check(t, func(t *rapid.T) {
		touches, milestones := journeys(t)
		for _, m := range list {
			w := make([]uint64, 1)
			m.Weights(credit.NewJourney(touches[:1], milestones), w)
			credits, err := credit.Allocate(777, w)
			if err != nil || (credits != nil && credits[0] != 777) {
				t.Errorf("%s: credits %v, %v", m.Name, credits, err)
			}
		}
	})
}

// The shipped weights are the correctly rounded ones: an independent computation by repeated square
// roots, in 300 bits.
func TestTimeDecayIsRoundedCorrectly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		halfLife := rapid.SampledFrom([]int64{30 * 86_400_000_000, 7 * 86_400_000_000, 1_000_000, 3}).Draw(t, "half-life")
		age := rapid.OneOf(rapid.Int64Range(0, 45*halfLife), rapid.Int64Range(0, 1000), rapid.Just(41*halfLife), rapid.Just(41*halfLife+1)).Draw(t, "age")
		if got, want := decay(age, halfLife), decayBySquareRoots(age, halfLife); got != want {
			t.Fatalf("decay(%d, %d) = %d, want %d", age, halfLife, got, want)
		}
	})
}

// Near one half the floating-point result cannot be trusted; among this many ages some are that
// near.
func TestTimeDecayIsRoundedCorrectlyNearOneHalf(t *testing.T) {
	const halfLife = int64(30 * 86_400_000_000)
	r := rand.New(rand.NewPCG(1, 2))
	near := 0
	for range 400_000 {
		age := r.Int64N(halfLife)
		exact := math.Ldexp(math.Exp2(-float64(age)/float64(halfLife)), 40)
		if _, fraction := math.Modf(exact); math.Abs(fraction-0.5) > 1.0/4096 {
			continue
		}
		near++
		if got, want := decay(age, halfLife), decayBySquareRoots(age, halfLife); got != want {
			t.Fatalf("decay(%d, %d) = %d, want %d", age, halfLife, got, want)
		}
	}
	if near == 0 {
		t.Error("no age was near one half")
	}
}

// Ages of a half-life of 30 days whose exact weight lies so near one half that 64-bit floating
// point rounds it to the wrong side. The weights were computed with 80 decimal digits:
// 970585538334.49999923..., for example, is 970585538334.
func TestTimeDecayWhereFloatingPointIsWrong(t *testing.T) {
	const halfLife = int64(30 * 86_400_000_000)
	wrong := 0
	for age, want := range map[int64]uint64{
		1_439_233_880_962: 748_255_496_425,
		466_393_054_581:   970_585_538_334,
		1_278_860_557_250: 781_043_767_694,
		492_488_553_380:   963_835_978_951,
		1_136_995_515_277: 811_243_649_196,
		1_168_135_070_199: 804_516_250_218,
	} {
		if got := decay(age, halfLife); got != want {
			t.Errorf("decay(%d) = %d, want %d", age, got, want)
		}
		if uint64(math.Ldexp(math.Exp2(-float64(age)/float64(halfLife)), 40)+0.5) != want {
			wrong++
		}
	}
	if wrong == 0 {
		t.Error("floating point is right at all of these ages: the test proves nothing")
	}
}

// decayBySquareRoots multiplies 2^(-2^-k) for every bit k of the binary fraction of age/halfLife.
func decayBySquareRoots(age, halfLife int64) uint64 {
	const precision = 300
	float := func(x int64) *big.Float { return new(big.Float).SetPrec(precision).SetInt64(x) }
	weight := new(big.Float).SetPrec(precision).SetMantExp(float(1), 40-int(age/halfLife))
	rest, root := big.NewInt(age%halfLife), new(big.Float).SetPrec(precision).SetFloat64(0.5)
	divisor := big.NewInt(halfLife)
	for range 200 {
		root.Sqrt(root)
		if rest.Lsh(rest, 1); rest.Cmp(divisor) >= 0 {
			rest.Sub(rest, divisor)
			weight.Mul(weight, root)
		}
	}
	rounded, _ := weight.Add(weight, new(big.Float).SetFloat64(0.5)).Int(nil)
	return rounded.Uint64()
}

func TestShippedDefinitionsAreSound(t *testing.T) {
	if err := Check(All()); err != nil {
		t.Error(err)
	}
	unsound := positional("unsound", "", shape{middle: 999})
	if err := Check([]credit.Model{unsound}); err == nil {
		t.Error("a declaration that totals 99.9 % was not refused")
	}
}

// Custom models always run: those that are not named come after the ones that are.
func TestSelectRunsEveryCustomModel(t *testing.T) {
	custom := []config.CustomModel{{Name: "a", Kind: "positional", Middle: 100}, {Name: "b", Kind: "time_decay", HalfLifeDays: 7}}
	for _, c := range []struct{ names, want []string }{
		{[]string{"linear"}, []string{"linear", "a", "b"}},
		{[]string{"b", "linear"}, []string{"b", "linear", "a"}},
		{nil, append(Names(All()), "a", "b")},
	} {
		got, err := Select(c.names, custom)
		if err != nil || !slices.Equal(Names(got), c.want) {
			t.Errorf("%q: got %q, %v, want %q", c.names, Names(got), err, c.want)
		}
	}
}

func TestUnsoundDefinitionsAreRefused(t *testing.T) {
	for _, c := range []struct {
		custom config.CustomModel
		want   string
	}{
		{config.CustomModel{Name: "x", Kind: "positional", Middle: 99}, `custom model "x": anchors and middle must total 100 %, not 99 %`},
		{config.CustomModel{Name: "x", Kind: "positional", Middle: 99.95}, `custom model "x": middle: 99.95 is not a percentage in steps of 0.1`},
		{config.CustomModel{Name: "x", Kind: "time_decay"}, `custom model "x": half_life_days must be more than 0 and at most 36500, not 0`},
		{config.CustomModel{Name: "x", Kind: "markov"}, `custom model "x": kind "markov" is not known; kinds are positional, time_decay and the shipped models`},
		{config.CustomModel{Name: "linear", Kind: "positional", Middle: 100}, `model "linear" is defined twice`},
		{config.CustomModel{Name: "X y", Kind: "positional", Middle: 100}, `model "X y": a name is lower_snake_case, of at most 40 characters`},
	} {
		if _, err := Select(nil, []config.CustomModel{c.custom}); err == nil || err.Error() != c.want {
			t.Errorf("%+v: error %v, want %s", c.custom, err, c.want)
		}
	}
	if _, err := Select([]string{"liner"}, nil); err == nil {
		t.Error("an unknown name was not refused")
	}
	if _, err := Select([]string{"linear", "linear"}, nil); err == nil {
		t.Error("a name given twice was not refused")
	}
}
