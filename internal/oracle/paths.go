package oracle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Names of rows of the reports on paths that are no path.
const (
	NoTouchpoints = "(no touchpoints)"
	OtherPaths    = "(other paths)"
)

// travel is a conversion of the reporting period, or an opportunity lost in it, with its journey.
type travel struct {
	conversionType, kind string
	counts               bool // as a conversion: not a reversal, not a loss
	ofDeal               bool
	amount, lostAmount   *big.Int
	missing, won, lost   bool
	touches              []*touch
	at                   int64
}

// travels lists what the reports on paths count.
func (a *Aligned) travels() []travel {
	histories := map[string]*dealHistory{}
	for _, d := range a.dealHistories {
		histories[d.OpportunityID] = d
	}
	var all []travel
	for _, c := range a.conversions {
		if c.NotCounted != "" || !a.within.holds(c.Anchor) {
			continue
		}
		t := travel{conversionType: c.Type, kind: c.OpportunityType, counts: !c.Reversal, ofDeal: c.OpportunityID != "",
			amount: new(big.Int), lostAmount: new(big.Int), touches: c.journey.touches, at: c.Anchor}
		if t.ofDeal {
			t.missing = c.Amount == nil && !c.Reversal
			if c.Amount != nil {
				t.amount = c.Amount
			}
			if d := histories[c.OpportunityID]; d != nil && d.left {
				t.won, t.lost = d.wasWon, !d.wasWon
				if t.lost {
					t.lostAmount = t.amount
				}
			}
		}
		all = append(all, t)
	}
	for _, d := range a.dealHistories {
		if d.left && !d.wasWon && a.within.holds(d.leftAt) {
			all = append(all, travel{conversionType: Revenue, kind: d.kind, ofDeal: true, amount: new(big.Int), lostAmount: a.lostAmount(d), lost: true,
				touches: a.journeyTo(d, d.leftWhen), at: d.leftAt})
		}
	}
	return all
}

// collapsed leaves one of consecutive repeats, unique the first of each.
func collapsed(path []string) (kept []string) {
	for i, channel := range path {
		if i == 0 || channel != path[i-1] {
			kept = append(kept, channel)
		}
	}
	return kept
}

func unique(path []string) (kept []string) {
	for _, channel := range path {
		if !slices.Contains(kept, channel) {
			kept = append(kept, channel)
		}
	}
	return kept
}

func (t travel) path() (channels []string) {
	for _, touch := range t.touches {
		channels = append(channels, touch.channel)
	}
	return channels
}

func (t travel) lag(touch int) int64 { return max(0, t.at-t.touches[touch].at) }

// pathText is a path as it is printed, pathID its hash.
func pathText(path []string) string {
	if len(path) > 20 {
		path = slices.Concat(path[:10], []string{fmt.Sprintf("(%d more)", len(path)-20)}, path[len(path)-10:])
	}
	return strings.Join(path, " > ")
}

func pathID(path []string) string {
	hash := sha256.Sum256([]byte(strings.Join(path, "\x1f") + "\x1f"))
	return hex.EncodeToString(hash[:8])
}

// travelers is the travels of one row.
type travelers struct {
	all []travel
	sum big.Int // of amounts
}

func (r *travelers) add(t travel) {
	r.all = append(r.all, t)
	r.sum.Add(&r.sum, t.amount)
}

func (r *travelers) conversions() (n int) {
	for _, t := range r.all {
		if t.counts {
			n++
		}
	}
	return n
}

// cells writes what every row says of its travels.
func (r *travelers) cells(a *Aligned, to Cells) {
	to["conversions"] = count(r.conversions())
	if !r.all[0].ofDeal {
		return
	}
	won, lost, missing, lostSum := 0, 0, 0, new(big.Int)
	for _, t := range r.all {
		if t.won {
			won++
		}
		if t.lost {
			lost++
		}
		if t.missing {
			missing++
		}
		lostSum.Add(lostSum, t.lostAmount)
	}
	to["value"], to["lost_value"], to["amount_missing"] = a.minorText(&r.sum), a.minorText(lostSum), count(missing)
	if n := r.conversions() - missing; n > 0 {
		to["average_value"] = a.minorText(divide(&r.sum, big.NewInt(int64(n))))
	}
	to["won"], to["lost"] = count(won), count(lost)
	rateCells(to, "win", won, won+lost)
}

