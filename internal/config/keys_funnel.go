package config

var funnelKey = Key{Name: "funnel", About: "The funnel that marketing and sales have agreed on.",
	Rule: mapping([]Key{
		{Name: "stages", About: "The complete list of stages, in order, those of persons first.",
			Rule: Rule{Title: "a list of stages, at least two", Type: "array", MinItems: 2, MaxItems: 32, Items: new(mapping([]Key{
				{Name: "name", About: "The name in reports, which is also looked for in stage_history.",
					Rule: matching("letters, digits, spaces, hyphens and underscores, at most 40, beginning with a letter", "^[A-Za-z][A-Za-z0-9 _-]{0,39}$"), Required: true},
				{Name: "unit", About: "Who is in the stage.",
					Rule: oneOf("person", "opportunity"), Required: true},
				{Name: "owner", About: "The department that is responsible for the stage.",
					Rule: oneOf("marketing", "sales"), Required: true},
				{Name: "exit_criteria", About: "The condition for leaving the stage, in the words of both departments; reports show it.",
					Rule: Rule{Title: "text of at most 500 characters", Type: "string", MaxLength: 500}, Otherwise: "none"},
				{Name: "spellings", About: "Further words of stage_history that mean the stage. A stage with a name of the default funnel keeps the built-in spellings that no other stage claims, unless it gives its own ([] for none).",
					Rule: texts("a list of spellings"), Otherwise: "the built-in ones, if any"},
				{Name: "at", About: "Only of a stage of opportunities: it is entered when the opportunity is created, or won.",
					Rule: oneOf("created", "won"), Otherwise: "as stage_history says"},
				{Name: "within_days", About: "The time that a unit of an earlier stage has to reach this one before it counts as not converted.",
					Rule: whole("days", 1, 3650), Otherwise: "90 of stages of persons, 365 of stages of opportunities"},
			}).titled("a mapping with name, unit, owner"))}, Default: documentFunnel{}.withDefaults(), LateDefault: true, Otherwise: stageNames(documentFunnel{}.withDefaults())},
	}), See: "[The funnel](#the-funnel)"}

var handoffKey = Key{Name: "handoff", About: "Which entry of a person hands it over to sales, and which words of stage_history say what sales made of it.",
	Rule: mapping([]Key{
		{Name: "delivered", About: "The stage of people whose entry hands a person over to sales.",
			Rule: Rule{Title: "a stage of persons", Type: "string", MinLength: 1}, Default: "MQL", Otherwise: "MQL, if the funnel has it"},
		{Name: "accepted", About: "Stages and words of stage_history by which sales accepts. An entry to a later stage, and an opportunity with the person, accept too.",
			Rule: texts("a list of words"), Default: []string{"SAL", "SQL"}},
		{Name: "rejected", About: "Words of stage_history by which sales rejects.",
			Rule: texts("a list of words"), Default: []string{"Rejected", "Disqualified"}},
		{Name: "recycled", About: "Words of stage_history by which sales gives a person back to marketing.",
			Rule: texts("a list of words"), Default: []string{"Recycled", "Nurture"}},
		{Name: "expires_after", About: "How long a delivery waits for an outcome before it has expired.",
			Rule: defined("span"), Default: "14d"},
	}), See: "[Handoff](reference/handoff.md)"}

var vocabularyKey = Key{Name: "vocabulary", About: "Words of stage_history that are no stage of the funnel, and the department of people with this word. The defaults hold for words that you do not list.",
	Rule: byName("word", "a mapping from words to marketing or sales", oneOf("marketing", "sales").titled("marketing or sales")), Default: shippedVocabulary, LateDefault: true}

