package ingest

import (
	"context"
	"fmt"

	"github.com/tributary-engine/tributary/internal/contract"
)

// influence is the table of what the CRM itself credits to campaigns.
const influence = "crm_influence"

// refuseInfluence sets aside rows of crm_influence with a share that is none, and those that have a
// share and an amount: they would count twice. A percentage that was not declared as one is found
// here.
func (l *loading) refuseInfluence(ctx context.Context) error {
	t := *contract.Find(influence)
	for _, rule := range []struct{ column, reason, where, value string }{
		{"share", "is not a share from 0 to 1; declare scale: 0.01 for percentages", "r.share_micros NOT BETWEEN 0 AND 1000000",
			"CAST(r.share_micros / 1000000.0 AS VARCHAR)"},
		{"amount", "is given beside a share; a row of crm_influence needs one of them, not both", "r.share_micros IS NOT NULL AND r.amount_digits IS NOT NULL",
			"CAST(r.amount_digits AS VARCHAR) || CASE WHEN r.amount_scale > 0 THEN 'e-' || r.amount_scale ELSE '' END"},
	} {
		if err := l.setAside(ctx, t, rule.column, `
			SELECT r.file_number, r.line, '`+rule.reason+`' AS reason, `+rule.value+` AS value, CAST(TO_JSON(r) AS VARCHAR) AS content
			FROM raw_crm_influence AS r WHERE `+rule.where); err != nil {
			return fmt.Errorf("checking %s: %w", influence, err)
		}
	}
	return nil
}
