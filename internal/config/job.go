// Package config reads tributary.yaml, an input directory and flags into a Job: all settings of a
// run, checked. keys.go and keys_*.go declare the keys of the file. The published schema, the
// reference page of keys and the defaults are made from these declarations.
package config

import (
	"encoding/json"
	"strings"
	"time"
)

// A Job is the configuration of one run, as resolved. Marshal writes what a run publishes as
// config.yaml and hashes into the manifest: it holds no path of the machine beyond the file names
// of the inputs. A field that the file has too carries the name of its key, which is declared in
// keys.go.
type Job struct {
	Reporting     Reporting          `json:"reporting"`
	PrimaryModel  string             `json:"primary_model,omitempty"`
	Models        []string           `json:"models,omitempty"` // names in the order of reports; empty: every model
	CustomModels  []CustomModel      `json:"custom_models,omitempty"`
	Tables        map[string]Sources `json:"tables,omitempty"`         // by contract table; absent: not given
	ControlTotals []ControlTotal     `json:"control_totals,omitempty"` // given in the configuration; empty: the table of that name has them, if any
	Quarantine    map[string]float64 `json:"quarantine,omitempty"`
	People        People             `json:"people"`
	BuyingGroup   string             `json:"buying_group"`
	Journey       Journey            `json:"journey"`
	Opportunities Opportunities      `json:"opportunities"`
	SalesChannels []string           `json:"sales_channels,omitempty"`
	Channels      *Channels          `json:"channels,omitempty"` // nil: channels are as they are written
	Alignment
	Costs          CostRules        `json:"costs"`
	Economics      Economics        `json:"economics"`
	Freshness      map[string]Limit `json:"freshness,omitempty"`      // by table: how old its newest row may be, by the clock of the machine
	ClosedThrough  string           `json:"closed_through,omitempty"` // the last day of the books that are closed: won amounts up to it may not change
	Activation     Activation       `json:"activation,omitzero"`
	CampaignFields string           `json:"campaign_fields,omitempty"` // a pattern with named groups, each a field of campaign names; empty: none

	// The file has these in another form: see document.
	AsOf          *time.Time `json:"-"` // UTC; nil: the newest instant of the data
	TimeZone      string     `json:"-"` // of local times without a zone; empty: none declared
	Funnel        []Stage    `json:"-"`
	CSVRaw        bool       `json:"-"`
	Credits       bool       `json:"-"` // write credits.parquet
	PublishTables bool       `json:"-"`
	Gates         Gates      `json:"-"`

	// The file does not decide these alone, or not at all.
	Out         string `json:"-"` // output directory
	TempDir     string `json:"-"` // empty: inside Out
	Threads     int    `json:"-"`
	MemoryLimit string `json:"-"`
}

// Reporting says in which zone, currency and period reports are written.
type Reporting struct {
	Currency string `json:"currency,omitempty"` // empty: the only one that appears
	TimeZone string `json:"time_zone"`          // IANA; UTC by default
	From     string `json:"from,omitempty"`     // first day, YYYY-MM-DD; empty: everything
	To       string `json:"to,omitempty"`       // last day, included

	WeekStartsOn       string `json:"week_starts_on"`        // monday to sunday
	FiscalYearStartsIn string `json:"fiscal_year_starts_in"` // january to december
	Weeks              bool   `json:"weeks"`                 // credit is added up by week too
	DimensionValues    int    `json:"dimension_values"`      // how many values of a dimension are told apart
	Paths              int    `json:"paths"`                 // told apart per transform and type
}

// FirstWeekday is the first day of a week.
func (r Reporting) FirstWeekday() time.Weekday {
	for at := time.Sunday; at <= time.Saturday; at++ {
		if strings.EqualFold(at.String(), r.WeekStartsOn) {
			return at
		}
	}
	return time.Monday
}

