package attribution

import (
	"math"
	"math/big"
	"testing"
)

func TestWideSums(t *testing.T) {
	var s wide
	want := new(big.Int)
	for _, value := range []int64{math.MaxInt64, math.MaxInt64, 5, -7, math.MinInt64, math.MinInt64, math.MinInt64, -1} {
		s.add(value)
		want.Add(want, big.NewInt(value))
		got := new(big.Int).Lsh(big.NewInt(s.high), 64)
		got.Add(got, new(big.Int).SetUint64(s.low))
		if got.Cmp(want) != 0 {
			t.Fatalf("sum %v, want %v", got, want)
		}
	}
}
