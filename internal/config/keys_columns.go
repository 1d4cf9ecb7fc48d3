package config

import "slices"

// columnKeys are those of a column.
var columnKeys = []Key{
	{Name: "from", About: "The header in the file.",
		Rule: defined("text"), Otherwise: "the name of the column"},
	{Name: "value", About: "This text in every row, instead of a column of the file.",
		Rule: defined("text"), Otherwise: "none"},
	{Name: "none", About: "true: the column is not read, although a header has its name. The word none instead of the mapping is short for it.",
		Rule: Rule{Const: true}, Otherwise: "the column is read"},
	{Name: "format", About: "The format of times or dates, with % and a letter as for strptime: `%Y` `%y` `%m` `%d` `%e` `%b` `%B` `%H` `%I` `%p` `%M` `%S` `%f` `%z`. A list of formats is tried in order; a value that two of them read as different times is quarantined.",
		Rule: Rule{Title: "a pattern such as %d/%m/%Y %H:%M, or a list of them", Type: []string{"string", "array"}, Pattern: "%[A-Za-z]", MaxLength: 200, MinItems: 1, MaxItems: 10, UniqueItems: true, Items: new(Rule{Title: "a pattern such as %d/%m/%Y %H:%M", Type: "string", Pattern: "%[A-Za-z]", MaxLength: 200})}, Otherwise: "ISO 8601"},
	{Name: "epoch", About: "Times are numbers of seconds, milliseconds or microseconds since 1970, in UTC.",
		Rule: oneOf("s", "ms", "us").titled("s, ms or us"), Otherwise: "times are text"},
	{Name: "midnight", About: "date: a time of 00:00:00 stands for the date without a time.",
		Rule: oneOf("date").titled("date"), Otherwise: "it is midnight"},
	{Name: "time_zone", About: "The IANA time zone of this column's local times, not of its dates without a time.",
		Rule: defined("time_zone"), Otherwise: "that of the table"},
	{Name: "local_time", About: "Which instant is meant if a clock change skips or repeats a local time.",
		Rule: oneOf("earlier", "later"), Otherwise: "such rows are quarantined"},
	{Name: "decimal", About: "The decimal mark of numbers.",
		Rule: oneOf(".", ","), Otherwise: "a point"},
	{Name: "thousands", About: "The mark between groups of digits.",
		Rule: oneOf(",", ".", " ", "'", "\u00a0", "\u202f"), Otherwise: "none"},
	{Name: "strip", About: "Texts that are removed from a number, with the blanks around it, such as $ or EUR.",
		Rule: defined("words"), Otherwise: "none"},
	{Name: "suffixes", About: "Whether a number may end in K, M or B, for thousand, million and billion.",
		Rule: yesOrNo(), Default: false},
	{Name: "brackets", About: "Whether a number in round brackets is negative.",
		Rule: yesOrNo(), Default: false},
	{Name: "scale", About: "A power of ten by which numbers are multiplied: 0.000001 for costs in micros.",
		Rule: Rule{Title: "a power of ten such as 0.000001", Type: "number", ExclusiveMinimum: "0", Maximum: "1000000000"}, Otherwise: "1"},
	{Name: "invert", About: "Whether a rate is given the other way round, as units of the currency for one of the reporting currency (Salesforce). The reciprocal is rounded to 18 decimals.",
		Rule: yesOrNo(), Default: false},
	{Name: "id", About: "18: ids of Salesforce with 15 characters get the three characters that make them 18.",
		Rule: Rule{Title: "18", Enum: []any{18}}, Otherwise: "ids are taken as they are"},
	{Name: "nulls", About: "Further words that mean an empty cell in this column.",
		Rule: defined("words"), Otherwise: "none"},
	{Name: "words", About: "What values of the file mean, such as {fb: facebook}.",
		Rule: Rule{Title: "a mapping from texts to what they mean", Type: "object", MinProperties: 1, MaxProperties: 1000, Each: "text", Values: new(Rule{Title: "a text of at most 1000 characters", Type: "string", MaxLength: 1000})}, Otherwise: "values stay as they are"},
	{Name: "true", About: "Words that mean true.",
		Rule: defined("words"), Otherwise: "true, 1"},
	{Name: "false", About: `Words that mean false; "" makes an empty cell false.`,
		Rule: defined("words"), Otherwise: "false, 0"},
}

// writtenKeys are the keys of a column that say how its values are written: those of a header of a
// relation, whose SELECT does the rest.
func writtenKeys() []Key {
	var written []Key
	for _, k := range columnKeys {
		if slices.Contains([]string{"format", "epoch", "midnight", "decimal", "thousands", "strip", "suffixes", "brackets", "scale", "nulls", "words"}, k.Name) {
			written = append(written, k)
		}
	}
	return written
}
