package oracle

// World is one small input: the canonical tables, every field the text in the CSV file ("" is
// null), and the options of the run. A nil slice means that the file is not there; an empty one
// that it has only a header. Only for leads does the difference change a number: without a leads
// file, contacts are leads.
type World struct {
	Accounts            []Account
	AccountContacts     []AccountContact
	AccountDomains      []AccountDomain
	Contacts            []Contact
	Leads               []Lead
	IdentityMap         []IdentityLink
	Campaigns           []Campaign
	Touchpoints         []Touchpoint
	Opportunities       []Opportunity
	OpportunityContacts []OpportunityContact
	StageHistory        []StageEntry
	Costs               []Cost
	ExchangeRates       []ExchangeRate
	Activities          []Activity
	Targets             []Target
	Capacity            []Capacity
	Options             Options
}

// Options are the settings of a run that change a number.
type Options struct {
	AsOf                     string // an instant; "" takes the newest instant that happened
	From, To                 string // first and last day of the reporting period; "" is unbounded
	ReportingCurrency        string // "" takes the only one that appears
	ReportingZone            string // only UTC
	InputZone                string // of times without a zone. Worlds have none, and a bare date is a day of the reporting zone: nothing here depends on it
	BuyingGroup              string // roles_else_account | roles | account | roles_and_account
	LookbackDays             int
	PersonLookbackDays       int // of the conversions of persons, from their anchor
	LeadCreationGraceMinutes int
	Direct                   string // count | fallback_only | exclude
	SalesChannels            []string
	TouchTypes               []string // the only touch types that count; none: all count
	Responses                []string // statuses that count although the shipped list says no
	NotResponses             []string // further statuses that do not count
	DedupeWindowMinutes      int      // 0 is off
	BotBurst                 BotBurst
	JoinByEmail              bool
	ContactsAreLeads         bool // with a leads file too
	OwnDomains               []string
	TestAccounts             []string
	Custom                   []Custom
	SinceLastWin             []string // opportunity types whose journeys begin after the account's last win
	Funnel                   []Stage
	Alignment                Alignment
	DimensionValues          int // how many values of a dimension are told apart
}

// BotBurst marks the touches of a person of whom at least so many fall within so many seconds. No
// touches is off.
type BotBurst struct{ Touches, Seconds int }

// Custom is a positional model of the configuration, in whole percent that total 100. Zero means
// not declared.
type Custom struct {
	ID                         string
	FT, LT, LC, OC, CW, Middle int
	Kind                       string // a shipped model, whose shares it takes; "": those above
	Only                       Only
}

// Only is the touches that a model sees: those with one of the values of each list that has any.
type Only struct{ TouchTypes, Channels, Campaigns, SourceGroups []string }

// DefaultOptions are the settings of a run without a configuration.
func DefaultOptions() Options {
	return Options{
		ReportingZone:            "UTC",
		BuyingGroup:              RolesElseAccount,
		LookbackDays:             365,
		PersonLookbackDays:       90,
		LeadCreationGraceMinutes: 10,
		Direct:                   DirectCount,
		JoinByEmail:              true,
		Funnel:                   DefaultFunnel(),
		Alignment:                DefaultAlignment(),
		DimensionValues:          1000,
	}
}

// Values of Options.BuyingGroup.
const (
	RolesElseAccount = "roles_else_account"
	Roles            = "roles"
	AccountGroup     = "account"
	RolesAndAccount  = "roles_and_account"
)

// Values of Options.Direct.
const (
	DirectCount        = "count"
	DirectFallbackOnly = "fallback_only"
	DirectExclude      = "exclude"
)

type Account struct {
	AccountID       string `csv:"account_id"`
	Name            string `csv:"name"`
	Domain          string `csv:"domain"`
	ParentAccountID string `csv:"parent_account_id"`
	Segment         string `csv:"segment"`
	Industry        string `csv:"industry"`
}

// AccountContact says that a contact was at an account from StartsOn to EndsOn, both included; ""
// is open.
type AccountContact struct {
	AccountID string `csv:"account_id"`
	ContactID string `csv:"contact_id"`
	StartsOn  string `csv:"starts_on"`
	EndsOn    string `csv:"ends_on"`
}

// AccountDomain is a further domain of an account.
type AccountDomain struct {
	AccountID string `csv:"account_id"`
	Domain    string `csv:"domain"`
}

type Contact struct {
	ContactID string `csv:"contact_id"`
	AccountID string `csv:"account_id"`
	Email     string `csv:"email"`
	Persona   string `csv:"persona"`
	CreatedAt string `csv:"created_at"`
}

