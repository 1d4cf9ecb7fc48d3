package synthetic

// Every rate of the company, in one place. docs/generated_company.md has them in a table, and
// rates_test.go holds each one on written files, but for the last group: those are not seen in the
// files as they are, and others come of them.

// People.
const (
	convertedLeads    share = 2000 // of leads: name the contact that they became
	sameEmail         share = 300  // of leads: a contact has the same e-mail, and nothing else links the two
	freeMail          share = 500  // of people: an address at a free-mail provider
	roleMailbox       share = 100  // of people: an address such as info@ or sales@
	missingEmail      share = 200  // of people: no address
	leadsWithAccount  share = 6000 // of leads: name their account; of the others the e-mail tells it
	duplicateContacts share = 150  // of contacts: have a second id, which identity_map joins
	knownCookies      share = 7000 // of people with a cookie: identity_map knows it
	answered          share = 4000 // of leads, and of deals of known people: say what brought them
	sourcesAnswered   share = 5500 // of answers: the channel of the source; the others are another word
	knownBant         share = 6500 // of BANT facts: yes or no; the others are blank
	yesBant           share = 6000 // of known BANT facts: yes
	yesOfWon          share = 8000 // of known BANT facts of people in new business that was won: yes
	yesOfLost         share = 4500 // of known BANT facts of people in new business that was lost: yes
	peoplePerDeal           = 3.6  // mean number of people with a role, of deals that have any
	fewestOnADeal           = 1
	mostOnADeal             = 12
)

// Accounts.
const (
	dealAccounts  share = 4400 // of accounts: have a deal
	subsidiaries  share = 600  // of accounts: have a parent
	sharedDomains share = 5000 // of subsidiaries: use the domain of their parent
	awkwardNames  share = 100  // of accounts: a name with a comma, an apostrophe, an accent, brackets or a sign
	inEurope      share = 3000 // of accounts: deal in EUR
)

// Touches.
const (
	tiedTouches       share = 100  // of touches: at the same instant as another one of the same person
	exactCopies       share = 50   // copies of touches, all their values equal, per touch
	conflictingCopies share = 10   // touches with a second row of other values and a newer updated_at
	undecidedCopies   share = 1    // touches with a second row of other values, and nothing that says which is newer
	badTouches        share = 5    // of touches: break a rule of the contract (a bad date, nobody's, a reserved word)
	internalTouches   share = 40   // of touches: of people of the company itself
	testTouches       share = 10   // of touches: of the test account
	strangerTouches   share = 400  // of touches: of visitors who never said who they are
	anonymousTouches  share = 2100 // of touches: name their person by a cookie alone, strangers included
	emailOnly         share = 800  // of touches: name their person by e-mail alone
	notResponses      share = 800  // of touches: a status that is no response (Sent, No Show)
	channelOfCampaign share = 300  // of touches of a campaign: leave the channel to it
	unknownCampaigns  share = 5    // of touches of a campaign: name one that campaigns does not have
	costlessTouches   share = 3700 // of touches: in a channel that has no cost
	weekendActivity         = 350  // thousandths of a Monday: touches on a Sunday
	augustActivity          = 650  // thousandths of an October: touches in August
)

// Other rows.
const (
	badRows     share = 10 // of rows of contacts, leads, activities, roles, stage history, identity_map, at most: break a rule
	copiedRows  share = 50 // equal copies of accounts, contacts, leads and opportunities, per row
	changedRows share = 50 // of accounts, contacts and leads: a second row of other values and a newer updated_at
)

// Deals.
const (
	wonNewBusiness      share = 2500 // of closed new business
	wonRenewals         share = 8500 // of closed renewals
	wonExpansions       share = 5000 // of closed expansions
	refunds             share = 400  // of won new business: taken back by a deal of negative amount
	reopened            share = 300  // of won deals: had been won before, and reopened
	missingAmounts      share = 200  // of deals
	zeroAmounts         share = 100  // of new business
	withoutAccount      share = 200  // of deals: neither account nor roles
	withoutRoles        share = 400  // of deals of known accounts and people: nobody has a role
	flagsLeftToTheStage share = 500  // of deals: is_won and is_closed are empty
	recordedCampaigns   share = 5000 // of new business: names a primary campaign
	throughTheFunnel    share = 7000 // of new business: its first person was SQL before it
	lastTenDays         share = 3800 // of closes of new business: in the last ten days of a quarter
	shortestCycleDays         = 2    // of closed new business
	medianCycleDays           = 60
	longestCycleDays          = 548
)

// AttributedDeals is the share of deals that the program credits to touches; cmd/tributary holds
// it.
const AttributedDeals = 0.85

// Stages and sales.
const (
	leadsToMQL     share = 4400 // of people who became leads: became MQL
	rejected       share = 1600 // of MQLs: rejected by sales, with a reason
	recycled       share = 1100 // of MQLs: recycled, with a reason
	skippedStages  share = 700  // of SQLs who bring a deal: were neither MQL nor SAL
	stepsBack      share = 700  // of deals that reach Negotiation: went back to Proposal
	backToMQL      share = 500  // of people who were SAL: went back to MQL, with a reason
	workedMQLs     share = 8500 // of MQLs: had a call or a mail by sales after they were MQL
	calledTooEarly share = 500  // of MQLs: had one before
	unownedMQLs    share = 350  // of MQLs: nobody in sales has them
	quickResponses share = 7200 // of first calls on MQLs, but for the slacker's: within four hours of office time
	slackerWorks   share = 2500 // of MQLs of the rep who does not follow up: had a call after they were MQL
	withoutReason  share = 1200 // of rejected and recycled MQLs: without a reason
	assignedLater  share = 3000 // of MQLs that somebody has: named no owner at first
	assignedInTime share = 9000 // of those: named one within an hour of office time
	onHold         share = 2500 // of MQLs that nobody worked and that came to nothing: put on hold, a word that is nobody's
)

