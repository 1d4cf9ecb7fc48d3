package config

var reportingKey = Key{Name: "reporting", About: "Currency, time zone and period of the reports.",
	Rule: mapping([]Key{
		{Name: "currency", About: "The currency of the reports.",
			Rule: matching("an ISO 4217 code such as USD", "^[A-Z]{3}$"), Otherwise: "the only one that occurs in the data", Example: "USD"},
		{Name: "time_zone", About: "The IANA time zone that decides days, weeks and months.",
			Rule: defined("time_zone"), Default: "UTC"},
		{Name: "from", About: "The first day of the reporting period. Flag --from.",
			Rule: defined("date"), Otherwise: "everything", Example: "2025-07-01"},
		{Name: "to", About: "The last day of the reporting period, included. Flag --to.",
			Rule: defined("date"), Otherwise: "everything", Example: "2026-06-30"},
		{Name: "week_starts_on", About: "The first day of a week.",
			Rule: oneOf("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), Default: "monday"},
		{Name: "fiscal_year_starts_in", About: "The first month of the fiscal year, which is named by the year in which it ends.",
			Rule: oneOf("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"), Default: "january"},
		{Name: "weeks", About: "Whether period_performance adds up credit by week too. It takes time and space.",
			Rule: yesOrNo(), Default: false},
		{Name: "dimension_values", About: "How many values of a dimension dimension_performance tells apart: the largest. The rest is (other).",
			Rule: whole("", 1, 10000), Default: 100, See: "[The largest values](reference/dimensions.md#the-largest-values)"},
		{Name: "paths", About: "How many paths the report paths tells apart per transform, conversion type and opportunity type. The others are (other paths).",
			Rule: whole("", 1, 100000), Default: 200},
	})}

var primaryModelKey = Key{Name: "primary_model", About: "The model that comes first in every report: one of models or custom_models. If --models leaves it out, the first of --models takes its place.",
	Rule: defined("model_name"), Default: defaultPrimaryModel, LateDefault: true, Otherwise: "w_shaped or, if models does not name it, the first of models"}

var modelsKey = Key{Name: "models", About: "The models to run, in the order of the reports. `tributary models` lists them. Flag --models, which runs exactly the models that it names.",
	Rule: listOf("a list of names of models", 64, defined("model_name")).atLeast(1), Otherwise: "all", Example: "[w_shaped, first_touch, last_touch, linear, time_decay, u_shaped, full_path, lead_heavy, decay_14d]"}

var customModelsKey = Key{Name: "custom_models", About: "Models of your own: shares over anchors and a middle, a time decay with its own half-life, or a shipped model; each over all touchpoints of a journey or only some. They always run, after the models that models names unless it names them too.",
	Rule: Rule{Title: "a list of models", Type: "array", MaxItems: 64, Items: new(mapping([]Key{
		{Name: "name", About: "The name of the model in reports.",
			Rule: defined("model_name"), Required: true},
		{Name: "kind", About: "positional: shares over anchors and a middle. time_decay: a share halves with every half-life before the last touchpoint. Or the name of a shipped model, whose shares it takes.",
			Rule: oneOf("positional", "time_decay", "first_touch", "last_touch", "last_non_direct", "linear", "time_decay_7d", "position_based", "j_shaped", "inverse_j", "lead_creation", "u_shaped", "u_shaped_middle", "w_shaped", "full_path"), Required: true},
		{Name: "anchors", About: "Of a positional model: percent by anchor. Together with middle they total 100.",
			Rule: mapping([]Key{
				{Name: "FT", About: "Percent of the first touchpoint.",
					Rule: defined("percent"), Otherwise: "0"},
				{Name: "LT", About: "Percent of the last touchpoint.",
					Rule: defined("percent"), Otherwise: "0"},
				{Name: "LC", About: "Percent of the touchpoint that created the lead.",
					Rule: defined("percent"), Otherwise: "0"},
				{Name: "OC", About: "Percent of the last touchpoint before the opportunity was created.",
					Rule: defined("percent"), Otherwise: "0"},
				{Name: "CW", About: "Percent of the last touchpoint before the close.",
					Rule: defined("percent"), Otherwise: "0"},
			}).titled("a mapping from FT, LT, LC, OC, CW to percent").atLeast(1), Otherwise: "none; a positional model needs it"},
		{Name: "middle", About: "Of a positional model: percent that the touchpoints without an anchor share equally.",
			Rule: defined("percent"), Otherwise: "0"},
		{Name: "half_life_days", About: "Of a time_decay model: days after which a touchpoint earns half as much.",
			Rule: Rule{Title: "days above 0, of at most three decimals", Type: "number", ExclusiveMinimum: "0", Maximum: "36500", MultipleOf: "0.001"}, Otherwise: "none; a time_decay model needs it"},
		{Name: "only", About: "The model sees only the touchpoints of a journey that have one of the values of each key.",
			Rule: mapping([]Key{
				{Name: "touch_type", About: "Touchpoints of these types. (none): without a type.",
					Rule: texts("a list of touch types").atLeast(1), Otherwise: "all"},
				{Name: "channel", About: "Touchpoints of these channels, as reports call them.",
					Rule: texts("a list of channels").atLeast(1), Otherwise: "all"},
				{Name: "campaign_id", About: "Touchpoints of these campaigns. (none): without a campaign.",
					Rule: texts("a list of campaign ids").atLeast(1), Otherwise: "all"},
				{Name: "source_group", About: "Touchpoints whose channel is in one of these groups of source_groups.",
					Rule: texts("a list of source groups").atLeast(1), Otherwise: "all"},
			}).atLeast(1), Otherwise: "all touchpoints", See: "[Models that see only some touchpoints](reference/models.md#models-that-see-only-some-touchpoints)"},
	}).titled("a mapping with name, kind and the shares of the model"))}, Otherwise: "none", Example: `- {name: lead_heavy, kind: positional, anchors: {FT: 20, LC: 50, OC: 20}, middle: 10}
- {name: decay_14d, kind: time_decay, half_life_days: 14}
- {name: paid_linear, kind: linear, only: {channel: [Paid Search, Paid Social]}}`, See: "[Custom models](#custom-models)"}

var asOfKey = Key{Name: "as_of", About: "The day as of which all dates are judged: its end, in the reporting time zone, or an instant with its zone. Flag --as-of.",
	Rule: matching("a date or an instant with its zone, such as 2020-05-28 or 2020-05-28T00:00:00Z", `^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2}))?$`), Otherwise: "the newest instant of the data", Example: "2026-06-30"}

var outputKey = Key{Name: "output", About: "What a run publishes beside the reports.",
	Rule: mapping([]Key{
		{Name: "directory", About: "The directory in which runs are published, relative to this file. The flag --out and the environment variable TRIBUTARY_OUT come first. It is not part of a run.",
			Rule: Rule{Title: "a directory", Type: "string", MinLength: 1}, Otherwise: "none", Example: "out"},
		{Name: "csv_raw", About: "Whether text that a spreadsheet would take for a formula is written unchanged. Flag --csv-raw.",
			Rule: yesOrNo(), Default: false},
		{Name: "credits", About: "Whether every credit row is written to credits.parquet. Flag --credits.",
			Rule: oneOf("all", "none"), Default: "all"},
		{Name: "tables", About: "Whether the contract tables are published in tables/, from which explain works. Flag --tables.",
			Rule: oneOf("all", "none"), Default: "all"},
	})}
