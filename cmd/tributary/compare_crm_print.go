package main

import (
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/tributary-engine/tributary/internal/present"
	"github.com/tributary-engine/tributary/internal/words"
)

// crmFigureNames are the figures of the CRM in words.
var crmFigureNames = map[string]string{"influence": "influence", "primary_campaign": "primary campaign", "lead_source": "lead source"}

// mostReasons is how many reasons are printed below a campaign.
const mostReasons = 2

// printCRM writes the comparison for a person.
func printCRM(c crmComparison, asked comparison, out io.Writer) error {
	p := crmPage{crmComparison: c, width: pageWidth(out), limit: asked.limit}
	switch {
	case c.Model == "":
		p.line("Run %s has no figures of the CRM to compare with.", c.Run)
		p.line("hint: give crm_influence, primary_campaign_id of opportunities or source of leads, and run again")
	case asked.opportunity != "":
		p.opportunity()
	default:
		p.line("CRM against %s, %s, %s, %s, run %s", present.Label(c.Model), c.Measure, strings.ReplaceAll(c.OpportunityType, "_", " "), c.Currency, c.Run)
		if len(c.Figures) == 0 {
			p.line("There are no such opportunities in the reporting period.")
			break
		}
		p.totals()
		p.campaigns()
		p.sources()
		p.farthest()
	}
	_, err := io.WriteString(out, p.text.String())
	return writing(err)
}

// A crmPage is the comparison as it is printed.
type crmPage struct {
	crmComparison
	width, limit int
	text         strings.Builder
}

// line writes a line, broken at the width of the page.
func (p *crmPage) line(format string, args ...any) {
	p.text.WriteString(folded(plain(fmt.Sprintf(format, args...)), p.width) + "\n")
}

// row writes a name and figures to its right; a name that is too long has a line of its own.
func (p *crmPage) row(name string, figures ...string) {
	const column = 15
	room := max(p.width-column*len(figures), shortestName)
	if name = plain(name); text.StringWidth(name) >= room {
		p.line("%s", name)
		name = ""
	}
	line := text.Pad(name, room, ' ')
	for _, f := range figures {
		line += text.AlignRight.Apply(f, column)
	}
	p.text.WriteString(strings.TrimRight(line, " ") + "\n")
}

// part writes a part of a difference and what it is, broken beside the amount.
func (p *crmPage) part(amount crmAmount, what string) {
	const indent = 18
	for i, line := range strings.Split(folded(plain(what), max(p.width-indent, shortestName)), "\n") {
		before := ""
		if i == 0 {
			before = amount.money()
		}
		p.text.WriteString(fmt.Sprintf("%16s  %s\n", before, line))
	}
}

// reasons writes what a difference is made of.
func (p *crmPage) reasons(all []crmReason, most int) {
	for i, r := range all {
		if i == most {
			p.part("", "and "+words.Count(len(all)-most, "other reason"))
			return
		}
		p.part(r.Difference, r.Label+" ("+words.Count(r.Opportunities, "opportunity")+")")
	}
}

// totals writes the sums of each figure, and why they differ.
func (p *crmPage) totals() {
	p.line("")
	p.row("", "CRM", "ours", "difference")
	for _, f := range p.Figures {
		p.row(capital(crmFigureNames[f.Figure]), f.CRM.money(), f.Ours.money(), f.Difference.money())
	}
	for _, f := range p.Figures {
		p.line("")
		p.line("Why our figures differ from the %s of the CRM:", crmFigureNames[f.Figure])
		p.reasons(f.Reasons, len(f.Reasons))
		p.incomplete(f.Figure)
	}
}

// incomplete says for how many opportunities the CRM gives more or less than their amount.
func (p *crmPage) incomplete(figure string) {
	less, more := 0, 0
	for _, o := range p.Opportunities {
		if o.Figure != figure || o.CRMTotal == "" || o.Amount == "" {
			continue
		}
		switch o.CRMTotal.rat().Cmp(o.Amount.rat()) {
		case -1:
			less++
		case 1:
			more++
		}
	}
	if less > 0 {
		p.line("The CRM gives less than the whole amount of %s.", words.Count(less, "opportunity"))
	}
	if more > 0 {
		p.line("The CRM gives more than the whole amount of %s.", words.Count(more, "opportunity"))
	}
}

