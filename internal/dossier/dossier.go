// Package dossier reads from the files of a published run what sales should know of a person before
// a call: who it is, where it stands, what it was shown and answered, who spoke with it, what became
// of its deliveries, and what else happens at its account. Everything is read for the persons that
// are asked for alone, however large the run is.
package dossier

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// A Dossier is what a run knows of one person at as-of. Lists are ordered from the newest to the
// oldest. Every key is always there; a value that nobody knows is null.
type Dossier struct {
	Run            string        `json:"run"`
	AsOf           Moment        `json:"as_of"`
	PersonID       string        `json:"person_id"`
	Email          Text          `json:"email"`           // of the newest record that has one
	ExcludedReason Text          `json:"excluded_reason"` // why the person is in no report: internal or test_account
	Entered        *Entry        `json:"entered"`         // of a batch: the entry for which the person is in it
	Records        []Record      `json:"records"`
	Account        *Account      `json:"account"`
	Persona        Text          `json:"persona"` // of the newest contact that has one
	Owner          Text          `json:"owner"`   // the last one that history names, else of the newest lead that has one
	LeadAt         Moment        `json:"lead_at"`
	Stands         *Standing     `json:"stands"`
	Source         Text          `json:"source"` // this and the next four are of the newest lead
	SelfReported   Text          `json:"self_reported_source"`
	Fit            Fit           `json:"fit"`
	Interest       Interest      `json:"interest"`
	SalesRating    Text          `json:"sales_rating"`
	BANT           BANT          `json:"bant"`
	TouchCount     int           `json:"touch_count"`
	ResponseCount  int           `json:"response_count"`
	TopAsset       *TopAsset     `json:"top_asset"`
	Touches        []Touch       `json:"touches"`
	Activities     []Activity    `json:"activities"`
	Deliveries     []Delivery    `json:"deliveries"`
	History        []Step        `json:"history"`
	Opportunities  []Opportunity `json:"opportunities"`
	Colleagues     []Colleague   `json:"account_people"`

	leadIsDay bool
}

// An Entry of a person to a stage or word.
type Entry struct {
	Stage string `json:"stage"`
	At    Moment `json:"at"`
}

// A Record of the CRM: a lead or a contact. IsDay: CreatedAt is a date without a time.
type Record struct {
	Kind      string `json:"kind"`
	ID        string `json:"id"`
	Email     Text   `json:"email"`
	AccountID Text   `json:"account_id"`
	CreatedAt Moment `json:"created_at"`
	Persona   Text   `json:"persona"`
	Owner     Text   `json:"owner"`

	isDay bool
}

// An Account of a person, and how it was found.
type Account struct {
	ID          string `json:"account_id"`
	Name        Text   `json:"name"`
	Domain      Text   `json:"domain"`
	Segment     Text   `json:"segment"`
	Industry    Text   `json:"industry"`
	MatchMethod Text   `json:"match_method"`
}

// A Standing is the last stage or word that a person entered. LeftAt and Exit are null while the
// person stands there.
type Standing struct {
	Stage      string `json:"stage"`
	Department Text   `json:"department"`
	Since      Moment `json:"since"`
	LeftAt     Moment `json:"left_at"`
	Exit       Text   `json:"exit"`
}

// Fit of the newest lead: the grade as it is written, and good, bad or unknown.
type Fit struct {
	Grade Text   `json:"grade"`
	Class string `json:"class"`
}

// Interest of the newest lead: the score as it is written, and high, low or unknown.
type Interest struct {
	Score Number `json:"score"`
	Class string `json:"class"`
}

// BANT is what the leads of a person say of budget, authority, need and timeframe: yes, no or
// unknown, of several leads the best.
type BANT struct {
	Budget    string `json:"budget"`
	Authority string `json:"authority"`
	Need      string `json:"need"`
	Timeframe string `json:"timeframe"`
	Known     int    `json:"known"` // of the four facts
	Yes       int    `json:"yes"`
}

// TopAsset is the asset that most responses of the person were to; of several, the one touched last.
type TopAsset struct {
	Asset     string `json:"asset"`
	Responses int    `json:"responses"`
}

// A Touch is a touchpoint. IsResponse: it counts in journeys; if not, ExcludedReason says why.
type Touch struct {
	TouchID        string `json:"touch_id"`
	OccurredAt     Moment `json:"occurred_at"`
	Channel        string `json:"channel"`
	CampaignID     Text   `json:"campaign_id"`
	CampaignName   Text   `json:"campaign_name"`
	Asset          Text   `json:"asset"`
	TouchType      Text   `json:"touch_type"`
	Status         Text   `json:"status"`
	IsResponse     bool   `json:"is_response"`
	ExcludedReason Text   `json:"excluded_reason"`
}

