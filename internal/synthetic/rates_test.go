package synthetic

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/engine"
)

// Views over the raw files, all text, beside which the checks are written: rows without their
// copies, and people.
var viewsOfChecks = []string{
	`CREATE VIEW touch AS SELECT t.*, CAST(t.occurred_at AS TIMESTAMP) AS moment, COALESCE(contact_id, lead_id, email, anonymous_id) AS person
		FROM touchpoints AS t WHERE TRY_CAST(t.occurred_at AS TIMESTAMP) > '1990-01-01' QUALIFY ROW_NUMBER() OVER (PARTITION BY touch_id ORDER BY updated_at NULLS FIRST) = 1`,
	`CREATE VIEW contact AS SELECT c.*, REGEXP_REPLACE(contact_id, '^K-', '') AS person FROM contacts AS c WHERE REGEXP_MATCHES(contact_id, '^K-[0-9]+-[0-9]{1,3}$')
		QUALIFY ROW_NUMBER() OVER (PARTITION BY contact_id ORDER BY updated_at) = 1`,
	`CREATE VIEW lead AS SELECT l.*, REGEXP_REPLACE(lead_id, '^L-', '') AS person FROM leads AS l QUALIFY ROW_NUMBER() OVER (PARTITION BY lead_id ORDER BY updated_at) = 1`,
	`CREATE VIEW person AS SELECT person, MAX(email) AS email FROM (SELECT person, email FROM contact UNION ALL SELECT person, email FROM lead) GROUP BY person`,
	`CREATE VIEW account AS SELECT a.*, REGEXP_REPLACE(LOWER(a.domain), '^https://www[.]|/$', '', 'g') AS host FROM accounts AS a WHERE account_id <> 'A-TEST'
		QUALIFY ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY updated_at) = 1`,
	`CREATE VIEW deal AS SELECT DISTINCT o.*, CASE WHEN reverses_opportunity_id IS NOT NULL THEN 'reversal'
			WHEN opportunity_type LIKE '%Renewal' THEN 'renewal' WHEN opportunity_type IN ('Expansion', 'Upsell', 'Existing Customer - Upgrade') THEN 'expansion' ELSE 'new' END AS kind,
		SPLIT_PART(opportunity_id, '-', 2) AS number, CAST(closed_at AS DATE) - CAST(CAST(created_at AS TIMESTAMP) AS DATE) AS days
		FROM opportunities AS o WHERE opportunity_id <> 'O-TEST'`,
	`CREATE VIEW step AS SELECT s.*, REGEXP_REPLACE(entity_id, '^[KLO]-', '') AS unit, CAST(entered_at AS TIMESTAMP) AS moment FROM stage_history AS s`,
	`CREATE VIEW mql AS SELECT unit AS person, MIN(moment) AS moment FROM step WHERE stage = 'MQL' GROUP BY unit`,
	`CREATE VIEW worked AS SELECT a.*, REGEXP_REPLACE(COALESCE(lead_id, contact_id), '^[KL]-', '') AS person, CAST(occurred_at AS TIMESTAMP) AS moment FROM activities AS a WHERE opportunity_id IS NULL`,
	`CREATE VIEW first_person AS SELECT d.opportunity_id, d.created_at, REGEXP_REPLACE(r.contact_id, '^K-', '') AS person FROM deal AS d
		INNER JOIN opportunity_contacts AS r ON r.opportunity_id = d.opportunity_id AND r.is_primary = 'true' WHERE d.kind = 'new'`,
	// What became of the people on new business; who has a person; how soon sales spoke with it after
	// it first was MQL; and the stage in which a person stood at a touch.
	`CREATE VIEW outcome AS SELECT REGEXP_REPLACE(r.contact_id, '^K-', '') AS person, BOOL_OR(d.stage = 'Closed Won') AS won, BOOL_OR(d.stage = 'Closed Lost') AS lost
		FROM deal AS d INNER JOIN opportunity_contacts AS r USING (opportunity_id) WHERE d.kind = 'new' GROUP BY 1`,
	`CREATE VIEW owned AS SELECT unit AS person, MAX(owner) AS owner FROM step WHERE entity_type <> 'opportunity' GROUP BY 1`,
	`CREATE TABLE delivery AS SELECT m.person, m.moment, o.owner,
			(SELECT MAX(owner) FROM step AS s WHERE s.unit = m.person AND s.entity_type <> 'opportunity' AND s.moment = m.moment) AS at_first,
			(SELECT MIN(moment) FROM worked AS w WHERE w.person = m.person AND w.moment >= m.moment) AS answered,
			(SELECT MIN(moment) FROM step AS s WHERE s.unit = m.person AND s.entity_type <> 'opportunity' AND s.moment >= m.moment AND s.owner IS NOT NULL) AS named
		FROM mql AS m LEFT JOIN owned AS o USING (person)`,
	`CREATE TABLE answer AS SELECT person, owner, COALESCE(SUM(EPOCH(LEAST(answered, closes)) - EPOCH(GREATEST(moment, opens))), 0) / 60 AS minutes
		FROM delivery LEFT JOIN office ON closes > moment AND opens < answered WHERE answered IS NOT NULL AND owner IS NOT NULL GROUP BY 1, 2`,
	`CREATE TABLE assigned AS SELECT person, COALESCE(SUM(EPOCH(LEAST(named, closes)) - EPOCH(GREATEST(moment, opens))), 0) / 60 AS minutes
		FROM delivery LEFT JOIN office ON closes > moment AND opens < named WHERE owner IS NOT NULL AND at_first IS NULL GROUP BY 1`,
	`CREATE VIEW quality AS SELECT l.*, CASE WHEN COALESCE(o.won, false) THEN 'won' WHEN m.person IS NOT NULL THEN 'mql' ELSE 'other' END AS kind
		FROM lead AS l LEFT JOIN outcome AS o USING (person) LEFT JOIN mql AS m USING (person)`,
	`CREATE TABLE met AS SELECT t.asset, c.persona, s.stage FROM (SELECT *, REGEXP_REPLACE(COALESCE(contact_id, lead_id), '^[KL]-', '') AS unit FROM touch) AS t
		INNER JOIN contact AS c ON c.person = t.unit ASOF LEFT JOIN (SELECT * FROM step WHERE entity_type <> 'opportunity' AND stage NOT IN ('Working')) AS s ON s.unit = t.unit AND s.moment <= t.moment`,
}

