package attribution

import "testing"

// The pairs with the most steps are told apart, ties in the order of channels, per type.
func TestPairsAreToldApartUpToALimit(t *testing.T) {
	lags := stepLags{}
	for i := range int32(maxPairs) {
		lags[lag{pair{0, 5, i}, 1}] = 2
	}
	lags[lag{pair{0, 4, 0}, 1}], lags[lag{pair{0, 4, 0}, 2}] = 2, 2
	lags[lag{pair{0, 6, 0}, 1}] = 1
	lags[lag{pair{1, 6, 0}, 1}] = 1
	listedPairs := lags.listedPairs()
	for at, want := range map[pair]bool{{0, 4, 0}: true, {0, 5, 0}: true, {0, 5, maxPairs - 2}: true, {0, 5, maxPairs - 1}: false, {0, 6, 0}: false, {1, 6, 0}: true} {
		if listedPairs[at] != want {
			t.Errorf("%v: told apart is %v, want %v", at, listedPairs[at], want)
		}
	}
}

// Times are whole hours, cut.
func TestLagsAreWholeHours(t *testing.T) {
	lags := stepLags{}
	steps := []step{{us: 0}, {us: usPerHour - 1}, {us: 2*usPerHour - 1}}
	lags.add(&conversion{}, steps, []int32{1, 2, 3})
	if lags[lag{pair{0, 1, 2}, 0}] != 1 || lags[lag{pair{0, 2, 3}, 1}] != 1 || len(lags) != 2 {
		t.Errorf("lags %v", lags)
	}
}
