package oracle

// lagBins are the bounds of the bins of whole days, and how reports call them.
var lagBins = []struct {
	name     string
	from, to int64
}{
	{"0", 0, 0}, {"1-7", 1, 7}, {"8-14", 8, 14}, {"15-30", 15, 30}, {"31-60", 31, 60}, {"61-90", 61, 90}, {"91-180", 91, 180}, {"181-365", 181, 365},
	{"366+", 366, 1 << 40},
}

// quantileCells writes the plain quantiles of times.
func quantileCells(to Cells, micros []int64) {
	for name, percent := range map[string]int{"median": 50, "p75": 75, "p90": 90} {
		at, known := plainQuantile(micros, percent)
		to[name+"_days"] = daysText(at, known)
	}
}

// TimeLag is how long before conversions their journeys begin and end, and how long steps take.
func (a *Aligned) TimeLag() []Cells {
	var rows []Cells
	for types, all := range typesOf(a.travels()) {
		key := func(measure, from, to, days string) Cells {
			return Cells{"conversion_type": types[0], "opportunity_type": types[1], "measure": measure, "from_channel": from, "to_channel": to, "days": days}
		}
		for _, measure := range []string{"first_touch", "last_touch"} {
			lagOf := func(t travel) int64 {
				if measure == "first_touch" {
					return t.lag(0)
				}
				return t.lag(len(t.touches) - 1)
			}
			whole, none := &travelers{}, &travelers{}
			var lags []int64
			for _, t := range all {
				if len(t.touches) == 0 {
					none.add(t)
					continue
				}
				whole.add(t)
				if t.counts {
					lags = append(lags, lagOf(t))
				}
			}
			row := func(r *travelers, days string) Cells {
				to := key(measure, All, All, days)
				if len(r.all) > 0 {
					r.cells(a, to)
					rows = append(rows, to)
				}
				return to
			}
			row(none, NoTouchpoints)
			to := row(whole, All)
			to["share"] = decimals(millionths(int64(whole.conversions()), int64(whole.conversions())), 6)
			quantileCells(to, lags)
			upTo := 0
			for _, bin := range lagBins {
				r := &travelers{}
				for _, t := range whole.all {
					if days := lagOf(t) / microsPerDay; days >= bin.from && days <= bin.to {
						r.add(t)
					}
				}
				upTo += r.conversions()
				to := row(r, bin.name)
				to["share"] = decimals(millionths(int64(r.conversions()), int64(whole.conversions())), 6)
				to["cumulative_share"] = decimals(millionths(int64(upTo), int64(whole.conversions())), 6)
			}
		}
		rows = append(rows, stepLags(all, key)...)
	}
	return rows
}

// stepLags is how long steps take, in whole hours.
func stepLags(all []travel, key func(measure, from, to, days string) Cells) []Cells {
	const hour = microsPerDay / 24
	pairs := map[[2]string][]int64{}
	for _, t := range all {
		for i := 1; t.counts && i < len(t.touches); i++ {
			took := (t.touches[i].at - t.touches[i-1].at) / hour * hour
			for _, pair := range [][2]string{{All, All}, {t.touches[i-1].channel, t.touches[i].channel}} {
				pairs[pair] = append(pairs[pair], took)
			}
		}
	}
	var rows []Cells
	every := pairs[[2]string{All, All}]
	for pair, took := range pairs {
		to := key("step", pair[0], pair[1], All)
		to["steps"], to["share"] = count(len(took)), decimals(millionths(int64(len(took)), int64(len(every))), 6)
		quantileCells(to, took)
		rows = append(rows, to)
	}
	upTo := 0
	for _, bin := range lagBins {
		n := 0
		for _, took := range every {
			if days := took / microsPerDay; days >= bin.from && days <= bin.to {
				n++
			}
		}
		upTo += n
		if n > 0 {
			to := key("step", All, All, bin.name)
			to["steps"], to["share"] = count(n), decimals(millionths(int64(n), int64(len(every))), 6)
			to["cumulative_share"] = decimals(millionths(int64(upTo), int64(len(every))), 6)
			rows = append(rows, to)
		}
	}
	return rows
}
