package stagetest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// CompleteContract gives the engine what reading makes beside the tables of a case: the other tables
// and columns of the contract, empty, and the groups of touchpoints, if need be with their origin.
func CompleteContract(t *testing.T, eng *engine.Engine, withOrigin bool) {
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
		"CREATE TABLE IF NOT EXISTS currencies AS SELECT 'USD' AS currency, 2 AS exponent, CAST(100 AS BIGINT) AS minor_per_unit",
		"CREATE TABLE IF NOT EXISTS late_touches (value VARCHAR)",
		"CREATE TABLE touch_moments (touch_id VARCHAR, channel VARCHAR, campaign_id VARCHAR, recorded_at TIMESTAMP, happened_at TIMESTAMP)",
		"CREATE TABLE IF NOT EXISTS control_lines (position BIGINT, place VARCHAR, command VARCHAR, lost VARCHAR, table_name VARCHAR, period_start DATE, period_end DATE, expected_rows BIGINT, expected_minor BIGINT, currency VARCHAR, exponent INTEGER, is_one_currency BOOLEAN, tolerance_micros BIGINT)",
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
