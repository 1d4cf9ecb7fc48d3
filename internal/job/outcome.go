package job

import (
	"encoding/json"
	"math/big"
	"strings"
	"time"

	"github.com/tributary-engine/tributary/internal/failure"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/runs"
)

// An Outcome is how a run ended: its last line, the metrics and --on-finish say it.
type Outcome struct {
	Manifest runs.Manifest `json:"-"`
	Code     failure.Code  `json:"-"`

	Event           string      `json:"event"`  // finished
	Status          string      `json:"status"` // published, refused or failed
	Exit            int         `json:"exit"`
	Run             string      `json:"run,omitempty"`
	AsOf            string      `json:"as_of,omitempty"`
	Currency        string      `json:"currency,omitempty"`
	Revenue         json.Number `json:"revenue,omitempty"`          // a decimal
	AttributedShare json.Number `json:"attributed_share,omitempty"` // of the revenue under the primary model, six decimals
	Model           string      `json:"model,omitempty"`
	NewWarnings     int         `json:"new_warnings"`
	KnownWarnings   int         `json:"known_warnings"`
	Accepted        int         `json:"accepted"`
	Seconds         float64     `json:"seconds"`
	Message         string      `json:"message,omitempty"` // of what did not end well

	Out      string                `json:"-"`
	Paths    string                `json:"-"` // how conversions came to their journeys
	Unused   []findings.Acceptance `json:"-"`
	Found    []findings.Finding    `json:"-"`
	AsOfTime time.Time             `json:"-"`
	Finished time.Time             `json:"-"`
}

// outcome says how the attempt ended.
func (a *attempt) outcome(manifest runs.Manifest, err error) Outcome {
	now := a.options.Now()
	o := Outcome{Manifest: manifest, Event: "finished", Status: "published", AsOf: manifest.AsOf, Currency: manifest.ReportingCurrency,
		Model: a.job.PrimaryModel, Out: a.job.Out, Unused: a.unused, Found: a.found, Paths: a.result.Paths, AsOfTime: a.inputs.AsOf, Finished: now,
		Accepted: len(a.accepted), Seconds: now.Sub(a.began).Round(time.Millisecond).Seconds()}
	if a.run != nil {
		o.Run = a.run.ID()
	}
	o.NewWarnings, o.KnownWarnings = findings.Count(a.found)
	o.Revenue, o.AttributedShare = Headline(manifest, a.job.PrimaryModel)
	switch failure.CodeOf(err) {
	case 0:
	case failure.Refused:
		o.Status, o.Message = "refused", err.Error()
	default:
		o.Status, o.Message = "failed", err.Error()
	}
	return o
}

// Unbegun is the outcome of a run whose configuration or input could not be found.
func Unbegun(err error, now time.Time) Outcome {
	o := Outcome{Event: "finished", Status: "failed", Finished: now}
	if err != nil {
		o.Message = err.Error()
	}
	return o
}

func (o Outcome) IsPublished() bool { return o.Status == "published" }

// Headline is the revenue of a run in all, and the share of it that one model attributes: decimals;
// empty where there is none.
func Headline(m runs.Manifest, model string) (revenue, share json.Number) {
	total, attributed := new(big.Rat), new(big.Rat)
	decimals, found := 0, false
	for _, t := range m.Totals {
		if t.ConversionType != "revenue" || t.Model != model {
			continue
		}
		found = true
		_, fraction, _ := strings.Cut(string(t.Total), ".")
		decimals = max(decimals, len(fraction))
		for _, figure := range []struct {
			text json.Number
			sum  *big.Rat
		}{{t.Total, total}, {t.Attributed, attributed}} {
			if part, isNumber := new(big.Rat).SetString(string(figure.text)); isNumber {
				figure.sum.Add(figure.sum, part)
			}
		}
	}
	if !found {
		return "", ""
	}
	if total.Sign() != 0 {
		share = json.Number(new(big.Rat).Quo(attributed, total).FloatString(6))
	}
	return json.Number(total.FloatString(decimals)), share
}
