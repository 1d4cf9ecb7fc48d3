package acceptance

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/oracle"
)

// sharedReport says how the rows of a report are held against those of the oracle. Columns are
// pairs "report" or "report=oracle"; with a question mark after the first, empty is as good as 0.
type sharedReport struct {
	name    string
	rows    func(*oracle.Aligned) []oracle.Cells
	keys    string
	values  string
	sizes   string                    // a row in which these are all zero may stand or not
	only    func(Row) bool            // nil: every row
	rewrite func(Row, oracle.World)   // nil: rows are as they are written
	wanted  func(oracle.Cells) bool   // nil: every row
	further func(oracle.World) string // nil: there are no values that depend on the world
}

const handoffCounts = "deliveries accepted accepted_implied=implied rejected recycled expired superseded open settled late responded due=due_or_responded within_service_level unowned called_early=too_early"

var alignedReports = []sharedReport{
	{name: "funnel_stock", rows: (*oracle.Aligned).FunnelStock, keys: "period_type period_start unit opportunity_type stage department",
		values: "stock_start entered left_forward left_back left_out left_won left_lost left_total=left stock_end", sizes: "stock_start entered left_total stock_end"},
	{name: "jurisdiction", rows: (*oracle.Aligned).Jurisdiction, keys: "unit opportunity_type stage department",
		values: "standing=units oldest_days", sizes: "standing"},
	{name: "funnel_velocity", rows: (*oracle.Aligned).FunnelVelocity, keys: "period_type period_start opportunity_type unit stage",
		values: "visits open_visits returns side_entrances median_days p75_days p90_days value", sizes: "visits",
		only: func(r Row) bool { return r["segment"] == oracle.All && r["persona"] == oracle.All }},
	{name: "handoff", rows: (*oracle.Aligned).Handoff, keys: "period_type period_start owner channel",
		values: handoffCounts + " acceptance_rate acceptance_low acceptance_high within_rate=service_level_rate within_low=service_level_low within_high=service_level_high" +
			" assignment_median_hours assignment_p90_hours response_median_hours response_p90_hours", sizes: "deliveries"},
	{name: "handoff_reasons", rows: (*oracle.Aligned).HandoffReasons, keys: "period_type period_start outcome reason campaign_id owner", values: "deliveries", sizes: "deliveries",
		wanted: func(c oracle.Cells) bool {
			all := 0
			for _, column := range []string{"reason", "campaign_id", "owner"} {
				if c[column] == oracle.All {
					all++
				}
			}
			return c["outcome"] != oracle.All && all != 1
		}},
	{name: "rep_follow_up", rows: repMeasures, keys: "period_type period_start owner measure",
		values: "deliveries achieved n rate wilson_low wilson_high difference_low difference_high answer response_median_hours", sizes: "deliveries",
		only: func(r Row) bool { return r["owner"] != oracle.All }},
	{name: "fit_interest", rows: (*oracle.Aligned).FitInterest, keys: "period_type period_start opportunity_type fit interest",
		values: "leads? mqls?=mql sqls?=sql won? mql_rate? mql_low? mql_high? sql_rate? won_rate? won_high? revenue", sizes: "leads revenue"},
	{name: "bant", rows: (*oracle.Aligned).BANT, keys: "period_type period_start opportunity_type yes_facts fact answer",
		values: "closed won lost win_rate win_low win_high won_amount=won_value lost_amount=lost_value win_rate_by_value known_facts completeness", sizes: "closed"},
	{name: "lead_quality", rows: (*oracle.Aligned).LeadQuality, keys: "campaign_id",
		values: "people leads rated_leads mean_rating settled_leads rejected_leads recycled_leads sent_back_rate", sizes: "leads", wanted: ofWholePeriod},
	{name: "asset_performance", rows: (*oracle.Aligned).AssetPerformance, keys: "opportunity_type asset persona stage", values: "persons? touches? " + creditColumns, sizes: creditSizes},
	{name: "persona_performance", rows: (*oracle.Aligned).PersonaPerformance, keys: "opportunity_type persona stage", values: "persons? touches? assets? " + creditColumns, sizes: creditSizes},
	{name: "win_loss", rows: (*oracle.Aligned).WinLoss, keys: "period_type period_start opportunity_type competitor loss_reason segment",
		values: "won lost win_rate wilson_low=win_low wilson_high=win_high won_value lost_value win_rate_by_value", sizes: "won lost",
		only: func(r Row) bool { return r["basis"] == oracle.BasisPeriod }},
	{name: "win_loss_touches", rows: (*oracle.Aligned).WinLossTouches, keys: "period_type period_start opportunity_type dimension member",
		values: "with_won=won with_lost=lost with_win_rate=win_rate without_won without_lost without_win_rate=without_rate difference_low=win_difference_low" +
			" difference_high=win_difference_high answer=win_word", sizes: "with_won with_lost"},
	{name: "sales_cycle", rows: (*oracle.Aligned).SalesCycle, keys: "basis period_type period_start opportunity_type segment persona deal_size measured_from",
		values: "won median_days=won_median_days p75_days=won_p75_days p90_days=won_p90_days watched? closed? km_median_days km_p75_days km_p90_days", sizes: "won watched",
		rewrite: lowerBound},
	{name: "lookback_coverage", rows: (*oracle.Aligned).LookbackCoverage, keys: "opportunity_type segment days",
		values: "opportunities touched covered coverage=coverage_rate wilson_low=coverage_low wilson_high=coverage_high days_for_90 days_for_95 days_for_99", sizes: "opportunities"},
	{name: "cost_claims", rows: (*oracle.Aligned).CostClaims, keys: "period_type period_start channel",
		values: "cost impressions clicks reported_conversions=conversions reported_value=value credited_leads=leads credited_won=won credited_revenue=revenue" +
			" ctr claimed_to_credited_leads=to_leads claimed_to_credited_won=to_won claimed_to_credited_value=to_value",
		sizes: "cost impressions clicks reported_conversions reported_value", rewrite: ofPrimary,
		only:   func(r Row) bool { return r["basis"] == oracle.BasisPeriod && r["channel"] != oracle.All },
		wanted: func(c oracle.Cells) bool { return c["period_type"] != "week" }},
	{name: "customer_acquisition", rows: (*oracle.Aligned).CustomerAcquisition, keys: "period_type period_start channel",
		values: "cost provisional_cost=provisional new_customers=customers first_wins_of_other_types=others first_revenue=amount with_amount monthly_revenue=monthly cac payback_months=payback",
		sizes:  "cost new_customers first_revenue"},
	{name: "paths", rows: (*oracle.Aligned).Paths, keys: "conversion_type opportunity_type transform path path_id",
		values: "rank steps conversions share value average_value amount_missing won lost lost_value win_rate wilson_low=win_low wilson_high=win_high closed=win_n median_days median_touches",
		sizes:  "", rewrite: noInterval},
	{name: "path_lengths", rows: (*oracle.Aligned).PathLengths, keys: "conversion_type opportunity_type measure length",
		values: "conversions share cumulative_share value average_value amount_missing won lost lost_value win_rate wilson_low=win_low wilson_high=win_high closed=win_n",
		sizes:  "", rewrite: noInterval},
	{name: "time_lag", rows: (*oracle.Aligned).TimeLag, keys: "conversion_type opportunity_type measure from_channel to_channel days",
		values: "conversions steps share cumulative_share median_days p75_days p90_days value won lost win_rate wilson_low=win_low wilson_high=win_high closed=win_n",
		sizes:  "", rewrite: noInterval},
	{name: "funnel_trend", rows: (*oracle.Aligned).FunnelTrend, keys: "period_type period_start opportunity_type channel from_stage to_stage",
		values: "period_label cohort converted conversion_rate wilson_low wilson_high small_sample maturity previous_label previous_cohort previous_rate" +
			" difference difference_low=rate_difference_low difference_high=rate_difference_high answer=rate_word", sizes: "cohort"},
	{name: "funnel_dimensions", rows: (*oracle.Aligned).FunnelDimensions,
		keys: "period_type period_start opportunity_type dimension dimension_value from_stage to_stage",
		values: "period_label volume skipped cohort converted already conversion_rate wilson_low wilson_high small_sample horizon_days maturity km_rate km_at_risk" +
			" velocity_n median_days p75_days p90_days value converted_value", sizes: "cohort value"},
	{name: "period_performance", rows: (*oracle.Aligned).PeriodPerformance, keys: "basis period_type period_start opportunity_type model channel",
		values: performanceColumns, sizes: "cost leads mqls sqls opportunities won pipeline open_pipeline revenue", further: furtherStages,
		only: func(r Row) bool { return r["model"] == r["primary"] }},
	{name: "cost_coverage", rows: (*oracle.Aligned).CostCoverage, keys: "channel campaign_id",
		values: "cost cost_with_touches cost_without_touches share_covered touches touches_with_cost touches_without_cost revenue revenue_with_cost revenue_without_cost" +
			" campaigns campaigns_without_dates cost_without_dates status small_sample", sizes: ""},
	{name: "budgets", rows: (*oracle.Aligned).Budgets, keys: "campaign_id",
		values: "campaign_name starts_on ends_on budget cost cost_below share_used days days_elapsed share_elapsed expected_by_now difference remaining pace reason" +
			" outside_dates provisional_cost", sizes: ""},
	{name: "self_reported", rows: (*oracle.Aligned).SelfReported, keys: "opportunity_type self_reported",
		values: "channel source_group leads leads_same_channel leads_same_group leads_other_group leads_without_touch opportunities opportunities_same_channel" +
			" opportunities_same_group opportunities_other_group opportunities_without_touch won pipeline pipeline_first_touch_channel pipeline_first_touch_group" +
			" pipeline_credited_channel pipeline_credited_group revenue revenue_first_touch_channel revenue_first_touch_group revenue_credited_channel" +
			" revenue_credited_group agreement", sizes: ""},
	{name: "targets", rows: targets, keys: "period_start period_end metric", values: "department target actual? share? expected_by_now=expected needed_per_week?", sizes: ""},
}

