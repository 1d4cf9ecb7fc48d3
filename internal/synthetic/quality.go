package synthetic

// A lead's quality is what marketing and sales know of it. It says something of what becomes of the
// lead, but not everything.

// interestPoints are the most points of interest, in tenths.
const interestPoints = 1000

func (g *generator) writeQuality(d *draws, x *person, q *draws) {
	d.skip(2) // of the grade and the points
	good, high := goodFitOfOthers, highInterestOfOthers
	switch {
	case x.onWon:
		good, high = goodFitOfWon, highInterestOfWon
	case x.qualified > 0:
		good, high = goodFitOfMQLs, highInterestOfMQLs
	}
	grade := fitGrades[2+q.below(2)]
	if q.chance(good) {
		grade = fitGrades[q.below(2)]
	}
	if q.chance(unknownFit) {
		grade = ""
	}
	g.row.add(grade)
	points := q.below(interestPoints / 2)
	if q.chance(high) {
		points += interestPoints / 2
	}
	if q.chance(unknownInterest) {
		g.row.none()
	} else {
		g.row.decimal(points, 1)
	}
	for range 4 {
		if !d.chance(knownBant) {
			g.row.none()
			continue
		}
		g.row.add(bantWord(d.chance(drawnYes), x, q))
	}
}

// bantWord is a fact of BANT: more often yes of people who bought, and no of those who did not.
func bantWord(yes bool, x *person, q *draws) string {
	switch {
	case x.onWon:
		yes = yes || q.chance(yesAfterAll)
	case x.onLost:
		yes = yes && !q.chance(noAfterAll)
	}
	if yes {
		return "yes"
	}
	return "no"
}

// rating is what sales says of a lead; "" of those that nobody in sales has worked or rated.
func (x *person) rating(q *draws) string {
	worked := false
	for _, c := range x.calls {
		worked = worked || !c.gone
	}
	if x.qualified == 0 || !worked || !q.chance(ratedMQLs) {
		return ""
	}
	weights := []int64{15, 45, 40} // hot, warm, cold
	switch {
	case x.onWon || x.onLost:
		weights = []int64{55, 35, 10}
	case x.course[len(x.course)-1].stage == "Rejected":
		weights = []int64{5, 25, 70}
	case channels[x.source].quality >= 100:
		weights = []int64{35, 45, 20}
	}
	return salesRatings[q.weighted(weights)]
}
