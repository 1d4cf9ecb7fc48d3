package reports

// A Question is what people ask, and the reports that answer it.
type Question struct {
	Text    string
	Reports []string
}

// Questions groups the reports for those who look for one: each is in one group.
func Questions() []Question {
	return []Question{
		{"Where to begin", []string{"weekly", "reconciliation", "coverage", "findings"}},
		{"What did marketing cost, and what did it bring?", []string{"channel_performance", "campaign_performance", "dimension_performance", "monthly_performance", "period_performance",
			"sourced_influenced", "customer_acquisition", "value_after_win", "cost_claims", "cost_coverage", "budgets"}},
		{"Does the funnel work, and where does it leak?", []string{"funnel", "funnel_dimensions", "funnel_trend", "funnel_stock", "funnel_velocity", "sales_cycle", "win_loss", "win_loss_touches"}},
		{"What happens between marketing and sales?", []string{"handoff", "handoff_reasons", "rep_follow_up", "jurisdiction", "lead_quality", "fit_interest", "bant"}},
		{"How do people find us, and with what?", []string{"paths", "path_lengths", "time_lag", "asset_performance", "persona_performance", "self_reported"}},
		{"Will we reach the targets?", []string{"targets", "plan_rates", "capacity_weeks"}},
		{"Can I trust the figures?", []string{"data_quality", "identity_conflicts", "touch_lag", "lookback_coverage", "channel_mapping", "buying_group_sensitivity",
			"crm_attribution", "crm_attribution_campaigns"}},
	}
}