type Lead struct {
	LeadID             string `csv:"lead_id"`
	Email              string `csv:"email"`
	AccountID          string `csv:"account_id"`
	ConvertedContactID string `csv:"converted_contact_id"`
	CreatedAt          string `csv:"created_at"`
	Source             string `csv:"source"`
	Owner              string `csv:"owner"`
	FitGrade           string `csv:"fit_grade"`
	InterestScore      string `csv:"interest_score"`
	BANTBudget         string `csv:"bant_budget"`
	BANTAuthority      string `csv:"bant_authority"`
	BANTNeed           string `csv:"bant_need"`
	BANTTimeframe      string `csv:"bant_timeframe"`
	SalesRating        string `csv:"sales_rating"`
	SelfReportedSource string `csv:"self_reported_source"`
}

type IdentityLink struct {
	FromID string `csv:"from_id"`
	ToID   string `csv:"to_id"`
	Kind   string `csv:"kind"`    // of from_id: contact by default, lead, anonymous
	ToKind string `csv:"to_kind"` // contact by default, lead
}

type Campaign struct {
	CampaignID       string `csv:"campaign_id"`
	Name             string `csv:"name"`
	Channel          string `csv:"channel"`
	ParentCampaignID string `csv:"parent_campaign_id"`
	StartsOn         string `csv:"starts_on"`
	EndsOn           string `csv:"ends_on"`
	Budget           string `csv:"budget"`
	Currency         string `csv:"currency"`
	ExpectedLeads    string `csv:"expected_leads"`
}

type Touchpoint struct {
	TouchID     string `csv:"touch_id"`
	OccurredAt  string `csv:"occurred_at"`
	ContactID   string `csv:"contact_id"`
	LeadID      string `csv:"lead_id"`
	Email       string `csv:"email"`
	AnonymousID string `csv:"anonymous_id"`
	Channel     string `csv:"channel"`
	CampaignID  string `csv:"campaign_id"`
	TouchType   string `csv:"touch_type"`
	Asset       string `csv:"asset"`
	Source      string `csv:"source"`
	Medium      string `csv:"medium"`
	Status      string `csv:"status"`
}

type Opportunity struct {
	OpportunityID         string `csv:"opportunity_id"`
	AccountID             string `csv:"account_id"`
	Name                  string `csv:"name"`
	CreatedAt             string `csv:"created_at"`
	ClosedAt              string `csv:"closed_at"`
	Stage                 string `csv:"stage"`
	IsWon                 string `csv:"is_won"`
	IsClosed              string `csv:"is_closed"`
	Amount                string `csv:"amount"`
	Currency              string `csv:"currency"`
	OpportunityType       string `csv:"opportunity_type"`
	Owner                 string `csv:"owner"`
	PrimaryCampaignID     string `csv:"primary_campaign_id"`
	Competitor            string `csv:"competitor"`
	LossReason            string `csv:"loss_reason"`
	ReversesOpportunityID string `csv:"reverses_opportunity_id"`
	TermMonths            string `csv:"term_months"`
	SelfReportedSource    string `csv:"self_reported_source"`
}

type OpportunityContact struct {
	OpportunityID string `csv:"opportunity_id"`
	ContactID     string `csv:"contact_id"`
	Role          string `csv:"role"`
	IsPrimary     string `csv:"is_primary"`
}

type StageEntry struct {
	EntityType string `csv:"entity_type"` // lead, contact, opportunity
	EntityID   string `csv:"entity_id"`
	Stage      string `csv:"stage"`
	EnteredAt  string `csv:"entered_at"`
	Owner      string `csv:"owner"`
	Reason     string `csv:"reason"`
}

type Cost struct {
	StartsOn            string `csv:"starts_on"`
	EndsOn              string `csv:"ends_on"`
	CampaignID          string `csv:"campaign_id"`
	Channel             string `csv:"channel"`
	Amount              string `csv:"amount"`
	Currency            string `csv:"currency"`
	Impressions         string `csv:"impressions"`
	Clicks              string `csv:"clicks"`
	ReportedConversions string `csv:"reported_conversions"`
	ReportedValue       string `csv:"reported_value"`
}

type ExchangeRate struct {
	Currency    string `csv:"currency"`
	EffectiveOn string `csv:"effective_on"`
	Rate        string `csv:"rate"` // one unit in the reporting currency
}

// Activity is something that sales did.
type Activity struct {
	ActivityID    string `csv:"activity_id"`
	OccurredAt    string `csv:"occurred_at"`
	LeadID        string `csv:"lead_id"`
	ContactID     string `csv:"contact_id"`
	OpportunityID string `csv:"opportunity_id"`
	Owner         string `csv:"owner"`
	ActivityType  string `csv:"activity_type"`
	Outcome       string `csv:"outcome"`
}

type Target struct {
	PeriodStart string `csv:"period_start"`
	PeriodEnd   string `csv:"period_end"`
	Metric      string `csv:"metric"`
	Amount      string `csv:"amount"`
}

type Capacity struct {
	Week  string `csv:"week"`
	Owner string `csv:"owner"`
	Leads string `csv:"leads"`
}
