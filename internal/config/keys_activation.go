package config

var activationKey = Key{Name: "activation", About: "Files of credit that other systems can load, in activation/ of the run.",
	Rule: mapping([]Key{
		{Name: "salesforce_influence", About: "Records of Salesforce's CampaignInfluence: the share of every campaign in an opportunity.",
			Rule: Rule{Title: "true, false, or a mapping with model, conversion, model_id", Type: []string{"boolean", "object"}, Keys: []Key{
				{Name: "model", About: "The model whose credit is written.",
					Rule: defined("model_name"), Otherwise: "primary_model"},
				{Name: "conversion", About: "Write the credit of won opportunities (revenue) or of every opportunity, as it was created (pipeline).",
					Rule: oneOf("revenue", "pipeline"), Default: defaultActivationConversion, LateDefault: true},
				{Name: "model_id", About: "The id of your campaign influence model in Salesforce, for the column ModelId.",
					Rule: matching("a Salesforce id of 15 or 18 letters and digits", "^([A-Za-z0-9]{15}|[A-Za-z0-9]{18})$"), Otherwise: "the column is empty"},
			}}, Default: false, LateDefault: true, Example: "{model: w_shaped, conversion: pipeline}"},
		{Name: "account_sources", About: "The first, last and primary source of every account.",
			Rule: Rule{Title: "true, false, or a mapping with model", Type: []string{"boolean", "object"}, Keys: []Key{
				{Name: "model", About: "The model whose credit decides the primary source.",
					Rule: defined("model_name"), Otherwise: "primary_model"},
			}}, Default: false, LateDefault: true, Example: "{model: w_shaped}"},
		{Name: "google_ads", About: "An import of offline conversions into Google Ads: the share of every click id in a conversion.",
			Rule: mapping([]Key{
				{Name: "conversion_name", About: "The name of the conversion action in Google Ads.",
					Rule: Rule{Title: "a text of 1 to 100 characters that begins with a letter or a digit", Type: "string", Pattern: `^[\p{L}\p{N}].*$`, MaxLength: 100}, Required: true},
				{Name: "conversion", About: "The conversions that are written.",
					Rule: Rule{Title: "pipeline, revenue, lead, or a later stage of persons such as mql", Type: "string", MinLength: 1, MaxLength: 200}, Default: defaultActivationConversion, LateDefault: true},
				{Name: "model", About: "The model whose credit is written.",
					Rule: defined("model_name"), Otherwise: "primary_model"},
				{Name: "time_zone", About: "The IANA time zone in which conversion times are written, with its offset.",
					Rule: defined("time_zone"), Otherwise: "reporting.time_zone"},
				{Name: "click_days", About: "How old a click may be at as-of; older ones are not uploaded. Google Ads takes 90 days.",
					Rule: whole("days", 1, 3650), Default: defaultClickDays, LateDefault: true},
			}), Otherwise: "none", Example: "{conversion_name: Closed won, conversion: revenue, model: linear, time_zone: America/New_York, click_days: 90}"},
	}), Otherwise: "none", See: "[Activation](activation.md)"}
