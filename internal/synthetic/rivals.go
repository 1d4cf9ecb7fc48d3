package synthetic

// thePriceFighter is the competitor who wins on price: lost deals name it more often than won ones
// do, and nearly always with this reason.
const (
	thePriceFighter = "Ferrowick"
	price           = "Price"
)

var (
	otherRivals    = []string{"Gearlark", "Ostervane", "In-house tool"}
	reasonsOfRival = []string{"Missing feature", "Competitor", "Missing feature", price}
	reasonsOfNone  = []string{"No decision", "Timing", "No budget", "No decision"}
	otherReasons   = []string{"Missing feature", "Competitor", "Timing"}
)

// drawRival decides whom a deal is against and why it was lost. Renewals have no competitor.
func drawRival(d *draws, x *deal) {
	fights, others := priceFighterWhenWon, rivalsWhenWon
	if x.lost {
		fights, others = priceFighterWhenLost, rivalsWhenLost
	}
	at, reasons := share(d.below(int64(whole))), reasonsOfNone
	rival := oneOf(d, otherRivals)
	switch {
	case x.kind != newBusiness && x.lost:
	case at < fights:
		x.rival, reasons = thePriceFighter, otherReasons
		if d.chance(lostOnPrice) {
			reasons = []string{price}
		}
	case at < fights+others:
		x.rival, reasons = rival, reasonsOfRival
	}
	reason := oneOf(d, reasons)
	if x.lost && !d.chance(lossesWithoutReason) {
		x.lossReason = reason
	}
}
