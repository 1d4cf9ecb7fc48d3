package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
)

// A document is tributary.yaml as it is written: the Job, but for what people write differently.
// Its JSON form obeys config.schema.json.
type document struct {
	Reporting     Reporting          `json:"reporting"`
	PrimaryModel  string             `json:"primary_model,omitempty"`
	Models        []string           `json:"models,omitempty"`
	CustomModels  []CustomModel      `json:"custom_models,omitempty"`
	AsOf          string             `json:"as_of,omitempty"`
	Input         documentInput      `json:"input,omitzero"`
	Tables        map[string]Sources `json:"tables,omitempty"`
	ControlTotals []ControlTotal     `json:"control_totals,omitempty"`
	Quarantine    map[string]float64 `json:"quarantine,omitempty"`
	People        People             `json:"people"`
	BuyingGroup   string             `json:"buying_group"`
	Journey       Journey            `json:"journey"`
	Opportunities Opportunities      `json:"opportunities"`
	SalesChannels []string           `json:"sales_channels,omitempty"`
	Channels      *Channels          `json:"channels,omitempty"`
	Funnel        documentFunnel     `json:"funnel"`
	Alignment
	Costs     CostRules      `json:"costs"`
	Economics Economics      `json:"economics"`
	Output    documentOutput `json:"output"`

	Gates         map[string]documentGate `json:"gates,omitempty"`
	Freshness     map[string]Limit        `json:"freshness,omitempty"`
	ClosedThrough string                  `json:"closed_through,omitempty"`
	Activation    Activation              `json:"activation,omitzero"`

	CampaignFields string `json:"campaign_fields,omitempty"`
}

type documentFunnel struct {
	Stages []Stage `json:"stages"`
}

type documentInput struct {
	Directory string `json:"directory,omitempty"`
	TimeZone  string `json:"time_zone,omitempty"`
}

type documentOutput struct {
	Directory string `json:"directory,omitempty"` // it is no part of config.yaml: a run does not depend on where it is published
	CSVRaw    bool   `json:"csv_raw"`
	Credits   string `json:"credits"`
	Tables    string `json:"tables"`
}

// defaults is the document that an empty file stands for.
func defaults() document {
	return document{
		Reporting:   Reporting{TimeZone: "UTC", WeekStartsOn: "monday", FiscalYearStartsIn: "january", DimensionValues: defaultDimensionValues, Paths: 200},
		Input:       documentInput{Directory: "."},
		People:      People{JoinByEmail: true},
		BuyingGroup: "roles_else_account",
		Journey: Journey{
			LookbackDays:             365,
			PersonLookbackDays:       90,
			LeadCreationGraceMinutes: 10,
			Direct:                   "count",
			DirectChannels:           []string{"direct"},
		},
		Opportunities: Opportunities{
			WonStages:  slices.Clone(contract.WonStages),
			LostStages: slices.Clone(contract.LostStages),
		},
		Alignment: defaultAlignment(),
		Costs:     CostRules{ProvisionalDays: 3},
		Economics: Economics{TermMonths: 12},
		Output:    documentOutput{Credits: "all", Tables: "all"},
	}
}

// defaultDimensionValues is how many values of a dimension are told apart where the file says nothing.
const defaultDimensionValues = 100

// defaultPrimaryModel heads the reports where the file names none and models does not leave it out.
const defaultPrimaryModel = "w_shaped"

// decode reads a valid tree over the defaults.
func (t *tree) decode() (document, error) {
	d := defaults()
	text, err := json.Marshal(wholeNumbers(t.root))
	if err != nil {
		return d, fmt.Errorf("%s: %w", printable(t.file), err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, fmt.Errorf("%s: config.schema.json takes what the program does not: %w", printable(t.file), err)
	}
	return d, nil
}

// job resolves a checked document. Files are not looked for.
func (d document) job() (Job, error) {
	j := Job{
		Reporting:     d.Reporting,
		PrimaryModel:  d.PrimaryModel,
		Models:        d.Models,
		CustomModels:  d.CustomModels,
		TimeZone:      d.Input.TimeZone,
		Tables:        map[string]Sources{},
		ControlTotals: d.ControlTotals,
		Quarantine:    d.Quarantine,
		People:        d.People,
		BuyingGroup:   d.BuyingGroup,
		Journey:       d.Journey,
		Opportunities: d.Opportunities,
		SalesChannels: d.SalesChannels,
		Channels:      d.Channels.settled(),
		Funnel:        d.Funnel.settled(),
		Alignment:     d.Alignment.settled(d.Funnel.settled(), d.SalesChannels),
		Costs:         d.Costs,
		Economics:     d.Economics,
		CSVRaw:        d.Output.CSVRaw,
		Credits:       d.Output.Credits == "all",
		PublishTables: d.Output.Tables == "all",
		Gates:         d.gates(),
		Freshness:     d.freshness(),
		ClosedThrough: d.ClosedThrough,
		Activation:    d.Activation.settled(),
		Out:           d.Output.Directory,

		CampaignFields: d.CampaignFields,
	}
	if j.PrimaryModel == "" {
		j.PrimaryModel = defaultPrimaryModel
		if len(j.Models) > 0 && !slices.Contains(j.Models, defaultPrimaryModel) {
			j.PrimaryModel = j.Models[0]
		}
	}
	if d.AsOf != "" {
		asOf, err := parseAsOf(d.AsOf, d.Reporting.TimeZone)
		if err != nil {
			return Job{}, err
		}
		j.AsOf = &asOf
	}
	maps.Copy(j.Tables, d.Tables)
	return j, nil
}

// documentOf is the file that resolves to the job, every default written out.
func documentOf(j Job) document {
	output := func(all bool) string {
		if all {
			return "all"
		}
		return "none"
	}
	d := document{
		Reporting:     j.Reporting,
		PrimaryModel:  j.PrimaryModel,
		Models:        j.Models,
		CustomModels:  j.CustomModels,
		Input:         documentInput{TimeZone: j.TimeZone},
		ControlTotals: j.ControlTotals,
		Quarantine:    j.Quarantine,
		People:        j.People,
		BuyingGroup:   j.BuyingGroup,
		Journey:       j.Journey,
		Opportunities: j.Opportunities,
		SalesChannels: j.SalesChannels,
		Channels:      j.Channels,
		Funnel:        documentFunnel{Stages: j.Funnel},
		Alignment:     j.Alignment,
		Costs:         j.Costs,
		Economics:     j.Economics,
		Output:        documentOutput{CSVRaw: j.CSVRaw, Credits: output(j.Credits), Tables: output(j.PublishTables)},
		Tables:        j.Tables,
		Gates:         documentGates(j.Gates), Freshness: j.Freshness, ClosedThrough: j.ClosedThrough,
		Activation: j.Activation,

		CampaignFields: j.CampaignFields,
	}
	if len(j.SalesChannels) > 0 { // the groups follow from them
		d.SourceGroups = nil
	}
	if j.AsOf != nil {
		d.AsOf = j.AsOf.UTC().Format(time.RFC3339Nano)
	}
	return d
}
