package main

import (
	"cmp"
	"context"
	"io"
	"math/big"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/words"
)

// crmFigures are what the CRM can say, the most detailed first: the first one that a run has heads
// the comparison.
var crmFigures = []string{"influence", "primary_campaign", "lead_source"}

// A crmComparison is what the CRM gives beside what the primary model credits.
type crmComparison struct {
	Run             string           `json:"run"`
	Measure         string           `json:"measure"`
	OpportunityType string           `json:"opportunity_type"`
	Model           string           `json:"model"`
	Currency        string           `json:"currency"`
	Figures         []crmFigure      `json:"figures"`
	Opportunities   []crmOpportunity `json:"opportunities"` // those with the largest differences first
}

// A crmFigure is one figure of the CRM: its sums, by reason and by campaign.
type crmFigure struct {
	Figure string `json:"figure"`
	crmSums
	Campaigns []crmCampaign `json:"campaigns"` // of lead_source by channel
}

// A crmCampaign is a campaign, or a channel of lead_source.
type crmCampaign struct {
	CampaignID string `json:"campaign_id"`
	Name       string `json:"name"`
	Channel    string `json:"channel"`
	crmSums
}

// crmSums are the sums of both sides, and what the difference is made of, the largest part first.
type crmSums struct {
	CRM        crmAmount   `json:"crm"`
	Ours       crmAmount   `json:"ours"`
	Difference crmAmount   `json:"difference"`
	Reasons    []crmReason `json:"reasons"`
}

type crmReason struct {
	Reason        string    `json:"reason"`
	Label         string    `json:"label"`
	Opportunities int64     `json:"opportunities"`
	CRM           crmAmount `json:"crm"`
	Ours          crmAmount `json:"ours"`
	Difference    crmAmount `json:"difference"`
}

// A crmOpportunity is one opportunity under one figure.
type crmOpportunity struct {
	Figure     string    `json:"figure"`
	Conversion string    `json:"conversion_type"`
	ID         string    `json:"opportunity_id"`
	Name       string    `json:"name"`
	Amount     crmAmount `json:"amount"`
	CRMTotal   crmAmount `json:"crm_total"`
	Apart      crmAmount `json:"apart"` // the sum of its differences, each without its sign
	Rows       []crmRow  `json:"rows"`
}

type crmRow struct {
	CampaignID string    `json:"campaign_id"`
	Name       string    `json:"name"`
	Channel    string    `json:"channel"`
	Share      string    `json:"crm_share"`
	CRM        crmAmount `json:"crm"`
	Touches    int64     `json:"touches"`
	Ours       crmAmount `json:"ours"`
	Difference crmAmount `json:"difference"`
	Reason     string    `json:"reason"`
	Label      string    `json:"label"`
}

// A crmAmount is money as the report writes it, "" where it is empty.
type crmAmount string

func (a crmAmount) MarshalJSON() ([]byte, error) {
	if a == "" {
		return []byte("null"), nil
	}
	return []byte(a), nil
}

func (a crmAmount) rat() *big.Rat {
	value, isNumber := new(big.Rat).SetString(string(a))
	if !isNumber {
		return new(big.Rat)
	}
	return value
}

// add adds the size of another amount.
func (a crmAmount) add(b crmAmount) crmAmount {
	_, fraction, _ := strings.Cut(string(b), ".")
	return crmAmount(new(big.Rat).Add(a.rat(), new(big.Rat).Abs(b.rat())).FloatString(len(fraction)))
}

// bySize puts the larger amount first, whatever its sign.
func bySize(a, b crmAmount) int {
	return new(big.Rat).Abs(b.rat()).Cmp(new(big.Rat).Abs(a.rat()))
}

// compareWithCRM reads the reports of a run, and prints what the CRM gives beside ours.
func compareWithCRM(ctx context.Context, asked comparison, directory string, out io.Writer) error {
	if err := asked.checkCRM(); err != nil {
		return err
	}
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return err
	}
	defer eng.Close()
	found := crmComparison{Run: filepath.Base(directory), Measure: asked.measure, OpportunityType: asked.opportunityType}
	if err := eachReportRow(ctx, eng, directory, "crm_attribution", func(r planRow) error { return found.addOpportunity(r, asked) }); err != nil {
		return err
	}
	if err := eachReportRow(ctx, eng, directory, "crm_attribution_campaigns", func(r planRow) error { return found.addSums(r, asked) }); err != nil {
		return err
	}
	found.order()
	if asked.opportunity != "" && len(found.Opportunities) == 0 {
		return failure.Errorf(failure.Usage, "--opportunity: run %s compares no opportunity %q with the CRM\nhint: ids are compared byte by byte; `tributary report crm_attribution` lists those of the reporting period",
			found.Run, asked.opportunity)
	}
	if asked.format == "json" {
		return printJSON(out, found)
	}
	return printCRM(found, asked, out)
}

