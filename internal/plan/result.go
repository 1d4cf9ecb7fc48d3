package plan

import (
	"math/big"
	"slices"
	"time"
)

// A Number is an exact number, or none. In JSON it is a number of at most so many decimals, or null.
type Number struct {
	value    *big.Rat
	decimals int
}

func number(value *big.Rat, decimals int) Number { return Number{value, decimals} }

// IsKnown reports whether there is a number.
func (n Number) IsKnown() bool { return n.value != nil }

// Sign is -1, 0 or 1.
func (n Number) Sign() int { return n.value.Sign() }

// Text is the number without needless zeros.
func (n Number) Text() string { return Exact(n.value, n.decimals) }

// Rounded is the number with so many decimals.
func (n Number) Rounded(decimals int) string { return Rounded(n.value, decimals) }

// Percent is the number as a percentage with one decimal.
func (n Number) Percent() string {
	return Rounded(new(big.Rat).Mul(n.value, big.NewRat(100, 1)), 1) + " %"
}

func (n Number) MarshalJSON() ([]byte, error) {
	if n.value == nil {
		return []byte("null"), nil
	}
	return []byte(n.Text()), nil
}

// Where a figure of a plan comes from.
const (
	FromFlag = "flag"
	FromRun  = "run"
)

// A Plan is what a goal needs. Without an average deal or a rate it has reasons, and no goal.
type Plan struct {
	Run                string        `json:"run,omitempty"`
	Currency           string        `json:"currency,omitempty"`
	Goal               Number        `json:"goal"`
	By                 string        `json:"by,omitempty"`
	AverageDeal        Number        `json:"average_deal"`
	AverageDealFrom    string        `json:"average_deal_from"`
	Deals              *int64        `json:"deals,omitempty"`
	DealsWithoutAmount *int64        `json:"deals_without_amount,omitempty"`
	Rate               Number        `json:"lead_to_customer"`
	RateFrom           string        `json:"lead_to_customer_from"`
	RateLow            Number        `json:"lead_to_customer_low"`
	RateHigh           Number        `json:"lead_to_customer_high"`
	SmallSample        bool          `json:"small_sample"`
	Cohort             *Cohort       `json:"cohort,omitempty"`
	Customers          *int64        `json:"customers"`
	Leads              *int64        `json:"leads"`
	LeadsLow           *int64        `json:"leads_low"`
	LeadsHigh          *int64        `json:"leads_high"`
	Cost               Number        `json:"cost"`
	CostPerLead        Number        `json:"cost_per_lead"`
	Deadline           *DeadlinePlan `json:"deadline,omitempty"`
	Planned            Number        `json:"planned_leads"`
	Missing            Number        `json:"missing_leads"`
	Stages             []StagePlan   `json:"stages"`
	Channels           []ChannelPlan `json:"channels"`
	Weeks              []WeekPlan    `json:"weeks"`
	Reasons            []string      `json:"reasons"` // why there is no goal
	Notes              []string      `json:"notes"`
}

// A Cohort is the leads behind the rates.
type Cohort struct {
	Start     string `json:"start"`
	End       string `json:"end"`
	Months    int64  `json:"months"`
	Leads     int64  `json:"leads"`
	Customers int64  `json:"customers"`
}

// A StagePlan is what a stage needs.
type StagePlan struct {
	Stage       string `json:"stage"`
	Unit        string `json:"unit"`
	Needed      *int64 `json:"needed"`
	Rate        Number `json:"rate"`
	Low         Number `json:"low"`
	High        Number `json:"high"`
	SmallSample bool   `json:"small_sample"`
	MedianDays  Number `json:"median_days"`
	Reason      string `json:"reason,omitempty"`
}

// A ChannelPlan is the part of a channel: its leads by the mix of the cohorts, and what they bring and
// cost at its own rates.
type ChannelPlan struct {
	Channel     string      `json:"channel"`
	Leads       int64       `json:"leads"`
	Share       Number      `json:"share"`
	CohortLeads int64       `json:"cohort_leads"`
	Rate        Number      `json:"lead_to_customer"`
	RateLow     Number      `json:"lead_to_customer_low"`
	RateHigh    Number      `json:"lead_to_customer_high"`
	SmallSample bool        `json:"small_sample"`
	Customers   Number      `json:"customers"`
	AverageDeal Number      `json:"average_deal"`
	Deals       int64       `json:"deals"`
	Cost        Number      `json:"cost"`
	CostPerLead Number      `json:"cost_per_lead"`
	Planned     Number      `json:"planned_leads"`
	Missing     Number      `json:"missing_leads"`
	Stages      []StagePlan `json:"stages"`
}

// A DeadlinePlan is by when the last leads must come.
type DeadlinePlan struct {
	MedianDays Number `json:"median_days"`
	LastDay    string `json:"last_day"`
	LastWeek   string `json:"last_week"`
	IsPast     bool   `json:"is_past"`

	week time.Time
}

// A WeekPlan is what a week brings to sales, and for how much sales has capacity.
type WeekPlan struct {
	Start      string         `json:"week_start"`
	End        string         `json:"week_end"`
	Leads      Number         `json:"leads"`
	Deliveries Number         `json:"deliveries"`
	Capacity   Number         `json:"capacity"`
	Overflow   Number         `json:"overflow"`
	Room       Number         `json:"room"`
	Status     string         `json:"status"`
	Campaigns  []CampaignPlan `json:"campaigns"`
}

// A CampaignPlan is the part of a campaign in a week.
type CampaignPlan struct {
	ID         string `json:"campaign_id"`
	Name       string `json:"campaign_name,omitempty"`
	Channel    string `json:"channel,omitempty"`
	Leads      Number `json:"leads"`
	Deliveries Number `json:"deliveries"`
}

func weeksOf(weeks []Week) []WeekPlan {
	list := []WeekPlan{}
	for _, w := range weeks {
		at := WeekPlan{Start: w.Start.Format(time.DateOnly), End: w.End.Format(time.DateOnly), Leads: number(w.Leads, 6), Deliveries: number(w.Deliveries, 6),
			Capacity: number(w.Capacity, 6), Overflow: number(w.Overflow, 6), Room: number(w.Room, 6), Status: w.Status, Campaigns: []CampaignPlan{}}
		for _, c := range w.Campaigns {
			at.Campaigns = append(at.Campaigns, CampaignPlan{ID: c.ID, Name: c.Name, Channel: c.Channel, Leads: number(c.Leads, 6), Deliveries: number(c.Deliveries, 6)})
		}
		list = append(list, at)
	}
	return list
}

// Times is n times the number, without needless zeros.
func (n Number) Times(by int64) string {
	return Exact(new(big.Rat).Mul(n.value, new(big.Rat).SetInt64(by)), n.decimals)
}

// ByDeliveries are the campaigns of a week, those that bring the most deliveries first; none where
// deliveries are not known.
func ByDeliveries(campaigns []CampaignPlan) []CampaignPlan {
	known := slices.DeleteFunc(slices.Clone(campaigns), func(c CampaignPlan) bool { return !c.Deliveries.IsKnown() })
	slices.SortStableFunc(known, func(a, b CampaignPlan) int { return b.Deliveries.value.Cmp(a.Deliveries.value) })
	return known
}
