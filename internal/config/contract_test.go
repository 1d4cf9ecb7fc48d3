package config_test

import (
	"testing"

	"tributary/internal/config"
)

// tables is the contract (docs/input.md), with a few columns of each table. cmd passes that of ingest.
func tables() []config.Table {
	return []config.Table{
		{Name: "accounts", Columns: []string{"account_id", "name"}},
		{Name: "contacts", Columns: []string{"contact_id", "email"}},
		{Name: "leads", Columns: []string{"lead_id", "created_at"}},
		{Name: "account_contacts", Columns: []string{"account_id", "contact_id"}},
		{Name: "account_domains", Columns: []string{"account_id", "domain"}},
		{Name: "identity_map", Columns: []string{"from_id", "to_id"}},
		{Name: "campaigns", Columns: []string{"campaign_id", "channel"}},
		{Name: "touchpoints", Required: true, Columns: []string{"touch_id", "occurred_at", "contact_id", "campaign_id", "touch_type", "channel"}},
		{Name: "opportunities", Required: true, Columns: []string{"opportunity_id", "created_at", "stage", "amount", "is_won"}},
		{Name: "opportunity_contacts", Columns: []string{"opportunity_id", "contact_id"}},
		{Name: "stage_history", Columns: []string{"entity_id", "stage"}},
		{Name: "costs", Columns: []string{"starts_on", "amount"}},
		{Name: "activities", Columns: []string{"activity_id"}},
		{Name: "exchange_rates", Columns: []string{"currency", "rate"}},
		{Name: "targets", Columns: []string{"metric"}},
		{Name: "control_totals", Columns: []string{"table", "amount"}},
		{Name: "capacity", Columns: []string{"week"}},
	}
}

// The schema lists the tables for editors. It must know those of the contract.
func TestSchemaKnowsTheContract(t *testing.T) {
	for _, table := range tables() {
		text := "tables: {" + table.Name + ": {file: x.csv}}\nquarantine: {" + table.Name + ": 0.5}\n"
		if _, err := config.Parse("t.yaml", []byte(text), tables()); err != nil {
			t.Error(err)
		}
	}
}
