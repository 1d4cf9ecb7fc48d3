package attribution

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/attribution/funnel"
	"github.com/tributary-engine/tributary/attribution/planning"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/progress"
)

// Relations returns the relations that a run makes, in order. The run itself executes these lists.
func Relations() []engine.Relation {
	var all []engine.Relation
	for _, s := range slices.Concat(defining, stitching, findingConversions, crediting, comparing, describing, following) {
		all = append(all, s.makes...)
	}
	return all
}

// defining makes the small tables of settings, and of the meanings of words in the data.
var defining = []task{
	stage("preparing"),
	do(func(ctx context.Context, w *work) error { return DefineFunctions(ctx, w.engine) }),
	made("define.go", func(ctx context.Context, w *work) error { return define(ctx, w.engine, w.models, w.options) },
		engine.Relation{Name: "group_steps", Grain: "one row per step of the buying group: which people it asks"},
		engine.Relation{Name: "models", Grain: "one row per model: its place in reports"},
		engine.Relation{Name: "test_accounts", Grain: "one row per account that the configuration calls a test"},
		engine.Relation{Name: "conversion_types", Grain: "one row per conversion type"},
		engine.Relation{Name: "opportunity_types", Grain: "one row per opportunity type: its place in reports, and whether its journeys begin after the last win"},
		engine.Relation{Name: "source_groups", Grain: "one row per group of channels by who brings the business: its place in reports"},
		engine.Relation{Name: "funnel_stages", Grain: "one row per stage of the funnel"},
		engine.Relation{Name: "settings", Grain: "one row: the instants, days and switches of this run", Reads: []string{"currencies"}},
	),
	made("channels.go", func(ctx context.Context, w *work) error { return nameChannels(ctx, w.engine, w.options) },
		engine.Relation{Name: "kind_channels", Grain: "one row per kind of touchpoints (touch_kinds): its channel, and the rule that decided it", Reads: []string{"campaigns", "costs", "leads", "touch_kinds"}},
		engine.Relation{Name: "channel_names", Grain: "one row per channel as campaigns, costs and leads write it: what reports call it", Reads: []string{"campaigns", "costs", "leads", "touch_kinds"}},
	),
	made("words.go", func(ctx context.Context, w *work) (err error) {
		w.unknownTypes, err = defineWords(ctx, w.engine, w.options)
		return err
	},
		engine.Relation{Name: "words", Grain: "one row per kind of word and distinct word of the data, with its meaning",
			Reads: []string{"activities", "channel_names", "kind_channels", "leads", "opportunities", "stage_history", "touch_kinds"}},
		engine.Relation{Name: "unknown_types", Grain: "one row per opportunity type that became \"other\"", Reads: []string{"opportunities"}},
	),
}

// stitching joins ids into people, and people to accounts. Of the configuration, it depends only on
// people, funnel and the reporting zone.
var stitching = []task{
	stage("stitching people and their touchpoints"),
	sql("person_nodes"), sql("person_links"), sql("emails"), sql("record_nodes"), sql("node_emails"), sql("account_keys"),
	made("trees.go", func(ctx context.Context, w *work) error { return topAccounts(ctx, w.engine) },
		engine.Relation{Name: "account_tops", Grain: "one row per account: the top of its tree of parents", Reads: []string{"accounts"}},
	),
	made("emails.go", func(ctx context.Context, w *work) error {
		return describeEmails(ctx, w.engine, newAddressBook(w.options.People.OwnDomains))
	},
		engine.Relation{Name: "email_facts", Grain: "one row per e-mail: its domain, and whether it may join people", Reads: []string{"emails"}},
	),
	made("emails.go", func(ctx context.Context, w *work) error { return describeAccountDomains(ctx, w.engine) },
		engine.Relation{Name: "owned_domains", Grain: "one row per account and registrable domain that a row of the input gives it", Reads: []string{"account_domains", "accounts"}},
	),
	sql("domain_owners"),
	made("stitch.go", func(ctx context.Context, w *work) error {
		return groupNodes(ctx, w.engine, w.options.People.JoinByEmail)
	},
		engine.Relation{Name: "email_conflicts", Grain: "one row per e-mail of several linked groups, which joins nobody", Reads: []string{"email_facts", "node_emails", "person_nodes"}},
		engine.Relation{Name: "anonymous_conflicts", Grain: "one row per anonymous id that is linked to several people, and belongs to none", Reads: []string{"person_links", "person_nodes"}},
		engine.Relation{Name: "node_groups", Grain: "one row per node of person_nodes: the least node of its person", Reads: []string{"email_facts", "node_emails", "person_links", "person_nodes"}},
	),
	made("days.go", func(ctx context.Context, w *work) error { return findMembershipDays(ctx, w.engine, w.options.Zone) },
		engine.Relation{Name: "membership_days", Grain: "one row per day on which account_contacts has somebody come or go: its bounds", Reads: []string{"account_contacts"}},
	),
	sql("person_keys"), sql("node_persons"), sql("role_persons"), sql("person_records"), sql("email_persons"), sql("person_stages"), sql("people"), sql("account_people"),
}

