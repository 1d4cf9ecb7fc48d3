package config

// definitions are the rules that several keys share, by the names that defined takes.
var definitions = []Key{
	{Name: "gate", Rule: Rule{Title: "info, warn, refuse, off, or a mapping with warn and refuse, or one from tables to either", Type: []string{"string", "object"}, Pattern: "^(info|warn|refuse|off)$", MinProperties: 1, Keys: limitKeys, Each: "table",
		Values: new(Rule{Title: "info, warn, refuse, off, or a mapping with warn and refuse", Type: []string{"string", "object"}, Pattern: "^(info|warn|refuse|off)$", MinProperties: 1, Keys: limitKeys})}},
	{Name: "span", Rule: matching("a length of time such as 14d, 4h or 30m", "^[1-9][0-9]{0,3}[dhm]$")},
	{Name: "limit", Rule: Rule{Title: "a number such as 2%, 31d or 20", Type: []string{"number", "string"}, Minimum: "0", Pattern: `^[0-9]{1,9}(\.[0-9]{1,6})?[%d]?$`}},
	{Name: "channel_condition", Rule: Rule{Title: "a list of words in brackets, or a pattern", Type: []string{"array", "string"}, MinLength: 1, MaxLength: 1000, MinItems: 1, MaxItems: 1000, UniqueItems: true, Items: new(Rule{Title: "a text of at most 1000 characters", Type: "string", MaxLength: 1000})}},
	{Name: "model_name", Rule: Rule{Title: "a name of lower-case letters, digits and underscores, such as w_shaped", Type: "string", Pattern: "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", MaxLength: 40}},
	{Name: "time_zone", Rule: Rule{Title: "a time zone such as Europe/Berlin", Type: "string", MinLength: 1, MaxLength: 64}},
	{Name: "date", Rule: matching("a date such as 2020-12-31", `^\d{4}-\d{2}-\d{2}$`)},
	{Name: "percent", Rule: Rule{Title: "a percentage from 0 to 100 of at most one decimal", Type: "number", Minimum: "0", Maximum: "100", MultipleOf: "0.1"}},
	{Name: "share", Rule: Rule{Title: "a share from 0 to 1 of at most six decimals, such as 0.02", Type: "number", Minimum: "0", Maximum: "1", MultipleOf: "0.000001"}},
	{Name: "text", Rule: Rule{Title: "a text of 1 to 1000 characters", Type: "string", MinLength: 1, MaxLength: 1000}},
	{Name: "texts", Rule: Rule{Type: "array", MaxItems: 10000, UniqueItems: true, Items: new(defined("text"))}},
	{Name: "file_name", Rule: Rule{Title: "the name of a file", Type: "string", MinLength: 1, MaxLength: 4096}},
	{Name: "table", Rule: Rule{Title: "a mapping with files and columns, or a list of them", Type: []string{"object", "array"}, MinItems: 1, MaxItems: 100, Ref: "#/$defs/source", Items: new(Rule{Title: "a mapping with files and columns", Type: "object", Ref: "#/$defs/source"})}},
	{Name: "source", Rule: Rule{Title: "a mapping with files and columns", Keys: sourceKeys}},
	{Name: "relation", Rule: Rule{Title: "a file, a list of files, or a mapping with files and how they are written", Type: []string{"string", "array", "object"},
		MinLength: 1, MaxLength: 4096, MinItems: 1, MaxItems: 10000, UniqueItems: true, Items: new(defined("file_name")), Keys: relationKeys}},
	{Name: "written", Rule: mapping(writtenKeys()).atLeast(1)},
	{Name: "files", Rule: Rule{Title: "a list of files, or a mapping with directory and pattern", Type: []string{"array", "object"},
		MinItems: 1, MaxItems: 10000, UniqueItems: true, Items: new(defined("file_name")), Keys: filesKeys}},
	{Name: "column", Rule: Rule{Title: "a header, or a mapping with from or value and the format", Type: []string{"string", "object"},
		MinLength: 1, MaxLength: 1000, MinProperties: 1, Keys: columnKeys}},
	{Name: "words", Rule: listOf("a list of words", 100, Rule{Title: "a text of at most 1000 characters", Type: "string", MaxLength: 1000}).atLeast(1)},
}

// limitKeys are those of a gate.
var limitKeys = []Key{
	{Name: "warn", About: "From here on it is a warning.",
		Rule: defined("limit"), Otherwise: "never"},
	{Name: "refuse", About: "From here on the run is refused.",
		Rule: defined("limit"), Otherwise: "never"},
}
