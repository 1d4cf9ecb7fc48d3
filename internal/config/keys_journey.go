package config

import "github.com/tributary-engine/tributary/internal/contract"

var peopleKey = Key{Name: "people", About: "How records are joined into persons, and who is not a buyer.",
	Rule: mapping([]Key{
		{Name: "join_by_email", About: "Whether records with the same e-mail are one person.",
			Rule: yesOrNo(), Default: true},
		{Name: "contacts_are_leads", About: "Whether contacts became leads when they were created, even if a table of leads is given. Without such a table they always did.",
			Rule: yesOrNo(), Default: false},
		{Name: "own_domains", About: "The domains of your own company: touchpoints of people with such an e-mail are excluded.",
			Rule: listOf("a list of domains", 10000, matching("a domain such as example.com", `^[^@\s/:]+\.[^@\s/:]+$`)), Otherwise: "none", Example: "[wendlow.example]"},
		{Name: "test_accounts", About: "Ids of accounts for tests: touchpoints of their people are excluded.",
			Rule: texts("a list of account ids"), Otherwise: "none", Example: "[A-TEST]"},
	})}

var buyingGroupKey = Key{Name: "buying_group", About: "Whose touchpoints serve an opportunity: the persons with a role in it or, only if there are none, all persons of the account; only those with a role; all of the account; both.",
	Rule: oneOf("roles_else_account", "roles", "account", "roles_and_account"), Default: "roles_else_account"}

var journeyKey = Key{Name: "journey", About: "Which touchpoints are eligible for a conversion.",
	Rule: mapping([]Key{
		{Name: "lookback_days", About: "Touchpoints count from this many days before the creation of the opportunity.",
			Rule: whole("days", 1, 3650), Default: 365},
		{Name: "person_lookback_days", About: "Touchpoints count from this many days before a person reached a stage, such as lead or MQL.",
			Rule: whole("days", 1, 3650), Default: 90},
		{Name: "lead_creation_grace_minutes", About: "A touchpoint up to this many minutes after the creation of a lead may have created it: forms are often stamped a little later.",
			Rule: whole("minutes", 0, 10080), Default: 10},
		{Name: "touch_types", About: "The only types of touchpoints that count.",
			Rule: texts("a list of touch types"), Otherwise: "all but impression", Example: "[visit, form, download, video, webinar, event, meeting, email, introduction, call]"},
		{Name: "responses", About: "Statuses that count as a response although the shipped list excludes them.",
			Rule: texts("a list of statuses"), Otherwise: "none", Example: "[Sent]"},
		{Name: "not_responses", About: "Further statuses that are not a response.",
			Rule: texts("a list of statuses"), Otherwise: "none", Example: "[Registered]"},
		{Name: "direct", About: "Direct touchpoints count like others, only if nothing else is in the journey, or never.",
			Rule: oneOf("count", "fallback_only", "exclude"), Default: "count"},
		{Name: "direct_channels", About: "The channels that are direct.",
			Rule: texts("a list of channels"), Default: []string{"direct"}},
		{Name: "dedupe_window_minutes", About: "Repeated touchpoints of one person, channel, campaign and type within this many minutes count as one, the first. 0: off.",
			Rule: whole("minutes", 0, 525600), Default: 0},
		{Name: "since_last_win", About: "Opportunity types whose journeys begin after the last win of the account.",
			Rule: listOf("a list of opportunity types", 4, oneOf("new_business", "expansion", "renewal", "other").titled("new_business, expansion, renewal or other")), Otherwise: "none", Example: "[expansion, renewal]", See: "[Journeys after the last win](reference/journeys.md#journeys-after-the-last-win)"},
		{Name: "bot_burst", About: "Touchpoints of a person of whom at least this many fall within this many seconds are excluded.",
			Rule: mapping([]Key{
				{Name: "touches", About: "How many touchpoints make a burst.",
					Rule: whole("", 2, 1000000), Required: true},
				{Name: "seconds", About: "Within how many seconds.",
					Rule: whole("seconds", 1, 86400), Required: true},
			}).titled("a mapping with touches and seconds"), Otherwise: "off", Example: "{touches: 50, seconds: 60}"},
	}).titled("a mapping of the rules of journeys")}

