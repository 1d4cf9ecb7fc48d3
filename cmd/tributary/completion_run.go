package main

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tributary-engine/tributary/internal/compare"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/published"
	"github.com/tributary-engine/tributary/internal/query"
	"github.com/tributary-engine/tributary/internal/runs"
	"github.com/tributary-engine/tributary/models"
	"github.com/tributary-engine/tributary/reports"
)

// mostValues is how many values of the data a completion lists: more are no help.
const mostValues = 100

// completionTime is how long a completion may take: a shell waits for it.
const completionTime = 3 * time.Second

// outputOf is the output directory of a command line that is not complete; "" without one.
func outputOf(c *cobra.Command) string {
	if resolveOutput(c) != nil {
		return ""
	}
	out, _ := c.Flags().GetString("out")
	return out
}

// runOf is the directory of the run that a command line reads; "" without one.
func runOf(c *cobra.Command) string {
	var given []string
	if id, err := c.Flags().GetString("run"); err == nil {
		given = []string{id}
	}
	directory, err := runDirectory(outputOf(c), given)
	if err != nil {
		return ""
	}
	return directory
}

func runIDs(c *cobra.Command, _ []string, _ string) []string {
	list, err := runs.List(outputOf(c))
	if err != nil {
		return nil
	}
	var ids []string
	for _, run := range list {
		ids = append(ids, run.ID)
	}
	slices.Reverse(ids) // the newest first
	return append(ids[:min(len(ids), mostValues)], previousRun)
}

// rulesOf is the configuration of a command line: that of --config, else that of the run; the
// default without either.
func rulesOf(c *cobra.Command) config.Job {
	if file, err := c.Flags().GetString("config"); err == nil && file != "" {
		if settings, err := config.LoadSettings(file); err == nil {
			return settings
		}
	}
	if directory := runOf(c); directory != "" && c.Name() != "run" {
		if settings, err := published.Settings(directory); err == nil {
			return settings
		}
	}
	return config.Default()
}

func modelNames(c *cobra.Command, _ []string, _ string) []string {
	settings := rulesOf(c)
	if c.Name() == "run" {
		settings.Models = nil // any model can be chosen
	}
	list, err := models.Select(settings.Models, settings.CustomModels)
	if err != nil {
		return nil
	}
	return models.Names(list)
}

func measureNames(c *cobra.Command, _ []string, _ string) []string {
	return compare.Measures(rulesOf(c).Funnel)
}

// columnNames are those of the report that is named before.
func columnNames(_ *cobra.Command, args []string, _ string) []string {
	if len(args) == 0 {
		return nil
	}
	r := reports.Find(args[0])
	if r == nil {
		return nil
	}
	var names []string
	for _, column := range r.Columns {
		names = append(names, column.Name)
	}
	return names
}

// conditions are the columns of the report with "=", or behind it the values of the column in the
// run.
func conditions(c *cobra.Command, args []string, word string) []string {
	column, beginning, isValue := strings.Cut(word, "=")
	names := columnNames(c, args, "")
	var list []string
	if !isValue {
		for _, name := range names {
			list = append(list, name+"=")
		}
		return list
	}
	if !slices.Contains(names, column) {
		return nil
	}
	for _, value := range valuesOf(c, published.ReportFile(args[0]), column, beginning) {
		list = append(list, column+"="+value)
	}
	return list
}

func opportunityIDs(c *cobra.Command, _ []string, word string) []string {
	return valuesOf(c, published.TableFile("opportunities"), "opportunity_id", word)
}

// personIDs are the ids of leads, and then of contacts.
func personIDs(c *cobra.Command, _ []string, word string) []string {
	ids := valuesOf(c, published.TableFile("leads"), "lead_id", word)
	ids = append(ids, valuesOf(c, published.TableFile("contacts"), "contact_id", word)...)
	return ids[:min(len(ids), mostValues)]
}

// viewNames are the views that a query can read.
func viewNames(c *cobra.Command, _ []string, _ string) []string {
	directory := runOf(c)
	if directory == "" {
		return nil
	}
	isPersonal, _ := c.Flags().GetBool("personal")
	run, err := query.Open(directory, query.Options{Personal: isPersonal})
	if err != nil {
		return nil
	}
	return run.Names()
}

// assignments are the keys that what-if can set, with "=", or behind it the values of one.
func assignments(_ *cobra.Command, _ []string, word string) []string {
	settings, err := config.Settings()
	if err != nil {
		return nil
	}
	var list []string
	for _, s := range settings {
		switch {
		case isReadingKey(s.Key) || isModelKey(s.Key) || strings.HasPrefix(s.Key, "activation."): // they change no credit
		case strings.HasPrefix(word, s.Key+"="):
			for _, value := range s.Values {
				list = append(list, s.Key+"="+value)
			}
		default:
			list = append(list, s.Key+"=")
		}
	}
	return list
}

// valuesOf lists values of a column of a file of the run that begin with a text.
func valuesOf(c *cobra.Command, file, column, beginning string) []string {
	directory := runOf(c)
	if directory == "" {
		return nil
	}
	ctx := c.Context()
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, stop := context.WithTimeout(ctx, completionTime)
	defer stop()
	eng, err := engine.OpenReading(ctx, directory)
	if err != nil {
		return nil
	}
	defer eng.Close()
	values, err := eng.Texts(ctx, "SELECT DISTINCT CAST("+engine.Name(column)+" AS VARCHAR) AS value FROM "+published.Rows(directory, file)+
		" WHERE starts_with(value, "+engine.Text(beginning)+") ORDER BY value LIMIT "+strconv.Itoa(mostValues))
	if err != nil {
		return nil
	}
	return values
}
