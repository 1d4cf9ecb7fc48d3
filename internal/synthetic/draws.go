package synthetic

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// A share is counted in hundredths of a percent: 10,000 is all.
type share int64

const whole share = 10_000

// draws is a stream of random numbers in whole-number arithmetic alone, so that it is the same on
// every machine.
type draws struct{ source rand.PCG }

// A purpose keeps the streams of one account apart: more touches do not change its people.
type purpose uint64

const (
	ofProfile purpose = iota + 1
	ofDeals
	ofPeople
	ofFunnel
	ofTouches
	ofActivities
	ofDirt
	ofCampaigns
	ofCosts
	ofRates
	ofStaff
	ofHandoff
	ofTalks
	ofQuality
	ofContent
	ofRivals
	ofPlans
	ofAnswers
	ofClaims
	ofTerms
)

// stream is determined by the seed, the number of an account and the purpose, and by nothing else.
func stream(seed uint64, number int64, why purpose) *draws {
	d := &draws{}
	d.source.Seed(scramble(seed+uint64(why)<<56), scramble(uint64(number)^uint64(why)<<48))
	return d
}

// scramble spreads neighbouring numbers. Source: Steele, Lea, Flood, "Fast splittable pseudorandom
// number generators" (2014).
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// below draws from 0 to n-1.
func (d *draws) below(n int64) int64 {
	high, _ := bits.Mul64(d.source.Uint64(), uint64(n))
	return int64(high)
}

// skip leaves out so many draws. What is drawn after them stays what it was when they decided
// something that another stream decides now: rows of other tables do not change.
func (d *draws) skip(count int) {
	for range count {
		d.source.Uint64()
	}
}

// between draws from low to high, both included.
func (d *draws) between(low, high int64) int64 { return low + d.below(high-low+1) }

func (d *draws) chance(s share) bool { return d.below(int64(whole)) < int64(s) }

// weighted draws an index with a probability in proportion to its weight.
func (d *draws) weighted(weights []int64) int {
	total := int64(0)
	for _, w := range weights {
		total += w
	}
	at := d.below(total)
	for i, w := range weights {
		if at -= w; at < 0 {
			return i
		}
	}
	panic("synthetic: weights of nothing")
}

func oneOf[T any](d *draws, list []T) T { return list[d.below(int64(len(list)))] }

// normal is in thousandths of a standard deviation: the sum of twelve uniform draws, less its mean,
// has variance one.
func (d *draws) normal() int64 {
	sum := int64(0)
	for range 3 {
		for x := d.source.Uint64(); x != 0; x >>= 16 {
			sum += int64(x & 0xffff)
		}
	}
	return (sum - 6*0xffff) * 1000 / 0x10000
}

// logNormal has this median; sigma is in thousandths, on the scale of the natural logarithm.
func (d *draws) logNormal(median, sigma int64) int64 {
	exponent := d.normal() * sigma / 1000 * 1024 / 693 // in 1,024ths of a doubling; ln 2 is 0.693
	steps, fraction := exponent>>10, exponent&1023
	high, low := bits.Mul64(uint64(median), powers[fraction])
	x := int64(high<<48 | low>>16)
	if steps >= 0 {
		return x << steps
	}
	return x >> -steps
}

// exponential has this mean: -ln u = -log2 u * ln 2, for a uniform u.
func (d *draws) exponential(mean int64) int64 {
	u := d.source.Uint64() | 1
	zeros := bits.LeadingZeros64(u)
	fraction := u << (zeros + 1) >> 54
	return mean * (int64(zeros+1)<<16 - logarithms[fraction]) / 0x10000 * 693 / 1000
}

// powers are 2^(i/1024) and logarithms log2(1 + i/1024), in 65,536ths. Rounded to whole numbers
// they are the same everywhere.
var powers, logarithms = func() (p [1024]uint64, l [1024]int64) {
	for i := range p {
		p[i] = uint64(math.Round(0x10000 * math.Exp2(float64(i)/1024)))
		l[i] = int64(math.Round(0x10000 * math.Log2(1+float64(i)/1024)))
	}
	return p, l
}()
