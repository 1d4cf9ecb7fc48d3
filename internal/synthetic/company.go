// Package synthetic generates a company of any size, with every table of the input contract. The same
// seed gives the same bytes. It generates one account at a time, and keeps only that in memory.
package synthetic

import (
	"context"
	"math/bits"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/progress"
)

// A Company is what is made up. Two equal ones are the same company, row by row.
type Company struct {
	Seed     uint64
	Accounts int64 // beside the test account
	Touches  int64 // distinct ones: copies come on top
}

// The tables that a company has.
const (
	accountsTable = iota
	contactsTable
	leadsTable
	identityMapTable
	campaignsTable
	touchpointsTable
	opportunitiesTable
	opportunityContactsTable
	stageHistoryTable
	costsTable
	activitiesTable
	exchangeRatesTable
	targetsTable
	capacityTable
	tableCount
)

// filled are the tables that a company has, with the columns that it fills, in the order in which
// rows are written: a column that the contract gets later changes nothing. Its people are each at
// one account, which has one domain, and its finance department keeps no totals.
var filled = [tableCount]struct{ table, columns string }{
	accountsTable:            {"accounts", "account_id name domain parent_account_id segment industry updated_at"},
	contactsTable:            {"contacts", "contact_id account_id email persona created_at updated_at"},
	leadsTable:               {"leads", "lead_id email account_id converted_contact_id created_at source owner fit_grade interest_score bant_budget bant_authority bant_need bant_timeframe sales_rating self_reported_source updated_at"},
	identityMapTable:         {"identity_map", "from_id to_id kind to_kind"},
	campaignsTable:           {"campaigns", "campaign_id name channel parent_campaign_id starts_on ends_on budget currency expected_leads updated_at"},
	touchpointsTable:         {"touchpoints", "touch_id occurred_at contact_id lead_id email anonymous_id channel campaign_id touch_type asset source medium status updated_at"},
	opportunitiesTable:       {"opportunities", "opportunity_id account_id name created_at closed_at stage is_won is_closed amount currency opportunity_type owner primary_campaign_id competitor loss_reason reverses_opportunity_id self_reported_source term_months updated_at"},
	opportunityContactsTable: {"opportunity_contacts", "opportunity_id contact_id role is_primary"},
	stageHistoryTable:        {"stage_history", "entity_type entity_id stage entered_at owner reason"},
	costsTable:               {"costs", "starts_on ends_on campaign_id channel amount currency impressions clicks reported_conversions reported_value"},
	activitiesTable:          {"activities", "activity_id occurred_at lead_id contact_id opportunity_id owner activity_type outcome updated_at"},
	exchangeRatesTable:       {"exchange_rates", "currency effective_on rate"},
	targetsTable:             {"targets", "period_start period_end metric amount"},
	capacityTable:            {"capacity", "week owner leads"},
}

// tables are the tables of the contract that a company has, with the columns that it fills.
func tables() []contract.Table {
	var all []contract.Table
	for _, f := range filled {
		t := *contract.Find(f.table)
		known := t.Columns
		t.Columns = nil
		for name := range strings.FieldsSeq(f.columns) {
			t.Columns = append(t.Columns, known[slices.IndexFunc(known, func(c contract.Column) bool { return c.Name == name })])
		}
		all = append(all, t)
	}
	return all
}

// A sink takes the rows of every table.
type sink interface {
	write(table int, r *record) error
	close(ctx context.Context) error // no row is missing after a close without an error
	abandon()                        // ends what close has not ended
}

// Rows says how many rows a table was given.
type Rows struct {
	Table string
	Rows  int64
}

type generator struct {
	seed      uint64
	company   Company
	calendar  *calendar
	mixture   mixture
	programme programme
	staff     []rep
	tables    []contract.Table
	sink      sink
	row       record // the one being written
	dirt      *draws // what goes wrong with the rows of the account at hand
	rows      [tableCount]int64
	more      [tableCount]int64 // rows beside these, of which none is bad
	bad       [tableCount]int64
	held      heldRow
	touches   *progress.Counter // nil: accounts are counted
	counted   int64             // the number of the touch up to which touches are counted
}

func newGenerator(c Company, to sink) *generator {
	g := &generator{seed: c.Seed, company: c, calendar: newCalendar(), mixture: newMixture(), tables: tables(), sink: to}
	g.row.calendar, g.held.row.calendar = g.calendar, g.calendar
	g.programme = newProgramme(c.Seed, c.Accounts)
	g.staff = newStaff(c)
	g.dirt = stream(c.Seed, 0, ofDirt)
	return g
}

