package oracle

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// oneDeal is the smallest world: one contact in the roles of one won opportunity of 1000.00.
func oneDeal(touches ...Touchpoint) World {
	return World{
		Accounts: []Account{{AccountID: "a1", Domain: "acme1.example"}},
		Contacts: []Contact{{ContactID: "c1", AccountID: "a1"}},
		Opportunities: []Opportunity{{OpportunityID: "o1", AccountID: "a1", CreatedAt: "2025-03-01T00:00:00Z",
			ClosedAt: "2025-04-01T00:00:00Z", Stage: "Closed Won", Amount: "1000.00"}},
		OpportunityContacts: []OpportunityContact{{OpportunityID: "o1", ContactID: "c1"}},
		Touchpoints:         touches,
		Options:             DefaultOptions(),
	}
}

func touchAt(id, at string) Touchpoint {
	return Touchpoint{TouchID: id, OccurredAt: at, ContactID: "c1", Channel: "Email"}
}

// fiveTouches is a journey in which the anchors of revenue fall on t1 (FT), t2 (LC), t4 (OC) and t5
// (LT, CW).
func fiveTouches() World {
	w := oneDeal(
		touchAt("t1", "2025-01-01T00:00:00Z"),
		touchAt("t2", "2025-02-01T00:05:00Z"),
		touchAt("t3", "2025-02-20T00:00:00Z"),
		touchAt("t4", "2025-03-01T00:00:00Z"),
		touchAt("t5", "2025-03-20T00:00:00Z"),
	)
	w.Touchpoints[4].Channel = "DIRECT"
	w.Contacts[0].CreatedAt = "2025-02-01T00:00:00Z"
	return w
}