var opportunitiesKey = Key{Name: "opportunities", About: "How stages and types of the CRM are read.",
	Rule: mapping([]Key{
		{Name: "won_stages", About: "Stages that mean won, if is_won is empty.",
			Rule: texts("a list of stages"), Default: contract.WonStages},
		{Name: "lost_stages", About: "Stages that mean lost.",
			Rule: texts("a list of stages"), Default: contract.LostStages},
		{Name: "types", About: "Further spellings of the opportunity types in the CRM.",
			Rule: mapping([]Key{
				{Name: "new_business", About: "Spellings of new business.",
					Rule: texts("a list of spellings"), Otherwise: "none"},
				{Name: "expansion", About: "Spellings of expansion, such as upsell and cross sell.",
					Rule: texts("a list of spellings"), Otherwise: "none"},
				{Name: "renewal", About: "Spellings of renewal.",
					Rule: texts("a list of spellings"), Otherwise: "none"},
				{Name: "other", About: "Spellings of whatever is none of these.",
					Rule: texts("a list of spellings"), Otherwise: "none"},
			}).titled("a mapping from opportunity types to spellings"), Otherwise: "the built-in spellings", Example: "{new_business: [Net New], expansion: [Upgrade], renewal: [Contract Renewal], other: [Services]}", See: "[Opportunity types](reference/conversions.md#opportunity-types)"},
	})}

var salesChannelsKey = Key{Name: "sales_channels", About: `Channels of sales; all others are marketing channels. Short for source_groups: {marketing: ["*"], sales: [...]}, and not together with it.`,
	Rule: texts("a list of channels"), Otherwise: "none", Example: "[Outbound]"}

var channelsKey = Key{Name: "channels", About: "Rules that decide the channel of touchpoints: the first one that holds. Spellings that differ only by case, blanks, hyphens and underscores become one channel.",
	Rule: mapping([]Key{
		{Name: "groups", About: "web: the shipped channel rules, after your own.",
			Rule: oneOf("web"), Otherwise: "none", Example: "web"},
		{Name: "version", About: "The version of the shipped rules that the configuration was written for; a run with another version is refused.",
			Rule: Rule{Title: "a whole number from 1", Type: "integer", Minimum: "1"}, Otherwise: "that of the program", Example: "1"},
		{Name: "rules", About: "Your own rules, in the order in which they are tried.",
			Rule: Rule{Title: "a list of rules", Type: "array", MaxItems: 1000, Items: new(mapping([]Key{
				{Name: "channel", About: "The channel of the touchpoints for which the rule holds.",
					Rule: Rule{Title: "a text of 1 to 200 characters without blanks around it", Type: "string", Pattern: `^\S(.*\S)?$`, MaxLength: 200}, Required: true},
				{Name: "when", About: "The conditions. All of them must hold.",
					Rule: mapping([]Key{
						{Name: "channel", About: "The channel as it is written.",
							Rule: defined("channel_condition"), Otherwise: "any"},
						{Name: "source", About: "The source, such as utm_source.",
							Rule: defined("channel_condition"), Otherwise: "any"},
						{Name: "medium", About: "The medium, such as utm_medium.",
							Rule: defined("channel_condition"), Otherwise: "any"},
						{Name: "campaign", About: "The id or the name of the campaign.",
							Rule: defined("channel_condition"), Otherwise: "any"},
						{Name: "touch_type", About: "The type of the touchpoint.",
							Rule: defined("channel_condition"), Otherwise: "any"},
						{Name: "referrer", About: "The host of the referrer. A word stands for its subdomains too.",
							Rule: defined("channel_condition"), Otherwise: "any"},
						{Name: "click_id", About: "The name of the click id, such as gclid.",
							Rule: defined("channel_condition"), Otherwise: "any"},
					}).titled("a mapping from fields to words or a pattern").atLeast(1), Required: true},
			}).titled("a mapping with channel and when"))}, Otherwise: "none", Example: "[{channel: Partner, when: {source: [partner_blog], medium: [referral]}}]"},
	}), Otherwise: "channels are as they are written", See: "[Channels](reference/channels.md)"}

var campaignFieldsKey = Key{Name: "campaign_fields", About: "A pattern with named groups that finds fields in the names of campaigns, each a dimension of dimension_performance.",
	Rule: Rule{Title: "a pattern of RE2 with named groups such as ^(?P<region>[^_]+)_, at most 1000 characters", Type: "string", MinLength: 1, MaxLength: 1000}, Otherwise: "none", Example: `'^(?P<offer>[^|]+) \| (?P<tactic>[^|]+) \| (?P<region>[^|]+) \| (?P<period>.+)$'`, See: "[Fields of campaign names](reference/dimensions.md#fields-of-campaign-names)"}