var serviceLevelKey = Key{Name: "service_level", About: "How fast sales has to assign and answer a person that was delivered, in business time.",
	Rule: mapping([]Key{
		{Name: "assignment", About: "How soon a delivered person has an owner, in business time.",
			Rule: defined("span"), Default: "1h"},
		{Name: "first_response", About: "How soon the first activity with a delivered person follows, in business time.",
			Rule: defined("span"), Default: "4h"},
		{Name: "hours", About: "Business hours.",
			Rule: matching("two times of a day such as 09:00-17:00", "^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"), Default: "09:00-17:00"},
		{Name: "weekdays", About: "Business days.",
			Rule: Rule{Title: "a list of mon, tue, wed, thu, fri, sat, sun", Type: "array", MinItems: 1, UniqueItems: true, Items: new(oneOf("mon", "tue", "wed", "thu", "fri", "sat", "sun").titled("mon, tue, wed, thu, fri, sat or sun"))}, Default: []string{"mon", "tue", "wed", "thu", "fri"}},
		{Name: "holidays", About: "Days that are no business days.",
			Rule: Rule{Title: "a list of days", Type: "array", UniqueItems: true, Items: new(defined("date"))}, Otherwise: "none", Example: "[2026-12-25]"},
		{Name: "zone", About: "The IANA time zone of the business hours.",
			Rule: defined("time_zone"), Otherwise: "reporting.time_zone", Example: "America/New_York"},
		{Name: "activities", About: "Values of activity_type that are a response.",
			Rule: texts("a list of types of activities"), Default: []string{"call", "email", "meeting"}},
	}), See: "[The service level](reference/handoff.md#the-service-level)"}

var qualityKey = Key{Name: "quality", About: "How the quality of leads is read.",
	Rule: mapping([]Key{
		{Name: "fit", About: "Which values of fit_grade are good and bad; all others are unknown.",
			Rule: mapping([]Key{
				{Name: "good", About: "Grades of a good fit.",
					Rule: texts("a list of words"), Default: []string{"A", "B"}},
				{Name: "bad", About: "Grades of a bad fit.",
					Rule: texts("a list of words"), Default: []string{"C", "D"}},
			}).titled("a mapping with good and bad")},
		{Name: "interest", About: "Which interest_score is high.",
			Rule: mapping([]Key{
				{Name: "high", About: "An interest_score of at least this is high.",
					Rule: Rule{Title: "a number of at most six decimals", Type: "number", MultipleOf: "0.000001"}, Default: 50},
			})},
		{Name: "ratings", About: "Numbers for words of sales_rating. Numbers in the data need none.",
			Rule: byName("word", "a mapping from words to numbers", Rule{Title: "a number of at most six decimals", Type: "number", MultipleOf: "0.000001"}), Otherwise: "none", Example: "{Hot: 3, Warm: 2, Cold: 1}"},
	})}

var dealSizesKey = Key{Name: "deal_sizes", About: "Lower bounds of the size bands of opportunities, in whole units of the reporting currency, ascending.",
	Rule: Rule{Title: "a list of amounts in ascending order", Type: "array", MinItems: 1, MaxItems: 20, Items: new(Rule{Title: "a whole amount above 0", Type: "integer", Minimum: "1", Maximum: "1000000000000"})}, Default: []int64{10_000, 50_000, 250_000}}

var sourceGroupsKey = Key{Name: "source_groups", About: `Who brings the business, by channel; "*" stands for all other channels.`,
	Rule: byName("group", "a mapping from groups to channels", texts("a list of channels")).atLeast(1), Default: shippedGroups, LateDefault: true, See: "[Source groups](reference/conversions.md#source-groups)"}

var costsKey = Key{Name: "costs", About: "How long the cost of a day can still change.",
	Rule: mapping([]Key{
		{Name: "provisional_days", About: "This many days up to as-of of ad cost are provisional: of rows of costs that cover one day, or that have impressions or clicks.",
			Rule: whole("days", 0, 366), Default: 3},
		{Name: "by_channel", About: "Other numbers of days, by channel, such as {Paid Social: 7}.",
			Rule: byName("channel", "a mapping from channels to days", whole("days", 0, 366)), Otherwise: "none", Example: "{}"},
	}), See: "[Cost that is not final](reference/costs.md#cost-that-is-not-final)"}

var economicsKey = Key{Name: "economics", About: "What finance knows of a customer, for CAC, payback and the return on margin.",
	Rule: mapping([]Key{
		{Name: "margin", About: "The share of revenue that is left after the cost of what was sold, for payback and roi_on_margin.",
			Rule: Rule{Title: "a share above 0, at most 1, of at most six decimals", Type: "number", ExclusiveMinimum: "0", Maximum: "1", MultipleOf: "0.000001"}, Otherwise: "none", Example: "0.75"},
		{Name: "term_months", About: "For how many months the amount of an opportunity without term_months is.",
			Rule: whole("months", 1, 600), Default: 12},
	})}
