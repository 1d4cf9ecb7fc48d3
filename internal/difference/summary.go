package difference

import (
	"context"
	"encoding/json"
	"math/big"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A Summary is a comparison for people: per opportunity type the totals, by channel the credit, and
// the opportunities that changed most. Amounts are exact decimals in the reporting currency, units
// exact decimals of conversions.
type Summary struct {
	From          Side      `json:"from"`
	To            Side      `json:"to"`
	Model         string    `json:"model"`
	Currency      string    `json:"currency"`
	Causes        []CauseOf `json:"causes"`
	Totals        []Total   `json:"totals"`
	Channels      []Channel `json:"channels"`
	Campaigns     []Channel `json:"campaigns"`
	Opportunities []Changed `json:"opportunities"`
	More          int64     `json:"opportunities_not_listed"`
	Rows          int64     `json:"changes"` // all of them, as --format csv lists them
	Decimals      int       `json:"-"`
}

// A Side is one of the two runs.
type Side struct {
	Run     string `json:"run"`
	AsOf    string `json:"as_of"`
	Program string `json:"program"`
}

// A CauseOf is a cause that can have changed a figure, and what it changed in the input.
type CauseOf struct {
	Cause     string    `json:"cause"`
	Label     string    `json:"label"`
	Tables    []Moved   `json:"tables,omitempty"`
	Settings  []Setting `json:"settings,omitempty"`
	ShownWith string    `json:"shown_with,omitempty"` // the later cause that has its effect too
	Why       string    `json:"why,omitempty"`

	cause Cause
}

// A Total is one figure of one opportunity type: revenue, pipeline, their parts that the model
// credits to touchpoints, units of a conversion type, or cost.
type Total struct {
	OpportunityType string        `json:"opportunity_type"`
	Figure          string        `json:"figure"`
	Before          json.Number   `json:"before"`
	After           json.Number   `json:"after"`
	Changes         []CauseAmount `json:"changes"`
}

// A CauseAmount is a part of a change.
type CauseAmount struct {
	Cause  string      `json:"cause"`
	Amount json.Number `json:"amount"`
}

// A Channel is what a channel or campaign is credited with.
type Channel struct {
	Name           string        `json:"name"`
	Label          string        `json:"label,omitempty"` // the name of the campaign
	ConversionType string        `json:"conversion_type"`
	Before         json.Number   `json:"before"`
	After          json.Number   `json:"after"`
	Change         json.Number   `json:"change"`
	Changes        []CauseAmount `json:"changes"`
	Ranks          [2]*int64     `json:"ranks"` // by credit, before and after; null without credit, and of (none) and (unattributed)
}

// A Changed opportunity: what its conversions are worth, and how much credit moved between its
// channels and campaigns.
type Changed struct {
	OpportunityID string         `json:"opportunity_id"`
	Name          string         `json:"name,omitempty"`
	Revenue       [2]json.Number `json:"revenue"`
	Pipeline      [2]json.Number `json:"pipeline"`
	Moved         json.Number    `json:"credit_moved"` // revenue and pipeline credit that another channel or campaign has now
	Causes        []string       `json:"causes"`
	Columns       []Setting      `json:"columns,omitempty"` // of the row of opportunities
	NewTouches    int64          `json:"new_touchpoints"`   // of its journeys
	GoneTouches   int64          `json:"gone_touchpoints"`
}

// IsEmpty reports whether no figure differs.
func (s Summary) IsEmpty() bool { return s.Rows == 0 }

// Summary summarizes the comparison, with so many opportunities.
func (c *Comparison) Summary(ctx context.Context, opportunities int) (Summary, error) {
	s := Summary{From: sideOf(c.From.ID, c.From.Manifest.AsOf, c.From.Manifest.Program), To: sideOf(c.To.ID, c.To.AsOf.Format(time.RFC3339Nano), c.To.Manifest.Program), Model: c.Model, Currency: c.Currency}
	s.Decimals, _ = contract.Exponent(c.Currency)
	for _, step := range c.Steps {
		if step.Cause == Unexplained {
			continue
		}
		of := CauseOf{Cause: step.Cause.String(), Label: step.Cause.Label(), Tables: step.Moved, Settings: step.Settings, cause: step.Cause}
		if step.With != step.Cause {
			of.ShownWith, of.Why = step.With.String(), step.Why
		}
		s.Causes = append(s.Causes, of)
	}
	var err error
	if s.Rows, err = c.rows(ctx); err != nil {
		return s, err
	}
	if s.Totals, err = c.totals(ctx, s.Decimals); err != nil {
		return s, err
	}
	if s.Channels, err = c.byPlace(ctx, "channel", s.Decimals); err != nil {
		return s, err
	}
	if s.Campaigns, err = c.byPlace(ctx, "campaign_id", s.Decimals); err != nil {
		return s, err
	}
	s.Opportunities, s.More, err = c.opportunities(ctx, s.Decimals, opportunities)
	return s, err
}

func sideOf(run, asOf, program string) Side { return Side{run, asOf, program} }

// everyFigure is two steps of a query, before, after and every change as one list of amounts: side
// is -1 before, -2 after, else the cause. A figure is a conversion type; cost is in millionths of
// the currency.
const everyFigure = `
	sides AS (
		SELECT -1 AS side, * FROM before
		UNION ALL SELECT -2, * FROM after
		UNION ALL SELECT * FROM changes
	),
	costs AS (
		SELECT -1 AS side, * FROM cost_before
		UNION ALL SELECT -2, * FROM cost_after
		UNION ALL SELECT * FROM cost_changes
	)`

// totals are the figures of every opportunity type.
func (c *Comparison) totals(ctx context.Context, decimals int) ([]Total, error) {
	var totals []Total
	err := c.engine.Each(ctx, queryText("totals", "{every_figure}", everyFigure), func(scan engine.Scan) error {
		var opportunityType, figure, amount string
		var place, side int
		if err := scan(&opportunityType, &figure, &place, &side, &amount); err != nil {
			return err
		}
		if n := len(totals); n == 0 || totals[n-1].OpportunityType != opportunityType || totals[n-1].Figure != figure {
			totals = append(totals, Total{OpportunityType: opportunityType, Figure: figure, Before: "0", After: "0"})
		}
		t := &totals[len(totals)-1]
		number := decimal(amount, decimals)
		switch place {
		case 2:
			number = trimmed(decimal(amount, 6), 0)
		case 3:
			number = trimmed(decimal(amount, 6), decimals)
		}
		t.Before, t.After, t.Changes = placed(side, number, t.Before, t.After, t.Changes)
		return nil
	})
	return totals, err
}

// placed puts an amount where its side says.
func placed(side int, number, before, after json.Number, changes []CauseAmount) (json.Number, json.Number, []CauseAmount) {
	switch side {
	case -1:
		return number, after, changes
	case -2:
		return before, number, changes
	}
	return before, after, append(changes, CauseAmount{Cause(side).String(), number})
}

// byPlace is the credit of new business by channel or campaign, of those whose credit changed: the
// greatest change first.
func (c *Comparison) byPlace(ctx context.Context, column string, decimals int) ([]Channel, error) {
	names := *contract.Find("campaigns")
	var found []Channel
	err := c.engine.Each(ctx, queryText("places", "{every_figure}", everyFigure, "{column}", column, "{before}", c.From.Rows(names), "{after}", c.To.Rows(names)), func(scan engine.Scan) error {
		var name, label, conversionType, change, amount string
		var side int
		var ranks [2]*int64
		if err := scan(&name, &label, &conversionType, &change, &side, &amount, &ranks[0], &ranks[1]); err != nil {
			return err
		}
		if n := len(found); n == 0 || found[n-1].Name != name || found[n-1].ConversionType != conversionType {
			found = append(found, Channel{Name: name, Label: label, ConversionType: conversionType, Before: decimal("0", decimals), After: decimal("0", decimals), Change: decimal(change, decimals), Ranks: ranks})
		}
		f := &found[len(found)-1]
		f.Before, f.After, f.Changes = placed(side, decimal(amount, decimals), f.Before, f.After, f.Changes)
		return nil
	})
	return found, err
}

// decimal writes whole minor units as a decimal.
func decimal(minor string, decimals int) json.Number {
	digits, isNegative := strings.CutPrefix(minor, "-")
	if missing := decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if decimals > 0 {
		digits = digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
	}
	if isNegative {
		digits = "-" + digits
	}
	return json.Number(digits)
}

// trimmed is a decimal without needless zeros beyond so many decimals.
func trimmed(number json.Number, decimals int) json.Number {
	text := string(number)
	point := strings.Index(text, ".")
	for strings.HasSuffix(text, "0") && len(text)-point-1 > decimals {
		text = text[:len(text)-1]
	}
	return json.Number(strings.TrimSuffix(text, "."))
}

// half is half of a whole number of minor units, rounded up: what left one place came to another.
func half(minor string) string {
	n, _ := new(big.Int).SetString(minor, 10)
	return n.Add(n, big.NewInt(1)).Rsh(n, 1).String()
}