// findingConversions makes the conversions and the costs of a run, and everything else of the input
// that journeys need.
var findingConversions = []task{
	stage("finding conversions and costs"),
	sql("channels"), sql("campaign_keys"),
	made("campaign_dimensions.go", func(ctx context.Context, w *work) error {
		return describeCampaigns(ctx, w.engine, w.options.CampaignFields)
	},
		engine.Relation{Name: "campaign_dimensions", Grain: "one row per campaign and dimension to which campaigns are added up, of a level of their tree or a field of their name: the value", Reads: []string{"campaign_keys", "campaigns"}},
	),
	sql("touch_persons"), sql("touch_kind_facts"),
	sql("assets"),
	sql("stage_moves"), sql("opportunity_facts"), sql("last_wins"), sql("opportunity_closes"), sql("person_entries"), sql("opportunity_entries"),
	made("days.go", func(ctx context.Context, w *work) error { return findAnchorDays(ctx, w.engine, w.options.Zone) },
		engine.Relation{Name: "anchor_days", Grain: "one row per instant of a conversion: its day in the reporting zone", Reads: []string{"opportunity_closes", "opportunity_entries", "opportunity_facts", "person_entries"}},
	),
	sql("rate_periods"), sql("conversions"), sql("customers"), sql("later_sales"), sql("close_values"),
	made("costs.go", func(ctx context.Context, w *work) error { return defineProvisionalDays(ctx, w.engine, w.options.Costs) },
		engine.Relation{Name: "provisional_days", Grain: "one row per channel: the newest days of its ad cost that are not final", Reads: []string{"channels", "words"}},
	),
	sql("cost_runs"), sql("cost_days"),
	sql("opportunity_lead_sources"), sql("crm_influence_sums"), sql("crm_claims"),
	do(func(ctx context.Context, w *work) error { return refuseUnanchored(ctx, w.engine) }),
	{makes: alignment.Histories(), run: func(ctx context.Context, w *work) error {
		if err := alignment.MakeHistories(ctx, w.engine, w.options.alignment()); err != nil {
			return fmt.Errorf("reading the histories of persons: %w", err)
		}
		return nil
	}},
	sql("personas"), sql("standings"), sql("conversion_labels"), sql("dimension_members"),
	made("conversions.go", func(ctx context.Context, w *work) error { return followReversals(ctx, w.engine) },
		engine.Relation{Name: "reversal_roots", Grain: "one row per conversion that reverses another: the one whose journey it uses", Reads: []string{"conversions"}},
	),
}

