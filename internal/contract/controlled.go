package contract

// ControlTotals is the table of what finance says of other tables.
const ControlTotals = "control_totals"

// A ControlledTable is a table whose rows and amounts can be compared with finance's totals.
type ControlledTable struct {
	Name       string
	Dated      string // the column whose day decides the period of a row
	HasAmounts bool
}

// Controlled lists these tables; attribution/control_totals.go has the rows of each.
var Controlled = []ControlledTable{
	{"contacts", "created_at", false},
	{"leads", "created_at", false},
	{"touchpoints", "occurred_at", false},
	{"opportunities", "closed_at", true}, // the won ones
	{"stage_history", "entered_at", false},
	{"costs", "starts_on", true},
	{"activities", "occurred_at", false},
}

func controlledTables() []string {
	var names []string
	for _, c := range Controlled {
		names = append(names, c.Name)
	}
	return names
}
