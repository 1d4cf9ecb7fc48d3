package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tributary-engine/tributary/attribution/alignment"
	"github.com/tributary-engine/tributary/ingest/presets"
	"github.com/tributary-engine/tributary/internal/compare"
	"github.com/tributary-engine/tributary/reports"
)

// A completer lists what a word can be, given the command and what comes before the word. It is
// asked at every press of the Tab key: it is quick, and it is silent where it fails.
type completer func(c *cobra.Command, args []string, word string) []string

// argumentCompleters are those of arguments, by command.
var argumentCompleters = map[string]completer{
	"report":  onlyFirst(reportNames),
	"explain": onlyFirst(opportunityIDs),
	"lead":    onlyFirst(personIDs),
	"verify":  onlyFirst(runIDs),
	"diff":    runIDs,
	"presets": onlyFirst(among(presets.Names()...)),
	"compare": onlyFirst(among(compare.Dimensions()...)),
}

// flagCompleters are those of flags, by name, or by command and name where commands differ.
var flagCompleters = map[string]completer{
	"run":             runIDs,
	"model":           modelNames,
	"models":          modelNames,
	"columns":         columnNames,
	"sort":            columnNames,
	"measure":         columnNames,
	"where":           conditions,
	"opportunity":     opportunityIDs,
	"preset":          among(presets.Names()...),
	"period":          among(compare.PeriodNames()...),
	"basis":           among("period", "cohort"),
	"against":         among("crm"),
	"credits":         among("all", "none"),
	"tables":          among("all", "none"),
	"fail-on":         among("warn", "new-warn"),
	"log-format":      among("text", "json"),
	"set":             assignments,
	"query describe":  viewNames,
	"report by":       among(alignment.PeriodTypes...),
	"compare measure": measureNames,
	"report format":   among("table", "csv", "json"),
	"compare format":  among("table", "csv", "json"),
	"diff format":     among("table", "csv"),
	"lead format":     among("text", "json", "markdown"),
	"generate format": among("csv", "parquet"),
}

// pathFlags take a path, which the shell completes: of a directory, or of a file with an ending.
var pathFlags = map[string]cobra.CompletionFunc{
	"out": directories, "input": directories, "temp-dir": directories, "init from": directories,
	"config": func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
	},
	"metrics": files, "working-tables": files,
}

func files(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func directories(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// complete lets every command complete its arguments and the values of its flags.
func complete(root *cobra.Command) {
	for _, c := range root.Commands() {
		of := argumentCompleters[c.Name()]
		switch {
		case of != nil:
			c.ValidArgsFunction = of.answer
		case slices.Contains([]string{"init", "demo", "generate"}, c.Name()):
			c.ValidArgsFunction = directories
		case c.ValidArgsFunction == nil && !c.HasSubCommands():
			c.ValidArgsFunction = cobra.NoFileCompletions
		}
		c.Flags().VisitAll(func(f *pflag.Flag) { completeFlag(c, f) })
	}
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) { completeFlag(root, f) })
}

// completeFlag registers what completes a flag. The error of registering is that the command has done
// so itself.
func completeFlag(c *cobra.Command, f *pflag.Flag) {
	for _, name := range []string{c.Name() + " " + f.Name, f.Name} {
		if of := pathFlags[name]; of != nil {
			_ = c.RegisterFlagCompletionFunc(f.Name, of)
			return
		}
		if of := flagCompleters[name]; of != nil {
			_ = c.RegisterFlagCompletionFunc(f.Name, of.answer)
			return
		}
	}
	if f.Value.Type() != "bool" {
		_ = c.RegisterFlagCompletionFunc(f.Name, cobra.NoFileCompletions)
	}
}

// answer tells the shell what the word can be. A list that is separated by commas is completed at its
// last word; behind the column of a condition, its value follows without a blank.
func (of completer) answer(c *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
	before := ""
	if at := strings.LastIndex(word, ","); at >= 0 && !strings.Contains(word, "=") {
		before, word = word[:at+1], word[at+1:]
	}
	directive := cobra.ShellCompDirectiveNoFileComp
	given := strings.Split(before, ",")
	var list []string
	for _, value := range of(c, args, word) {
		if !strings.HasPrefix(value, word) || slices.Contains(given, value) || plain(value) != value || strings.ContainsAny(value, "\n\t") {
			continue
		}
		if strings.HasSuffix(value, "=") {
			directive |= cobra.ShellCompDirectiveNoSpace
		}
		list = append(list, before+value)
	}
	return list, directive
}

// among completes one of these words.
func among(list ...string) completer {
	return func(*cobra.Command, []string, string) []string { return list }
}

// onlyFirst completes one argument and no further one.
func onlyFirst(of completer) completer {
	return func(c *cobra.Command, args []string, word string) []string {
		if len(args) > 0 {
			return nil
		}
		return of(c, args, word)
	}
}

func reportNames(*cobra.Command, []string, string) []string {
	var names []string
	for _, r := range reports.All() {
		names = append(names, r.Name)
	}
	return names
}
