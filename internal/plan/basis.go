package plan

import (
	"math/big"
	"time"
)

// A Basis is what a run knows that a plan can be made from. The zero Basis knows nothing.
type Basis struct {
	CohortStart, CohortEnd string // days; empty: no month is mature
	All                    Channel
	Channels               []Channel // in the order of their names
	Weeks                  []Week    // from that of as-of on
}

// A Channel is the leads of the cohorts that came by a channel, or all of them.
type Channel struct {
	Name         string
	Leads        int64
	Cost         *big.Rat
	Deals        int64 // won in the year before as-of, with an amount
	NoAmount     int64 // the same, without one
	DealAmount   *big.Rat
	AverageDeal  *big.Rat // rounded to the minor unit; nil without a deal
	Stages       []Stage  // in the order of the funnel; the last is the win
	CohortMonths int64
}

// A Stage of the funnel, and the leads of a channel that came to it.
type Stage struct {
	Name, Unit  string
	Reached     int64
	Low, High   *big.Rat // the Wilson interval; nil: there is none
	SmallSample bool
	HorizonDays int64
	Times       int64
	MedianDays  *big.Rat // nil without an entry
	Reason      string   // why Reached is not known; empty: it is
}

// A Week is what a week brings to sales.
type Week struct {
	Start, End               time.Time
	Leads, Deliveries        *big.Rat // Deliveries is nil where there is no rate
	Capacity, Overflow, Room *big.Rat
	Status                   string
	Campaigns                []CampaignWeek
}

// A CampaignWeek is the part of a campaign in a week.
type CampaignWeek struct {
	ID, Name, Channel string
	Leads, Deliveries *big.Rat
}

// Existing is the id under which leads stand that came before as-of and were not handed over.
const Existing = "(existing leads)"

// rate is the share of the leads that came to the stage; nil where it is not known.
func (s Stage) rate(leads int64) *big.Rat {
	if s.Reason != "" || leads == 0 {
		return nil
	}
	return big.NewRat(s.Reached, leads)
}

// win is the last stage; nil where nothing is known.
func (c *Channel) win() *Stage {
	if len(c.Stages) == 0 {
		return nil
	}
	return &c.Stages[len(c.Stages)-1]
}
