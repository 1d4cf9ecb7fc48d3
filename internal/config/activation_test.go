package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestActivation(t *testing.T) {
	for text, want := range map[string]Activation{
		"{}":             {},
		"activation: {}": {},
		"activation: {salesforce_influence: false, account_sources: false}": {},
		"activation: {salesforce_influence: true, account_sources: true}": {
			SalesforceInfluence: &SalesforceInfluence{Conversion: "revenue"}, AccountSources: &AccountSources{}},
		"activation: {salesforce_influence: {model: linear, conversion: pipeline, model_id: 03VB0000000TN1o}, account_sources: {model: u_shaped}}": {
			SalesforceInfluence: &SalesforceInfluence{Model: "linear", Conversion: "pipeline", ModelID: "03VB0000000TN1o"}, AccountSources: &AccountSources{Model: "u_shaped"}},
		"activation: {google_ads: {conversion_name: Closed won}}": {
			GoogleAds: &GoogleAds{ConversionName: "Closed won", Conversion: "revenue", ClickDays: 90}},
		"activation: {google_ads: {conversion_name: MQL, conversion: mql, time_zone: Europe/Berlin, click_days: 30}}": {
			GoogleAds: &GoogleAds{ConversionName: "MQL", Conversion: "mql", TimeZone: "Europe/Berlin", ClickDays: 30}},
	} {
		job, err := Parse("tributary.yaml", []byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		hidden := cmpopts.IgnoreUnexported(SalesforceInfluence{}, AccountSources{})
		if diff := cmp.Diff(want, job.Activation, hidden); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
		// What a run publishes as config.yaml reads back as the same.
		written, err := job.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse("config.yaml", written)
		if err != nil {
			t.Errorf("%s: %v\n%s", text, err, written)
			continue
		}
		if diff := cmp.Diff(job.Activation, again.Activation, hidden); diff != "" {
			t.Errorf("%s: written and read: %s", text, diff)
		}
		if !job.Activation.IsOn() && strings.Contains(string(written), "activation") {
			t.Errorf("%s: written although it is off", text)
		}
	}
}

func TestActivationThatCannotBe(t *testing.T) {
	for text, want := range map[string]string{
		"activation: {salesforce: true}":                                    "activation.salesforce: unknown key",
		"activation: {salesforce_influnce: true}":                           "unknown key (did you mean salesforce_influence?)",
		"activation: {salesforce_influence: 1}":                             "want true, false, or a mapping with model, conversion, model_id, got the number 1",
		"activation: {salesforce_influence: {modl: linear}}":                "activation.salesforce_influence.modl: unknown key (did you mean model?)",
		"activation: {salesforce_influence: {conversion: revenu}}":          "is not one of revenue, pipeline (did you mean revenue?)",
		"activation: {salesforce_influence: {model_id: 12}}":                "model_id",
		"activation: {google_ads: {model: linear}}":                         "activation.google_ads: conversion_name is missing",
		"activation: {google_ads: true}":                                    "want a mapping with conversion_name",
		"activation: {google_ads: {conversion_name: '=A'}}":                 "is not a text of 1 to 100 characters that begins with a letter or a digit",
		"activation: {google_ads: {conversion_name: A, conversion: mqls}}":  `"mqls" is not one of pipeline, revenue, lead, mql, sal, sql (did you mean mql?)`,
		"activation: {google_ads: {conversion_name: A, time_zone: Berlin}}": "activation.google_ads.time_zone",
		"activation: {google_ads: {conversion_name: A, click_days: 0}}":     "is not whole days from 1 to 3650",
		"activation: {account_sources: {conversion: revenue}}":              "activation.account_sources.conversion: unknown key",
	} {
		if _, err := Parse("tributary.yaml", []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
