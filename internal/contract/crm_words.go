package contract

// WonStages and LostStages are the stages that close an opportunity, unless the configuration names
// others.
var (
	WonStages  = []string{"Closed Won", "Won", "closedwon"}
	LostStages = []string{"Closed Lost", "Lost", "closedlost"}
)

// NotResponses are the statuses of touchpoints that are not a response, unless the configuration
// changes that.
var NotResponses = []string{"sent", "delivered", "invited", "planned", "queued", "bounced", "unsubscribed", "no show"}

// Reach are the types of touchpoints that only say that something was shown: they do not count,
// unless journey.touch_types lists them.
var Reach = []string{"impression", "impressions"}

// OpportunityTypeWords are the spellings of each type in common CRMs (Salesforce's standard
// picklist, HubSpot's dealtype). A blank type is new business. A word that is neither here nor in
// the configuration is "other".
var OpportunityTypeWords = map[string][]string{
	"new_business": {"new_business", "new", "new customer", "new logo"},
	"expansion":    {"expansion", "upsell", "cross sell", "add on", "existing business", "existing customer upgrade"},
	"renewal":      {"renewal", "existing customer renewal"},
	"other":        {"other"},
}

// OpportunityTypes are the types to which every opportunity is mapped, in the order of reports.
var OpportunityTypes = []string{"new_business", "expansion", "renewal", "other"}