const freeHosts = `('gmail.com', 'outlook.com', 'yahoo.com', 'gmx.de')`

// measures are queries that measure the stated rates, by property.
var measures = map[string]string{
	"leads that became a contact":                 `SELECT AVG(CAST(converted_contact_id IS NOT NULL AS INT)) FROM lead`,
	"leads beside a contact with the same e-mail": `SELECT AVG(CAST(l.converted_contact_id IS NULL AND COALESCE(c.email = l.email, false) AS INT)) FROM lead AS l LEFT JOIN contact AS c USING (person)`,
	"free-mail addresses":                         `SELECT AVG(CAST(SPLIT_PART(email, '@', 2) IN ` + freeHosts + ` AS INT)) FROM person WHERE email IS NOT NULL`,
	"role mailboxes":                              `SELECT AVG(CAST(COALESCE(SPLIT_PART(email, '@', 1), '') IN ('info', 'sales', 'support', 'office') AS INT)) FROM person`,
	"people without an e-mail":                    `SELECT AVG(CAST(email IS NULL AS INT)) FROM person`,
	"leads that name their account":               `SELECT AVG(CAST(account_id IS NOT NULL AS INT)) FROM lead`,
	"contacts with a second id":                   `SELECT (SELECT COUNT(*) FROM identity_map WHERE kind = 'contact') / COUNT(*) FROM contact`,
	"cookies that are known": `SELECT AVG(CAST(m.from_id IS NOT NULL AS INT)) FROM (SELECT DISTINCT anonymous_id FROM touch WHERE anonymous_id LIKE 'web-%') AS t
		LEFT JOIN identity_map AS m ON m.from_id = t.anonymous_id`,
	"BANT facts that are known":     `SELECT COUNT(b) / COUNT(*) FROM (SELECT UNNEST([bant_budget, bant_authority, bant_need, bant_timeframe]) AS b FROM lead)`,
	"known BANT facts that are yes": `SELECT AVG(CAST(b = 'yes' AS INT)) FROM (SELECT UNNEST([bant_budget, bant_authority, bant_need, bant_timeframe]) AS b FROM lead)`,
	"people on a deal, mean":        `SELECT AVG(n) FROM (SELECT COUNT(*) AS n FROM opportunity_contacts GROUP BY opportunity_id)`,
	"people on a deal, fewest":      `SELECT MIN(n) FROM (SELECT COUNT(*) AS n FROM opportunity_contacts GROUP BY opportunity_id)`,
	"people on a deal, most":        `SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM opportunity_contacts GROUP BY opportunity_id)`,

	"accounts with a deal":                          `SELECT AVG(CAST(account_id IN (SELECT 'A-' || number FROM deal) AS INT)) FROM account`,
	"accounts with a parent":                        `SELECT AVG(CAST(parent_account_id IS NOT NULL AS INT)) FROM account`,
	"subsidiaries that share their parent's domain": `SELECT AVG(CAST(a.host = p.host AS INT)) FROM account AS a INNER JOIN account AS p ON p.account_id = a.parent_account_id`,
	"accounts with an awkward name":                 `SELECT AVG(CAST(REGEXP_MATCHES(name, '[^A-Za-z .&]') AS INT)) FROM account`,
	"accounts that deal in EUR":                     `SELECT COUNT(DISTINCT account_id) FILTER (WHERE currency = 'EUR') / COUNT(DISTINCT account_id) FROM deal`,

	"touches tied with another of the same person": `SELECT AVG(CAST(n > 1 AS INT)) FROM (SELECT COUNT(*) OVER (PARTITION BY person, moment) AS n FROM touch)`,
	"equal copies of touches":                      `WITH c AS (SELECT COUNT(*) AS n, COUNT(DISTINCT HASH(t)) AS kinds FROM touchpoints AS t GROUP BY touch_id) SELECT SUM(n - kinds) / COUNT(*) FROM c`,
	"conflicting copies with a newer updated_at": `SELECT AVG(CAST(n > 1 AND dated > 0 AS INT)) FROM
		(SELECT COUNT(DISTINCT status || 'x') + COUNT(DISTINCT status IS NULL) AS n, COUNT(DISTINCT HASH(t)) - 1 AS dated FROM touchpoints AS t GROUP BY touch_id HAVING BOOL_OR(updated_at = '` + newer + `') OR COUNT(*) = 1)`,
	"conflicting copies that nothing decides": `SELECT COUNT(*) FILTER (WHERE kinds > 1 AND dated = 0) / COUNT(*) FROM
		(SELECT COUNT(DISTINCT HASH(t)) AS kinds, COUNT(updated_at) AS dated FROM touchpoints AS t GROUP BY touch_id)`,
	"bad touches": `SELECT AVG(CAST(NOT REGEXP_MATCHES(occurred_at, '^202[0-9]-[01][0-9]-[0-3][0-9]T.*Z$') OR occurred_at LIKE '2024-02-30%' OR channel = '(all)'
		OR COALESCE(contact_id, lead_id, email, anonymous_id) IS NULL AS INT)) FROM touchpoints`,
	"touches of the company's own people":               `SELECT AVG(CAST(COALESCE(contact_id LIKE 'K-S-%', false) AS INT)) FROM touch`,
	"touches of the test account":                       `SELECT AVG(CAST(COALESCE(contact_id LIKE 'K-TEST-%', false) AS INT)) FROM touch`,
	"touches of strangers":                              `SELECT AVG(CAST(COALESCE(anonymous_id LIKE 'visitor-%', false) AS INT)) FROM touch`,
	"touches named by a cookie alone":                   `SELECT AVG(CAST(anonymous_id IS NOT NULL AS INT)) FROM touch`,
	"touches named by e-mail alone":                     `SELECT AVG(CAST(email IS NOT NULL AND contact_id IS NULL AND lead_id IS NULL AS INT)) FROM touch`,
	"touches that are no response":                      `SELECT AVG(CAST(COALESCE(status IN ('Sent', 'No Show'), false) AS INT)) FROM touch`,
	"touches of campaigns that leave the channel to it": `SELECT AVG(CAST(channel IS NULL AS INT)) FROM touch WHERE campaign_id IS NOT NULL`,
	"touches of campaigns that are unknown":             `SELECT AVG(CAST(c.campaign_id IS NULL AS INT)) FROM touch AS t LEFT JOIN campaigns AS c USING (campaign_id) WHERE t.campaign_id IS NOT NULL`,
	"touches in a channel without costs": `WITH paid AS (SELECT channel FROM costs UNION SELECT c.channel FROM costs AS k INNER JOIN campaigns AS c USING (campaign_id))
		SELECT AVG(CAST(channel NOT IN (SELECT channel FROM paid WHERE channel IS NOT NULL) AS INT)) FROM touch WHERE channel IS NOT NULL`,
	"touches on a Sunday, to those on a Monday": `SELECT COUNT(*) FILTER (WHERE ISODOW(moment) = 7) / COUNT(*) FILTER (WHERE ISODOW(moment) = 1) FROM touch`,

	"touches in August, to those in October": `SELECT COUNT(*) FILTER (WHERE MONTH(moment) = 8) / COUNT(*) FILTER (WHERE MONTH(moment) = 10) FROM touch WHERE moment < '2026-01-01'`,

	"bad rows of other tables, at most": `SELECT GREATEST(
		(SELECT AVG(CAST(entity_type = 'Account' AS INT)) FROM stage_history), (SELECT AVG(CAST(COALESCE(kind = 'cookie', false) AS INT)) FROM identity_map),
		(SELECT AVG(CAST(created_at LIKE '31/%' AS INT)) FROM contacts), (SELECT AVG(CAST(source = '(all)' AS INT)) FROM leads),
		(SELECT AVG(CAST(contact_id IS NULL AS INT)) FROM opportunity_contacts), (SELECT AVG(CAST(COALESCE(contact_id, lead_id, opportunity_id) IS NULL AS INT)) FROM activities))`,
	"equal copies of accounts, contacts, leads and deals": `WITH r AS (SELECT HASH(t) AS h FROM accounts AS t UNION ALL SELECT HASH(t) FROM contacts AS t UNION ALL SELECT HASH(t) FROM leads AS t UNION ALL SELECT HASH(t) FROM opportunities AS t)
		SELECT (COUNT(*) - COUNT(DISTINCT h)) / COUNT(DISTINCT h) FROM r`,
	"accounts, contacts and leads with a newer row": `WITH r AS (SELECT account_id AS id, updated_at FROM accounts UNION ALL SELECT contact_id, updated_at FROM contacts UNION ALL SELECT lead_id, updated_at FROM leads)
		SELECT COUNT(*) FILTER (WHERE updated_at = '` + newer + `') / COUNT(DISTINCT id) FROM r`,

	"closed new business that is won":   `SELECT AVG(CAST(stage = 'Closed Won' AS INT)) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`,
	"closed renewals that are won":      `SELECT AVG(CAST(stage = 'Closed Won' AS INT)) FROM deal WHERE kind = 'renewal' AND stage LIKE 'Closed%'`,
	"closed expansions that are won":    `SELECT AVG(CAST(stage = 'Closed Won' AS INT)) FROM deal WHERE kind = 'expansion' AND stage LIKE 'Closed%'`,
	"won new business that is refunded": `SELECT (SELECT COUNT(*) FROM deal WHERE kind = 'reversal' AND CAST(amount AS DECIMAL(18, 2)) <= 0 OR kind = 'reversal' AND amount IS NULL) / COUNT(*) FROM deal WHERE kind = 'new' AND stage = 'Closed Won'`,
	"won deals that were reopened":      `WITH w AS (SELECT entity_id, COUNT(*) AS n FROM step WHERE stage = 'Closed Won' GROUP BY 1) SELECT AVG(CAST(w.n > 1 AS INT)) FROM deal AS d INNER JOIN w ON w.entity_id = d.opportunity_id WHERE d.kind <> 'reversal'`,
	"deals without an amount":           `SELECT AVG(CAST(amount IS NULL AS INT)) FROM deal`,
	"new business of amount 0":          `SELECT AVG(CAST(CAST(amount AS DECIMAL(18, 2)) = 0 AS INT)) FROM deal WHERE kind = 'new'`,
	"deals without an account":          `SELECT AVG(CAST(account_id IS NULL AS INT)) FROM deal`,
	"deals without roles, of known accounts and people": `SELECT AVG(CAST(opportunity_id NOT IN (SELECT opportunity_id FROM opportunity_contacts) AS INT)) FROM deal
		WHERE kind <> 'reversal' AND account_id IN (SELECT account_id FROM contact)`,
	"deals whose flags are left to the stage": `SELECT AVG(CAST(is_won IS NULL AND is_closed IS NULL AS INT)) FROM deal`,
	"new business that names a campaign":      `SELECT AVG(CAST(primary_campaign_id IS NOT NULL AS INT)) FROM deal WHERE kind = 'new'`,
	"new business whose first person was SQL before it": `SELECT AVG(CAST(s.moment IS NOT NULL AS INT)) FROM first_person AS f
		LEFT JOIN (SELECT unit AS person, MIN(moment) AS moment FROM step WHERE stage = 'SQL' GROUP BY unit) AS s ON s.person = f.person AND s.moment <= CAST(f.created_at AS TIMESTAMP)`,
	"closes in the last ten days of a quarter": `SELECT AVG(CAST(CAST(closed_at AS DATE) > LAST_DAY(DATE_TRUNC('quarter', CAST(closed_at AS DATE)) + INTERVAL 2 MONTH) - 10 AS INT))
		FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`,
	"days from creation to close, shortest": `SELECT MIN(days) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`,
	"days from creation to close, median":   `SELECT MEDIAN(days) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`,
	"days from creation to close, longest":  `SELECT MAX(days) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`,

	"leads and contacts that became MQL": `SELECT (SELECT COUNT(*) FROM mql) / COUNT(DISTINCT unit) FROM step WHERE stage = 'lead'`,
	"MQLs rejected":                      `SELECT COUNT(DISTINCT unit) FILTER (WHERE stage = 'Rejected') / COUNT(DISTINCT unit) FILTER (WHERE stage = 'MQL') FROM step`,
	"MQLs recycled":                      `SELECT COUNT(DISTINCT unit) FILTER (WHERE stage = 'Recycled') / COUNT(DISTINCT unit) FILTER (WHERE stage = 'MQL') FROM step`,
	"SQLs of deals who were never MQL":   `SELECT AVG(CAST(m.person IS NULL AS INT)) FROM (SELECT DISTINCT f.person FROM first_person AS f INNER JOIN step AS s ON s.unit = f.person AND s.stage = 'SQL') AS q LEFT JOIN mql AS m USING (person)`,
	"deals that went back a stage": `WITH n AS (SELECT unit, MIN(moment) AS moment FROM step WHERE stage = 'Negotiation' AND entity_type = 'opportunity' GROUP BY unit)
		SELECT AVG(CAST(EXISTS (SELECT 1 FROM step AS s WHERE s.unit = n.unit AND s.entity_type = 'opportunity' AND s.stage = 'Proposal' AND s.moment > n.moment) AS INT)) FROM n`,
	"SALs that went back to MQL": `WITH a AS (SELECT unit, MIN(moment) AS moment FROM step WHERE stage = 'SAL' AND entity_type <> 'opportunity' GROUP BY unit)
		SELECT AVG(CAST(EXISTS (SELECT 1 FROM step AS s WHERE s.unit = a.unit AND s.stage = 'MQL' AND s.reason IS NOT NULL AND s.moment > a.moment) AS INT)) FROM a`,
	"MQLs called before they were qualified": `SELECT AVG(CAST(EXISTS (SELECT 1 FROM worked AS w WHERE w.person = m.person AND w.moment < m.moment) AS INT)) FROM mql AS m`,

	"known BANT facts that are yes, of people on won new business": `SELECT AVG(CAST(b = 'yes' AS INT)) FROM (SELECT UNNEST([bant_budget, bant_authority, bant_need, bant_timeframe]) AS b
		FROM lead INNER JOIN outcome USING (person) WHERE won)`,
	"known BANT facts that are yes, of people on lost new business": `SELECT AVG(CAST(b = 'yes' AS INT)) FROM (SELECT UNNEST([bant_budget, bant_authority, bant_need, bant_timeframe]) AS b
		FROM lead INNER JOIN outcome USING (person) WHERE lost AND NOT won)`,
	"MQLs worked by sales, of reps who follow up":                           `SELECT AVG(CAST(answered IS NOT NULL AS INT)) FROM delivery WHERE owner <> '<slacker>'`,
	"MQLs worked by sales, of the one who does not":                         `SELECT AVG(CAST(answered IS NOT NULL AS INT)) FROM delivery WHERE owner = '<slacker>'`,
	"first calls on MQLs within four office hours, of reps who follow up":   `SELECT AVG(CAST(minutes <= 240 AS INT)) FROM answer WHERE owner <> '<slacker>'`,
	"first calls on MQLs within four office hours, of the one who does not": `SELECT AVG(CAST(minutes <= 240 AS INT)) FROM answer WHERE owner = '<slacker>'`,
	"MQLs that nobody in sales has":                                         `SELECT AVG(CAST(owner IS NULL AS INT)) FROM delivery`,
	"MQLs that somebody has, without an owner at first":                     `SELECT AVG(CAST(at_first IS NULL AS INT)) FROM delivery WHERE owner IS NOT NULL`,
	"owners of those named within an office hour":                           `SELECT AVG(CAST(minutes <= 60 AS INT)) FROM assigned`,
	"rejected and recycled MQLs without a reason":                           `SELECT AVG(CAST(reason IS NULL AS INT)) FROM step WHERE stage IN ('Rejected', 'Recycled')`,
	"MQLs that nobody worked and that came to nothing, on hold": `WITH nothing AS (SELECT d.person FROM delivery AS d WHERE d.answered IS NULL AND d.owner IS NOT NULL AND d.moment < '2026-05-01'
			AND NOT EXISTS (SELECT 1 FROM step AS s WHERE s.unit = d.person AND s.moment > d.moment AND s.stage IN ('SAL', 'SQL', 'Rejected', 'Recycled', 'MQL') AND s.moment > d.moment + INTERVAL 5 DAY)
			AND NOT EXISTS (SELECT 1 FROM step AS s WHERE s.unit = d.person AND s.stage IN ('SAL', 'SQL', 'Rejected', 'Recycled')))
		SELECT AVG(CAST(person IN (SELECT unit FROM step WHERE stage = 'On hold') AS INT)) FROM nothing`,
	"leads without a fit grade":                                                             `SELECT AVG(CAST(fit_grade IS NULL AS INT)) FROM lead`,
	"leads without interest points":                                                         `SELECT AVG(CAST(interest_score IS NULL AS INT)) FROM lead`,
	"good grades, of leads on won new business":                                             `SELECT AVG(CAST(fit_grade IN ('A', 'B') AS INT)) FROM quality WHERE fit_grade IS NOT NULL AND kind = 'won'`,
	"good grades, of other MQLs":                                                            `SELECT AVG(CAST(fit_grade IN ('A', 'B') AS INT)) FROM quality WHERE fit_grade IS NOT NULL AND kind = 'mql'`,
	"good grades, of other leads":                                                           `SELECT AVG(CAST(fit_grade IN ('A', 'B') AS INT)) FROM quality WHERE fit_grade IS NOT NULL AND kind = 'other'`,
	"high interest, of leads on won new business":                                           `SELECT AVG(CAST(CAST(interest_score AS DECIMAL(9, 1)) >= 50 AS INT)) FROM quality WHERE kind = 'won'`,
	"high interest, of other MQLs":                                                          `SELECT AVG(CAST(CAST(interest_score AS DECIMAL(9, 1)) >= 50 AS INT)) FROM quality WHERE kind = 'mql'`,
	"high interest, of other leads":                                                         `SELECT AVG(CAST(CAST(interest_score AS DECIMAL(9, 1)) >= 50 AS INT)) FROM quality WHERE kind = 'other'`,
	"leads worked by sales with a rating":                                                   `SELECT AVG(CAST(sales_rating IS NOT NULL AS INT)) FROM lead WHERE person IN (SELECT person FROM worked)`,
	"lost new business that names Ferrowick":                                                `SELECT AVG(CAST(COALESCE(competitor = 'Ferrowick', false) AS INT)) FROM deal WHERE kind = 'new' AND stage = 'Closed Lost'`,
	"won new business that names Ferrowick":                                                 `SELECT AVG(CAST(COALESCE(competitor = 'Ferrowick', false) AS INT)) FROM deal WHERE kind = 'new' AND stage = 'Closed Won'`,
	"lost new business that names another competitor":                                       `SELECT AVG(CAST(COALESCE(competitor <> 'Ferrowick', false) AS INT)) FROM deal WHERE kind = 'new' AND stage = 'Closed Lost'`,
	"won new business that names another competitor":                                        `SELECT AVG(CAST(COALESCE(competitor <> 'Ferrowick', false) AS INT)) FROM deal WHERE kind = 'new' AND stage = 'Closed Won'`,
	"new business lost to Ferrowick because of the price, where there is a reason":          `SELECT AVG(CAST(loss_reason = 'Price' AS INT)) FROM deal WHERE kind = 'new' AND stage = 'Closed Lost' AND competitor = 'Ferrowick'`,
	"new business lost to another competitor because of the price, where there is a reason": `SELECT AVG(CAST(loss_reason = 'Price' AS INT)) FROM deal WHERE kind = 'new' AND stage = 'Closed Lost' AND competitor <> 'Ferrowick'`,
	"lost deals without a reason":                                                           `SELECT AVG(CAST(loss_reason IS NULL AS INT)) FROM deal WHERE stage = 'Closed Lost'`,
	"touches with content, of plant managers since sales accepted them":                     `SELECT AVG(CAST(asset IS NOT NULL AS INT)) FROM met WHERE persona = 'Plant manager' AND stage IN ('SAL', 'SQL')`,
	"touches with content, of others since sales accepted them":                             `SELECT AVG(CAST(asset IS NOT NULL AS INT)) FROM met WHERE persona <> 'Plant manager' AND stage IN ('SAL', 'SQL')`,
}

