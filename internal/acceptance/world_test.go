package acceptance

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/oracle"
)

// jobFor is the job of a world that was written to a directory.
func jobFor(t testing.TB, w oracle.World, in, out string) config.Job {
	t.Helper()
	settings, _, err := config.FromDirectory(in)
	if err != nil {
		t.Fatal(err)
	}
	o := w.Options
	settings.Reporting.Currency, settings.TimeZone = o.ReportingCurrency, o.InputZone
	settings.BuyingGroup = o.BuyingGroup
	settings.Journey.LookbackDays, settings.Journey.LeadCreationGraceMinutes, settings.Journey.Direct = o.LookbackDays, o.LeadCreationGraceMinutes, o.Direct
	settings.Journey.PersonLookbackDays = o.PersonLookbackDays
	settings.Journey.TouchTypes, settings.Journey.Responses, settings.Journey.NotResponses = o.TouchTypes, o.Responses, o.NotResponses
	settings.Journey.DedupeWindowMinutes = o.DedupeWindowMinutes
	if o.BotBurst.Touches > 0 {
		settings.Journey.BotBurst = &config.BotBurst{Touches: o.BotBurst.Touches, Seconds: o.BotBurst.Seconds}
	}
	settings.Funnel = nil
	for _, s := range o.Funnel {
		settings.Funnel = append(settings.Funnel, config.Stage{Name: s.Name, Unit: s.Unit, At: s.At, Owner: s.Owner, Spellings: s.Spellings, WithinDays: s.WithinDays})
	}
	agree(t, &settings, o.Alignment)
	settings.CampaignFields, settings.Reporting.DimensionValues = oracle.CampaignFields, o.DimensionValues
	settings.SalesChannels = o.SalesChannels
	settings.SourceGroups = map[string][]string{config.MarketingGroup: {config.AllOthers}, config.SalesGroup: o.SalesChannels}
	settings.People = config.People{JoinByEmail: o.JoinByEmail, ContactsAreLeads: o.ContactsAreLeads, OwnDomains: o.OwnDomains, TestAccounts: o.TestAccounts}
	settings.Journey.SinceLastWin = o.SinceLastWin
	for _, c := range o.Custom {
		m := config.CustomModel{Name: c.ID, Kind: c.Kind}
		if c.Kind == "" {
			m.Kind, m.Middle = "positional", float64(c.Middle)
			m.Anchors = map[string]float64{"FT": float64(c.FT), "LT": float64(c.LT), "LC": float64(c.LC), "OC": float64(c.OC), "CW": float64(c.CW)}
		}
		if only := (config.Only{TouchTypes: c.Only.TouchTypes, Channels: c.Only.Channels, Campaigns: c.Only.Campaigns, SourceGroups: c.Only.SourceGroups}); !reflect.DeepEqual(only, config.Only{}) {
			m.Only = &only
		}
		settings.CustomModels = append(settings.CustomModels, m)
	}
	for i := range settings.Funnel { // an empty list is written as one, and read again
		settings.Funnel[i].Spellings = append([]string{}, settings.Funnel[i].Spellings...)
	}
	for group, channels := range settings.SourceGroups {
		settings.SourceGroups[group] = append([]string{}, channels...)
	}
	// Worlds are odd on purpose: many attribute nothing.
	settings.Gates = config.Gates{"nothing-attributed": {"": {Severity: "warn"}}, "no-rows": {"": {Severity: "warn"}}}
	if settings, err = settings.With(config.Overrides{AsOf: o.AsOf, From: o.From, To: o.To, Out: out, Threads: 2}); err != nil {
		t.Fatal(err)
	}
	return settings
}

// agree takes over what marketing and sales of the world have agreed on.
func agree(t testing.TB, settings *config.Job, a oracle.Alignment) {
	t.Helper()
	settings.PrimaryModel = a.PrimaryModel
	number := func(text string) float64 {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	days := map[string]string{"mon": "monday", "sun": "sunday", "sat": "saturday"}
	settings.Reporting.Paths = a.TopPaths
	settings.Reporting.WeekStartsOn = days[a.WeekStartsOn]
	settings.Reporting.FiscalYearStartsIn = strings.ToLower(time.Month(a.FiscalYearStartsIn).String())
	settings.Handoff = config.Handoff{Delivered: a.Delivered, Accepted: a.Accepted, Rejected: a.Rejected, Recycled: a.Recycled,
		ExpiresAfter: config.Span(fmt.Sprintf("%dd", a.ExpiresAfterDays))}
	settings.Vocabulary = a.Vocabulary
	level := a.ServiceLevel
	settings.ServiceLevel = config.ServiceLevel{Assignment: config.Span(fmt.Sprintf("%dm", level.AssignmentMinutes)),
		FirstResponse: config.Span(fmt.Sprintf("%dm", level.FirstResponseMinutes)), Hours: level.Opens + "-" + level.Closes,
		Weekdays: level.Weekdays, Holidays: level.Holidays, Zone: level.Zone, Activities: level.Activities}
	settings.Quality.Fit.Good, settings.Quality.Fit.Bad = a.FitGood, a.FitBad
	settings.Quality.Interest.High = number(a.InterestHigh)
	settings.Quality.Ratings = map[string]float64{}
	for word, text := range a.Ratings {
		settings.Quality.Ratings[word] = number(text)
	}
	settings.DealSizes = nil
	for _, text := range a.DealSizes {
		settings.DealSizes = append(settings.DealSizes, int64(number(text)))
	}
}

// runWorld writes a world, runs it with these documents, and returns the directory of the run.
func runWorld(t testing.TB, w oracle.World, shuffle *rand.Rand, change func(*config.Job), documents ...job.Document) string {
	t.Helper()
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	if err := w.Write(in, shuffle); err != nil {
		t.Fatal(err)
	}
	settings := jobFor(t, w, in, out)
	if change != nil {
		change(&settings)
	}
	if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now, Documents: documents}); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(out, "runs", "000001")
}

// scaled reads a decimal as a whole number of 10^-scale; what does not fit is an error, never
// rounded.
func scaled(t testing.TB, decimal string, scale int) *big.Int {
	t.Helper()
	whole, fraction, _ := strings.Cut(decimal, ".")
	if len(fraction) > scale {
		t.Fatalf("%q has more than %d decimals", decimal, scale)
	}
	n, ok := new(big.Int).SetString(whole+fraction+strings.Repeat("0", scale-len(fraction)), 10)
	if !ok {
		t.Fatalf("%q is not a decimal", decimal)
	}
	return n
}

// A table of exact figures, by key: what both sides are brought to before they are compared.
type figures map[string]*big.Int

func (f figures) add(amount *big.Int, key ...any) {
	if amount == nil || amount.Sign() == 0 {
		return
	}
	k := fmt.Sprintln(key...)
	if f[k] == nil {
		f[k] = new(big.Int)
	}
	f[k].Add(f[k], amount)
}

// diff lists where two tables disagree; figures that are not there are 0.
func (f figures) diff(expected figures) string {
	var lines []string
	for k, e := range expected {
		a := f[k]
		if a == nil {
			a = new(big.Int)
		}
		if a.Cmp(e) != 0 {
			lines = append(lines, fmt.Sprintf("%q: expected %v, got %v", k, e, a))
		}
	}
	for k, a := range f {
		if expected[k] == nil && a.Sign() != 0 {
			lines = append(lines, fmt.Sprintf("%q: expected nothing, got %v", k, a))
		}
	}
	if len(lines) > 20 {
		lines = append(lines[:20], fmt.Sprintf("and %d more", len(lines)-20))
	}
	return strings.Join(lines, "\n")
}