// crediting builds the journey of every conversion and credits it, in one pass in Go over the people,
// conversions and touchpoints that SQL made.
var crediting = []task{
	stage("reading touchpoints"),
	made("bursts_and_repeats.go", func(ctx context.Context, w *work) error { return w.readTouches(ctx) },
		engine.Relation{Name: "repeats", Grain: "one row per touch that a configured rule marks as a repeat", Reads: []string{"touch_kind_facts", "touch_persons", "touch_rows"}},
	),
	made("touch_counts.go", func(ctx context.Context, w *work) error { return w.pass.touches.storeCounts(ctx, w.engine) },
		engine.Relation{Name: "touch_counts", Grain: "one row per kind of touchpoint and reason for which it does not count", Reads: []string{"repeats", "touch_kind_facts", "touch_persons"}},
	),
	sql("touch_groups"), sql("buying_groups"), sql("touch_facts"), sql("group_accounts"),
	made("journeys.go", func(ctx context.Context, w *work) error { return w.credit(ctx) },
		engine.Relation{Name: "tied_touches", Grain: "one row per touchpoint that shares its person's instant with another", Reads: []string{"touch_rows"}},
		engine.Relation{Name: "credits_at_once", Grain: "one row per conversion and touchpoint of its journey: the credit by model, as the pass wrote it", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "credits_put_off", Grain: "the same, of journeys that had to wait for the order of ties", Reads: []string{"conversions", "group_accounts", "tied_touches", "touch_rows"}},
		engine.Relation{Name: "built_journeys", Grain: "one row per counted conversion: how long its journey is, or why it has none", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "close_journeys", Grain: "one row per opportunity of opportunity_closes: the touchpoints of its journey to the close or as-of, and the earliest touchpoint before its creation", Reads: []string{"group_accounts", "opportunity_closes", "touch_rows"}},
		engine.Relation{Name: "close_touches", Grain: "one row per closed opportunity, channel and campaign of its journey to the close", Reads: []string{"group_accounts", "opportunity_closes", "touch_rows"}},
		engine.Relation{Name: "journey_channels", Grain: "one row per opportunity's conversion and channel of its journey, with what the primary model credits to it", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "credit_rows", Grain: "one row per conversion and touchpoint of its journey: the credit by model", Reads: []string{"credits_at_once", "credits_put_off"}},
		engine.Relation{Name: "touch_totals", Grain: "one row: how many touchpoints there are, and how far they come", Reads: []string{"touch_rows"}},
		engine.Relation{Name: "policies", Grain: "one row per way to make a buying group, with whether the run uses it"},
		engine.Relation{Name: "policy_credit", Grain: "one row per policy of the buying group and cell of the cube: what won opportunities earn under the primary model", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "kind_revenue", Grain: "one row per kind of touchpoints that is credited with revenue of the reporting period by the primary model", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "touch_grid", Grain: "one row per asset, persona, and stage of the person at the touch, at most two of them told apart: persons touched in the reporting period", Reads: []string{"assets", "channels", "person_history", "person_labels", "personas", "standings", "touch_kinds", "touch_rows"}},
		engine.Relation{Name: "touch_grid_sums", Grain: "one row per row of touch_grid, conversion type, opportunity type and whether it is open: credit of the primary model, and opportunities influenced by marketing, in the reporting period", Reads: []string{"assets", "channels", "conversions", "group_accounts", "person_history", "person_labels", "personas", "standings", "touch_kinds", "touch_rows"}},
		engine.Relation{Name: "person_revenue", Grain: "one row per person and opportunity type: the revenue up to as-of that the primary model credits to touchpoints of the person", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "lead_credit", Grain: "one row per lead of the reporting period and campaign: the credit by the primary model", Reads: []string{"conversions", "touch_rows"}},
		engine.Relation{Name: "journey_credit", Grain: "one row per opportunity's conversion in the reporting period, channel and campaign of its journey: touchpoints, and the credit by the primary model; empty if the CRM has no figures to compare with (crm_claims)", Reads: []string{"conversions", "crm_claims", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "win_value", Grain: "one row per model, channel that acquired customers of the reporting period, months seen since their win, months within which, and measure: customers (in millionths), their first win, and what they brought later", Reads: []string{"conversions", "customers", "group_accounts", "later_sales", "touch_rows"}},
		engine.Relation{Name: "journey_paths", Grain: "one row per counted conversion of the reporting period and per opportunity lost in it whose journey has touchpoints: its path", MadeBy: "attribution/journey_paths.go", Reads: []string{"channels", "conversions", "group_accounts", "opportunity_closes", "settings", "touch_rows"}},
		engine.Relation{Name: "path_steps", Grain: "one row per path of journey_paths, or what a transform makes of one: its channels", MadeBy: "attribution/journey_paths.go", Reads: []string{"channels", "conversions", "group_accounts", "opportunity_closes", "settings", "touch_rows"}},
		engine.Relation{Name: "step_times", Grain: "one row per conversion type, opportunity type and pair of consecutive channels (-1: any, -2: those not told apart) in the journeys of journey_paths: how long the step takes", MadeBy: "attribution/step_lags.go", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "step_days", Grain: "one row per conversion type, opportunity type and whole days between two consecutive touchpoints of the journeys of journey_paths", MadeBy: "attribution/step_lags.go", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "cube", Grain: "one row per basis, conversion type, opportunity type, model, month, campaign, channel and reason", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
		engine.Relation{Name: "dimension_credit", Grain: "one row per dimension of touches or conversions, member, basis, conversion type, opportunity type, whether it is open, and model: credit in the reporting period", Reads: []string{"conversion_labels", "conversions", "dimension_members", "group_accounts", "person_labels", "touch_kinds", "touch_rows"}},
		engine.Relation{Name: "week_credit", Grain: "one row per basis, conversion type, opportunity type, model, week and channel", Reads: []string{"conversions", "group_accounts", "touch_rows"}},
	),
	sql("journeys"),
}

// comparing finds why the primary model credits nothing to campaigns to which the CRM gives a part. It
// needs credit, and the touchpoints that were read for it.
var comparing = []task{
	sql("crm_unmatched"),
	made("crm_reasons.go", func(ctx context.Context, w *work) error { return w.pass.storeCRMReasons(ctx, w.engine) },
		engine.Relation{Name: "crm_reasons", Grain: "one row per row of crm_unmatched: why the primary model credits nothing", Reads: []string{"crm_unmatched", "journeys", "touch_rows"}},
	),
	sql("crm_reason_labels"), sql("crm_compared"),
}

// describing runs the checks of the data, which make the report data_quality.
var describing = []task{
	stage("checking data quality"),
	made("quality.go", func(ctx context.Context, w *work) (err error) {
		w.result.Findings, err = checkData(ctx, w.engine, w.options, w.unknownTypes)
		return err
	},
		engine.Relation{Name: "unknown_references", Grain: "one row per reference and id that it names and no row has", Reads: []string{"touch_kinds", "touch_names"}},
		engine.Relation{Name: "midnights", Grain: "one row per instant of a close at which a day begins, in UTC or the reporting zone", Reads: []string{"opportunities"}},
		engine.Relation{Name: "id_forms", Grain: "one row per form of the ids of a table", Reads: []string{"touch_names", "unknown_references"}},
	),
	do(func(ctx context.Context, w *work) (err error) {
		w.result.Paths, err = countPaths(ctx, w.engine)
		return err
	}),
}

// following follows people and opportunities through the funnel.
var following = []task{
	stage("computing the funnel"),
	made("funnel/rates.go", func(ctx context.Context, w *work) error {
		if err := funnel.Make(ctx, w.engine, w.options.Zone); err != nil {
			return fmt.Errorf("following the funnel: %w", err)
		}
		return nil
	}, funnel.Relations()...),

	stage("computing the handoff"),
	{makes: alignment.Relations(), run: func(ctx context.Context, w *work) error {
		if err := alignment.Make(ctx, w.engine, w.options.alignment()); err != nil {
			return fmt.Errorf("following the handoff: %w", err)
		}
		return nil
	}},

	sql("journey_cases"),

	stage("preparing plans"),
	{makes: planning.Relations(), run: func(ctx context.Context, w *work) error {
		if err := planning.Make(ctx, w.engine, w.options.Zone, w.options.Reporting.WeekStartsOn); err != nil {
			return fmt.Errorf("preparing plans: %w", err)
		}
		return nil
	}},
}

// A task makes relations, or does something between them.
type task struct {
	makes []engine.Relation
	run   func(ctx context.Context, w *work) error
}

// work is the state that the tasks of a run share.
type work struct {
	engine  *engine.Engine
	options Options
	models  []credit.Model // none: journeys are built, and nothing is credited
	show    *progress.Display

	pass         *pass
	unknownTypes []string // opportunity types that became "other"
	result       Result
}

// take runs the tasks in order.
func (w *work) take(ctx context.Context, tasks []task) error {
	for _, s := range tasks {
		if err := s.run(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// stage begins a stage of the progress display.
func stage(name string) task {
	return do(func(_ context.Context, w *work) error {
		w.show.Stage(name)
		return nil
	})
}

func do(run func(context.Context, *work) error) task { return task{run: run} }

// made is a task of Go that makes relations.
func made(file string, run func(context.Context, *work) error, relations ...engine.Relation) task {
	for i := range relations {
		if relations[i].MadeBy == "" {
			relations[i].MadeBy = "attribution/" + file
		}
	}
	return task{makes: relations, run: run}
}

// sql is a task that runs a file of sql/, which makes the relation of its name.
func sql(name string) task {
	return task{makes: []engine.Relation{fromSQL(name)}, run: func(ctx context.Context, w *work) error {
		if err := w.engine.Exec(ctx, statement(name)); err != nil {
			return fmt.Errorf("making %s: %w", name, err)
		}
		return nil
	}}
}

// fromSQL describes a relation by its file.
func fromSQL(name string) engine.Relation {
	return engine.RelationOf(statement(name), name, "attribution/sql/")
}
