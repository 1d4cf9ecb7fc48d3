// Package contract is the input contract: the tables and columns that a run can read, how their
// cells are typed and stored, the currencies, and the words of CRMs that the program knows without
// configuration.
package contract

import "slices"

// A Kind says how the text of a cell is typed, and what the engine stores.
type Kind int

const (
	ID       Kind = iota // bytes, never trimmed nor folded; VARCHAR
	Text                 // VARCHAR
	Email                // trimmed, lower case; VARCHAR
	Currency             // ISO 4217 code, upper case; VARCHAR
	Instant              // ISO 8601; a bare date stands at 00:00 of its day; TIMESTAMP, UTC
	DayStart             // Instant, and <name>_span_us BIGINT: how long after it the day of a bare date ends; 0 where a time is given
	DayEnd               // ISO 8601; a bare date stands at the last microsecond of its day, and <name>_span_us says how long before it the day began
	Date                 // DATE, never shifted by a zone
	Bool                 // true, false, 1, 0; BOOLEAN
	Money                // plain decimal in the row's currency; <name>_digits BIGINT and <name>_scale TINYINT: digits x 10^-scale
	Micros               // plain decimal of at most six decimals; <name>_micros BIGINT
	Rate                 // plain positive decimal; <name>_digits BIGINT and <name>_scale TINYINT
	Whole                // BIGINT
)

// IsInstant reports whether cells of this kind hold instants, isTime whether they hold instants or
// days.
func (k Kind) IsInstant() bool { return k == Instant || k == DayStart || k == DayEnd }
func (k Kind) IsTime() bool    { return k.IsInstant() || k == Date }

// A Column of a contract table.
type Column struct {
	Name     string
	Kind     Kind
	Required bool     // the header must have it and no cell may be empty
	Allowed  []string // if set, the only values

	SinceEver   bool // of a Date: years before 1990 mean "since ever", and are no sentinels
	StaysEmpty  bool // of a Currency: an empty cell does not mean the reporting currency
	NotNegative bool // of a number: it is not negative
}

// IsAmount reports whether a column holds money.
func (c Column) IsAmount() bool {
	return c.Kind == Money || c.Kind == Micros && (c.Name == "amount" || c.Name == "budget" || c.Name == "reported_value")
}

// A Table of the input contract: docs/input.md describes each for users.
type Table struct {
	Name     string
	IsMain   bool     // at least one of the main tables is given, and one that is given has rows
	Key      []string // empty: rows have no key, and equal rows are different rows
	Columns  []Column
	OneOf    []string // at least one of these columns has a value in every row
	MaxShare float64  // share of rows that may be quarantined before the run is refused
	Streams  bool     // Parquet files are not copied: each query reads from them what it needs
	Without  string   // what cannot be said where it has no row; of optional tables and required ones alike
}