// checkCRM refuses what only models can be compared by.
func (a comparison) checkCRM() error {
	switch {
	case a.measure != "revenue" && a.measure != "pipeline":
		return failure.Errorf(failure.Usage, "--measure: %q cannot be compared with the CRM: it has revenue (won opportunities) and pipeline (all of them)", a.measure)
	case a.subject != "campaign" && a.subject != "crm_attribution":
		return failure.Errorf(failure.Usage, "%q cannot be compared with the CRM, which names campaigns and lead sources\nhint: leave it out", a.subject)
	case a.period != "":
		return failure.Errorf(failure.Usage, "--period: the CRM is compared over the reporting period of the run\nhint: `tributary run --from DAY --to DAY` sets it")
	case a.basis != "period":
		return failure.Errorf(failure.Usage, "--basis: the CRM is compared on the basis period")
	case len(a.models) > 0:
		return failure.Errorf(failure.Usage, "--models: the CRM is compared with the primary model\nhint: primary_model in the configuration names it")
	case a.format == "csv":
		return failure.Errorf(failure.Usage, "--format csv cannot be used with --against\nhint: `tributary report crm_attribution --format csv` and `crm_attribution_campaigns` have all rows")
	}
	return nil
}

// addOpportunity adds a row of crm_attribution. One opportunity is shown with both conversions.
func (c *crmComparison) addOpportunity(r planRow, asked comparison) error {
	id, conversion := r.text("opportunity_id"), r.text("conversion_type")
	if asked.opportunity != "" && id != asked.opportunity ||
		asked.opportunity == "" && (conversion != asked.measure || r.text("opportunity_type") != asked.opportunityType) {
		return nil
	}
	if asked.opportunity != "" {
		c.OpportunityType = r.text("opportunity_type")
	}
	last := len(c.Opportunities) - 1
	if figure := r.text("crm_figure"); last < 0 || c.Opportunities[last].ID != id || c.Opportunities[last].Figure != figure || c.Opportunities[last].Conversion != conversion {
		c.Opportunities = append(c.Opportunities, crmOpportunity{Figure: figure, Conversion: conversion, ID: id, Name: r.text("opportunity_name"),
			Amount: crmAmount(r.text("opportunity_amount")), CRMTotal: crmAmount(r.text("crm_total"))})
		last++
	}
	o := &c.Opportunities[last]
	o.Rows = append(o.Rows, crmRow{CampaignID: r.text("campaign_id"), Name: r.text("campaign_name"), Channel: r.text("channel"), Share: r.text("crm_share"),
		CRM: crmAmount(r.text("crm_amount")), Touches: r.count("touches"), Ours: crmAmount(r.text("amount")), Difference: crmAmount(r.text("difference")),
		Reason: r.text("reason"), Label: r.text("reason_label")})
	o.Apart = o.Apart.add(crmAmount(r.text("difference")))
	return nil
}

// addSums adds a row of crm_attribution_campaigns. The sums of all come before those of a campaign,
// and all reasons before each.
func (c *crmComparison) addSums(r planRow, asked comparison) error {
	c.Model, c.Currency = r.text("model"), r.text("currency")
	if r.text("conversion_type") != asked.measure || r.text("opportunity_type") != c.OpportunityType {
		return nil
	}
	sums := crmSums{CRM: crmAmount(r.text("crm_amount")), Ours: crmAmount(r.text("amount")), Difference: crmAmount(r.text("difference"))}
	isTotal := r.text("campaign_id") == "(all)" && r.text("channel") == "(all)"
	if isTotal && r.text("reason") == "(all)" {
		c.Figures = append(c.Figures, crmFigure{Figure: r.text("crm_figure"), crmSums: sums})
	}
	f := &c.Figures[len(c.Figures)-1]
	at := &f.crmSums
	if !isTotal {
		if r.text("reason") == "(all)" {
			f.Campaigns = append(f.Campaigns, crmCampaign{CampaignID: r.text("campaign_id"), Name: r.text("campaign_name"), Channel: r.text("channel"), crmSums: sums})
		}
		at = &f.Campaigns[len(f.Campaigns)-1].crmSums
	}
	if r.text("reason") != "(all)" {
		at.Reasons = append(at.Reasons, crmReason{Reason: r.text("reason"), Label: r.text("reason_label"), Opportunities: r.count("opportunities"),
			CRM: sums.CRM, Ours: sums.Ours, Difference: sums.Difference})
	}
	return nil
}

// order puts what differs most first.
func (c *crmComparison) order() {
	byReason := func(a, b crmReason) int { return bySize(a.Difference, b.Difference) }
	for i := range c.Figures {
		f := &c.Figures[i]
		slices.SortStableFunc(f.Reasons, byReason)
		slices.SortStableFunc(f.Campaigns, func(a, b crmCampaign) int { return bySize(a.Difference, b.Difference) })
		for k := range f.Campaigns {
			slices.SortStableFunc(f.Campaigns[k].Reasons, byReason)
		}
	}
	slices.SortStableFunc(c.Figures, func(a, b crmFigure) int {
		return cmp.Compare(slices.Index(crmFigures, a.Figure), slices.Index(crmFigures, b.Figure))
	})
	slices.SortStableFunc(c.Opportunities, func(a, b crmOpportunity) int {
		return cmp.Or(cmp.Compare(slices.Index(crmFigures, a.Figure), slices.Index(crmFigures, b.Figure)), bySize(a.Apart, b.Apart))
	})
}

// money is an amount as it is printed.
func (a crmAmount) money() string { return words.Decimal(string(a)) }
