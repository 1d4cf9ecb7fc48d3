package synthetic

// The company itself, and what its exports call things.
const (
	ownDomain   = "wendlow.example"
	testAccount = "A-TEST"
)

var (
	firstNames = []string{"ana", "ben", "carla", "daniel", "elena", "farid", "grace", "hugo", "ines", "jonas", "karin", "liam", "maria",
		"nadia", "oscar", "petra", "quentin", "rosa", "samuel", "tara", "umar", "vera", "walter", "xenia", "yusuf", "zoe", "andrea",
		"boris", "chloe", "dmitri", "emma", "felix", "gina", "henrik", "ivana", "jack", "kofi", "laura", "mateo", "nora"}
	lastNames = []string{"adams", "berg", "costa", "dubois", "eriksen", "fischer", "garcia", "hoffmann", "ivanov", "jansen", "kowalski",
		"lopez", "meyer", "nguyen", "olsen", "patel", "quinn", "rossi", "silva", "tanaka", "urban", "vogel", "weber", "xu", "young",
		"zimmer", "abbott", "brooks", "clarke", "dawson", "ellis", "foster", "grant", "hayes", "irwin", "jordan", "knight", "lambert",
		"moreau", "novak"}
	personas       = []string{"Head of Operations", "Buyer", "Chief financial officer", "IT manager", "Reliability engineer", "VP Operations", "Plant manager", "Maintenance lead"}
	roles          = []string{"Decision maker", "Economic buyer", "Evaluator", "Champion", "User", "Influencer"}
	freeMailHosts  = []string{"gmail.com", "outlook.com", "yahoo.com", "gmx.de"}
	roleMailboxes  = []string{"info", "sales", "support", "office"}
	rejectReasons  = []string{"Not a fit", "No budget", "Wrong person", "Student", "Competitor", "Cannot be reached"}
	recycleReasons = []string{"Not ready", "Next year", "Project on hold", "Nurture"}
	reopenReasons  = []string{"Contract was not countersigned", "Terms renegotiated"}
	otherAnswers   = []string{"Podcast", "A colleague", "Google", "partner", "Referral", "webinar"}
	termMonths     = []int64{12, 12, 12, 12, 24, 24, 36, 0}
	salesRatings   = []string{"Hot", "Warm", "Cold"}
	fitGrades      = []string{"A", "B", "C", "D"}
	products       = [][]string{ // by the type of the deal
		newBusiness: {"platform", "rollout", "first plant", "pilot", "licences"},
		expansion:   {"second plant", "more licences", "analytics module"},
		renewal:     {"renewal"},
	}
	spelledNew     = []string{"New Business", "New Business", "New Customer", "", "new business"}
	spelledMore    = []string{"Expansion", "Upsell", "Existing Customer - Upgrade"}
	spelledRenewal = []string{"Renewal", "Existing Customer - Renewal"}
)

// A segment of accounts: how common it is, and how large its deals are.
type segment struct {
	name         string
	weight       int64
	medianAmount int64
	touchWeight  int64
}

var segments = []segment{
	{"SMB", 55, amountMedianSmall, 700},
	{"Mid-market", 32, amountMedianMid, 1100},
	{"Enterprise", 13, amountMedianLarge, 1900},
}
