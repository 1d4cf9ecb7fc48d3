package main

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/acceptance"
	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/job"

	"github.com/tributary-engine/tributary/models"
)

// A real export: what the CRM itself made of it is in CampaignInfluences.csv, with which the run
// compares its credit.
var sercante = filepath.Join("..", "..", "testdata", "sercante_campaign_influence")

func sercanteRows(t *testing.T, file string) []acceptance.Row {
	t.Helper()
	return acceptance.ReadReport(t, filepath.Join(sercante, file))
}

type influence struct{ opportunity, campaign, contact string }

// Roles joined to members without any limit of dates give every row of the CRM's table of
// influences, and six more. All of the CRM's rows were made on 2020-05-21, the last at 18:21:08;
// what the six need came on 2020-05-26.
func TestSercanteInfluencesAreRolesJoinedToMembers(t *testing.T) {
	joined := map[influence]bool{}
	for _, role := range sercanteRows(t, "OpportunityContactRoles.csv") {
		for _, member := range sercanteRows(t, "CampaignMembers.csv") {
			if role["Contact__r.extId__c"] == member["Contact.extId__c"] {
				joined[influence{role["Opportunity__r.extId__c"], member["Campaign.extId__c"], member["Contact.extId__c"]}] = true
			}
		}
	}
	if len(joined) != 37 {
		t.Errorf("%d triples, want 37", len(joined))
	}
	rows := sercanteRows(t, "CampaignInfluences.csv")
	if len(rows) != 31 {
		t.Errorf("the CRM has %d rows, want 31", len(rows))
	}
	for _, r := range rows {
		i := influence{r["Opportunity__r.extId__c"], r["Campaign__r.extId__c"], r["Contact__r.extId__c"]}
		if !joined[i] {
			t.Errorf("%v: in the CRM's table, and not of the join (or there twice)", i)
		}
		delete(joined, i)
	}
	const swamp20000, swamp5000, neverending = "0062100000CZxqcAAD", "0062100000CGiJFAA1", "0062100000CGiIMAA1"
	const dragonCon2019, dragonCon2020, fireExtinguishers, guardYourGold = "70121000000VJktAAG", "70121000000VJkuAAG", "70121000000VJlDAAW", "70121000000VJlIAAW"
	const hydra, lauren, adam = "0032100000qN6VxAAK", "0032100000qiBg9AAE", "0032100000qiBgEAAU"
	notInTheCRM := map[influence]string{
		{swamp20000, dragonCon2019, hydra}:     "the opportunity was created on 2020-05-26, after the last of the CRM's rows",
		{swamp20000, fireExtinguishers, hydra}: "the opportunity was created on 2020-05-26, after the last of the CRM's rows",
		{swamp20000, guardYourGold, hydra}:     "the opportunity was created on 2020-05-26, after the last of the CRM's rows",
		{swamp20000, dragonCon2020, lauren}:    "the opportunity was created on 2020-05-26, after the last of the CRM's rows",
		{swamp5000, dragonCon2020, lauren}:     "Lauren joined the campaign on 2020-05-26, five days after the opportunity was won",
		{neverending, dragonCon2019, adam}:     "Adam joined the campaign on 2020-05-26, five days after the opportunity was lost",
	}
	for i := range joined {
		if notInTheCRM[i] == "" {
			t.Errorf("%v: of the join, and not in the CRM's table: nobody knows why", i)
		}
	}
	for i, why := range notInTheCRM {
		if !joined[i] {
			t.Errorf("%v: expected beside the CRM's table (%s)", i, why)
		}
	}
}

// The CRM gives all to the primary campaign source of an opportunity, and nothing to any other
// campaign.
func TestSercantePrimaryCampaignHasAllOfTheInfluence(t *testing.T) {
	const dragonCon2018, dragonCon2019, dragonCon2020 = "70121000000VJkoAAG", "70121000000VJktAAG", "70121000000VJkuAAG"
	const fireExtinguishers, guardYourGold = "70121000000VJlDAAW", "70121000000VJlIAAW"
	want := map[string]string{
		"0062100000CGiFnAAL": dragonCon2018,     // Dragonheart-1000
		"0062100000CGiGhAAL": dragonCon2018,     // Pete's-5000
		"0062100000CGiILAA1": dragonCon2018,     // Old Norse-2000
		"0062100000CGiIMAA1": dragonCon2019,     // Neverending Story-10000
		"0062100000CGiINAA1": dragonCon2019,     // Mulan-20000
		"0062100000CGiJFAA1": dragonCon2019,     // The Swamp-5000
		"0062100000CGiJPAA1": dragonCon2020,     // Magic Dragon-1000
		"0062100000CGiJZAA1": dragonCon2020,     // The Hobbit-5000
		"0062100000CGiK8AAL": dragonCon2020,     // Roman Villa-40000
		"0062100000CGiPbAAL": fireExtinguishers, // Dragonheart-5000
		"0062100000CGiQkAAL": guardYourGold,     // The Hobbit-10000
	}
	credited := map[string]string{}
	for _, r := range sercanteRows(t, "CampaignInfluences.csv") {
		switch r["Influence__c"] {
		case "100":
			if credited[r["Opportunity__r.extId__c"]] != "" {
				t.Errorf("%s: 100 twice", r["Opportunity__r.extId__c"])
			}
			credited[r["Opportunity__r.extId__c"]] = r["Campaign__r.extId__c"]
		case "0":
		default:
			t.Errorf("influence of %s", r["Influence__c"])
		}
	}
	if len(credited) != 11 {
		t.Errorf("%d opportunities with influence, want 11", len(credited))
	}
	for _, o := range sercanteRows(t, "Opportunitys.csv") {
		id, primary := o["extId__c"], o["Campaign.extId__c"]
		if id == "0062100000CZxqcAAD" { // The Swamp-20000 came after the table
			if primary != dragonCon2020 || credited[id] != "" {
				t.Errorf("%s: primary campaign %s, credited %q", id, primary, credited[id])
			}
			continue
		}
		if primary != want[id] || credited[id] != want[id] {
			t.Errorf("%s: primary campaign %s, credited %s, want %s of both", id, primary, credited[id], want[id])
		}
	}
}

