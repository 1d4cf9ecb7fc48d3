package synthetic

// The company itself, and what its exports call things.
const (
	ownDomain   = "northlight.example"
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
	nameBegins = []string{"Birch", "Cedar", "Harbor", "Granite", "Juniper", "Willow", "Summit", "River", "Copper", "Amber", "Falcon",
		"Meadow", "Orchid", "Pioneer", "Quarry", "Raven", "Sable", "Tundra", "Umber", "Valley", "Walnut", "Yarrow", "Zephyr", "Aspen",
		"Beacon", "Cobalt", "Delta", "Ember", "Fjord", "Glacier"}
	nameEnds = []string{"works", "field", "point", "stone", "gate", "bridge", "wood", "line", "crest", "haven", "forge", "port", "mill",
		"view", "dale", "ridge", "loop", "core", "path", "grove"}
	legalForms   = []string{"Inc.", "LLC", "Corp.", "Group", "Ltd", "Holdings", "Partners", "& Co"}
	legalEurope  = []string{"GmbH", "AG", "SARL", "S.p.A.", "B.V.", "Oy", "AB", "S.A."}
	awkwardWords = []string{`Smith, Jones & Sons`, `The "Original" Tool Co`, "Two\nLines Trading", "Société Générale d'Élevage",
		"Rocket 🚀 Logistics", "=1+1", "'); DROP TABLE t; --", "+49 Telefonbau", "@Home Services", "naïve; semi|colon\ttab"}
	industries     = []string{"Manufacturing", "Software", "Logistics", "Financial services", "Health care", "Retail", "Energy", "Education"}
	personas       = []string{"Head of Operations", "Buyer", "Chief financial officer", "IT manager", "Analyst", "VP Marketing", "Plant manager", "Developer"}
	roles          = []string{"Decision maker", "Economic buyer", "Evaluator", "Champion", "User", "Influencer"}
	freeMailHosts  = []string{"gmail.com", "outlook.com", "yahoo.com", "gmx.de"}
	roleMailboxes  = []string{"info", "sales", "support", "office"}
	rejectReasons  = []string{"Not a fit", "No budget", "Wrong person", "Student", "Competitor", "Cannot be reached"}
	recycleReasons = []string{"Not ready", "Next year", "Project on hold", "Nurture"}
	reopenReasons  = []string{"Contract was not countersigned", "Terms renegotiated"}
	otherAnswers   = []string{"Podcast", "A colleague", "Google", "partner", "Referral", "webinar"}
	salesRatings   = []string{"Hot", "Warm", "Cold"}
	fitGrades      = []string{"A", "B", "C", "D"}
	products       = []string{"platform", "rollout", "analytics", "pilot", "licences"}
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
