package config

var inputKey = Key{Name: "input", About: "Where the input files are.",
	Rule: mapping([]Key{
		{Name: "directory", About: "The directory of the input files, relative to this file. Flag --input.",
			Rule: Rule{Title: "a directory", Type: "string", MinLength: 1}, Default: ".", Otherwise: "the directory of this file"},
		{Name: "time_zone", About: "The IANA time zone of times that are written without one. Dates without a time are days of reporting.time_zone.",
			Rule: defined("time_zone"), Otherwise: "none; such times are quarantined", Example: "America/New_York"},
	})}

var tablesKey = Key{Name: "tables", About: "The files of each contract table and the names of their columns. A table that is not named is read from <table>.csv, .csv.gz, .csv.zst, .parquet or .jsonl, and a column that is not named from the header of its own name.",
	Rule: perTable("a mapping from contract tables to their files", func(table string) string { return tablePurposes[table] }, defined("table")), Otherwise: "files and headers of the contract's names", Example: `touchpoints:
  files: [touchpoints.csv]       # or file: touchpoints.csv
  delimiter: ","
  time_zone: America/New_York    # of this table's times without one
  columns:
    touch_id: touch_id           # the header in the file
    occurred_at: {from: occurred_at, local_time: earlier}   # also format: "%m/%d/%Y %H:%M"
    asset: {value: unknown}      # the same in every row
opportunities:
  file: opportunities.csv
  columns:
    amount: {from: amount, decimal: ".", thousands: ","}
    is_won: {from: is_won, true: ["true", "1"], false: ["false", "0"]}`, See: "[Tables and columns](#tables-and-columns)"}

var quarantineKey = Key{Name: "quarantine", About: "The share of a table's rows that may be quarantined before the run is refused.",
	Rule: perTable("a mapping from tables to shares", func(table string) string { return "Share of " + table + "." }, defined("share")), Otherwise: "0 of opportunities, costs, exchange_rates and control_totals, 0.01 of the others", Example: "{touchpoints: 0.01, contacts: 0.01, opportunities: 0, costs: 0, exchange_rates: 0, control_totals: 0}", See: "[Quarantine](#quarantine)"}

var delimiterKey = Key{Name: "delimiter", About: "What separates the fields of a CSV file.",
	Rule: oneOf(",", ";", "\t", "|", "^", "~").titled("a delimiter"), Otherwise: "a comma"}

var encodingKey = Key{Name: "encoding", About: "The encoding of the text of a CSV file. It is never guessed; utf-16 needs a byte order mark.",
	Rule: oneOf("utf-8", "utf-16", "windows-1252", "iso-8859-1").titled("utf-8, utf-16, windows-1252 or iso-8859-1"), Otherwise: "utf-8"}

var skipRowsKey = Key{Name: "skip_rows", About: "Lines before the header of a CSV file that are skipped, such as the title of a report.",
	Rule: Rule{Title: "a number of lines", Type: "integer", Minimum: "0", Maximum: "1000"}, Otherwise: "0"}

var raggedKey = Key{Name: "ragged", About: "pad: fields that a row lacks at its end are empty.",
	Rule: oneOf("pad").titled("pad"), Otherwise: "such a row is quarantined"}