// filesOf opens the CSV files of a directory as tables of text.
func filesOf(t *testing.T, directory string) *engine.Engine {
	t.Helper()
	eng, err := engine.Open(t.Context(), engine.Options{Directories: []string{directory}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = eng.Close() })
	for _, table := range tables() {
		read := "read_csv(" + engine.Text(filepath.Join(directory, table.Name+".csv")) + ", header = true, all_varchar = true, quote = '\"', escape = '\"', delim = ',')"
		if err := eng.Exec(t.Context(), "CREATE TABLE "+table.Name+" AS SELECT * FROM "+read); err != nil {
			t.Fatal(err)
		}
	}
	return eng
}

// withOffice adds the hours of sales, as the calendar has them.
func withOffice(t *testing.T, eng *engine.Engine) {
	t.Helper()
	var rows []string
	calendar := newCalendar()
	for on := int64(firstDay); on <= lastDay; on++ {
		if opens := calendar.opens[on-calendarFrom]; opens > 0 {
			rows = append(rows, fmt.Sprintf("(MAKE_TIMESTAMP(%d), MAKE_TIMESTAMP(%d))", opens*1000, (opens+officeHours)*1000))
		}
	}
	if err := eng.Exec(t.Context(), "CREATE TABLE office AS SELECT * FROM (VALUES "+strings.Join(rows, ", ")+") AS o (opens, closes)"); err != nil {
		t.Fatal(err)
	}
}