const (
	performanceColumns = "period_label cost leads mqls sqls opportunities won pipeline open_pipeline revenue cost_per_lead cost_per_mql cost_per_sql" +
		" cost_per_opportunity cost_per_won cost_per_lead_all cost_per_mql_all cost_per_sql_all cost_per_opportunity_all cost_per_won_all" +
		" mql_to_sql roas roi ratio_reason roi_on_margin provisional_cost"
	creditColumns = "leads? mqls? sqls? opportunities won pipeline open_pipeline revenue influenced_opportunities influenced_won influenced_pipeline influenced_open_pipeline influenced_revenue"
	creditSizes   = "persons touches leads mqls sqls opportunities won pipeline revenue influenced_opportunities influenced_won influenced_pipeline"
)

// lowerBound names a band of deal sizes by its lower bound, as the oracle does.
func lowerBound(r Row, _ oracle.World) {
	switch size := strings.ReplaceAll(r["deal_size"], ",", ""); {
	case strings.HasPrefix(size, "below"):
		r["deal_size"] = "0"
	case !strings.HasPrefix(size, "("):
		r["deal_size"] = strings.Trim(strings.SplitN(size, " to ", 2)[0], "abcdefghijklmnopqrstuvwxyz ")
	}
}

// ofPrimary empties the rows of other models: the oracle has the primary one.
func ofPrimary(r Row, w oracle.World) {
	if r["model"] != w.Options.Alignment.PrimaryModel {
		for _, column := range []string{"cost", "impressions", "clicks", "reported_conversions", "reported_value"} {
			r[column] = ""
		}
	}
}

