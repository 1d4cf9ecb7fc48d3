package funnel

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"

	"pgregory.net/rapid"
)

// An account with 2,000 people and 500 deals has a million pairs of them: none may be held. Every
// second deal has a person with a role, and so goes through the funnel without the others.
func TestFunnelOfALargeAccount(t *testing.T) {
	const people, deals, day = 2000, 500, 86_400_000_000
	eng, err := engine.Open(t.Context(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for _, statement := range []string{
		`CREATE TABLE settings AS SELECT CAST(2000 AS BIGINT) * 86400000000 AS as_of_us, CAST(-9223372036854775808 AS BIGINT) AS from_us,
			CAST(9223372036854775807 AS BIGINT) AS to_us, CAST(90 AS BIGINT) * 86400000000 AS lookback_us`,
		`CREATE TABLE funnel_stages AS SELECT * FROM (VALUES
			(1, 'person', NULL, CAST(90 AS BIGINT), 2), (2, 'opportunity', 'created', 90, NULL), (3, 'opportunity', 'won', 90, NULL)
		) AS v(position, unit, entered_at, within_days, conversion_type)`,
		`CREATE TABLE group_steps AS SELECT * FROM (VALUES (0, FALSE, FALSE), (1, TRUE, FALSE), (2, TRUE, TRUE)) AS v(step, uses_roles, uses_account)`,
		`CREATE TABLE opportunity_types AS SELECT 'new_business' AS opportunity_type, 0 AS position`,
		// deal k is created on day k, and won on day k + 30
		`CREATE TABLE opportunity_facts AS
			SELECT k AS opportunity_key, 'o' || k AS opportunity_id, 'a' AS account_id, 'new_business' AS opportunity_type, k * 86400000000 AS created_us
			FROM range(500) AS r(k)`,
		`CREATE TABLE opportunity_entries AS
			SELECT opportunity_key, p.position, created_us + p.after AS entered_us, created_us + p.after AS from_us, created_us + p.after AS until_us
			FROM opportunity_facts
			CROSS JOIN (VALUES (2, CAST(0 AS BIGINT)), (3, CAST(30 AS BIGINT) * 86400000000)) AS p(position, after)`,
		// person k became a lead on day 100, and has served the account since day 0; the last one
		// left on day 5, the one before comes on day 300
		`CREATE TABLE person_entries AS
			SELECT k AS person_key, 1 AS position, d.us AS entered_us, d.us AS from_us, d.us AS until_us
			FROM range(2000) AS r(k)
			CROSS JOIN (SELECT CAST(100 AS BIGINT) * 86400000000 AS us) AS d`,
		`CREATE TABLE account_people AS
			SELECT 'a' AS account_id, k AS person_key,
				CASE WHEN k = 1998 THEN CAST(300 AS BIGINT) * 86400000000 ELSE CAST(-9223372036854775808 AS BIGINT) END AS from_us,
				CASE WHEN k = 1999 THEN CAST(5 AS BIGINT) * 86400000000 ELSE CAST(9223372036854775807 AS BIGINT) END AS until_us
			FROM range(2000) AS r(k)`,
		`CREATE TABLE role_persons AS SELECT 'o' || k AS opportunity_id, CAST(0 AS BIGINT) AS person_key FROM range(0, 500, 2) AS r(k)`,
		`CREATE TABLE conversions AS
			SELECT k AS conversion_key, 0 AS conversion_type, CAST(NULL AS BIGINT) AS person_key, k AS opportunity_key, CAST(7 AS BIGINT) AS value_minor,
				CAST(NULL AS VARCHAR) AS reverses_opportunity_id, TRUE AS anchor_in_period, k * 86400000000 AS anchor_us, 'new_business' AS opportunity_type,
				TRUE AS is_counted
			FROM range(500) AS r(k)`,
		`CREATE TABLE journeys AS SELECT conversion_key, CAST(NULL AS INTEGER) AS first_channel_key, CAST(NULL AS INTEGER) AS first_campaign_key FROM conversions`,
		`CREATE TABLE reversal_roots AS SELECT conversion_key, conversion_key AS root_key FROM conversions LIMIT 0`,
		`CREATE TABLE accounts AS SELECT 'a' AS account_id, 'SMB' AS segment`,
		`CREATE TABLE person_labels AS SELECT k AS person_key, 'SMB' AS segment, '(none)' AS persona FROM range(2000) AS r(k)`,
		`CREATE TABLE opportunity_personas AS SELECT 'o1' AS opportunity_id, 'Buyer' AS persona`,
		`CREATE TABLE campaign_keys AS SELECT * FROM (VALUES (0, '(none)'), (-1, '(unattributed)')) AS v(campaign_key, campaign_id)`,
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := Make(t.Context(), eng, time.UTC); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if mib := (after.TotalAlloc - before.TotalAlloc) >> 20; mib > 16 {
		t.Errorf("%d MiB allocated for %d people and %d deals", mib, people, deals)
	}
	for _, c := range []struct {
		from, to                    int
		converted, velocityN, p90US int64
	}{
		// Person 0 is in every deal, the others in the odd ones: in that of day 101 next, person
		// 1998 in that of day 301, too late. Person 1999 left on day 5, in time for the deals up to
		// day 95, whose look-back it is in, not for those after it became a lead.
		{1, 2, people - 2, people - 2, 1 * day},
		{1, 3, people - 1, people - 1, 1 * day}, // of day 71 on: won on day 101; and that of person 1999, created on day 95, won on day 125
		{2, 3, deals, deals, 30 * day},
	} {
		var converted, velocityN, p90US int64
		err := eng.Row(t.Context(), "SELECT converted, velocity_n, COALESCE(p90_us, 0) FROM funnel_rates WHERE month IS NULL AND channel_key IS NULL AND position = ? AND to_position = ?",
			[]any{c.from, c.to}, &converted, &velocityN, &p90US)
		if err != nil || converted != c.converted || velocityN != c.velocityN || p90US != c.p90US {
			t.Errorf("%d to %d: %d converted, %d fast, 90 %% in %d; want %+v; %v", c.from, c.to, converted, velocityN, p90US, c, err)
		}
	}
	var cohort, value int64
	if err := eng.Row(t.Context(), "SELECT cohort, CAST(value_minor AS BIGINT) FROM funnel_volumes WHERE month IS NULL AND channel_key IS NULL AND position = 2", nil, &cohort, &value); err != nil ||
		cohort != deals || value != 7*deals {
		t.Errorf("%d opportunities of %d minor units, %v", cohort, value, err)
	}
}

// Three people and three opportunities by segment, persona and campaign, worked by hand. Day 0 is
// 1970-01-01, so day 90 is the first of the second quarter; a step may take 90 days, as-of is day 200.
func TestFunnelByDimension(t *testing.T) {
	eng, err := engine.Open(t.Context(), engine.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer eng.Close()
	for _, statement := range []string{
		`CREATE MACRO day(n) AS CAST(n AS BIGINT) * 86400000000`,
		`CREATE TABLE settings AS SELECT day(200) AS as_of_us, CAST(-9223372036854775808 AS BIGINT) AS from_us,
			CAST(9223372036854775807 AS BIGINT) AS to_us, day(90) AS lookback_us`,
		`CREATE TABLE funnel_stages AS SELECT * FROM (VALUES
			(1, 'person', NULL, CAST(90 AS BIGINT), 2), (2, 'person', NULL, 90, 3), (3, 'opportunity', 'created', 90, NULL), (4, 'opportunity', 'won', 90, NULL)
		) AS v(position, unit, entered_at, within_days, conversion_type)`,
		`CREATE TABLE group_steps AS SELECT 0 AS step, TRUE AS uses_roles, FALSE AS uses_account`,
		`CREATE TABLE opportunity_types AS SELECT 'new_business' AS opportunity_type, 0 AS position`,
		// Opportunity 3 reverses opportunity 0: it has no account with a segment and no contact of its own.
		`CREATE TABLE opportunity_facts AS SELECT * FROM (VALUES
			(CAST(0 AS BIGINT), 'o0', 'smb', 'new_business', day(20)), (1, 'o1', 'smb', 'new_business', day(100)),
			(2, 'o2', 'other', 'new_business', day(100)), (3, 'o3', 'other', 'new_business', day(150))
		) AS v(opportunity_key, opportunity_id, account_id, opportunity_type, created_us)`,
		`CREATE TABLE opportunity_entries AS
			SELECT opportunity_key, position, us AS entered_us, us AS from_us, us AS until_us
			FROM (VALUES (CAST(0 AS BIGINT), 3, day(20)), (0, 4, day(30)), (1, 3, day(100)), (2, 3, day(100)), (2, 4, day(110))) AS v(opportunity_key, position, us)`,
		`CREATE TABLE person_entries AS
			SELECT person_key, position, us AS entered_us, us AS from_us, us AS until_us
			FROM (VALUES (CAST(0 AS BIGINT), 1, day(5)), (0, 2, day(8)), (1, 1, day(89)), (2, 2, day(90))) AS v(person_key, position, us)`,
		`CREATE TABLE account_people AS SELECT '' AS account_id, CAST(0 AS BIGINT) AS person_key, CAST(0 AS BIGINT) AS from_us, CAST(0 AS BIGINT) AS until_us LIMIT 0`,
		`CREATE TABLE role_persons AS SELECT 'o0' AS opportunity_id, CAST(0 AS BIGINT) AS person_key`,
		`CREATE TABLE conversions AS SELECT * FROM (VALUES
			(CAST(0 AS BIGINT), 2, CAST(0 AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), NULL, day(5)),
			(1, 3, 0, NULL, NULL, NULL, day(8)), (2, 2, 1, NULL, NULL, NULL, day(89)), (3, 3, 2, NULL, NULL, NULL, day(90)),
			(4, 0, NULL, 0, 100, NULL, day(20)), (5, 1, NULL, 0, 100, NULL, day(30)), (6, 0, NULL, 1, 7, NULL, day(100)),
			(7, 0, NULL, 2, 50, NULL, day(100)), (8, 1, NULL, 2, 50, NULL, day(110)), (9, 1, NULL, 3, -30, 'o0', day(150))
		) AS v(conversion_key, conversion_type, person_key, opportunity_key, value_minor, reverses_opportunity_id, anchor_us)
		CROSS JOIN (SELECT TRUE AS anchor_in_period, 'new_business' AS opportunity_type, TRUE AS is_counted)`,
		`CREATE TABLE reversal_roots AS SELECT CAST(9 AS BIGINT) AS conversion_key, CAST(5 AS BIGINT) AS root_key`,
		// Person 0 came by campaign 1 and, by the time of stage 2, still did; person 1 by a touch without a
		// campaign; person 2 had no touch. Opportunity 0 and its reversal came by campaign 1.
		`CREATE TABLE journeys AS SELECT * FROM (VALUES
			(CAST(0 AS BIGINT), 5, 1), (1, 5, 1), (2, 5, 0), (3, NULL, NULL), (4, 5, 1), (5, 5, 1), (6, 5, 0), (7, NULL, NULL), (8, NULL, NULL), (9, 5, 1)
		) AS v(conversion_key, first_channel_key, first_campaign_key)`,
		`CREATE TABLE accounts AS SELECT * FROM (VALUES ('smb', 'SMB'), ('other', NULL)) AS v(account_id, segment)`,
		// Person 2 is left out of the reports.
		`CREATE TABLE person_labels AS SELECT * FROM (VALUES (CAST(0 AS BIGINT), 'SMB', 'Buyer'), (1, 'SMB', '(none)'), (7, 'SMB', 'User')) AS v(person_key, segment, persona)`,
		`CREATE TABLE opportunity_personas AS SELECT 'o0' AS opportunity_id, 'User' AS persona`,
		`CREATE TABLE campaign_keys AS SELECT * FROM (VALUES (1, 'c'), (0, '(none)'), (-1, '(unattributed)')) AS v(campaign_key, campaign_id)`,
	} {
		if err := eng.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := Make(t.Context(), eng, time.UTC); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query string
		want  []string
	}{
		{
			// Person 2 entered the second stage and is in the cohort of the first one too, as skipped.
			// The reversal takes 30 back from the quarter of day 150, under the values of opportunity 0.
			`SELECT CONCAT_WS(' ', v.dimension, f.value, COALESCE(CAST(quarter AS VARCHAR), 'all'), position, volume, skipped, value_minor)
			FROM funnel_dimension_volumes AS v INNER JOIN funnel_values AS f ON f.dimension = v.dimension AND f.value_key = v.value_key
			ORDER BY 1`,
			[]string{
				"campaign (none) all 1 1 0", "campaign (none) all 3 1 0 7",
				"campaign (unattributed) all 1 0 1", "campaign (unattributed) all 2 1 0", "campaign (unattributed) all 3 1 0 50", "campaign (unattributed) all 4 1 0 50",
				"campaign c all 1 1 0", "campaign c all 2 1 0", "campaign c all 3 1 0 100", "campaign c all 4 1 0 70",
				"persona (none) 1970-01-01 1 1 0",
				"persona (none) 1970-04-01 1 0 1", "persona (none) 1970-04-01 2 1 0", "persona (none) 1970-04-01 3 2 0 57", "persona (none) 1970-04-01 4 1 0 50",
				"persona (none) all 1 1 1", "persona (none) all 2 1 0", "persona (none) all 3 2 0 57", "persona (none) all 4 1 0 50",
				"persona Buyer 1970-01-01 1 1 0", "persona Buyer 1970-01-01 2 1 0", "persona Buyer all 1 1 0", "persona Buyer all 2 1 0",
				"persona User 1970-01-01 3 1 0 100", "persona User 1970-01-01 4 1 0 100", "persona User 1970-04-01 4 0 0 -30",
				"persona User all 3 1 0 100", "persona User all 4 1 0 70",
				"segment (none) 1970-04-01 1 0 1", "segment (none) 1970-04-01 2 1 0", "segment (none) 1970-04-01 3 1 0 50", "segment (none) 1970-04-01 4 1 0 50",
				"segment (none) all 1 0 1", "segment (none) all 2 1 0", "segment (none) all 3 1 0 50", "segment (none) all 4 1 0 50",
				"segment SMB 1970-01-01 1 2 0", "segment SMB 1970-01-01 2 1 0", "segment SMB 1970-01-01 3 1 0 100", "segment SMB 1970-01-01 4 1 0 100",
				"segment SMB 1970-04-01 3 1 0 7", "segment SMB 1970-04-01 4 0 0 -30",
				"segment SMB all 1 2 0", "segment SMB all 2 1 0", "segment SMB all 3 2 0 107", "segment SMB all 4 1 0 70",
			},
		},
		{
			// Of the two of SMB in the first stage, person 0 is won on day 30, after 25 days. The first
			// quarter ends on day 90 and the second on day 181: at as-of, 200, the steps of the first have
			// had their 90 days, and those of the second have not. All periods end at as-of.
			`SELECT CONCAT_WS(' ', COALESCE(CAST(quarter AS VARCHAR), 'all'), position, to_position, converted, velocity_n, median_us // 86400000000, is_final, value_minor)
			FROM funnel_dimension_rates
			WHERE dimension = 'segment' AND value_key = 1 AND to_position = 4
			ORDER BY 1`,
			[]string{
				"1970-01-01 1 4 1 1 25 true 0", "1970-01-01 2 4 1 1 22 true 0", "1970-01-01 3 4 1 1 10 true 100",
				"1970-04-01 3 4 0 0 false 0",
				"all 1 4 1 1 25 false 0", "all 2 4 1 1 22 false 0", "all 3 4 1 1 10 false 100",
			},
		},
	} {
		got, err := eng.Texts(t.Context(), c.query)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s\n%v", strings.Join(got, "\n"), err)
		}
	}
}

func TestRowsGroupedByKey(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		keys := rapid.SliceOf(rapid.Int64Range(0, 9)).Draw(r, "keys")
		rows := make([]int, len(keys))
		want := map[int64][]int{}
		for i, key := range keys {
			rows[i] = i
			want[key] = append(want[key], i)
		}
		g := groupBy(keys, rows)
		for key := range int64(12) {
			if got := g.of(key); !slices.Equal(got, want[key]) {
				r.Errorf("key %d of %v: %v, want %v", key, keys, got, want[key])
			}
		}
	})
}

// The month of the reporting zone is that of its calendar, also where it differs from UTC's.
func TestMonthsOfTheFunnel(t *testing.T) {
	for _, name := range []string{"UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/New_York", "Asia/Kathmandu"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		s := settings{zone: zone}
		rapid.Check(t, func(r *rapid.T) {
			us := rapid.Int64Range(-60*366*86_400_000_000, 100*366*86_400_000_000).Draw(r, "us")
			at := time.UnixMicro(us).In(zone)
			want := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC).Unix() / 86_400
			if got := s.monthOf(us); int64(got) != want {
				r.Errorf("%s: day %d, want %d", at, got, want)
			}
		})
	}
}

// The places of opportunity types, which the funnel counts by.
func TestNewBusinessIsTheFirstType(t *testing.T) {
	if contract.OpportunityTypes[newBusiness] != "new_business" {
		t.Errorf("%v", contract.OpportunityTypes)
	}
}