// An Activity of sales, on a record of the person.
type Activity struct {
	ActivityID string `json:"activity_id"`
	OccurredAt Moment `json:"occurred_at"`
	Type       Text   `json:"activity_type"`
	Outcome    Text   `json:"outcome"`
	Owner      Text   `json:"owner"`
	Record     string `json:"record"` // contact:ID or lead:ID
}

// A Delivery is an entry to the stage that hands a person over to sales, and what became of it.
type Delivery struct {
	DeliveredAt  Moment `json:"delivered_at"`
	Outcome      string `json:"outcome"`
	IsLate       bool   `json:"is_late"`    // the outcome came after handoff.expires_after
	IsImplied    bool   `json:"is_implied"` // accepted by a later stage or an opportunity
	OutcomeAt    Moment `json:"outcome_at"`
	Reason       Text   `json:"reason"`
	Owner        Text   `json:"owner"`
	Channel      Text   `json:"channel"`     // of the first touchpoint of the journey to the delivery
	CampaignID   Text   `json:"campaign_id"` // of the last one
	CampaignName Text   `json:"campaign_name"`
}

// A Step is a row of the person's history.
type Step struct {
	At         Moment `json:"at"`
	Stage      string `json:"stage"`
	Department Text   `json:"department"`
	Owner      Text   `json:"owner"`
	Reason     Text   `json:"reason"`
	IsEdit     bool   `json:"is_edit"`    // the person stood there already
	IsImplied  bool   `json:"is_implied"` // by the creation of the lead; no row of stage_history
}

// An Opportunity in which the person has a role, or of its account. Open ones come first.
type Opportunity struct {
	OpportunityID string `json:"opportunity_id"`
	Name          Text   `json:"name"`
	State         string `json:"state"` // open, won or lost, at as-of
	Stage         Text   `json:"stage"` // as the CRM has it
	Type          string `json:"opportunity_type"`
	CreatedAt     Moment `json:"created_at"`
	ClosedAt      Moment `json:"closed_at"`         // null of an open one
	ExpectedAt    Moment `json:"expected_close_at"` // null of a closed one
	AmountMinor   *int64 `json:"amount_minor"`
	Currency      Text   `json:"currency"`
	Owner         Text   `json:"owner"`
	Competitor    Text   `json:"competitor"`
	LossReason    Text   `json:"loss_reason"`
	HasRole       bool   `json:"has_role"` // of the person
	Role          Text   `json:"role"`
	IsPrimary     bool   `json:"is_primary"`
	IsReversal    bool   `json:"is_reversal"`
}

// A Colleague is another person of the account. Touches are those of the 90 days before as-of.
type Colleague struct {
	PersonID string    `json:"person_id"`
	Email    Text      `json:"email"`
	Persona  Text      `json:"persona"`
	Stands   *Standing `json:"stands"`
	Touches  []Touch   `json:"touches_90d"`
}

// Last is when the colleague was last touched in the 90 days; zero: not at all.
func (c Colleague) Last() time.Time {
	if len(c.Touches) == 0 {
		return time.Time{}
	}
	return c.Touches[0].OccurredAt.Time
}

// A Choice is the people of an account, those who were touched last first.
type Choice struct {
	Run     string      `json:"run"`
	AsOf    Moment      `json:"as_of"`
	Account Account     `json:"account"`
	People  []Colleague `json:"people"`
}

// Text is a text that may be unknown: then it is empty, and null in JSON.
type Text string

// MarshalJSON writes null for no text.
func (t Text) MarshalJSON() ([]byte, error) {
	if t == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(t))
}

// Moment is an instant that may be unknown: then it is zero, and null in JSON.
type Moment struct{ time.Time }

// MarshalJSON writes UTC, and null for no instant.
func (m Moment) MarshalJSON() ([]byte, error) {
	if m.IsZero() {
		return []byte("null"), nil
	}
	return json.Marshal(m.UTC())
}

// Number is a decimal in millionths that may be unknown.
type Number struct {
	Micros  int64
	IsKnown bool
}

// String writes the decimal without zeros at its end.
func (n Number) String() string {
	if !n.IsKnown {
		return ""
	}
	sign, magnitude := "", uint64(n.Micros)
	if n.Micros < 0 {
		sign, magnitude = "-", -magnitude
	}
	whole := strconv.FormatUint(magnitude/1_000_000, 10)
	decimals := strings.TrimRight(strconv.FormatUint(1_000_000+magnitude%1_000_000, 10)[1:], "0")
	if decimals != "" {
		decimals = "." + decimals
	}
	return sign + whole + decimals
}

// MarshalJSON writes the decimal exactly, and null for none.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.IsKnown {
		return []byte("null"), nil
	}
	return []byte(n.String()), nil
}