// sourceKeys are those of a source.
var sourceKeys = []Key{
	{Name: "file", About: "One file, relative to input.directory or absolute. Never a pattern.",
		Rule: defined("file_name"), Otherwise: "the file of the table's name"},
	{Name: "files", About: "A list of files, relative to input.directory or absolute; or a mapping with directory and pattern.",
		Rule: defined("files"), Otherwise: "the file of the table's name"},
	{Name: "from", About: "The files of a SELECT, by the name of their relation: a name, a list, or a mapping with files and how they are written.",
		Rule: Rule{Title: "a mapping from names of relations to files", Type: "object", MinProperties: 1, MaxProperties: 50, PropertyNames: new(Rule{Title: "a name of lower-case letters, digits and underscores", Pattern: "^[a-z][a-z0-9_]{0,59}$"}), Each: "relation", Values: new(defined("relation"))}, Otherwise: "none", See: "[A SELECT over files](#a-select-over-files)"},
	{Name: "select", About: "One SELECT of DuckDB's SQL over the relations of from. It answers with columns of the table.",
		Rule: Rule{Title: "a SELECT statement", Type: "string", MinLength: 1, MaxLength: 1000000}, Otherwise: "none"},
	{Name: "select_file", About: "The file with the SELECT, relative to this configuration.",
		Rule: defined("file_name"), Otherwise: "none"},
	delimiterKey,
	encodingKey,
	skipRowsKey,
	raggedKey,
	{Name: "nulls", About: "Words that mean an empty cell in every column, such as N/A.",
		Rule: defined("words"), Otherwise: "none"},
	{Name: "time_zone", About: "IANA time zone of this table's times that are written without one.",
		Rule: defined("time_zone"), Otherwise: "input.time_zone"},
	{Name: "key", About: "What tells rows apart if the file has no id: headers whose values together are the id, so that equal rows are copies of one; or position, the file and line, so that equal rows are different rows.",
		Rule: Rule{Title: "a header, a list of headers, or position", Type: []string{"string", "array"}, MinLength: 1, MaxLength: 1000, MinItems: 1, MaxItems: 100, UniqueItems: true, Items: new(defined("text"))}, Otherwise: "the column of the table's key"},
	{Name: "occasional", About: "Whether rows of this table come only now and then, so that the gate lag ignores it.",
		Rule: yesOrNo(), Default: false},
	{Name: "columns", About: "Where the columns of the contract come from, by column: a header, a mapping, or the word none for a column that is not read.",
		Rule: byName("column", "a mapping from columns of the contract to the file's", defined("column")), Otherwise: "headers of the same names"},
}

// relationKeys are those of a relation.
var relationKeys = []Key{
	{Name: "file", About: "One file, relative to input.directory or absolute.",
		Rule: defined("file_name"), Otherwise: "none"},
	{Name: "files", About: "A list of files, or a mapping with directory and pattern.",
		Rule: defined("files"), Otherwise: "none"},
	delimiterKey,
	encodingKey,
	skipRowsKey,
	raggedKey,
	{Name: "nulls", About: "Words that mean an empty cell in every column.",
		Rule: defined("words"), Otherwise: "none"},
	{Name: "columns", About: "How the values under a header are written, with the keys of a column: the SELECT sees times in ISO 8601 and numbers as plain decimals.",
		Rule: byName("header", "a mapping from headers to how their values are written", defined("written")).atLeast(1), Otherwise: "all values stay as they are"},
	{Name: "optional", About: "Columns that the files may lack; they are NULL then. A relation that has optional and no file has these columns and no row.",
		Rule: texts("a list of headers"), Otherwise: "none"},
}

// filesKeys are those of files that a pattern names.
var filesKeys = []Key{
	{Name: "directory", About: "The directory of the files, relative to input.directory.",
		Rule: defined("file_name"), Otherwise: "input.directory itself"},
	{Name: "pattern", About: "The names of the files, in which * stands for any text, such as members_*.csv. They are read in the order of their names.",
		Rule: defined("file_name"), Required: true},
}

// tablePurposes are what an editor shows for the tables of the contract.
var tablePurposes = map[string]string{
	"accounts":             "Companies.",
	"contacts":             "People of accounts.",
	"leads":                "People not yet converted to contacts.",
	"account_contacts":     "At which accounts a contact was, and when.",
	"account_domains":      "Further domains of accounts.",
	"identity_map":         "Which ids belong to one person.",
	"campaigns":            "Campaigns with channel, budget and parent.",
	"touchpoints":          "Touchpoints of people. At least one of touchpoints and opportunities is given.",
	"touch_corrections":    "Touchpoints whose recorded time is wrong, with the right one, or that did not happen.",
	"opportunities":        "Opportunities.",
	"opportunity_contacts": "Roles of contacts in opportunities.",
	"crm_influence":        "What the CRM itself credits to campaigns, by opportunity.",
	"stage_history":        "When leads, contacts and opportunities entered a stage.",
	"costs":                "Costs by campaign or channel and period.",
	"activities":           "Calls, meetings and messages of sales.",
	"exchange_rates":       "Rates into the reporting currency.",
	"targets":              "Goals by period and metric.",
	"control_totals":       "Rows and amounts by period, from finance.",
	"capacity":             "Leads that sales can work per week.",
}
