package difference

import (
	"slices"

	"github.com/tributary-engine/tributary/internal/contract"
)

// A Cause is why figures of two runs differ. Causes are applied in their order, each to what the
// one before left.
type Cause int

const (
	Version       Cause = iota // the earlier run was made by another version of the program
	Configuration              // settings
	AsOf                       // time passed: more of what the tables hold counts
	Rates                      // exchange rates
	Mapping                    // what a row is called: channels, campaigns, types, segments, owners
	NewRows                    // rows whose key the earlier run does not have
	GoneRows                   // rows whose key the later run does not have
	Identity                   // who belongs to whom
	Amount                     // amounts and currencies of opportunities
	Stage                      // stages, won and lost
	Date                       // when something happened
	Unexplained                // what the later run published beyond all of these: 0, unless a run is damaged
)

// Causes are all causes in the order in which they are applied.
func Causes() []Cause {
	return []Cause{Version, Configuration, AsOf, Rates, Mapping, NewRows, GoneRows, Identity, Amount, Stage, Date, Unexplained}
}

var causeNames = []string{
	"version", "configuration", "as_of", "rates", "mapping", "new_rows", "gone_rows", "identity", "amount", "stage", "date", "unexplained",
}

// String is the name of the cause in files and JSON.
func (c Cause) String() string { return causeNames[c] }

// causeLabels are what printed tables call the causes.
var causeLabels = []string{
	"Program version", "Configuration", "Time passed (as-of)", "Exchange rates", "Channels, campaigns, types", "New rows", "Gone rows",
	"People and accounts", "Amounts", "Stages", "Dates", "Not explained",
}

// Label is what printed tables call the cause.
func (c Cause) Label() string { return causeLabels[c] }

// causeOf is the cause of a change of a column in a row that both runs have, by table and column of
// the contract; of every other column it is Mapping.
var causeOf = map[string]map[string]Cause{
	"accounts":      {"domain": Identity, "parent_account_id": Identity},
	"contacts":      {"account_id": Identity, "email": Identity, "created_at": Date},
	"leads":         {"email": Identity, "account_id": Identity, "converted_contact_id": Identity, "created_at": Date},
	"touchpoints":   {"contact_id": Identity, "lead_id": Identity, "email": Identity, "anonymous_id": Identity, "account_id": Identity, "occurred_at": Date},
	"opportunities": {"account_id": Identity, "amount": Amount, "currency": Amount, "stage": Stage, "is_won": Stage, "is_closed": Stage, "created_at": Date, "closed_at": Date},
	"activities":    {"lead_id": Identity, "contact_id": Identity, "opportunity_id": Identity, "occurred_at": Date},
}

func causeOfColumn(table, column string) Cause {
	if cause, found := causeOf[table][column]; found {
		return cause
	}
	return Mapping
}

// A child table has no key: its rows are about a row of another table. Rows about a row that is new
// come with it, and rows about one that is gone go with it.
type childTable struct {
	cause Cause // of any other difference
	about map[string]string
}

// children are the child tables, with the columns that name what they are about: column -> table.
var children = map[string]childTable{
	"account_contacts":     {Identity, map[string]string{"contact_id": "contacts", "account_id": "accounts"}},
	"account_domains":      {Identity, map[string]string{"account_id": "accounts"}},
	"identity_map":         {Identity, nil},
	"opportunity_contacts": {Identity, map[string]string{"opportunity_id": "opportunities"}},
	"stage_history":        {Stage, map[string]string{"entity_id": ""}},
}

// uncredited are the tables that credit and cost do not depend on, and touch_corrections, which the
// published touchpoints have already: the later run's are taken.
var uncredited = []string{"targets", "capacity", "control_totals", "crm_influence", "touch_corrections"}

// isCredited reports whether a difference in the table can change a figure.
func isCredited(t contract.Table) bool { return !slices.Contains(uncredited, t.Name) }
