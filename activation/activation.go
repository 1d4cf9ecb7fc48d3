// Package activation writes credit as files that other systems can load. A run publishes them in
// activation/ if they are configured. A target is one entry of the list below with the SQL of its
// name: sql/activation_<name>.sql makes its table, sql/files/ has the query of each of its files,
// and sql/check/<name>/ the checks of every run.
package activation

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/attribution"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/progress"
	"github.com/tributary-engine/tributary/reports"
)

//go:embed sql/*.sql sql/files/*.sql sql/check/*/*.sql
var files embed.FS

// Options say what is written, and how.
type Options struct {
	Targets config.Activation
	Primary string         // the model of a target that names none
	Zone    *time.Location // of the conversion times for Google Ads
	CSVRaw  bool           // leave text cells that begin like a formula as they are
}

// A target is a system for which files are written.
type target struct {
	name         string
	files        []string // of sql/files, and what they are called in a run
	of           func(config.Activation) (settings, bool)
	head         func(settings, Options) string                                 // lines above the header of the first file; nil: none
	needsModelID bool                                                           // its rows name the model of the other system
	times        func(ctx context.Context, eng *engine.Engine, o Options) error // after the table is made; nil: nothing
}

// settings are those of one target, in the engine's table activation_settings.
type settings struct {
	model          string
	conversion     string // empty: none in particular
	modelID        string
	conversionName string
	click          time.Duration
}

var targets = []target{
	{
		name: "salesforce_influence", files: []string{"salesforce_influence", "salesforce_influence_remainder"},
		of: func(a config.Activation) (settings, bool) {
			if a.SalesforceInfluence == nil {
				return settings{}, false
			}
			s := a.SalesforceInfluence
			return settings{model: s.Model, conversion: s.Conversion, modelID: s.ModelID}, true
		},
		needsModelID: true,
	},
	{
		name: "account_sources", files: []string{"account_sources"},
		of: func(a config.Activation) (settings, bool) {
			if a.AccountSources == nil {
				return settings{}, false
			}
			return settings{model: a.AccountSources.Model}, true
		},
	},
	{
		name: "google_ads", files: []string{"google_ads_conversions", "google_ads_credit"},
		of: func(a config.Activation) (settings, bool) {
			if a.GoogleAds == nil {
				return settings{}, false
			}
			s := a.GoogleAds
			return settings{model: s.Model, conversion: s.Conversion, conversionName: s.ConversionName, click: time.Duration(s.ClickDays) * 24 * time.Hour}, true
		},
		head: googleHead, times: writeTimes,
	},
}

// Write makes and checks the tables of the targets that are on, and writes their files into the
// directory activation of a run. It needs the engine's view credit_rows, and the macros of reports.
// warnings say what the system that loads a file would not, such as an upload without rows.
func Write(ctx context.Context, eng *engine.Engine, directory string, o Options, show *progress.Display) (checks []attribution.Check, warnings []string, err error) {
	if !o.Targets.IsOn() {
		return nil, nil, nil
	}
	show.Stage("writing credit for other systems")
	folder := filepath.Join(directory, "activation")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return nil, nil, failure.Writing("making %s: %w", folder, err)
	}
	for _, t := range targets {
		s, isOn := t.of(o.Targets)
		if !isOn {
			continue
		}
		if s.model == "" {
			s.model = o.Primary
		}
		tied, err := t.write(ctx, eng, folder, s, o)
		if err != nil {
			return nil, nil, fmt.Errorf("activation %s: %w", t.name, err)
		}
		checks = append(checks, tied...)
		found, err := t.warnings(ctx, eng, s)
		if err != nil {
			return nil, nil, fmt.Errorf("activation %s: %w", t.name, err)
		}
		warnings = append(warnings, found...)
	}
	return checks, warnings, nil
}

