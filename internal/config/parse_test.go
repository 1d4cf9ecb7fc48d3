package config_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/failure"
)

// wrongFiles are files and the whole message that each gets.
var wrongFiles = []struct{ name, file, want string }{
	{"unknown key", "reporting:\n  curency: USD\n", "t.yaml:2:3: reporting.curency: unknown key (did you mean currency?)"},
	{"unknown key, nothing near", "people:\n  zzz: 1\n", "t.yaml:2:3: people.zzz: unknown key (known: contacts_are_leads, join_by_email, own_domains, test_accounts)"},
	{"unknown key, prefix", "journey: {lookback: 30}\n", "t.yaml:1:11: journey.lookback: unknown key (did you mean lookback_days?)"},
	{"fraction for a whole number", "journey:\n  lookback_days: 1.5\n", "t.yaml:2:18: journey.lookback_days: want whole days from 1 to 3650, got the number 1.5"},
	{"octal", "journey:\n  lookback_days: 010\n", "t.yaml:2:18: journey.lookback_days: 010 is not a plain number\nhint: write it in digits such as 10 or 0.5, or quote it when it is text"},
	{"underscores", "journey: {lookback_days: 1_000}\n", "t.yaml:1:26: journey.lookback_days: 1_000 is not a plain number\nhint: write it in digits such as 10 or 0.5, or quote it when it is text"},
	{"out of range", "journey: {lookback_days: 0}\n", "t.yaml:1:26: journey.lookback_days: the number 0 is not whole days from 1 to 3650"},
	{"text for a number", "journey: {lookback_days: \"30\"}\n", `t.yaml:1:26: journey.lookback_days: want whole days from 1 to 3650, got "30"`},
	{"a word that YAML takes for true", "tables: {opportunities: {columns: {amount: {from: A, true: [TRUE]}}}}\n", "t.yaml:1:61: tables.opportunities.columns.amount.true[0]: want a text of at most 1000 characters, got true\nhint: YAML reads this word as true or false; put it in quotes, such as \"TRUE\""},
	{"number for text", "tables: {touchpoints: {columns: {touch_id: 5}}}\n", "t.yaml:1:44: tables.touchpoints.columns.touch_id: want a header, or a mapping with from or value and the format, got the number 5 (text that looks like a number stands in quotes: \"5\")"},
	{"wrong word", "buying_group: role\n", `t.yaml:1:15: buying_group: "role" is not one of roles_else_account, roles, account, roles_and_account (did you mean roles?)`},
	{"currency", "reporting: {currency: usd}\n", `t.yaml:1:23: reporting.currency: "usd" is not an ISO 4217 code such as USD`},
	{"nothing", "tables:\n", "t.yaml:1:1: tables: want a mapping from contract tables to their files, got nothing"},
	{"duplicate key", "primary_model: linear\nmodels: [linear]\nprimary_model: linear\n", "t.yaml:3:1: primary_model: this key stands there twice, first in line 1"},
	{"alias", "models: &all [linear]\nsales_channels: *all\n", "t.yaml:1:9: anchors and aliases are not taken: write the value out, or quote text that begins with & or *"},
	{"tag", "primary_model: !!str linear\n", "t.yaml:1:16: tags are not taken: quote text that begins with !"},
	{"merge key", "people:\n  <<: {join_by_email: true}\n", "t.yaml:2:3: merge keys are not taken: write the keys out"},
	{"number as key", "5: x\n", "t.yaml:1:1: the key 5 is not text\nhint: put it in quotes"},
	{"two documents", "---\nbuying_group: roles\n---\nbuying_group: roles\n", "t.yaml:3:1: one document per file"},
	{"a list", "- x\n", "t.yaml:1:1: want the configuration of Tributary, got a list"},
	{"not YAML", "a: [1\n", "t.yaml:1:4: not YAML: sequence end token ']' not found"},
	{"not UTF-8", "primary_model: linear # caf\xe9\n", "t.yaml:1:28: not UTF-8 text\nhint: save the file as UTF-8"},
	{"depth", "a: " + strings.Repeat("[", 33), "t.yaml:1:36: lists and mappings are nested more than 32 deep"},
	{"depth of rows", strings.Repeat("- ", 40), "t.yaml:1:65: lists and mappings are nested more than 32 deep"},
	{"size", strings.Repeat("# comment\n", 110_000), "t.yaml:1:1: a configuration of more than 1 MiB"},
	{"unknown zone", "reporting: {time_zone: Europe/Berlyn}\n", `t.yaml:1:24: reporting.time_zone: "Europe/Berlyn" is not an IANA time zone
hint: write one such as UTC or Europe/Berlin`},
	{"zone of the machine", "input: {time_zone: Local}\n", `t.yaml:1:20: input.time_zone: "Local" is not an IANA time zone
hint: write one such as UTC or Europe/Berlin`},
	{"no such day", "reporting: {from: 2021-02-29}\n", `t.yaml:1:19: reporting.from: "2021-02-29" is not a date
hint: write one that exists, such as 2020-12-31`},
	{"ends before it begins", "reporting: {from: 2021-02-02, to: 2021-02-01}\n", "t.yaml:1:35: reporting.to: the reporting period ends on 2021-02-01, before it begins on 2021-02-02"},
	{"instant without zone", "as_of: 2020-05-28T00:00:00\n", `t.yaml:1:8: as_of: "2020-05-28T00:00:00" is not a date or an instant with its zone, such as 2020-05-28 or 2020-05-28T00:00:00Z`},
	{"instant that does not exist", "as_of: 2020-05-28T25:00:00Z\n", `t.yaml:1:8: as_of: "2020-05-28T25:00:00Z" is not an instant
hint: write one such as 2020-05-28T00:00:00Z, with Z or an offset, or a date such as 2020-05-28`},
	{"unknown table", "tables: {touchpoint: {file: x.csv}}\n", "t.yaml:1:10: tables.touchpoint: unknown key (did you mean touchpoints?)"},
	{"unknown column", "tables: {touchpoints: {columns: {occured_at: When}}}\n", "t.yaml:1:34: tables.touchpoints.columns.occured_at: touchpoints has no such column (did you mean occurred_at?)"},
	{"file and files", "tables: {touchpoints: {file: a.csv, files: [b.csv]}}\n", "t.yaml:1:24: tables.touchpoints.file: give file or files, not both"},
	{"URL", "tables: {touchpoints: {file: \"https://example.com/a.csv\"}}\n", `t.yaml:1:30: tables.touchpoints.file: "https://example.com/a.csv" is a URL: only local files are read
hint: download the file first`},
	{"leaves the directory", "tables: {touchpoints: {files: [a.csv, ../../etc/passwd]}}\n", `t.yaml:1:39: tables.touchpoints.files[1]: "../../etc/passwd" is outside of the input directory
hint: set input.directory, or give the absolute path`},
	{"from and value", "tables: {touchpoints: {columns: {touch_type: {from: a, value: b}}}}\n", "t.yaml:1:56: tables.touchpoints.columns.touch_type.value: give from or value, not both"},
	{"two marks", "tables: {costs: {columns: {amount: {thousands: \".\"}}}}\n", `t.yaml:1:48: tables.costs.columns.amount.thousands: "." is the decimal mark too
hint: set decimal to the other one`},
	{"total", "custom_models: [{name: a, kind: positional, anchors: {FT: 33.3, LT: 33.3}, middle: 33.3}]\n", "t.yaml:1:54: custom_models[0].anchors: anchors and middle total 99.9 percent, want 100"},
	{"step", "custom_models: [{name: a, kind: positional, anchors: {FT: 33.33, LT: 66.67}}]\n", "t.yaml:1:59: custom_models[0].anchors.FT: the number 33.33 is not a percentage from 0 to 100 of at most one decimal\nt.yaml:1:70: custom_models[0].anchors.LT: the number 66.67 is not a percentage from 0 to 100 of at most one decimal"},
	{"name", "custom_models: [{name: MyModel, kind: time_decay, half_life_days: 7}]\n", `t.yaml:1:24: custom_models[0].name: "MyModel" is not a name of lower-case letters, digits and underscores, such as w_shaped`},
	{"name twice", "custom_models:\n- {name: a, kind: time_decay, half_life_days: 7}\n- {name: a, kind: time_decay, half_life_days: 8}\n", "t.yaml:3:10: custom_models[1].name: a is the name of custom_models[0] too"},
	{"half life", "custom_models: [{name: a, kind: time_decay, half_life_days: 0}]\n", "t.yaml:1:61: custom_models[0].half_life_days: the number 0 is not days above 0, of at most three decimals"},
	{"foreign key", "custom_models: [{name: a, kind: time_decay, middle: 5}]\n", "t.yaml:1:17: custom_models[0]: half_life_days is missing: a time_decay model needs it\nt.yaml:1:45: custom_models[0].middle: a time_decay model has none"},
	{"kind with shares of its own", "custom_models: [{name: a, kind: linear, anchors: {FT: 100}}]\n", "t.yaml:1:41: custom_models[0].anchors: a linear model has none"},
	{"only nothing", "custom_models: [{name: a, kind: linear, only: {}}]\n", "t.yaml:1:47: custom_models[0].only: want a mapping with touch_type, channel, campaign_id, source_group: at least 1, got 0"},
	{"only an unknown key", "custom_models: [{name: a, kind: linear, only: {channels: [Email]}}]\n", "t.yaml:1:48: custom_models[0].only.channels: unknown key (did you mean channel?)"},
	{"only no value", "custom_models: [{name: a, kind: linear, only: {channel: []}}]\n", "t.yaml:1:57: custom_models[0].only.channel: want a list of channels: at least 1, got 0"},
	{"kind", "custom_models: [{name: a, kind: liner}]\n", `t.yaml:1:33: custom_models[0].kind: "liner" is not one of positional, time_decay, first_touch, last_touch, last_non_direct, linear, time_decay_7d, position_based, j_shaped, inverse_j, lead_creation, u_shaped, u_shaped_middle, w_shaped, full_path (did you mean linear?)`},
	{"since last win", "journey: {since_last_win: [expansion, renewals]}\n", `t.yaml:1:39: journey.since_last_win[1]: "renewals" is not one of new_business, expansion, renewal, other (did you mean renewal?)`},
	{"missing keys", "custom_models:\n- anchors: {FT: 100}\n", "t.yaml:2:3: custom_models[0]: name and kind is missing"},
	{"primary model", "primary_model: w_shaped\nmodels: [u_shaped]\n", "t.yaml:1:16: primary_model: w_shaped is not among models: add it there, or name another (did you mean u_shaped?)"},
	{"model twice", "models: [linear, linear]\n", `t.yaml:1:18: models[1]: "linear" stands there twice`},
	{"won and lost", "opportunities: {won_stages: [Done], lost_stages: [Done]}\n", `t.yaml:1:51: opportunities.lost_stages[0]: "Done" stands under won_stages too`},
	{"spelled twice", "opportunities: {types: {expansion: [Cross Sell], renewal: [cross sell]}}\n", `t.yaml:1:60: opportunities.types.renewal[0]: "cross sell" stands under expansion too`},
	{"funnel of deals alone", "funnel: {stages: [{name: deal, unit: opportunity, owner: sales}, {name: won, unit: opportunity, owner: sales}]}\n", "t.yaml:1:38: funnel.stages[0].unit: the first stage is that of a person who becomes a lead"},
	{"stages out of order", "funnel:\n  stages:\n  - {name: lead, unit: person, owner: marketing}\n  - {name: deal, unit: opportunity, owner: sales}\n  - {name: SQL, unit: person, owner: sales}\n", "t.yaml:5:23: funnel.stages[2].unit: stages of persons come before those of opportunities"},
	{"stage twice", "funnel: {stages: [{name: lead, unit: person, owner: sales}, {name: MQL, unit: person, owner: sales, spellings: [LEAD]}]}\n", `t.yaml:1:113: funnel.stages[1].spellings[0]: "LEAD" means the stage lead too`},
	{"stage called as a conversion", "funnel: {stages: [{name: Inquiry, unit: person, owner: sales}, {name: Lead, unit: person, owner: sales}]}\n", "t.yaml:1:71: funnel.stages[1].name: its conversions would be called lead, as those of the first stage, Inquiry, always are (call this one otherwise, and give spellings: [Lead])"},
	{"a stage that is a column", "funnel: {stages: [{name: lead, unit: person, owner: sales}, {name: won, unit: person, owner: sales}]}\n", "t.yaml:1:68: funnel.stages[1].name: reports would call two columns cost_per_won: one of this stage, and its own (call the stage otherwise, and give spellings: [won])"},
	{"a stage that makes a column", "funnel: {stages: [{name: lead, unit: person, owner: sales}, {name: opportunitie, unit: person, owner: sales}]}\n", "t.yaml:1:68: funnel.stages[1].name: reports would call two columns opportunities: one of this stage, and its own (call the stage otherwise, and give spellings: [opportunitie])"},
	{"a stage that makes another's column", "funnel: {stages: [{name: lead, unit: person, owner: sales}, {name: lead all, unit: person, owner: sales}]}\n", "t.yaml:1:68: funnel.stages[1].name: reports would call two columns cost_per_lead_all: one of this stage, and lead (call the stage otherwise, and give spellings: [lead all])"},
	{"MQL first", "funnel: {stages: [{name: MQL, unit: person, owner: sales}, {name: SQL, unit: person, owner: sales}]}\n", "t.yaml:1:26: funnel.stages[0].name: the first stage is where people become leads: everyone with a record enters it, and reports call it leads\nhint: put a stage lead before it"},
	{"won twice", "funnel:\n  stages:\n  - {name: lead, unit: person, owner: sales}\n  - {name: won, unit: opportunity, owner: sales, at: won}\n  - {name: live, unit: opportunity, owner: sales, at: won}\n  - {name: x, unit: opportunity, owner: sales, at: created}\n", "t.yaml:5:55: funnel.stages[2].at: the stage won is entered then too\nt.yaml:6:52: funnel.stages[3].at: an opportunity is created before it enters any other stage: put this one first among its stages"},
	{"person that is won", "funnel: {stages: [{name: lead, unit: person, owner: sales}, {name: MQL, unit: person, owner: sales, at: won}]}\n", "t.yaml:1:101: funnel.stages[1].at: only an opportunity is created or won"},
	{"several, in order, after CRLF", "buying_group: x\r\nreporting:\r\n  tz: UTC\r\n", "t.yaml:1:15: buying_group: \"x\" is not one of roles_else_account, roles, account, roles_and_account\nt.yaml:3:3: reporting.tz: unknown key (known: currency, dimension_values, fiscal_year_starts_in, from, paths, time_zone, to, week_starts_on, weeks)"},
}

