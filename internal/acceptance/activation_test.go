package acceptance

import (
	"fmt"
	"hash/fnv"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/csvtest"
	"github.com/tributary-engine/tributary/internal/job"
	"github.com/tributary-engine/tributary/internal/oracle"
)

const wholeUnit = 1_000_000

// clickOf is the click id of a touchpoint: none, one of three of Google's, or another one.
func clickOf(touchID string) string {
	hash := fnv.New32a()
	hash.Write([]byte(touchID))
	return []string{"", "gclid", "gclid=G0", "gclid=G1", "Gclid=G2", "msclkid=M"}[hash.Sum32()%6]
}

// addClicks gives every touchpoint of a written world its click id.
func addClicks(t *testing.T, in string) {
	t.Helper()
	path := filepath.Join(in, "touchpoints.csv")
	records := csvtest.Records(t, path)
	at := slices.Index(records[0], "touch_id")
	for i := range records {
		click := "click_id"
		if i > 0 {
			click = clickOf(records[i][at])
		}
		records[i] = append(records[i], click)
	}
	writeRecords(t, path, records)
}

// What other systems get is the credit of the oracle: by campaign, and by click id, with a reason
// for all the rest, so that every opportunity is whole.
func TestActivationIsTheCreditOfTheOracle(t *testing.T) {
	t.Parallel()
	for i := range max(1, judged()/4) {
		s := *seed + uint64(i)
		t.Run(fmt.Sprintf("seed_%d", s), func(t *testing.T) {
			t.Parallel()
			w := oracle.Random(rand.New(rand.NewPCG(s, 7)))
			expected, err := oracle.Run(w)
			if err != nil {
				t.Fatal(err)
			}
			model := expected.Models[i%len(expected.Models)]
			conversion := []string{"revenue", "pipeline"}[i%2]
			in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
			if err := w.Write(in, nil); err != nil {
				t.Fatal(err)
			}
			addClicks(t, in)
			settings := jobFor(t, w, in, out)
			settings.Models, settings.CSVRaw, settings.Credits = expected.Models, true, false
			settings.Activation = config.Activation{
				SalesforceInfluence: &config.SalesforceInfluence{Model: model, Conversion: conversion},
				AccountSources:      &config.AccountSources{Model: model},
				GoogleAds:           &config.GoogleAds{Model: model, Conversion: conversion, ConversionName: "A", ClickDays: 90},
			}
			if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now}); err != nil {
				t.Fatal(err)
			}
			directory := filepath.Join(out, "runs", "000001", "activation")
			scale, _ := contract.Exponent(expected.ReportingCurrency)
			compareClicks(t, directory, scale, expected, conversion, model)
			compareInfluence(t, directory, w, expected, conversion, model)
		})
	}
}