// Every stated rate holds in the written files, give or take what is tolerated.
func TestStatedRatesHold(t *testing.T) {
	directory := t.TempDir()
	company := Company{Seed: 1, Accounts: 4000, Touches: 400_000}
	if _, err := writeTables(t.Context(), company, CSV, directory, nil); err != nil {
		t.Fatal(err)
	}
	eng := filesOf(t, directory)
	withOffice(t, eng)
	slacker := newStaff(company)[theSlacker].name
	for _, view := range viewsOfChecks {
		if err := eng.Exec(t.Context(), view); err != nil {
			t.Fatal(err)
		}
	}
	if len(Rates()) != len(measures) {
		t.Errorf("%d rates are stated, and %d measured", len(Rates()), len(measures))
	}
	for _, c := range Rates() {
		var measured float64
		if err := eng.Row(t.Context(), "SELECT CAST(("+strings.ReplaceAll(measures[c.Property], "<slacker>", slacker)+") AS DOUBLE)", nil, &measured); err != nil {
			t.Errorf("%s: %v", c.Property, err)
			continue
		}
		if measured < c.Low() || measured > c.High() {
			t.Errorf("%s: stated %.4f, measured %.4f", c.Property, c.Stated, measured)
		} else if testing.Verbose() {
			t.Logf("%s: stated %.4f, measured %.4f", c.Property, c.Stated, measured)
		}
	}
}

// The page has a row for every rate, as it is stated and held, and no other.
func TestThePageStatesEveryRate(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "generated_company.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "<!-- rates -->\n")
	if !found {
		t.Fatal("the page has no table of rates")
	}
	table, _, _ = strings.Cut(table, "\n\n")
	var want strings.Builder
	want.WriteString("| property | stated | held within |\n|---|---|---|\n")
	for _, c := range Rates() {
		fmt.Fprintf(&want, "| %s | %s | %s to %s |\n", c.Property, c.Shown(c.Stated), c.Shown(c.Low()), c.Shown(c.High()))
	}
	if strings.TrimSpace(table) != strings.TrimSpace(want.String()) {
		t.Errorf("the table of rates should be\n%s", want.String())
	}
}