func TestWrongFiles(t *testing.T) {
	for _, c := range wrongFiles {
		t.Run(c.name, func(t *testing.T) {
			_, err := config.Parse("t.yaml", []byte(c.file))
			if err == nil {
				t.Fatal("accepted")
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error(diff)
			}
			if failure.CodeOf(err) != failure.Usage {
				t.Errorf("exit code %d", failure.CodeOf(err))
			}
		})
	}
}

func TestManyProblemsAreCounted(t *testing.T) {
	var file strings.Builder
	for i := range 13 {
		file.WriteString("zz" + string(rune('a'+i)) + "zz: 1\n")
	}
	_, err := config.Parse("t.yaml", []byte(file.String()))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 11 || lines[10] != "t.yaml: and 3 more (unknown key: 3)" {
		t.Error(err)
	}
}

func TestDefaults(t *testing.T) {
	for _, text := range []string{"", "# nothing\n", "---\n", "{}\n", "\xef\xbb\xbf# a byte order mark\n", "reporting: {}\npeople: {}\noutput: {}\n"} {
		job, err := config.Parse("t.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if diff := cmp.Diff(config.Default(), job); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
	}
}

func TestExample(t *testing.T) {
	text, err := os.ReadFile("testdata/example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	job, err := config.Parse("example.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2020, 5, 28, 0, 0, 0, 0, time.UTC)
	want := config.Default()
	want.Reporting.Currency, want.Reporting.From, want.Reporting.To = "USD", "2020-01-01", "2020-12-31"
	want.Models = []string{"first_touch", "last_touch", "w_shaped", "my_w", "decay_14d"}
	want.CustomModels = []config.CustomModel{
		{Name: "my_w", Kind: "positional", Anchors: map[string]float64{"FT": 30, "LC": 30, "OC": 30}, Middle: 10},
		{Name: "decay_14d", Kind: "time_decay", HalfLifeDays: 14}}
	want.TimeZone = "America/New_York"
	want.Tables = map[string]config.Sources{
		"touchpoints": {{Files: []string{"CampaignMembers.csv"}, Columns: map[string]config.Column{
			"touch_id": {From: "Id"}, "contact_id": {From: "ContactId"}, "campaign_id": {From: "CampaignId"},
			"occurred_at": {From: "CreatedDate", Format: config.Texts{"%d/%m/%Y %H:%M"}, TimeZone: "Europe/Berlin", LocalTime: "earlier"},
			"touch_type":  {Value: "campaign_member"}}}},
		"opportunities": {{Files: []string{"Opportunitys.csv"}, Delimiter: ";", Columns: map[string]config.Column{
			"opportunity_id": {From: "Id"}, "created_at": {From: "CreatedDate", Format: config.Texts{"%d/%m/%Y"}}, "stage": {From: "StageName"},
			"amount": {From: "Amount", Decimal: ",", Thousands: "."},
			"is_won": {From: "IsWon", True: []string{"1"}, False: []string{"0", ""}}}}}}
	want.Quarantine = map[string]float64{"touchpoints": 0.02}
	want.People = config.People{JoinByEmail: true, OwnDomains: []string{"example.com"}, TestAccounts: []string{"0015000000aaaaa"}}
	want.Journey.TouchTypes, want.Journey.Responses, want.Journey.NotResponses = []string{"campaign_member"}, []string{"Registered"}, []string{"On List"}
	want.Journey.Direct, want.Journey.DirectChannels = "fallback_only", []string{"direct", "(none)"}
	want.Journey.DedupeWindowMinutes, want.Journey.BotBurst = 30, &config.BotBurst{Touches: 20, Seconds: 60}
	want.Opportunities = config.Opportunities{WonStages: []string{"Closed Won"}, LostStages: []string{"Closed Lost"},
		Types: map[string][]string{"expansion": {"Cross Sell", "Add-On"}}}
	want.SalesChannels = []string{"outbound"}
	want.SourceGroups = map[string][]string{"marketing": {"*"}, "sales": {"outbound"}}
	want.Funnel = []config.Stage{
		{Name: "Inquiry", Unit: "person", Owner: "marketing", Spellings: []string{"Lead", "sales qualified lead"}, WithinDays: 90},
		{Name: "MQL", Unit: "person", Owner: "marketing", ExitCriteria: "scored 80 or more", Spellings: []string{"marketing qualified lead", "marketing qualified"}, WithinDays: 90},
		{Name: "SQL", Unit: "person", Owner: "sales", Spellings: []string{"sales qualified"}, WithinDays: 120},
		{Name: "Opportunity", Unit: "opportunity", Owner: "sales", At: "created", Spellings: []string{}, WithinDays: 365},
		{Name: "Proposal", Unit: "opportunity", Owner: "sales", Spellings: []string{}, WithinDays: 365},
		{Name: "Won", Unit: "opportunity", Owner: "sales", At: "won", Spellings: []string{}, WithinDays: 365},
	}
	want.AsOf = &asOf
	if diff := cmp.Diff(want, job); diff != "" {
		t.Error(diff)
	}
}