// People says how records are joined into persons.
type People struct {
	JoinByEmail      bool     `json:"join_by_email"`
	ContactsAreLeads bool     `json:"contacts_are_leads,omitempty"` // although a table of leads is given
	OwnDomains       []string `json:"own_domains,omitempty"`        // touches of their people are marked internal
	TestAccounts     []string `json:"test_accounts,omitempty"`      // account ids; touches of their people are marked test_account
}

// Journey says which touches are eligible.
type Journey struct {
	LookbackDays             int       `json:"lookback_days"`        // before an opportunity's creation
	PersonLookbackDays       int       `json:"person_lookback_days"` // before a person reached a stage
	LeadCreationGraceMinutes int       `json:"lead_creation_grace_minutes"`
	TouchTypes               []string  `json:"touch_types,omitempty"`   // the only allowed ones; empty: all
	Responses                []string  `json:"responses,omitempty"`     // statuses that count although the shipped list says no
	NotResponses             []string  `json:"not_responses,omitempty"` // further statuses that do not count
	Direct                   string    `json:"direct"`                  // count, fallback_only or exclude
	DirectChannels           []string  `json:"direct_channels"`
	DedupeWindowMinutes      int       `json:"dedupe_window_minutes,omitempty"` // 0: off
	BotBurst                 *BotBurst `json:"bot_burst,omitempty"`
	SinceLastWin             []string  `json:"since_last_win,omitempty"` // opportunity types whose journeys begin after the account's last win; empty: off
}

// A BotBurst marks the touches of a person of whom at least Touches fall within Seconds.
type BotBurst struct {
	Touches int `json:"touches"`
	Seconds int `json:"seconds"`
}

// Opportunities says how stages and types of the CRM are read.
type Opportunities struct {
	WonStages  []string            `json:"won_stages"`
	LostStages []string            `json:"lost_stages"`
	Types      map[string][]string `json:"types,omitempty"` // new_business, expansion, renewal or other: further spellings
}

// A ControlTotal is what finance says of the rows of a table in a period: a row of the contract
// table control_totals.
type ControlTotal struct {
	Table       string      `json:"table"`
	PeriodStart string      `json:"period_start"` // YYYY-MM-DD
	PeriodEnd   string      `json:"period_end"`   // included
	Rows        json.Number `json:"rows,omitempty"`
	Amount      json.Number `json:"amount,omitempty"`
	Currency    string      `json:"currency,omitempty"` // empty: rows of every currency, in the reporting currency
	Tolerance   json.Number `json:"tolerance,omitempty"`
}

// A Stage of the funnel. Those of persons come before those of opportunities.
type Stage struct {
	Name         string   `json:"name"`
	Unit         string   `json:"unit"`  // person or opportunity
	Owner        string   `json:"owner"` // marketing or sales
	ExitCriteria string   `json:"exit_criteria,omitempty"`
	Spellings    []string `json:"spellings"`    // in stage_history, beside the name
	At           string   `json:"at,omitempty"` // of an opportunity's stage: created, won, or empty: as stage_history says
	WithinDays   int      `json:"within_days"`  // how long a unit of an earlier stage has to reach this one
}

// A CustomModel is a further instance of a kind of model.
type CustomModel struct {
	Name         string             `json:"name"`
	Kind         string             `json:"kind"`                     // positional, time_decay, or a shipped model
	Anchors      map[string]float64 `json:"anchors,omitempty"`        // positional: FT, LT, LC, OC, CW in percent
	Middle       float64            `json:"middle,omitempty"`         // positional: percent
	HalfLifeDays float64            `json:"half_life_days,omitempty"` // time_decay
	Only         *Only              `json:"only,omitempty"`           // nil: it sees every touchpoint of a journey
}

// Only says which touchpoints of a journey a model sees: those that have one of the values of each
// key that is given.
type Only struct {
	TouchTypes   []string `json:"touch_type,omitempty"`
	Channels     []string `json:"channel,omitempty"`
	Campaigns    []string `json:"campaign_id,omitempty"`
	SourceGroups []string `json:"source_group,omitempty"`
}