// campaigns writes the sums by campaign, of influence and of the primary campaign beside each other.
func (p *crmPage) campaigns() {
	byFigure := map[string]map[string]crmCampaign{}
	var head *crmFigure
	for i, f := range p.Figures {
		if f.Figure == "lead_source" {
			continue
		}
		if head == nil {
			head = &p.Figures[i]
		}
		byFigure[f.Figure] = map[string]crmCampaign{}
		for _, c := range f.Campaigns {
			byFigure[f.Figure][c.CampaignID] = c
		}
	}
	if head == nil {
		return
	}
	var columns []string // the figures that stand before that of head
	header := []string{}
	for _, figure := range []string{"primary_campaign", "influence"} {
		if byFigure[figure] != nil {
			columns, header = append(columns, figure), append(header, map[string]string{"primary_campaign": "CRM primary", "influence": "CRM influence"}[figure])
		}
	}
	p.line("")
	p.line("By campaign; the difference is ours less the %s of the CRM:", crmFigureNames[head.Figure])
	p.row("campaign", append(header, "ours", "difference")...)
	for _, c := range first(p.limit, head.Campaigns) {
		var figures []string
		for _, figure := range columns {
			sum := byFigure[figure][c.CampaignID].CRM.money()
			if sum == "" {
				sum = "-"
			}
			figures = append(figures, sum)
		}
		p.row(campaignWords(c.CampaignID, c.Name), append(figures, c.Ours.money(), c.Difference.money())...)
		p.reasons(c.Reasons, mostReasons)
	}
	p.text.WriteString(leftOut(p.limit, len(head.Campaigns)))
}

// sources writes the sums by lead source.
func (p *crmPage) sources() {
	for _, f := range p.Figures {
		if f.Figure != "lead_source" {
			continue
		}
		p.line("")
		p.line("By channel, against the lead source of the CRM:")
		p.row("channel", "lead source", "ours", "difference")
		for _, c := range first(p.limit, f.Campaigns) {
			p.row(c.Channel, c.CRM.money(), c.Ours.money(), c.Difference.money())
			p.reasons(c.Reasons, mostReasons)
		}
		p.text.WriteString(leftOut(p.limit, len(f.Campaigns)))
	}
}

// farthest writes the opportunities that differ most under the first figure.
func (p *crmPage) farthest() {
	var list []crmOpportunity
	for _, o := range p.Opportunities {
		if o.Figure == p.Figures[0].Figure && o.Apart.rat().Sign() != 0 {
			list = append(list, o)
		}
	}
	if len(list) == 0 {
		return
	}
	p.line("")
	p.line("Opportunities with the largest differences from the %s of the CRM:", crmFigureNames[p.Figures[0].Figure])
	p.row("opportunity", "amount", "CRM", "differences")
	for _, o := range first(p.limit, list) {
		p.row(opportunityWords(o), moneyOr(o.Amount), moneyOr(o.CRMTotal), o.Apart.money())
		r := o.farthestRow()
		p.part(r.Difference, memberWords(o.Figure, r)+": "+r.Label)
	}
	p.text.WriteString(leftOut(p.limit, len(list)))
	p.line("hint: --opportunity ID prints all of one; `tributary report crm_attribution` has every row")
}

// farthestRow is the row that differs most.
func (o crmOpportunity) farthestRow() crmRow {
	most := o.Rows[0]
	for _, r := range o.Rows {
		if new(big.Rat).Abs(r.Difference.rat()).Cmp(new(big.Rat).Abs(most.Difference.rat())) > 0 {
			most = r
		}
	}
	return most
}

// opportunity writes one opportunity under every figure.
func (p *crmPage) opportunity() {
	o := p.Opportunities[0]
	p.line("%s: CRM against %s, %s, run %s", opportunityWords(o), present.Label(p.Model), p.Currency, p.Run)
	for _, o := range p.Opportunities {
		p.line("")
		p.line("%s, %s of the CRM:", capital(o.Conversion), crmFigureNames[o.Figure])
		p.row("", "CRM", "ours", "difference")
		for _, r := range o.Rows {
			p.row(memberWords(o.Figure, r), moneyOr(r.CRM), moneyOr(r.Ours), r.Difference.money())
			p.part("", r.Label)
		}
		p.row("total, of an amount of "+moneyOr(o.Amount), moneyOr(o.CRMTotal), moneyOr(o.Amount), "")
	}
	p.line("hint: `tributary explain %s` prints its journey, touchpoint by touchpoint", o.ID)
}

func moneyOr(a crmAmount) string {
	if a == "" {
		return "-"
	}
	return a.money()
}

func opportunityWords(o crmOpportunity) string {
	if o.Name == "" {
		return o.ID
	}
	return o.Name + " (" + o.ID + ")"
}

func campaignWords(id, name string) string {
	if name == "" {
		return id
	}
	return name
}

func memberWords(figure string, r crmRow) string {
	if figure == "lead_source" {
		return r.Channel
	}
	return campaignWords(r.CampaignID, r.Name)
}
