package funnel

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"tributary/internal/contract"
	"tributary/internal/engine"

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
		`CREATE TABLE journeys AS SELECT conversion_key, CAST(NULL AS INTEGER) AS first_channel_key FROM conversions`,
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