func run(t *testing.T, w World) Result {
	t.Helper()
	r, err := Run(w)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// credited writes one model's credit of one conversion, in order: "t1=40000 t2=6667", without
// zeros.
func credited(r Result, conversionType, opportunity, model string) string {
	var parts []string
	for _, c := range r.Credits {
		if c.ConversionType == conversionType && c.OpportunityID == opportunity && c.Minor[model].Sign() != 0 {
			parts = append(parts, fmt.Sprintf("%s%s=%s", c.TouchID, c.Reason, c.Minor[model]))
		}
	}
	return strings.Join(parts, " ")
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

func TestModelsByHand(t *testing.T) {
	w := fiveTouches()
	w.Options.Custom = []Custom{{ID: "closing", CW: 60, OC: 20, Middle: 20}, {ID: "only_close", CW: 100}}
	r := run(t, w)
	for _, c := range []struct{ model, pipeline, revenue string }{
		{"first_touch", "t1=100000", "t1=100000"},
		{"last_touch", "t4=100000", "t5=100000"},
		{"last_non_direct", "t4=100000", "t4=100000"},
		{"linear", "t1=25000 t2=25000 t3=25000 t4=25000", "t1=20000 t2=20000 t3=20000 t4=20000 t5=20000"},
		{"position_based", "t1=40000 t2=10000 t3=10000 t4=40000", "t1=40000 t2=6667 t3=6666 t4=6667 t5=40000"},
		{"j_shaped", "t1=20000 t2=10000 t3=10000 t4=60000", "t1=20000 t2=6667 t3=6666 t4=6667 t5=60000"},
		{"inverse_j", "t1=60000 t2=10000 t3=10000 t4=20000", "t1=60000 t2=6667 t3=6666 t4=6667 t5=20000"},
		{"lead_creation", "t2=100000", "t2=100000"},
		{"u_shaped", "t1=50000 t2=50000", "t1=50000 t2=50000"},
		{"u_shaped_middle", "t1=40000 t2=40000 t3=10000 t4=10000", "t1=40000 t2=40000 t3=6667 t4=6666 t5=6667"},
		{"w_shaped", "t1=30000 t2=30000 t3=10000 t4=30000", "t1=30000 t2=30000 t3=5000 t4=30000 t5=5000"},
		// 225/775 = 29032.26, 450/775 = 58064.52, 550/775 = 70967.74 of 100000
		{"full_path", "t1=29032 t2=29033 t3=12903 t4=29032", "t1=22500 t2=22500 t3=10000 t4=22500 t5=22500"},
		// without CW: OC 20 and the middle 20 of t1, t2, t3; with it the middle 20 is split over
		// t1, t2, t3
		{"closing", "t1=16667 t2=16666 t3=16667 t4=50000", "t1=6667 t2=6666 t3=6667 t4=20000 t5=60000"},
		{"only_close", "no_anchor=100000", "t5=100000"},
	} {
		expect(t, c.model+" pipeline", credited(r, Pipeline, "o1", c.model), c.pipeline)
		expect(t, c.model+" revenue", credited(r, Revenue, "o1", c.model), c.revenue)
	}
}

func TestFewTouches(t *testing.T) {
	one := run(t, oneDeal(touchAt("t1", "2025-02-01")))
	two := run(t, oneDeal(touchAt("t1", "2025-02-01"), touchAt("t2", "2025-02-02")))
	for _, c := range []struct{ model, one, two string }{
		{"position_based", "t1=100000", "t1=50000 t2=50000"},
		{"j_shaped", "t1=100000", "t1=25000 t2=75000"},
		{"inverse_j", "t1=100000", "t1=75000 t2=25000"},
		{"lead_creation", "no_anchor=100000", "no_anchor=100000"},
		{"u_shaped", "t1=100000", "t1=100000"},
		{"w_shaped", "t1=100000", "t1=50000 t2=50000"},
		{"full_path", "t1=100000", "t1=50000 t2=50000"},
	} {
		expect(t, c.model+", one", credited(one, Pipeline, "o1", c.model), c.one)
		expect(t, c.model+", two", credited(two, Pipeline, "o1", c.model), c.two)
	}
	// revenue: FT .225 on t1, OC and CW .45 on t2
	expect(t, "full_path revenue", credited(two, Revenue, "o1", "full_path"), "t1=33333 t2=66667")
}

func TestWShapedWithoutLeadCreation(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-01-01"), touchAt("t2", "2025-02-01"), touchAt("t3", "2025-02-02"))
	w.Opportunities[0].Amount = "70.00"
	expect(t, "3/7 1/7 3/7", credited(run(t, w), Pipeline, "o1", "w_shaped"), "t1=3000 t2=1000 t3=3000")
}

func TestTimeDecay(t *testing.T) {
	w := oneDeal(touchAt("t1", "2025-01-01T00:00:00Z"), touchAt("t2", "2025-01-31T00:00:00Z"))
	w.Opportunities[0].Amount = "90.00"
	expect(t, "one half-life", credited(run(t, w), Pipeline, "o1", "time_decay"), "t1=3000 t2=6000")
	w.Touchpoints[1].OccurredAt = "2025-01-08T00:00:00Z"
	expect(t, "one half-life of 7 d", credited(run(t, w), Pipeline, "o1", "time_decay_7d"), "t1=3000 t2=6000")

	const hour = int64(3600 * 1_000_000)
	for _, c := range []struct {
		age  int64
		want int64
	}{
		{0, 1 << 40}, {hour, 1 << 39}, {40 * hour, 1}, {41 * hour, 1}, {41*hour + 1, 0}, {200 * hour, 0}, {1 << 62, 0},
	} {
		if got := decayWeight(c.age, hour); got.Cmp(big.NewInt(c.want)) != 0 {
			t.Errorf("weight at age %d = %s, want %d", c.age, got, c.want)
		}
	}
	// For a half of a half-life the weight w is right exactly when (2w-1)^2 <= 2^81 < (2w+1)^2, and
	// for a third when the cubes of the same hold 2^122.
	for _, c := range []struct{ parts, power int64 }{{2, 81}, {3, 122}, {10, 409}} {
		weight := decayWeight(hour/c.parts, hour)
		below := new(big.Int).Sub(new(big.Int).Lsh(weight, 1), big.NewInt(1))
		above := new(big.Int).Add(below, big.NewInt(2))
		exact := new(big.Int).Lsh(big.NewInt(1), uint(c.power))
		parts := big.NewInt(c.parts)
		if below.Exp(below, parts, nil).Cmp(exact) > 0 || above.Exp(above, parts, nil).Cmp(exact) <= 0 {
			t.Errorf("weight at 1/%d of the half-life = %s is not the nearest whole", c.parts, weight)
		}
	}
}

func TestAllocate(t *testing.T) {
	for _, c := range []struct {
		total   int64
		weights []int64
		want    string
	}{
		{100, []int64{1, 1, 1}, "[33 34 33]"},
		{-100, []int64{1, 1, 1}, "[-33 -34 -33]"},
		{1, []int64{1, 1}, "[1 0]"}, // 0.5 rounds away from zero
		{-1, []int64{1, 1}, "[-1 0]"},
		{5, []int64{0, 3, 0, 1}, "[0 4 0 1]"},
		{0, []int64{2, 1}, "[0 0]"},
		{9007199254740993, []int64{1, 2}, "[3002399751580331 6004799503160662]"},
	} {
		var weights []*big.Int
		for _, w := range c.weights {
			weights = append(weights, big.NewInt(w))
		}
		expect(t, fmt.Sprint(c.total, c.weights), fmt.Sprint(allocate(big.NewInt(c.total), weights)), c.want)
	}
}

// TestRandomWorlds runs many small worlds: all sums tie, and the edges are reached.
func TestRandomWorlds(t *testing.T) {
	reached := edges{}
	for seed := range uint64(300) {
		w := Random(rand.New(rand.NewPCG(seed, 1)))
		r, err := Run(w)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		checkSums(t, seed, r)
		checkReports(t, seed, w, r)
		checkContract(t, seed, w, r)
		countEdges(w, r, reached)
		reached.ofRules(t, w, r)
	}
	for _, edge := range append(ruleEdges, NoAccount, NoPeople, NoTouches, OnlyExcluded, AfterConversionOnly, OutsideLookback, BeforeLastWin, NoTouchInScope, NoAnchor,
		AfterAsOf, "reversal", "journey of another", "one touch", "tie", "open", "missing", "negative", "zero", "huge",
		"path "+Roles, "path "+AccountGroup, "path "+RolesAndAccount, "cost", "foreign", "by "+RoleMethod, "by "+ContactMethod, "by "+LeadMethod, "by "+DomainMethod, "as-of given",
		"as-of default", "lead creation", RecordedSource, FirstTouch, PreCreation, Influenced,
		"person "+NoTouches, "person "+OnlyExcluded, "person "+AfterConversionOnly, "person "+OutsideLookback, "person "+AfterAsOf,
		"person lead creation", "qualified before lead", "touch at anchor", "touch at look-back", "touch just outside", "several entries",
		"value expansion 3", "value renewal 3", "value churn 3", "value churn (all)", "value "+Unattributed, "value "+AcquiredBefore, "value "+NoCustomer,
		"two ids", "unknown id", "month") {
		if reached[edge] < 10 {
			t.Errorf("only %d times: %s", reached[edge], edge)
		}
	}
	t.Log(reached)
}

func checkSums(t *testing.T, seed uint64, r Result) {
	t.Helper()
	for _, row := range r.Reconciliation {
		for _, part := range []Reconciled{row.Reconciled, row.Period} {
			minor, millionths := new(big.Int).Set(part.Attributed.Minor), new(big.Int).Set(part.Attributed.Millionths)
			for _, reason := range part.Reasons {
				minor.Add(minor, reason.Minor)
				millionths.Add(millionths, reason.Millionths)
			}
			if minor.Cmp(part.Total.Minor) != 0 || millionths.Cmp(part.Total.Millionths) != 0 {
				t.Errorf("seed %d: %s %s %s: credit %s, %s of %s, %s", seed, row.ConversionType, row.OpportunityType, row.Model,
					minor, millionths, part.Total.Minor, part.Total.Millionths)
			}
		}
	}
	// By model the channels, the campaigns and the credit of the period sum to the same revenue and
	// cost.
	for _, basis := range []string{BasisPeriod, BasisCohort} {
		for _, m := range r.Models {
			channels, campaigns := noMeasures(), noMeasures()
			for _, row := range r.Channels {
				if row.Basis == basis && row.Model == m {
					channels.Revenue.Add(channels.Revenue, row.Revenue)
					channels.CostMicros.Add(channels.CostMicros, row.CostMicros)
				}
			}
			months := noMeasures()
			for _, row := range r.Months {
				if row.Basis == basis && row.Model == m {
					months.Revenue.Add(months.Revenue, row.Revenue)
					months.CostMicros.Add(months.CostMicros, row.CostMicros)
				}
			}
			if channels.Revenue.Cmp(months.Revenue) != 0 || channels.CostMicros.Cmp(months.CostMicros) != 0 {
				t.Errorf("seed %d: %s %s: channels and months differ", seed, basis, m)
			}
			for _, row := range r.Campaigns {
				if row.Basis == basis && row.Model == m && row.Channel == AllChannels {
					campaigns.Revenue.Add(campaigns.Revenue, row.Revenue)
					campaigns.CostMicros.Add(campaigns.CostMicros, row.CostMicros)
				}
			}
			if channels.Revenue.Cmp(campaigns.Revenue) != 0 || channels.CostMicros.Cmp(campaigns.CostMicros) != 0 {
				t.Errorf("seed %d: %s %s: channels and campaigns differ", seed, basis, m)
			}
		}
	}
}

// checkContract: no touch that would be quarantined, and no default as-of that would be refused.
func checkContract(t *testing.T, seed uint64, w World, r Result) {
	t.Helper()
	var newest int64
	for _, row := range w.Touchpoints {
		at, err := requiredInstant(row.OccurredAt, startOfDay)
		if err != nil || at > r.AsOf+microsPerDay || at < 7305*microsPerDay { // 1990-01-01
			t.Errorf("seed %d: touch %q at %s: %v", seed, row.TouchID, row.OccurredAt, err)
		}
		newest = max(newest, at)
	}
	if w.Options.AsOf == "" && r.AsOf-newest > 366*microsPerDay {
		t.Errorf("seed %d: the default as-of is too far from the touches", seed)
	}
	total := 0
	for _, c := range w.Options.Custom {
		if c.Kind == "" {
			total += c.FT + c.LT + c.LC + c.OC + c.CW + c.Middle - 100
		}
	}
	if total != 0 {
		t.Errorf("seed %d: a custom model does not total 100: %v", seed, w.Options.Custom)
	}
}

func countEdges(w World, r Result, reached map[string]int) {
	for _, c := range r.Conversions {
		if c.PersonID != "" {
			countPersonEdges(w, r, c, reached)
			continue
		}
		reached[c.NotCounted+c.Reason]++
		if c.NotCounted != "" {
			continue
		}
		reached["path "+c.Path]++
		mark := func(edge string, holds bool) {
			if holds {
				reached[edge]++
			}
		}
		mark("reversal", c.Reversal)
		mark("journey of another", c.Root != c.OpportunityID)
		mark("open", c.Open && c.Type == Pipeline)
		mark("missing", c.Amount == nil)
		if c.Amount != nil {
			mark("negative", c.Amount.Sign() < 0)
			mark("zero", c.Amount.Sign() == 0)
			mark("huge", c.Amount.CmpAbs(big.NewInt(1<<53)) > 0)
			mark("beyond int64", !c.Amount.IsInt64())
		}
		mark("one touch", len(c.journey.touches) == 1)
		mark("many touches", len(c.journey.touches) > 4)
		mark("lead creation", c.journey.lc >= 0)
		mark("tie", slices.ContainsFunc(c.journey.touches, func(a *touch) bool {
			return slices.ContainsFunc(c.journey.touches, func(b *touch) bool { return a != b && a.at == b.at })
		}))
	}
	for _, c := range r.Credits {
		if c.Reason == NoAnchor || c.Reason == NoTouchInScope {
			reached[c.Reason]++
		}
		if c.MatchMethod != "" {
			reached["by "+c.MatchMethod]++
		}
	}
	for _, s := range r.Sourcing {
		reached[s.Definition]++
	}
	for _, v := range r.ValueAfterWin {
		reached["value "+v.Measure+" "+v.Months]++
		reached["value "+v.Channel]++
	}
	reached["month"] += len(r.Months)
	if len(r.CostDays) > 0 {
		reached["cost"]++
	}
	if len(w.ExchangeRates) > 0 {
		reached["foreign"]++
	}
	if w.Options.AsOf == "" {
		reached["as-of default"]++
	} else {
		reached["as-of given"]++
	}
}

func countPersonEdges(w World, r Result, c Conversion, reached map[string]int) {
	reached["person "+c.NotCounted+c.Reason]++
	if c.NotCounted != "" {
		return
	}
	mark := func(edge string, holds bool) {
		if holds {
			reached[edge]++
		}
	}
	mark("person lead creation", c.journey.lc >= 0)
	earliest := c.Anchor - int64(w.Options.PersonLookbackDays)*microsPerDay
	for _, t := range c.journey.touches {
		mark("touch at anchor", t.at == c.Anchor)
		mark("touch at look-back", t.at == earliest)
	}
	mark("unknown id", strings.Contains(c.PersonID, "missing"))
	for _, other := range r.Conversions {
		mark("qualified before lead", other.PersonID == c.PersonID && other.Type == LeadStage && c.Anchor < other.Anchor)
	}
	for _, row := range w.Touchpoints {
		at, _ := requiredInstant(row.OccurredAt, startOfDay)
		mark("touch just outside", at == c.Anchor+1 || at == earliest-1)
	}
	mark("several entries", len(c.who.entered[c.Type]) > 1)
	mark("two ids", len(c.who.entered[c.Type]) > 0 && len(c.who.leads)+len(c.who.contacts) > 1)
}