// Tables returns the input contract, in the order in which tables are loaded.
func Tables() []Table {
	return []Table{
		{Name: "accounts", Without: "people cannot be matched to accounts by e-mail domain, and accounts have no names and segments", Key: []string{"account_id"}, MaxShare: 0.01, Columns: []Column{
			{Name: "account_id", Kind: ID, Required: true}, {Name: "name", Kind: Text}, {Name: "domain", Kind: Text},
			{Name: "parent_account_id", Kind: ID}, {Name: "segment", Kind: Text}, {Name: "industry", Kind: Text},
			{Name: "updated_at", Kind: Instant}}},
		{Name: "contacts", Without: "people have no account of their own and no e-mail", Key: []string{"contact_id"}, MaxShare: 0.01, Columns: []Column{
			{Name: "contact_id", Kind: ID, Required: true}, {Name: "account_id", Kind: ID}, {Name: "email", Kind: Email},
			{Name: "persona", Kind: Text}, {Name: "created_at", Kind: DayEnd}, {Name: "updated_at", Kind: Instant}}},
		{Name: "leads", Without: "leads are known only from contacts and stage_history, and opportunities have no recorded lead source", Key: []string{"lead_id"}, MaxShare: 0.01, Columns: []Column{
			{Name: "lead_id", Kind: ID, Required: true}, {Name: "email", Kind: Email}, {Name: "account_id", Kind: ID},
			{Name: "converted_contact_id", Kind: ID}, {Name: "created_at", Kind: DayEnd, Required: true},
			{Name: "source", Kind: Text}, {Name: "owner", Kind: Text}, {Name: "fit_grade", Kind: Text},
			{Name: "interest_score", Kind: Micros}, {Name: "bant_budget", Kind: Text}, {Name: "bant_authority", Kind: Text},
			{Name: "bant_need", Kind: Text}, {Name: "bant_timeframe", Kind: Text}, {Name: "sales_rating", Kind: Text}, {Name: "self_reported_source", Kind: Text},
			{Name: "updated_at", Kind: Instant}}},
		{Name: "account_contacts", Without: "people belong to the accounts of their own records, at all times", MaxShare: 0.01, Columns: []Column{
			{Name: "account_id", Kind: ID, Required: true}, {Name: "contact_id", Kind: ID, Required: true},
			{Name: "starts_on", Kind: Date}, {Name: "ends_on", Kind: Date}}},
		{Name: "account_domains", Without: "each account has only the domain of its own record", MaxShare: 0.01, Columns: []Column{
			{Name: "account_id", Kind: ID, Required: true}, {Name: "domain", Kind: Text, Required: true}}},
		{Name: "identity_map", Without: "anonymous ids are not linked to people, and merged records are not joined", MaxShare: 0.01, Columns: []Column{
			{Name: "from_id", Kind: ID, Required: true}, {Name: "to_id", Kind: ID, Required: true},
			{Name: "kind", Kind: Text, Allowed: []string{"contact", "lead", "anonymous"}},
			{Name: "to_kind", Kind: Text, Allowed: []string{"contact", "lead"}}}},
		{Name: "campaigns", Without: "campaigns have no name and give no channel to their touchpoints and costs", Key: []string{"campaign_id"}, MaxShare: 0.01, Columns: []Column{
			{Name: "campaign_id", Kind: ID, Required: true}, {Name: "name", Kind: Text}, {Name: "channel", Kind: Text},
			{Name: "parent_campaign_id", Kind: ID}, {Name: "starts_on", Kind: Date}, {Name: "ends_on", Kind: Date},
			{Name: "budget", Kind: Micros}, {Name: "currency", Kind: Currency}, {Name: "expected_leads", Kind: Whole},
			{Name: "updated_at", Kind: Instant}}},
		{Name: "touchpoints", Without: "there is nothing to credit: everything is unattributed", IsMain: true, Streams: true, Key: []string{"touch_id"}, MaxShare: 0.01,
			OneOf: []string{"contact_id", "lead_id", "email", "anonymous_id", "account_id"}, Columns: []Column{
				{Name: "touch_id", Kind: ID, Required: true}, {Name: "occurred_at", Kind: Instant, Required: true},
				{Name: "contact_id", Kind: ID}, {Name: "lead_id", Kind: ID}, {Name: "email", Kind: Email},
				{Name: "anonymous_id", Kind: ID}, {Name: "channel", Kind: Text}, {Name: "campaign_id", Kind: ID},
				{Name: "touch_type", Kind: Text}, {Name: "asset", Kind: Text}, {Name: "source", Kind: Text},
				{Name: "medium", Kind: Text}, {Name: "status", Kind: Text}, {Name: "updated_at", Kind: Instant},
				{Name: "account_id", Kind: ID}, {Name: "quantity", Kind: Whole},
				{Name: "referrer", Kind: Text}, {Name: "click_id", Kind: Text}}},
		{Name: "opportunities", Without: "there is no pipeline and no revenue to credit", IsMain: true, Key: []string{"opportunity_id"}, Columns: []Column{
			{Name: "opportunity_id", Kind: ID, Required: true}, {Name: "account_id", Kind: ID}, {Name: "name", Kind: Text},
			{Name: "created_at", Kind: DayEnd}, {Name: "closed_at", Kind: DayEnd},
			{Name: "stage", Kind: Text, Required: true}, {Name: "is_won", Kind: Bool}, {Name: "is_closed", Kind: Bool},
			{Name: "amount", Kind: Money}, {Name: "currency", Kind: Currency}, {Name: "opportunity_type", Kind: Text},
			{Name: "owner", Kind: Text}, {Name: "primary_campaign_id", Kind: ID}, {Name: "competitor", Kind: Text},
			{Name: "loss_reason", Kind: Text}, {Name: "reverses_opportunity_id", Kind: ID},
			{Name: "self_reported_source", Kind: Text}, {Name: "term_months", Kind: Whole},
			{Name: "updated_at", Kind: Instant}}},
		{Name: "opportunity_contacts", Without: "buying groups have no roles: they are all people of the account", MaxShare: 0.01, OneOf: []string{"contact_id", "lead_id"}, Columns: []Column{
			{Name: "opportunity_id", Kind: ID, Required: true}, {Name: "contact_id", Kind: ID},
			{Name: "role", Kind: Text}, {Name: "is_primary", Kind: Bool}, {Name: "lead_id", Kind: ID}}},
		{Name: "crm_influence", Without: "the CRM's own attribution is known only by primary campaigns and lead sources", Key: []string{"influence_id"}, MaxShare: 0.01, OneOf: []string{"share", "amount"}, Columns: []Column{
			{Name: "influence_id", Kind: ID}, {Name: "opportunity_id", Kind: ID, Required: true}, {Name: "campaign_id", Kind: ID, Required: true},
			{Name: "contact_id", Kind: ID}, {Name: "share", Kind: Micros}, {Name: "amount", Kind: Money}, {Name: "currency", Kind: Currency},
			{Name: "role", Kind: Text}, {Name: "updated_at", Kind: Instant}}},
		{Name: "touch_corrections", Without: "touchpoints have the time at which they were recorded", Key: []string{"touch_id"}, MaxShare: 0.01, OneOf: []string{"occurred_at", "dropped"}, Columns: []Column{
			{Name: "touch_id", Kind: ID, Required: true}, {Name: "occurred_at", Kind: Instant}, {Name: "dropped", Kind: Bool}}},
		{Name: "stage_history", Without: "MQL, SAL and SQL are empty, and people become leads when their records are created", MaxShare: 0.01, Columns: []Column{
			{Name: "entity_type", Kind: Text, Required: true, Allowed: []string{"lead", "contact", "opportunity"}},
			{Name: "entity_id", Kind: ID, Required: true}, {Name: "stage", Kind: Text, Required: true},
			{Name: "entered_at", Kind: DayStart, Required: true}, {Name: "owner", Kind: Text}, {Name: "reason", Kind: Text}}},
		{Name: "costs", Without: "costs per unit, ROAS and ROI are empty", OneOf: []string{"campaign_id", "channel"}, Columns: []Column{
			{Name: "starts_on", Kind: Date, Required: true}, {Name: "ends_on", Kind: Date, Required: true},
			{Name: "campaign_id", Kind: ID}, {Name: "channel", Kind: Text},
			{Name: "amount", Kind: Micros, Required: true}, {Name: "currency", Kind: Currency},
			{Name: "impressions", Kind: Whole, NotNegative: true}, {Name: "clicks", Kind: Whole, NotNegative: true},
			{Name: "reported_conversions", Kind: Micros, NotNegative: true}, {Name: "reported_value", Kind: Micros}}},
		{Name: "activities", Without: "the activities of sales are not known", Key: []string{"activity_id"}, MaxShare: 0.01,
			OneOf: []string{"lead_id", "contact_id", "opportunity_id"}, Columns: []Column{
				{Name: "activity_id", Kind: ID, Required: true}, {Name: "occurred_at", Kind: Instant, Required: true},
				{Name: "lead_id", Kind: ID}, {Name: "contact_id", Kind: ID}, {Name: "opportunity_id", Kind: ID},
				{Name: "owner", Kind: Text}, {Name: "activity_type", Kind: Text}, {Name: "outcome", Kind: Text},
				{Name: "updated_at", Kind: Instant}}},
		{Name: "exchange_rates", Without: "only amounts in the reporting currency can be counted", Key: []string{"currency", "effective_on"}, Columns: []Column{
			{Name: "currency", Kind: Currency, Required: true}, {Name: "effective_on", Kind: Date, Required: true, SinceEver: true},
			{Name: "rate", Kind: Rate, Required: true}}},
		{Name: "targets", Without: "nothing is compared with a target", MaxShare: 0.01, Columns: []Column{
			{Name: "period_start", Kind: Date, Required: true}, {Name: "period_end", Kind: Date, Required: true},
			{Name: "metric", Kind: Text, Required: true}, {Name: "amount", Kind: Micros, Required: true}}},
		{Name: "control_totals", Without: "rows and amounts are not compared with those of finance", OneOf: []string{"rows", "amount"}, Columns: []Column{
			{Name: "table", Kind: Text, Required: true, Allowed: controlledTables()},
			{Name: "period_start", Kind: Date, Required: true}, {Name: "period_end", Kind: Date, Required: true},
			{Name: "rows", Kind: Whole}, {Name: "amount", Kind: Money}, {Name: "currency", Kind: Currency, StaysEmpty: true},
			{Name: "tolerance", Kind: Micros}}},
		{Name: "capacity", Without: "nothing is compared with the capacity of sales", MaxShare: 0.01, Columns: []Column{
			{Name: "week", Kind: Date, Required: true}, {Name: "owner", Kind: Text},
			{Name: "leads", Kind: Whole, Required: true}}},
	}
}

// MainTables are those of which at least one is given.
func MainTables() []string {
	var names []string
	for _, t := range Tables() {
		if t.IsMain {
			names = append(names, t.Name)
		}
	}
	return names
}

// Find returns a table of the contract, or nil.
func Find(name string) *Table {
	tables := Tables()
	if i := slices.IndexFunc(tables, func(t Table) bool { return t.Name == name }); i >= 0 {
		return &tables[i]
	}
	return nil
}

// Names returns the names of the tables, in the order of the contract.
func Names() []string {
	var names []string
	for _, t := range Tables() {
		names = append(names, t.Name)
	}
	return names
}

// ColumnNames returns the names of the table's columns, in their order.
func (t Table) ColumnNames() []string {
	var names []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	return names
}