// generate writes the company: what is company-wide first, then account by account.
func (g *generator) generate(ctx context.Context, show *progress.Display) error {
	accounts := g.count(show)
	for _, write := range []func() error{g.writeCampaigns, g.writeCosts, g.writeRates, g.writeTargets, g.writeCapacity, g.writeStaff} {
		if err := write(); err != nil {
			return err
		}
	}
	total, err := g.totalWeight(ctx)
	if err != nil {
		return err
	}
	ofTest := g.company.Touches * int64(testTouches) / int64(whole)
	if err := g.testAccount(ofTest); err != nil {
		return err
	}
	g.reached(ofTest)
	sum, from := int64(0), ofTest
	for number := int64(1); number <= g.company.Accounts; number++ {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		p := g.profile(number)
		sum += p.weight
		until := ofTest + part(g.company.Touches-ofTest, sum, total)
		if err := g.account(ctx, p, from, until); err != nil {
			return err
		}
		g.reached(until)
		accounts.Add(1)
		from = until
	}
	return nil
}

// touchesPerAccount is about how many touches take as long to write as all else that there is of an
// account.
const touchesPerAccount = 25

// count begins to count what most of the work is: touches or, where it returns a counter of them,
// accounts.
func (g *generator) count(show *progress.Display) (accounts *progress.Counter) {
	const stage = "writing a company"
	if g.company.Touches/touchesPerAccount < g.company.Accounts {
		return show.Count(stage, progress.Accounts, g.company.Accounts)
	}
	g.touches = show.Count(stage, progress.Touchpoints, g.company.Touches)
	return nil
}

// reached counts the touches up to this number.
func (g *generator) reached(number int64) {
	g.touches.Add(number - g.counted)
	g.counted = number
}

func (g *generator) totalWeight(ctx context.Context) (total int64, err error) {
	for number := int64(1); number <= g.company.Accounts; number++ {
		if number%4096 == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		total += g.profile(number).weight
	}
	return total, nil
}

// part is n*sum/total, rounded down: cumulative, so that the parts of all accounts are n touches
// exactly.
func part(n, sum, total int64) int64 {
	high, low := bits.Mul64(uint64(n), uint64(sum))
	quotient, _ := bits.Div64(high, low, uint64(total))
	return int64(quotient)
}

// account writes all that there is of one account; its touches have the numbers from+1 to until.
func (g *generator) account(ctx context.Context, p profile, from, until int64) error {
	g.dirt = stream(g.seed, p.number, ofDirt)
	deals := g.dealsOf(p)
	people := g.peopleOf(p, deals)
	d := stream(g.seed, p.number, ofFunnel)
	g.drawCourses(d, people, deals)
	work := g.drawActivities(p, people, deals)
	g.handOver(p, people)
	if err := g.writeAccount(p); err != nil {
		return err
	}
	for i := range people {
		if err := g.writeHistory(p, &people[i]); err != nil {
			return err
		}
	}
	answers := stream(g.seed, p.number, ofAnswers)
	if err := g.writePeople(d, answers, p, people); err != nil {
		return err
	}
	for _, x := range deals {
		if err := g.writeDeal(d, p, x, g.recordedCampaign(d, x, people), answerOf(answers, x, people)); err != nil {
			return err
		}
		if err := g.writeRoles(d, p, x); err != nil {
			return err
		}
	}
	if err := g.writeActivities(p, people, work); err != nil {
		return err
	}
	if err := g.writeTouches(ctx, p, people, deals, from, until); err != nil {
		return err
	}
	return g.release()
}

// recordedCampaign is what a seller names as the campaign of a deal: often one of the channel from
// which its first person came.
func (g *generator) recordedCampaign(d *draws, x deal, people []person) string {
	if x.kind != newBusiness || len(people) == 0 || x.reverses > 0 || !d.chance(recordedCampaigns) {
		return ""
	}
	first := people[x.people[0]]
	at := g.programme.active(d, first.source, first.leadAt.day())
	if at < 0 {
		at = g.programme.active(d, 4+int(d.below(3)), first.leadAt.day()) // a webinar, a fair or a mailing, where the channel has none
	}
	return g.programme.all[at].id
}