func compareClicks(t *testing.T, directory string, scale int, expected oracle.Result, conversion, model string) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range ReadReport(t, filepath.Join(directory, "google_ads_credit.csv")) {
		got.add(scaled(t, r["credit"], 6), r["record_id"], r["google_click_id"], r["reason"], "credit")
		if r["value"] != "" {
			got.add(scaled(t, r["value"], scale), r["record_id"], r["google_click_id"], r["reason"], "value")
		}
	}
	isNegative := map[string]bool{}
	hasValue := map[string]bool{}
	for _, c := range expected.Conversions {
		if c.Type != conversion || c.NotCounted != "" {
			continue
		}
		hasValue[c.OpportunityID] = c.Amount != nil
		isNegative[c.OpportunityID] = c.Amount != nil && c.Amount.Sign() < 0
		if c.Reversal {
			want.add(big.NewInt(wholeUnit), c.OpportunityID, "", "reversal", "credit")
			if c.Amount != nil {
				want.add(c.Amount, c.OpportunityID, "", "reversal", "value")
			}
			hasValue[c.OpportunityID] = false
			isNegative[c.OpportunityID] = false
		}
	}
	type part struct{ opportunity, click, reason string }
	credit, value := map[part]*big.Int{}, map[part]*big.Int{}
	sum := func(to map[part]*big.Int, p part, amount *big.Int) {
		if to[p] == nil {
			to[p] = new(big.Int)
		}
		if amount != nil {
			to[p].Add(to[p], amount)
		}
	}
	reversals := map[string]bool{}
	for _, c := range expected.Conversions {
		if c.Reversal {
			reversals[c.OpportunityID] = true
		}
	}
	for _, c := range expected.Credits {
		if c.ConversionType != conversion || reversals[c.OpportunityID] {
			continue
		}
		p := part{opportunity: c.OpportunityID, reason: c.Reason}
		name, id, _ := strings.Cut(clickOf(c.TouchID), "=")
		switch {
		case isNegative[c.OpportunityID]:
			p.reason = "negative_value"
		case c.Reason != "":
		case id == "":
			p.reason = "no_click_id"
		case name == "msclkid":
			p.reason = "other_click_id"
		case c.At < expected.AsOf-90*86_400_000_000:
			p.reason = "click_too_old"
		default:
			p.click = id
		}
		sum(credit, p, c.Millionths[model])
		sum(value, p, c.Minor[model])
	}
	for p, millionths := range credit {
		if p.click != "" && millionths.Sign() == 0 {
			p.click, p.reason = "", "too_small"
		}
		want.add(millionths, p.opportunity, p.click, p.reason, "credit")
	}
	for p, minor := range value {
		if p.click != "" && credit[p].Sign() == 0 {
			p.click, p.reason = "", "too_small"
		}
		if hasValue[p.opportunity] {
			want.add(minor, p.opportunity, p.click, p.reason, "value")
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("google_ads_credit, %s of %s:\n%s", model, conversion, d)
	}
	// The upload is the part with a click id.
	uploaded, clicked := figures{}, figures{}
	f, err := os.ReadFile(filepath.Join(directory, "google_ads_conversions.csv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfterN(string(f), "\n", 3)
	plain := filepath.Join(t.TempDir(), "upload.csv")
	if err := os.WriteFile(plain, []byte(lines[2]), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, r := range ReadReport(t, plain) {
		uploaded.add(scaled(t, r["Attributed Credit"], 6), r["Google Click ID"])
		if scaled(t, r["Attributed Credit"], 6).Sign() <= 0 {
			t.Errorf("a row without credit: %v", r)
		}
	}
	for p, millionths := range credit {
		if p.click != "" {
			clicked.add(millionths, p.click)
		}
	}
	if d := uploaded.diff(clicked); d != "" {
		t.Errorf("google_ads_conversions:\n%s", d)
	}
}

func compareInfluence(t *testing.T, directory string, w oracle.World, expected oracle.Result, conversion, model string) {
	t.Helper()
	got, want := figures{}, figures{}
	for _, r := range ReadReport(t, filepath.Join(directory, "salesforce_influence.csv")) {
		got.add(scaled(t, r["Influence"], 4), r["OpportunityId"], r["CampaignId"], "")
	}
	for _, r := range ReadReport(t, filepath.Join(directory, "salesforce_influence_remainder.csv")) {
		got.add(scaled(t, r["share"], 4), r["opportunity_id"], r["campaign_id"], r["reason"])
	}
	known := map[string]bool{}
	for _, c := range w.Campaigns {
		known[c.CampaignID] = true
	}
	shares := map[string][]oracle.CreditRow{}
	for _, c := range expected.Credits {
		if c.ConversionType == conversion && c.Millionths[model].Sign() > 0 {
			shares[c.OpportunityID] = append(shares[c.OpportunityID], c)
		}
	}
	for _, c := range expected.Conversions {
		if c.Type != conversion || c.NotCounted != "" {
			continue
		}
		rows := shares[c.OpportunityID]
		if c.Reversal {
			rows = shares[c.Root]
		}
		if c.Reversal && len(rows) == 0 {
			want.add(big.NewInt(wholeUnit), c.OpportunityID, "", "reversal")
		}
		for _, r := range rows {
			campaign, reason := r.Campaign, r.Reason
			switch {
			case reason != "":
				campaign = ""
			case campaign == "(none)":
				campaign, reason = "", "no_campaign"
			case len(known) > 0 && !known[campaign]:
				reason = "unknown_campaign"
			}
			want.add(r.Millionths[model], c.OpportunityID, campaign, reason)
		}
	}
	if d := got.diff(want); d != "" {
		t.Errorf("salesforce_influence, %s of %s:\n%s", model, conversion, d)
	}
}
