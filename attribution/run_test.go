package attribution

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// The whole stage over small companies: testdata/run. A case runs "NAME", which is one of these.
func TestRunOfSmallCompanies(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"defaults":          func(*Options) {},
		"roles_and_account": func(o *Options) { o.BuyingGroup = "roles_and_account" },
		"direct_falls_back": func(o *Options) { o.Journey.Direct = "fallback_only" },
		"direct_excluded":   func(o *Options) { o.Journey.Direct = "exclude" },
		"repeats": func(o *Options) {
			o.Journey.DedupeWindowMinutes, o.Journey.BotBurst = 10, &config.BotBurst{Touches: 3, Seconds: 5}
		},
		"channels": func(o *Options) {
			o.Channels = &config.Channels{Groups: config.WebGroups, Rules: []config.ChannelRule{
				{Channel: "Brand", When: map[string]config.ChannelCondition{"campaign": {Pattern: "^brand"}}}}}
		},
	} {
		changes[name] = change
	}
	stagetest.Dir(t, "testdata/run", stagetest.Stages{Run: func(t *testing.T, eng *engine.Engine, name string) {
		o := smallOptions(t)
		changes[name](&o)
		completeContract(t, eng, o.Channels != nil)
		result, err := Run(t.Context(), eng, []credit.Model{firstTouch, linear}, o, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Checks) == 0 {
			t.Error("no check was made")
		}
		if err := findings.Store(t.Context(), eng, result.Findings); err != nil {
			t.Fatal(err)
		}
	}})
}

var changes = map[string]func(*Options){}

var (
	firstTouch = credit.Model{Name: "first_touch", Doc: "all to the first", Weights: func(_ *credit.Journey, w []uint64) { w[0] = 1 }}
	linear     = credit.Model{Name: "linear", Doc: "alike to all", Weights: func(_ *credit.Journey, w []uint64) {
		for i := range w {
			w[i] = 1
		}
	}}
)

// smallOptions are those of a configuration that sets nothing, as of the end of March 2025.
func smallOptions(t *testing.T) Options {
	t.Helper()
	job, err := config.Parse("tributary.yaml", []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	return Options{
		AsOf: time.Date(2025, 3, 31, 23, 59, 59, 999_999_000, time.UTC), Zone: time.UTC, Currency: "USD", Threads: 2, Primary: "linear", Credits: true,
		People: job.People, BuyingGroup: job.BuyingGroup, Journey: job.Journey, Opportunities: job.Opportunities, Funnel: job.Funnel, LeadsGiven: true,
		Reporting: job.Reporting, Agreed: job.Alignment, Costs: job.Costs, Economics: job.Economics,
	}
}

// completeContract gives the engine what reading makes beside the tables of a case: the other tables
// and columns of the contract, empty, and the groups of touchpoints, if need be with their origin.
func completeContract(t *testing.T, eng *engine.Engine, withOrigin bool) {
	t.Helper()
	kinds := "channel, campaign_id, touch_type, status, asset, source, medium"
	if withOrigin {
		kinds += ", referrer, click_id"
	}
	types := map[arrow.Type]string{arrow.TIMESTAMP: "TIMESTAMP", arrow.INT64: "BIGINT", arrow.DATE32: "DATE", arrow.BOOL: "BOOLEAN", arrow.INT8: "TINYINT", arrow.STRING: "VARCHAR"}
	var statements []string
	for _, table := range contract.Tables() {
		statements = append(statements, "CREATE TABLE IF NOT EXISTS "+engine.Name(table.Name)+" (given BOOLEAN)")
		for _, c := range table.Columns {
			fields := c.Fields()
			if c.Kind == contract.Money {
				fields = []arrow.Field{{Name: c.Stored(), Type: arrow.PrimitiveTypes.Int64}}
			}
			for _, f := range fields {
				value := ""
				if strings.HasSuffix(f.Name, "_span_us") {
					value = " DEFAULT 0"
				}
				statements = append(statements, fmt.Sprintf("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s%s", engine.Name(table.Name), engine.Name(f.Name), types[f.Type.ID()], value))
			}
		}
	}
	statements = append(statements,
		"CREATE TABLE currencies AS SELECT 'USD' AS currency, 2 AS exponent, CAST(100 AS BIGINT) AS minor_per_unit",
		"CREATE TABLE late_touches (value VARCHAR)",
		"CREATE TABLE control_lines (position BIGINT, place VARCHAR, command VARCHAR, lost VARCHAR, table_name VARCHAR, period_start DATE, period_end DATE, expected_rows BIGINT, expected_minor BIGINT, currency VARCHAR, exponent INTEGER, is_one_currency BOOLEAN, tolerance_micros BIGINT)",
		"CREATE TABLE touch_files AS SELECT CAST(1 AS BIGINT) AS file_number, COUNT(*) AS lines, CAST(0 AS BIGINT) AS first_row FROM touchpoints",
		"CREATE TABLE touch_names AS SELECT HASH(contact_id, lead_id, email, anonymous_id, account_id) AS name_key, contact_id, lead_id, email, anonymous_id, account_id, COUNT(*) AS touches FROM touchpoints GROUP BY contact_id, lead_id, email, anonymous_id, account_id",
		"CREATE TABLE touch_kinds AS SELECT HASH("+kinds+") AS kind_key, "+kinds+", COUNT(*) AS touches FROM touchpoints GROUP BY "+kinds,
		`CREATE VIEW touch_rows AS
		SELECT 1 AS file_number, rowid + 1 AS line, rowid + 1 AS touch_row, touch_id, EPOCH_US(occurred_at) AS occurred_us, HASH(contact_id, lead_id, email, anonymous_id, account_id) AS name_key,
			HASH(`+kinds+`) AS kind_key FROM touchpoints`)
	for _, s := range statements {
		if err := eng.Exec(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}
