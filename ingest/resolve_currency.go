package ingest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
)

// resolveCurrency finds the reporting currency: the declared one, else the only one of amounts and
// costs, else the only one of campaign budgets. If none is named, it is XXX, "no currency" (ISO
// 4217). It makes the engine's table "currencies", and sets aside amounts that do not fit their
// currency.
func (l *loading) resolveCurrency(ctx context.Context) error {
	amounts, err := l.engine.Texts(ctx, `SELECT DISTINCT currency FROM raw_opportunities WHERE currency IS NOT NULL
		UNION SELECT currency FROM raw_costs WHERE currency IS NOT NULL
		UNION SELECT currency FROM raw_crm_influence WHERE currency IS NOT NULL ORDER BY 1`)
	if err != nil {
		return err
	}
	budgets, err := l.engine.Texts(ctx, `SELECT DISTINCT currency FROM raw_campaigns WHERE currency IS NOT NULL ORDER BY 1`)
	if err != nil {
		return err
	}
	controlled, err := l.engine.Texts(ctx, `SELECT DISTINCT currency FROM raw_control_totals WHERE currency IS NOT NULL ORDER BY 1`)
	if err != nil {
		return err
	}
	currency := ""
	switch {
	case l.job.Reporting.Currency != "":
		currency = l.job.Reporting.Currency
	case l.isUnread("opportunities", "costs", "campaigns", influence):
		return nil // any of them may name another
	case len(amounts) == 1:
		currency = amounts[0]
	case len(amounts) > 1:
		return failure.Errorf(failure.Contract, "amounts are in several currencies (%s): declare reporting.currency, and give exchange_rates for the others", strings.Join(amounts, ", "))
	case len(budgets) == 1:
		currency = budgets[0]
	default:
		currency = "XXX"
		l.setUnnamedCurrency(1)
	}
	if err := l.storeCurrencies(ctx, slices.Concat([]string{currency}, amounts, budgets, controlled)); err != nil {
		return err
	}
	l.currency = currency
	l.scale, _ = contract.Exponent(currency)
	for _, table := range []string{"opportunities", contract.ControlTotals, influence} {
		if err := l.refuseAmounts(ctx, table); err != nil {
			return err
		}
	}
	return nil
}

// storeCurrencies makes the engine's table "currencies" of these codes, each once.
func (l *loading) storeCurrencies(ctx context.Context, codes []string) error {
	if err := l.engine.Exec(ctx, `CREATE OR REPLACE TABLE currencies (currency VARCHAR, exponent INTEGER, minor_per_unit BIGINT)`); err != nil {
		return err
	}
	known := map[string]bool{}
	for _, code := range codes {
		exponent, isKnown := contract.Exponent(code)
		if !isKnown {
			return failure.Errorf(failure.Usage, "reporting.currency: %q is not a code of ISO 4217", code)
		}
		if known[code] {
			continue
		}
		known[code] = true
		perUnit := int64(1)
		for range exponent {
			perUnit *= 10
		}
		if err := l.engine.Exec(ctx, `INSERT INTO currencies VALUES (?, ?, ?)`, code, exponent, perUnit); err != nil {
			return err
		}
	}
	return nil
}

func (l *loading) setUnnamedCurrency(count int64) {
	const meaning = "no currency is named anywhere: reports show XXX, the code for no currency, with two decimals"
	l.unnamedCurrency = findings.Of(findings.Run, "currency_unnamed", findings.Warning, count, meaning)
	l.unnamedCurrency.Sentence, l.unnamedCurrency.Remedy = meaning, "declare reporting.currency"
}

// refuseReservedWords sets aside rows whose channel or campaign has the name of a row that reports
// add, because reports would mix the two. "(none)" is allowed: the "(none)" of the data and an
// empty channel share one row.
func (l *loading) refuseReservedWords(ctx context.Context, tables []contract.Table) error {
	columns := []struct{ table, column string }{
		{"touchpoints", "channel"}, {"touchpoints", "campaign_id"}, {"campaigns", "channel"}, {"campaigns", "campaign_id"},
		{"costs", "channel"}, {"costs", "campaign_id"}, {"leads", "source"}, {"opportunities", "primary_campaign_id"},
		{influence, "campaign_id"},
	}
	columns = slices.DeleteFunc(columns, func(c struct{ table, column string }) bool {
		return !slices.ContainsFunc(tables, func(t contract.Table) bool { return t.Name == c.table })
	})
	isReserved := func(column string) string { return "r." + engine.Name(column) + " IN ('(unattributed)', '(all)')" }
	var looks []string
	for _, c := range columns {
		looks = append(looks, "SELECT "+engine.Text(c.table+"."+c.column)+" FROM "+engine.Name("raw_"+c.table)+" AS r WHERE "+isReserved(c.column))
	}
	// There are nearly always none, so one query that reads no other columns is enough.
	used, err := l.engine.Texts(ctx, strings.Join(looks, " UNION "))
	if err != nil {
		return fmt.Errorf("looking for reserved words: %w", err)
	}
	for _, c := range columns {
		if !slices.Contains(used, c.table+"."+c.column) {
			continue
		}
		if err := l.setAside(ctx, *contract.Find(c.table), c.column, `
			SELECT r.file_number, r.line, 'is the name of a row that reports add' AS reason, r.`+engine.Name(c.column)+` AS value, CAST(TO_JSON(r) AS VARCHAR) AS content
			FROM `+engine.Name("raw_"+c.table)+` AS r WHERE `+isReserved(c.column)); err != nil {
			return fmt.Errorf("looking for reserved words: %w", err)
		}
	}
	return nil
}

// refuseAmounts sets aside amounts with more decimals than their currency allows, and amounts that
// do not fit 64 bits in minor units.
func (l *loading) refuseAmounts(ctx context.Context, table string) error {
	err := l.setAside(ctx, *contract.Find(table), "amount", queryText("refused_amounts", "{table}", engine.Name("raw_"+table)),
		l.currency)
	if err != nil {
		return fmt.Errorf("checking amounts: %w", err)
	}
	return nil
}