func (t target) write(ctx context.Context, eng *engine.Engine, folder string, s settings, o Options) ([]attribution.Check, error) {
	if err := prepare(ctx, eng, s); err != nil {
		return nil, err
	}
	if err := eng.Exec(ctx, text("activation_"+t.name)); err != nil {
		return nil, err
	}
	checks, err := attribution.Checks(ctx, eng, files, "sql/check/"+t.name)
	if err != nil {
		return nil, err
	}
	if t.times != nil {
		if err := t.times(ctx, eng, o); err != nil {
			return nil, err
		}
	}
	for i, name := range t.files {
		head := ""
		if i == 0 && t.head != nil {
			head = t.head(s, o)
		}
		if err := writeFile(ctx, eng, filepath.Join(folder, name+".csv"), head, text("files/"+name), o.CSVRaw); err != nil {
			return nil, err
		}
	}
	return checks, nil
}

// warnings finds what makes the first file of the target useless where it is loaded.
func (t target) warnings(ctx context.Context, eng *engine.Engine, s settings) ([]string, error) {
	var found []string
	var rows int64
	if err := eng.Row(ctx, "SELECT COUNT(*) FROM ("+text("files/"+t.files[0])+")", nil, &rows); err != nil {
		return nil, err
	}
	if rows == 0 {
		found = append(found, "activation/"+t.files[0]+".csv has no rows: there is nothing to load\nhint: docs/activation.md says which conversions and touchpoints it takes")
	}
	if t.needsModelID && s.modelID == "" {
		found = append(found, "activation."+t.name+".model_id is not set: the column ModelId of activation/"+t.files[0]+".csv is empty\nhint: set it to the id of your influence model, or fill in the column before you load the file")
	}
	return found, nil
}

// prepare makes activation_settings, and activation_credit: the credit rows of the target's model.
func prepare(ctx context.Context, eng *engine.Engine, s settings) error {
	if err := eng.Exec(ctx, `
		CREATE OR REPLACE TABLE activation_settings AS
		SELECT
			CAST(? AS VARCHAR) AS model, (SELECT conversion_type FROM conversion_types WHERE name = ?) AS conversion_type,
			NULLIF(?, '') AS model_id, NULLIF(?, '') AS conversion_name, CAST(? AS BIGINT) AS click_us`,
		s.model, s.conversion, s.modelID, s.conversionName, s.click.Microseconds()); err != nil {
		return fmt.Errorf("making activation_settings: %w", err)
	}
	if err := eng.Exec(ctx, `
		CREATE OR REPLACE VIEW activation_credit AS
		SELECT
			conversion_key, touch_row, occurred_us, channel_key, campaign_key, unattributed_reason,
			`+engine.Name(s.model+"_minor")+` AS minor, `+engine.Name(s.model+"_millionths")+` AS millionths
		FROM credit_rows`); err != nil {
		return fmt.Errorf("making activation_credit: %w", err)
	}
	return nil
}

func writeFile(ctx context.Context, eng *engine.Engine, path, head, query string, raw bool) (err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return failure.Writing("writing %s: %w", path, err)
	}
	defer func() {
		if closeErr := f.Close(); closeErr != nil {
			err = errors.Join(err, failure.Writing("writing %s: %w", path, closeErr))
		}
	}()
	if _, err := io.WriteString(f, head); err != nil {
		return failure.Writing("writing %s: %w", path, err)
	}
	if err := reports.WriteCSV(ctx, eng, query, f, raw); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// Relations returns what the targets make in the engine.
func Relations() []engine.Relation {
	all := []engine.Relation{
		{Name: "activation_settings", Grain: "one row: the settings of the target whose files are written", MadeBy: "activation/activation.go", Reads: []string{"conversion_types"}},
		{Name: "activation_credit", Grain: "one row per row of credit_rows: the credit by the target's model", MadeBy: "activation/activation.go", Reads: []string{"credit_rows"}},
	}
	for _, t := range targets {
		all = append(all, engine.RelationOf(text("activation_"+t.name), "activation_"+t.name, "activation/sql/"))
	}
	all = append(all, engine.Relation{Name: "activation_times", Grain: "one row per second at which a conversion is uploaded to Google Ads, with its text", MadeBy: "activation/google_ads.go", Reads: []string{"activation_google_ads"}})
	for i := range all {
		slices.Sort(all[i].Reads)
	}
	return all
}

// text is the SQL of sql/<file>.sql.
func text(file string) string {
	return strings.TrimRight(engine.File(files, "sql/"+file+".sql"), "\n")
}