// Quality of leads, competitors and content.
const (
	unknownFit           share = 600  // of leads: no grade
	unknownInterest      share = 600  // of leads: no points
	goodFitOfWon         share = 8500 // of graded leads on won new business: A or B
	goodFitOfMQLs        share = 6500 // of other graded leads that became MQL
	goodFitOfOthers      share = 4000 // of the rest
	highInterestOfWon    share = 8000 // of leads with points, on won new business: 50 or more
	highInterestOfMQLs   share = 6500
	highInterestOfOthers share = 3500
	ratedMQLs            share = 8000 // of leads that sales worked: have a rating
	priceFighterWhenLost share = 3000 // of lost new business: names Ferrowick
	priceFighterWhenWon  share = 800  // of won new business: names it
	rivalsWhenLost       share = 3600 // of lost new business: names another competitor
	rivalsWhenWon        share = 3900 // of won new business: names another one
	lostOnPrice          share = 8000 // of new business lost to Ferrowick, with a reason: because of the price
	lossesWithoutReason  share = 800  // of lost deals
	rivalsOnPrice        share = 2500 // of new business lost to another competitor, with a reason
	contentAccepted      share = 9000 // of touches of people whom sales has accepted, but for plant managers: have an asset
)

// Not seen as they are.
const (
	contactsFromLeads         share = 3200 // of contacts: had been leads
	contactsBesideLeads       share = 620  // of contacts: stand beside a lead with the same e-mail
	leadsPerContact                 = 113  // people who are leads and nothing else, to a hundred contacts
	peopleWithCookie          share = 6000 // of people
	silentContacts            share = 5000 // of contacts who were no leads: nothing in the stage history
	datesWithoutTime          share = 2000 // of contacts
	joinDuringDeal            share = 2500 // of people on a deal, but for the first: known only while it is open
	firstIsMet                share = 2500 // of touches of a deal: surely of its first person, beside that one's part in the others
	cookiesOfKnown            share = 500  // of visits of people who have said who they are
	comeAgain                 share = 5000 // of recycled MQLs
	drawnYes                  share = 6000 // of known BANT facts, before those of people on deals are drawn again
	yesAfterAll               share = 5000 // of "no" of people on won new business
	noAfterAll                share = 2500 // of "yes" of people on lost new business
	unownedLeads              share = 3000 // of leads that were never MQL: nobody in sales has them
	unownedOf                 share = 1500 // of MQLs that come to nothing: nobody has them
	slackerLoses              share = 6000 // of MQLs that sales accepts and the slacker has: another rep has them
	slackerFollowsUp          share = 3000 // of MQLs of the slacker, of those that another rep would have worked
	lateResponses             share = 2800 // of first calls: after more than four hours of office time
	assignedLate              share = 2500 // of those who are assigned later: after more than an hour of office time
	marksWorking              share = 2500 // of MQLs worked: marked as such, if nothing came in between
	monthsInEuro              share = 1667 // of monthly costs of a channel
	costsNameBoth             share = 5000 // of costs of a campaign: name its channel, too
	comeToADeal               share = 4700 // of accounts, if the window were long enough
	darkAccounts              share = 1200 // of those: no touch was ever recorded
	facelessAccounts          share = 200  // of those: nobody is known
	mailingAccounts           share = 150  // of those: only ever sent mailings, which nobody answered
	anotherAttempt            share = 3500 // of lost new business: tried once more
	expansions                share = 4000 // of customers, in every year
	quarterEndCloses          share = 3500 // of closes: put off to the last ten days of their quarter
	marketingOriginated       share = 7500 // of new business: is to begin with a lead that comes through the funnel
	skippedDealStages         share = 1200 // of Proposals and Negotiations
	becomeMQL                 share = 4000 // of leads that bring no deal
	becomeSAL                 share = 6500 // of MQLs of them
	sentBack                  share = 1200 // of SALs of them who do not become SQL: back to MQL
	becomeSQL                 share = 4500 // of SALs of them
	rejectedOf                share = 2000 // of MQLs of them
	recycledOf                share = 1500 // of MQLs of them
	knownByEmail              share = 1140 // of touches of people whose id a system could know
	lateTouches               share = 3000 // of the touches around a deal: after its creation
	meanDaysBeforeDeal              = 55   // of touches before a deal
	drawnCycleDays                  = 50   // median, before some are put off
	cycleSigma                      = 950  // thousandths, on the scale of the natural logarithm
	amountSigma                     = 650
	amountMedianSmall               = 14_000
	amountMedianMid                 = 42_000
	amountMedianLarge               = 130_000
	budgetPerAccount                = 900 // a year, over all channels
	accountsPerRep                  = 60  // four people are in sales, and one more for so many accounts
	mostReps                        = 40
	weeklyCapacity                  = 36_000 // leads that sales can work in a week, of a million accounts
	activitiesPerDeal               = 6
	fewestAccountsForQuarters       = 200 // below, a campaign runs a year
)
