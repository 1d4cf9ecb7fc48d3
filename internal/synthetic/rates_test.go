package synthetic

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tributary/internal/engine"
)

// A check measures one stated rate on the written files. The rate has to lie within tolerance (a
// part of it) of what is stated.
type check struct {
	property  string // as docs/generated_company.md has it
	stated    float64
	tolerance float64
	query     string
}

func (c check) low() float64  { return c.stated * (1 - c.tolerance) }
func (c check) high() float64 { return c.stated * (1 + c.tolerance) }

func of(s share) float64 { return float64(s) / float64(whole) }

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
}

const freeHosts = `('gmail.com', 'outlook.com', 'yahoo.com', 'gmx.de')`

// checks are the stated rates, in the order of rates.go.
var checks = []check{
	{"leads that became a contact", of(convertedLeads), .1, `SELECT AVG(CAST(converted_contact_id IS NOT NULL AS INT)) FROM lead`},
	{"leads beside a contact with the same e-mail", of(sameEmail), .2, `SELECT AVG(CAST(l.converted_contact_id IS NULL AND COALESCE(c.email = l.email, false) AS INT)) FROM lead AS l LEFT JOIN contact AS c USING (person)`},
	{"free-mail addresses", of(freeMail), .15, `SELECT AVG(CAST(SPLIT_PART(email, '@', 2) IN ` + freeHosts + ` AS INT)) FROM person WHERE email IS NOT NULL`},
	{"role mailboxes", of(roleMailbox), .3, `SELECT AVG(CAST(COALESCE(SPLIT_PART(email, '@', 1), '') IN ('info', 'sales', 'support', 'office') AS INT)) FROM person`},
	{"people without an e-mail", of(missingEmail), .2, `SELECT AVG(CAST(email IS NULL AS INT)) FROM person`},
	{"leads that name their account", of(leadsWithAccount), .05, `SELECT AVG(CAST(account_id IS NOT NULL AS INT)) FROM lead`},
	{"contacts with a second id", of(duplicateContacts), .25, `SELECT (SELECT COUNT(*) FROM identity_map WHERE kind = 'contact') / COUNT(*) FROM contact`},
	{"cookies that are known", of(knownCookies), .1, `SELECT AVG(CAST(m.from_id IS NOT NULL AS INT)) FROM (SELECT DISTINCT anonymous_id FROM touch WHERE anonymous_id LIKE 'web-%') AS t
		LEFT JOIN identity_map AS m ON m.from_id = t.anonymous_id`},
	{"BANT facts that are known", of(knownBant), .05, `SELECT COUNT(b) / COUNT(*) FROM (SELECT UNNEST([bant_budget, bant_authority, bant_need, bant_timeframe]) AS b FROM lead)`},
	{"known BANT facts that are yes", of(yesBant), .05, `SELECT AVG(CAST(b = 'yes' AS INT)) FROM (SELECT UNNEST([bant_budget, bant_authority, bant_need, bant_timeframe]) AS b FROM lead)`},
	{"people on a deal, mean", peoplePerDeal, .08, `SELECT AVG(n) FROM (SELECT COUNT(*) AS n FROM opportunity_contacts GROUP BY opportunity_id)`},
	{"people on a deal, fewest", fewestOnADeal, 0, `SELECT MIN(n) FROM (SELECT COUNT(*) AS n FROM opportunity_contacts GROUP BY opportunity_id)`},
	{"people on a deal, most", mostOnADeal, 0, `SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM opportunity_contacts GROUP BY opportunity_id)`},

	{"accounts with a deal", of(dealAccounts), .1, `SELECT AVG(CAST(account_id IN (SELECT 'A-' || number FROM deal) AS INT)) FROM account`},
	{"accounts with a parent", of(subsidiaries), .2, `SELECT AVG(CAST(parent_account_id IS NOT NULL AS INT)) FROM account`},
	{"subsidiaries that share their parent's domain", of(sharedDomains), .2, `SELECT AVG(CAST(a.host = p.host AS INT)) FROM account AS a INNER JOIN account AS p ON p.account_id = a.parent_account_id`},
	{"accounts with an awkward name", of(awkwardNames), .1, `SELECT AVG(CAST(REGEXP_MATCHES(name, '[^A-Za-z .&]') AS INT)) FROM account`},
	{"accounts that deal in EUR", of(inEurope), .1, `SELECT COUNT(DISTINCT account_id) FILTER (WHERE currency = 'EUR') / COUNT(DISTINCT account_id) FROM deal`},

	{"touches tied with another of the same person", of(tiedTouches), .2, `SELECT AVG(CAST(n > 1 AS INT)) FROM (SELECT COUNT(*) OVER (PARTITION BY person, moment) AS n FROM touch)`},
	{"equal copies of touches", of(exactCopies), .2, `WITH c AS (SELECT COUNT(*) AS n, COUNT(DISTINCT HASH(t)) AS kinds FROM touchpoints AS t GROUP BY touch_id) SELECT SUM(n - kinds) / COUNT(*) FROM c`},
	{"conflicting copies with a newer updated_at", of(conflictingCopies), .3, `SELECT AVG(CAST(n > 1 AND dated > 0 AS INT)) FROM
		(SELECT COUNT(DISTINCT status || 'x') + COUNT(DISTINCT status IS NULL) AS n, COUNT(DISTINCT HASH(t)) - 1 AS dated FROM touchpoints AS t GROUP BY touch_id HAVING BOOL_OR(updated_at = '` + newer + `') OR COUNT(*) = 1)`},
	{"conflicting copies that nothing decides", of(undecidedCopies), .5, `SELECT COUNT(*) FILTER (WHERE kinds > 1 AND dated = 0) / COUNT(*) FROM
		(SELECT COUNT(DISTINCT HASH(t)) AS kinds, COUNT(updated_at) AS dated FROM touchpoints AS t GROUP BY touch_id)`},
	{"bad touches", of(badTouches), .3, `SELECT AVG(CAST(NOT REGEXP_MATCHES(occurred_at, '^202[0-9]-[01][0-9]-[0-3][0-9]T.*Z$') OR occurred_at LIKE '2024-02-30%' OR channel = '(all)'
		OR COALESCE(contact_id, lead_id, email, anonymous_id) IS NULL AS INT)) FROM touchpoints`},
	{"touches of the company's own people", of(internalTouches), .2, `SELECT AVG(CAST(COALESCE(contact_id LIKE 'K-S-%', false) AS INT)) FROM touch`},
	{"touches of the test account", of(testTouches), .1, `SELECT AVG(CAST(COALESCE(contact_id LIKE 'K-TEST-%', false) AS INT)) FROM touch`},
	{"touches of strangers", of(strangerTouches), .1, `SELECT AVG(CAST(COALESCE(anonymous_id LIKE 'visitor-%', false) AS INT)) FROM touch`},
	{"touches named by a cookie alone", of(anonymousTouches), .2, `SELECT AVG(CAST(anonymous_id IS NOT NULL AS INT)) FROM touch`},
	{"touches named by e-mail alone", of(emailOnly), .2, `SELECT AVG(CAST(email IS NOT NULL AND contact_id IS NULL AND lead_id IS NULL AS INT)) FROM touch`},
	{"touches that are no response", of(notResponses), .2, `SELECT AVG(CAST(COALESCE(status IN ('Sent', 'No Show'), false) AS INT)) FROM touch`},
	{"touches of campaigns that leave the channel to it", of(channelOfCampaign), .1, `SELECT AVG(CAST(channel IS NULL AS INT)) FROM touch WHERE campaign_id IS NOT NULL`},
	{"touches of campaigns that are unknown", of(unknownCampaigns), .4, `SELECT AVG(CAST(c.campaign_id IS NULL AS INT)) FROM touch AS t LEFT JOIN campaigns AS c USING (campaign_id) WHERE t.campaign_id IS NOT NULL`},
	{"touches in a channel without costs", of(costlessTouches), .1, `WITH paid AS (SELECT channel FROM costs UNION SELECT c.channel FROM costs AS k INNER JOIN campaigns AS c USING (campaign_id))
		SELECT AVG(CAST(channel NOT IN (SELECT channel FROM paid WHERE channel IS NOT NULL) AS INT)) FROM touch WHERE channel IS NOT NULL`},
	{"touches on a Sunday, to those on a Monday", weekendActivity / 1000., .2, `SELECT COUNT(*) FILTER (WHERE ISODOW(moment) = 7) / COUNT(*) FILTER (WHERE ISODOW(moment) = 1) FROM touch`},

	{"touches in August, to those in October", augustActivity / 1000., .15, `SELECT COUNT(*) FILTER (WHERE MONTH(moment) = 8) / COUNT(*) FILTER (WHERE MONTH(moment) = 10) FROM touch WHERE moment < '2026-01-01'`},

	{"bad rows of other tables, at most", of(badRows), .5, `SELECT GREATEST(
		(SELECT AVG(CAST(entity_type = 'Account' AS INT)) FROM stage_history), (SELECT AVG(CAST(COALESCE(kind = 'cookie', false) AS INT)) FROM identity_map),
		(SELECT AVG(CAST(created_at LIKE '31/%' AS INT)) FROM contacts), (SELECT AVG(CAST(source = '(all)' AS INT)) FROM leads),
		(SELECT AVG(CAST(contact_id IS NULL AS INT)) FROM opportunity_contacts), (SELECT AVG(CAST(COALESCE(contact_id, lead_id, opportunity_id) IS NULL AS INT)) FROM activities))`},
	{"equal copies of accounts, contacts, leads and deals", of(copiedRows), .2, `WITH r AS (SELECT HASH(t) AS h FROM accounts AS t UNION ALL SELECT HASH(t) FROM contacts AS t UNION ALL SELECT HASH(t) FROM leads AS t UNION ALL SELECT HASH(t) FROM opportunities AS t)
		SELECT (COUNT(*) - COUNT(DISTINCT h)) / COUNT(DISTINCT h) FROM r`},
	{"accounts, contacts and leads with a newer row", of(changedRows), .2, `WITH r AS (SELECT account_id AS id, updated_at FROM accounts UNION ALL SELECT contact_id, updated_at FROM contacts UNION ALL SELECT lead_id, updated_at FROM leads)
		SELECT COUNT(*) FILTER (WHERE updated_at = '` + newer + `') / COUNT(DISTINCT id) FROM r`},

	{"closed new business that is won", of(wonNewBusiness), .1, `SELECT AVG(CAST(stage = 'Closed Won' AS INT)) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`},
	{"closed renewals that are won", of(wonRenewals), .1, `SELECT AVG(CAST(stage = 'Closed Won' AS INT)) FROM deal WHERE kind = 'renewal' AND stage LIKE 'Closed%'`},
	{"closed expansions that are won", of(wonExpansions), .2, `SELECT AVG(CAST(stage = 'Closed Won' AS INT)) FROM deal WHERE kind = 'expansion' AND stage LIKE 'Closed%'`},
	{"won new business that is refunded", of(refunds), .35, `SELECT (SELECT COUNT(*) FROM deal WHERE kind = 'reversal' AND CAST(amount AS DECIMAL(18, 2)) <= 0 OR kind = 'reversal' AND amount IS NULL) / COUNT(*) FROM deal WHERE kind = 'new' AND stage = 'Closed Won'`},
	{"won deals that were reopened", of(reopened), .35, `WITH w AS (SELECT entity_id, COUNT(*) AS n FROM step WHERE stage = 'Closed Won' GROUP BY 1) SELECT AVG(CAST(w.n > 1 AS INT)) FROM deal AS d INNER JOIN w ON w.entity_id = d.opportunity_id WHERE d.kind <> 'reversal'`},
	{"deals without an amount", of(missingAmounts), .3, `SELECT AVG(CAST(amount IS NULL AS INT)) FROM deal`},
	{"new business of amount 0", of(zeroAmounts), .4, `SELECT AVG(CAST(CAST(amount AS DECIMAL(18, 2)) = 0 AS INT)) FROM deal WHERE kind = 'new'`},
	{"deals without an account", of(withoutAccount), .3, `SELECT AVG(CAST(account_id IS NULL AS INT)) FROM deal`},
	{"deals without roles, of known accounts and people", of(withoutRoles), .25, `SELECT AVG(CAST(opportunity_id NOT IN (SELECT opportunity_id FROM opportunity_contacts) AS INT)) FROM deal
		WHERE kind <> 'reversal' AND account_id IN (SELECT account_id FROM contact)`},
	{"deals whose flags are left to the stage", of(flagsLeftToTheStage), .2, `SELECT AVG(CAST(is_won IS NULL AND is_closed IS NULL AS INT)) FROM deal`},
	{"new business that names a campaign", of(recordedCampaigns), .1, `SELECT AVG(CAST(primary_campaign_id IS NOT NULL AS INT)) FROM deal WHERE kind = 'new'`},
	{"new business whose first person was SQL before it", of(throughTheFunnel), .1, `SELECT AVG(CAST(s.moment IS NOT NULL AS INT)) FROM first_person AS f
		LEFT JOIN (SELECT unit AS person, MIN(moment) AS moment FROM step WHERE stage = 'SQL' GROUP BY unit) AS s ON s.person = f.person AND s.moment <= CAST(f.created_at AS TIMESTAMP)`},
	{"closes in the last ten days of a quarter", of(lastTenDays), .12, `SELECT AVG(CAST(CAST(closed_at AS DATE) > LAST_DAY(DATE_TRUNC('quarter', CAST(closed_at AS DATE)) + INTERVAL 2 MONTH) - 10 AS INT))
		FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`},
	{"days from creation to close, shortest", shortestCycleDays, 0, `SELECT MIN(days) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`},
	{"days from creation to close, median", medianCycleDays, .15, `SELECT MEDIAN(days) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`},
	{"days from creation to close, longest", longestCycleDays, .01, `SELECT MAX(days) FROM deal WHERE kind = 'new' AND stage LIKE 'Closed%'`},

	{"leads and contacts that became MQL", of(leadsToMQL), .12, `SELECT (SELECT COUNT(*) FROM mql) / COUNT(DISTINCT unit) FROM step WHERE stage = 'lead'`},
	{"MQLs rejected", of(rejected), .15, `SELECT COUNT(DISTINCT unit) FILTER (WHERE stage = 'Rejected' AND reason IS NOT NULL) / COUNT(DISTINCT unit) FILTER (WHERE stage = 'MQL') FROM step`},
	{"MQLs recycled", of(recycled), .15, `SELECT COUNT(DISTINCT unit) FILTER (WHERE stage = 'Recycled' AND reason IS NOT NULL) / COUNT(DISTINCT unit) FILTER (WHERE stage = 'MQL') FROM step`},
	{"SQLs of deals who were never MQL", of(skippedStages), .3, `SELECT AVG(CAST(m.person IS NULL AS INT)) FROM (SELECT DISTINCT f.person FROM first_person AS f INNER JOIN step AS s ON s.unit = f.person AND s.stage = 'SQL') AS q LEFT JOIN mql AS m USING (person)`},
	{"deals that went back a stage", of(stepsBack), .3, `WITH n AS (SELECT unit, MIN(moment) AS moment FROM step WHERE stage = 'Negotiation' AND entity_type = 'opportunity' GROUP BY unit)
		SELECT AVG(CAST(EXISTS (SELECT 1 FROM step AS s WHERE s.unit = n.unit AND s.entity_type = 'opportunity' AND s.stage = 'Proposal' AND s.moment > n.moment) AS INT)) FROM n`},
	{"SALs that went back to MQL", of(backToMQL), .3, `WITH a AS (SELECT unit, MIN(moment) AS moment FROM step WHERE stage = 'SAL' AND entity_type <> 'opportunity' GROUP BY unit)
		SELECT AVG(CAST(EXISTS (SELECT 1 FROM step AS s WHERE s.unit = a.unit AND s.stage = 'MQL' AND s.reason IS NOT NULL AND s.moment > a.moment) AS INT)) FROM a`},
	{"MQLs worked by sales", of(workedMQLs), .05, `SELECT AVG(CAST(EXISTS (SELECT 1 FROM worked AS w WHERE w.person = m.person AND w.moment >= m.moment) AS INT)) FROM mql AS m`},
	{"MQLs called before they were qualified", of(calledTooEarly), .25, `SELECT AVG(CAST(EXISTS (SELECT 1 FROM worked AS w WHERE w.person = m.person AND w.moment < m.moment) AS INT)) FROM mql AS m`},
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

// Every stated rate holds in the written files, give or take what is tolerated.
func TestStatedRatesHold(t *testing.T) {
	directory := t.TempDir()
	if _, err := WriteTables(t.Context(), Company{Seed: 1, Accounts: 4000, Touches: 400_000}, CSV, directory, nil); err != nil {
		t.Fatal(err)
	}
	eng := filesOf(t, directory)
	for _, view := range viewsOfChecks {
		if err := eng.Exec(t.Context(), view); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range checks {
		var measured float64
		if err := eng.Row(t.Context(), "SELECT CAST(("+c.query+") AS DOUBLE)", nil, &measured); err != nil {
			t.Errorf("%s: %v", c.property, err)
			continue
		}
		if measured < c.low() || measured > c.high() {
			t.Errorf("%s: stated %.4f, measured %.4f", c.property, c.stated, measured)
		} else if testing.Verbose() {
			t.Logf("%s: stated %.4f, measured %.4f", c.property, c.stated, measured)
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
	for _, c := range checks {
		fmt.Fprintf(&want, "| %s | %s | %s to %s |\n", c.property, shown(c, c.stated), shown(c, c.low()), shown(c, c.high()))
	}
	if strings.TrimSpace(table) != strings.TrimSpace(want.String()) {
		t.Errorf("the table of rates should be\n%s", want.String())
	}
}

// shown writes shares in percent.
func shown(c check, x float64) string {
	if strings.Contains(c.property, "people on a deal") || strings.Contains(c.property, "days from") {
		return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", x), "0"), ".")
	}
	return strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.3f", 100*x), "0"), ".") + " %"
}