// typesOf groups travels by their types.
func typesOf(all []travel) map[[2]string][]travel {
	by := map[[2]string][]travel{}
	for _, t := range all {
		k := [2]string{t.conversionType, t.kind}
		by[k] = append(by[k], t)
	}
	return by
}

// Paths is the conversions by the channels of their journeys, in order.
func (a *Aligned) Paths() []Cells {
	var rows []Cells
	asIs := func(path []string) []string { return path }
	for types, all := range typesOf(a.travels()) {
		everyone := travelers{all: all}
		for transform, change := range map[string]func([]string) []string{"as_is": asIs, "repeats_collapsed": collapsed, "unique": unique} {
			byPath := map[string]*travelers{}
			for _, t := range all {
				id := ""
				if len(t.touches) > 0 {
					id = pathID(change(t.path()))
				}
				if byPath[id] == nil {
					byPath[id] = &travelers{}
				}
				byPath[id].add(t)
			}
			var ranked []string
			for id := range byPath {
				if id != "" {
					ranked = append(ranked, id)
				}
			}
			textOf := func(id string) string { return pathText(change(byPath[id].all[0].path())) }
			slices.SortFunc(ranked, func(x, y string) int {
				return cmp.Or(cmp.Compare(byPath[y].conversions(), byPath[x].conversions()), byPath[y].sum.Cmp(&byPath[x].sum),
					strings.Compare(textOf(x), textOf(y)), strings.Compare(x, y))
			})
			row := func(r *travelers, path, id, rank, steps string) {
				if r == nil || len(r.all) == 0 {
					return
				}
				to := Cells{"conversion_type": types[0], "opportunity_type": types[1], "transform": transform, "path": path, "path_id": id, "rank": rank, "steps": steps}
				r.cells(a, to)
				to["share"] = decimals(millionths(int64(r.conversions()), int64(everyone.conversions())), 6)
				var lags, touches []int64
				for _, t := range r.all {
					if t.counts {
						touches = append(touches, int64(len(t.touches)))
						if len(t.touches) > 0 {
							lags = append(lags, t.lag(0))
						}
					}
				}
				median, known := plainQuantile(lags, 50)
				to["median_days"] = daysText(median, known)
				if median, known = plainQuantile(touches, 50); known {
					to["median_touches"] = count(int(median))
				}
				rows = append(rows, to)
			}
			others := &travelers{}
			for i, id := range ranked {
				if i < a.options.Alignment.TopPaths {
					row(byPath[id], textOf(id), id, count(i+1), count(len(change(byPath[id].all[0].path()))))
					continue
				}
				for _, t := range byPath[id].all {
					others.add(t)
				}
			}
			row(others, OtherPaths, "", "", "")
			row(byPath[""], NoTouchpoints, "", "", "0")
		}
	}
	return rows
}

// PathLengths is the conversions by how many touchpoints, channels and persons their journeys have.
func (a *Aligned) PathLengths() []Cells {
	var rows []Cells
	measures := map[string]func(travel) int{
		"touchpoints": func(t travel) int { return len(t.touches) },
		"channels":    func(t travel) int { return len(unique(t.path())) },
		"persons": func(t travel) int {
			persons := map[*person]bool{}
			for _, touch := range t.touches {
				persons[touch.who] = true
			}
			return len(persons)
		},
	}
	for types, all := range typesOf(a.travels()) {
		everyone := travelers{all: all}
		for measure, lengthOf := range measures {
			upTo := 0
			for length := range 32 {
				r := &travelers{}
				for _, t := range all {
					if min(lengthOf(t), 31) == length {
						r.add(t)
					}
				}
				upTo += r.conversions()
				if len(r.all) == 0 {
					continue
				}
				to := Cells{"conversion_type": types[0], "opportunity_type": types[1], "measure": measure, "length": count(length)}
				if length == 31 {
					to["length"] = "31+"
				}
				r.cells(a, to)
				to["share"] = decimals(millionths(int64(r.conversions()), int64(everyone.conversions())), 6)
				to["cumulative_share"] = decimals(millionths(int64(upTo), int64(everyone.conversions())), 6)
				rows = append(rows, to)
			}
		}
	}
	return rows
}
