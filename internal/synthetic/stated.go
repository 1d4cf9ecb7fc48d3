package synthetic

import (
	"fmt"
	"strings"
)

// A Rate is a property of every company, as rates.go states it: a share of 1 or, of people and days, a
// number. A company of some thousand accounts has it within this part of it; a small one may be
// further off.
type Rate struct {
	Property string  `json:"property"`
	Stated   float64 `json:"stated"`
	Within   float64 `json:"within"`
}

// Low and High are the bounds within which a company of some thousand accounts has the rate.
func (r Rate) Low() float64  { return r.Stated * (1 - r.Within) }
func (r Rate) High() float64 { return r.Stated * (1 + r.Within) }

// Shown is a value of the rate for people: shares are in percent.
func (r Rate) Shown(x float64) string {
	if strings.Contains(r.Property, "people on a deal") || strings.Contains(r.Property, "days from") {
		return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".")
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.3f", 100*x), "0"), ".") + " %"
}

func of(s share) float64 { return float64(s) / float64(whole) }

// Rates are the stated rates, in the order of rates.go. rates_test.go measures each of them on
// written files.
func Rates() []Rate {
	return []Rate{
		{"leads that became a contact", of(convertedLeads), .1},
		{"leads beside a contact with the same e-mail", of(sameEmail), .2},
		{"free-mail addresses", of(freeMail), .15},
		{"role mailboxes", of(roleMailbox), .3},
		{"people without an e-mail", of(missingEmail), .2},
		{"leads that name their account", of(leadsWithAccount), .05},
		{"contacts with a second id", of(duplicateContacts), .25},
		{"cookies that are known", of(knownCookies), .1},
		{"BANT facts that are known", of(knownBant), .05},
		{"known BANT facts that are yes", of(yesBant), .05},
		{"known BANT facts that are yes, of people on won new business", of(yesOfWon), .06},
		{"known BANT facts that are yes, of people on lost new business", of(yesOfLost), .1},
		{"people on a deal, mean", peoplePerDeal, .08},
		{"people on a deal, fewest", fewestOnADeal, 0},
		{"people on a deal, most", mostOnADeal, 0},

		{"accounts with a deal", of(dealAccounts), .1},
		{"accounts with a parent", of(subsidiaries), .2},
		{"subsidiaries that share their parent's domain", of(sharedDomains), .2},
		{"accounts with an awkward name", of(awkwardNames), .1},
		{"accounts that deal in EUR", of(inEurope), .1},

		{"touches tied with another of the same person", of(tiedTouches), .2},
		{"equal copies of touches", of(exactCopies), .2},
		{"conflicting copies with a newer updated_at", of(conflictingCopies), .3},
		{"conflicting copies that nothing decides", of(undecidedCopies), .5},
		{"bad touches", of(badTouches), .3},
		{"touches of the company's own people", of(internalTouches), .2},
		{"touches of the test account", of(testTouches), .1},
		{"touches of strangers", of(strangerTouches), .1},
		{"touches named by a cookie alone", of(anonymousTouches), .2},
		{"touches named by e-mail alone", of(emailOnly), .2},
		{"touches that are no response", of(notResponses), .2},
		{"touches of campaigns that leave the channel to it", of(channelOfCampaign), .1},
		{"touches of campaigns that are unknown", of(unknownCampaigns), .4},
		{"touches in a channel without costs", of(costlessTouches), .1},
		{"touches on a Sunday, to those on a Monday", weekendActivity / 1000., .2},

		{"touches in August, to those in October", augustActivity / 1000., .15},

		{"bad rows of other tables, at most", of(badRows), .5},
		{"equal copies of accounts, contacts, leads and deals", of(copiedRows), .2},
		{"accounts, contacts and leads with a newer row", of(changedRows), .2},

		{"closed new business that is won", of(wonNewBusiness), .1},
		{"closed renewals that are won", of(wonRenewals), .1},
		{"closed expansions that are won", of(wonExpansions), .2},
		{"won new business that is refunded", of(refunds), .35},
		{"won deals that were reopened", of(reopened), .35},
		{"deals without an amount", of(missingAmounts), .3},
		{"new business of amount 0", of(zeroAmounts), .4},
		{"deals without an account", of(withoutAccount), .3},
		{"deals without roles, of known accounts and people", of(withoutRoles), .25},
		{"deals whose flags are left to the stage", of(flagsLeftToTheStage), .2},
		{"new business that names a campaign", of(recordedCampaigns), .1},
		{"new business whose first person was SQL before it", of(throughTheFunnel), .1},
		{"closes in the last ten days of a quarter", of(lastTenDays), .12},
		{"days from creation to close, shortest", shortestCycleDays, 0},
		{"days from creation to close, median", medianCycleDays, .15},
		{"days from creation to close, longest", longestCycleDays, .01},

		{"leads and contacts that became MQL", of(leadsToMQL), .12},
		{"MQLs rejected", of(rejected), .15},
		{"MQLs recycled", of(recycled), .15},
		{"SQLs of deals who were never MQL", of(skippedStages), .3},
		{"deals that went back a stage", of(stepsBack), .3},
		{"SALs that went back to MQL", of(backToMQL), .3},
		{"MQLs worked by sales, of reps who follow up", of(workedMQLs), .05},
		{"MQLs worked by sales, of the one who does not", of(slackerWorks), .35},
		{"MQLs called before they were qualified", of(calledTooEarly), .25},
		{"first calls on MQLs within four office hours, of reps who follow up", of(quickResponses), .06},
		{"first calls on MQLs within four office hours, of the one who does not", 0, 0},
		{"MQLs that nobody in sales has", of(unownedMQLs), .25},
		{"MQLs that somebody has, without an owner at first", of(assignedLater), .1},
		{"owners of those named within an office hour", of(assignedInTime), .08},
		{"rejected and recycled MQLs without a reason", of(withoutReason), .2},
		{"MQLs that nobody worked and that came to nothing, on hold", of(onHold), .35},

		{"leads without a fit grade", of(unknownFit), .15},
		{"leads without interest points", of(unknownInterest), .15},
		{"good grades, of leads on won new business", of(goodFitOfWon), .1},
		{"good grades, of other MQLs", of(goodFitOfMQLs), .06},
		{"good grades, of other leads", of(goodFitOfOthers), .06},
		{"high interest, of leads on won new business", of(highInterestOfWon), .1},
		{"high interest, of other MQLs", of(highInterestOfMQLs), .06},
		{"high interest, of other leads", of(highInterestOfOthers), .06},
		{"leads worked by sales with a rating", of(ratedMQLs), .05},
		{"lost new business that names Ferrowick", of(priceFighterWhenLost), .12},
		{"won new business that names Ferrowick", of(priceFighterWhenWon), .35},
		{"lost new business that names another competitor", of(rivalsWhenLost), .12},
		{"won new business that names another competitor", of(rivalsWhenWon), .15},
		{"new business lost to Ferrowick because of the price, where there is a reason", of(lostOnPrice), .08},
		{"new business lost to another competitor because of the price, where there is a reason", of(rivalsOnPrice), .3},
		{"lost deals without a reason", of(lossesWithoutReason), .3},
		{"touches with content, of plant managers since sales accepted them", 0, 0},
		{"touches with content, of others since sales accepted them", of(contentAccepted), .1},
	}
}

// A Fact is something about one company that reports should show.
type Fact struct {
	Property string `json:"property"`
	Value    string `json:"value"`
}

// Facts are who and what stands out in a company.
func Facts(c Company) []Fact {
	calendar, week := newCalendar(), mondayOf(lastDay)
	var weeks []string
	for _, fair := range overflowWeeks {
		weeks = append(weeks, calendar.date(week+7*fair))
	}
	return []Fact{
		{"rep who does not follow up", newStaff(c)[theSlacker].name},
		{"competitor who wins on price", thePriceFighter},
		{"persona without content once sales has accepted a lead", theForgotten},
		{"word of the stage history that belongs to nobody", nobodysWord},
		{"weeks whose fairs bring more leads than sales can work", strings.Join(weeks, ", ")},
	}
}