// The run on it. The opportunities, by hand: open are 5000 + 2000 + 20000 + 1000 + 40000 = 68000;
// won 5000 + 5000 + 1000 + 10000 + 20000 = 41000; lost 5000 + 10000 = 15000; together 124000.
func TestSercanteRun(t *testing.T) {
	settings, _, err := config.Load(filepath.Join(sercante, "tributary.yaml"), "")
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out")
	if settings, err = settings.With(config.Overrides{Out: out, Threads: 2}); err != nil {
		t.Fatal(err)
	}
	if _, err := job.Run(t.Context(), settings, job.Options{Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	directory := filepath.Join(out, "runs", "000001")

	reconciled := 0
	for _, r := range acceptance.ReadReport(t, filepath.Join(directory, "reports", "reconciliation.csv")) {
		reconciled++
		total, count, attributed, unattributed := "124000.00", "12", "12", "0"
		switch r["conversion_type"] {
		case "revenue":
			total, count, attributed = "41000.00", "5", "5"
		case "lead":
			total, attributed, unattributed = "0.00", "9", "3"
		}
		for column, want := range map[string]string{
			"opportunity_type": "new_business", "currency": "USD", "total": total, "attributed": total, "unattributed": "0.00", "difference": "0.00",
			"total_count": count, "attributed_count": attributed + ".000000", "unattributed_count": unattributed + ".000000", "difference_count": "0.000000",
		} {
			if r[column] != want {
				t.Errorf("%s, %s: %s is %s, want %s", r["conversion_type"], r["model"], column, r[column], want)
			}
		}
	}
	if want := 3 * len(models.All()); reconciled != want { // pipeline, revenue and lead, under every model
		t.Errorf("reconciliation has %d rows, want %d", reconciled, want)
	}
	// Three contacts were created before their first touch, if only by minutes: no touch made them
	// leads.
	var late []string
	for _, c := range acceptance.ReadParquet(t, directory, "credits.parquet") {
		switch {
		case c["conversion_type"] == "lead" && c["unattributed_reason"] == "after_conversion_only":
			late = append(late, c["person_id"])
		case c["touch_id"] == "" || c["unattributed_reason"] != "":
			t.Errorf("%s of %s%s is unattributed: %s", c["conversion_type"], c["opportunity_id"], c["person_id"], c["unattributed_reason"])
		}
	}
	if len(late) != 3 {
		t.Errorf("leads before their first touch: %q, want three", late)
	}

	// The primary campaigns of Dragonheart-5000 (lost) and The Hobbit-10000 (won) are
	// advertisements, those of the others conferences.
	want := map[string][]string{ // opportunities, won, pipeline, open_pipeline, revenue
		"(all)":                {"12", "5", "124000.00", "68000.00", "41000.00"},
		"Advertisement":        {"2", "1", "15000.00", "0.00", "10000.00"},
		"Seminar / Conference": {"10", "4", "109000.00", "68000.00", "31000.00"},
	}
	for _, r := range acceptance.ReadReport(t, filepath.Join(directory, "reports", "sourced_influenced.csv")) {
		if r["definition"] != "recorded_source" {
			continue
		}
		got := []string{r["opportunities"], r["won"], r["pipeline"], r["open_pipeline"], r["revenue"]}
		if !slices.Equal(got, want[r["channel"]]) {
			t.Errorf("recorded_source, %s: %q, want %q", r["channel"], got, want[r["channel"]])
		}
		delete(want, r["channel"])
	}
	for channel := range want {
		t.Errorf("recorded_source: no row of %s", channel)
	}
}
