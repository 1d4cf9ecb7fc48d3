package alignment

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// The quantiles by the definition, in fractions and without shortcuts.
func TestQuantilesAgreeWithTheDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	reached := 0
	for range 3000 {
		var s sample
		n := 1 + random.IntN(12)
		for range n {
			s.us, s.isEvent = append(s.us, int64(random.IntN(6))), append(s.isEvent, random.IntN(3) > 0)
		}
		order := make([]int, n)
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			switch {
			case s.us[a] != s.us[b]:
				return int(s.us[a] - s.us[b])
			case s.isEvent[a] == s.isEvent[b]:
				return 0
			case s.isEvent[a]:
				return -1
			}
			return 1
		})
		sorted := sample{}
		for _, i := range order {
			sorted.us, sorted.isEvent = append(sorted.us, s.us[i]), append(sorted.isEvent, s.isEvent[i])
		}
		for _, percent := range []int64{50, 75, 90} {
			want := int64(-1)
			survive := big.NewRat(1, 1)
			for at := int64(0); at < 6 && want < 0; at++ {
				events, risk := int64(0), int64(0)
				for i, us := range s.us {
					if us == at && s.isEvent[i] {
						events++
					}
					if us >= at {
						risk++
					}
				}
				if events == 0 {
					continue
				}
				survive.Mul(survive, big.NewRat(risk-events, risk))
				if survive.Cmp(big.NewRat(100-percent, 100)) <= 0 {
					want = at
				}
			}
			if want >= 0 {
				reached++
			}
			if got := sorted.quantile(percent); got != want {
				t.Fatalf("%d percent of %+v: %d, want %d", percent, sorted, got, want)
			}
		}
	}
	if reached < 1000 {
		t.Errorf("only %d quantiles were reached", reached)
	}
}

// 1 - 1/2 is exactly one half, and 0.9 * 8/9 * 7/8 ... comes to it too, after censoring.
func TestQuantileAtExactlyTheShare(t *testing.T) {
	s := sample{us: []int64{1, 2, 3, 4}, isEvent: []bool{true, true, false, false}}
	if got := s.quantile(50); got != 2 {
		t.Errorf("median %d, want 2", got)
	}
	// 3/4 after the first event, then one is lost, then 2 at risk: 3/4 * 1/2 = 3/8.
	s = sample{us: []int64{1, 2, 3, 4}, isEvent: []bool{true, false, true, false}}
	if got := s.quantile(50); got != 3 {
		t.Errorf("median %d, want 3", got)
	}
	if got := s.quantile(75); got != -1 {
		t.Errorf("75 %%: %d, want none", got)
	}
}