// noInterval empties the interval of a rate of nothing, which the oracle does not give.
func noInterval(r Row, _ oracle.World) {
	if r["closed"] == "0" {
		r["wilson_low"], r["wilson_high"] = "", ""
	}
}

func ofWholePeriod(c oracle.Cells) bool { return c["period_type"] == "all" }

func targets(a *oracle.Aligned) []oracle.Cells {
	rows, err := a.Targets()
	if err != nil {
		panic(err)
	}
	return rows
}

// repMeasures turns a row of an owner into one per measure.
func repMeasures(a *oracle.Aligned) []oracle.Cells {
	var rows []oracle.Cells
	for _, r := range a.RepFollowUp() {
		for _, measure := range []string{"worked", "within_service_level", "accepted", "rejected", "recycled", "expired", "sql", "won"} {
			row := oracle.Cells{"period_type": r["period_type"], "period_start": r["period_start"], "owner": r["owner"], "measure": measure,
				"deliveries": r["deliveries"], "achieved": r[measure], "n": r[measure+"_n"], "rate": r[measure+"_rate"],
				"wilson_low": r[measure+"_low"], "wilson_high": r[measure+"_high"],
				"difference_low": r[measure+"_difference_low"], "difference_high": r[measure+"_difference_high"], "answer": r[measure+"_word"]}
			if measure == "worked" {
				row["response_median_hours"] = r["response_median_hours"]
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// furtherStages are the columns of the stages of persons that are no leads, MQLs or SQLs.
func furtherStages(w oracle.World) string {
	columns := ""
	for _, id := range w.Options.PersonStages() {
		if !slices.Contains([]string{oracle.LeadStage, "mql", "sql"}, id) {
			columns += fmt.Sprintf(" %ss cost_per_%s cost_per_%s_all", id, id, id)
		}
	}
	return columns
}
