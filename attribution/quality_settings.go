package attribution

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/findings"
	"github.com/tributary-engine/tributary/internal/words"
)

// A setting is a list of words in the configuration. A word that the data does not have is probably
// mistyped.
type setting struct {
	check    string
	key      string // in tributary.yaml
	severity findings.Severity
	nothing  string                     // reads on before the words: "no channel is called"
	words    []string                   // those that the user set: the shipped ones are often not in the data
	data     string                     // the query for the words of the data
	forms    func(word string) []string // in which words are compared; a word of the setting has the first one
}

// settings are the checks of settings. To add one, add it to this list.
func settings(o Options) []setting {
	const channels = `SELECT word FROM words WHERE kind = 'channel'`
	const stages = `SELECT word FROM words WHERE kind = 'stage'`
	const statuses = `SELECT word FROM words WHERE kind = 'status'`
	const history = `SELECT DISTINCT stage FROM stage_history`
	shipped := config.Default()
	list := []setting{
		{"touch_types_unused", "journey.touch_types", findings.Warning, "no touchpoint has the touch_type", o.Journey.TouchTypes,
			`SELECT word FROM words WHERE kind = 'touch_type' AND word <> ''`, plainForm},
		{"responses_unused", "journey.responses", findings.Warning, "no touchpoint has the status", o.Journey.Responses, statuses, plainForm},
		{"not_responses_unused", "journey.not_responses", findings.Warning, "no touchpoint has the status",
			without(o.Journey.NotResponses, contract.NotResponses), statuses, plainForm},
		{"direct_channels_unused", "journey.direct_channels", findings.Warning, "no channel is called",
			without(o.Journey.DirectChannels, shipped.Journey.DirectChannels), channels, plainForm},
		{"sales_channels_unused", "sales_channels", findings.Warning, "no channel is called", o.SalesChannels, channels, plainForm},
		{"provisional_channels_unused", "costs.by_channel", findings.Warning, "no channel is called", o.Costs.Channels(), channels, plainForm},
		{"source_groups_unused", "source_groups", findings.Warning, "no channel is called", namedChannels(o), channels, plainForm},
		{"test_accounts_unused", "people.test_accounts", findings.Warning, "no row has the account", o.People.TestAccounts, // as one of millions, none is near
			`SELECT account_id FROM test_accounts AS t WHERE EXISTS (SELECT 1 FROM accounts AS a WHERE a.account_id = t.account_id)
				OR EXISTS (SELECT 1 FROM people AS p WHERE p.account_id = t.account_id)
				OR EXISTS (SELECT 1 FROM opportunities AS o WHERE o.account_id = t.account_id)`,
			func(id string) []string { return []string{id} }},
		{"own_domains_unused", "people.own_domains", findings.Warning, "no e-mail is at the domain", o.People.OwnDomains,
			`SELECT DISTINCT domain FROM email_facts WHERE domain <> ''`,
			func(domain string) []string { return []string{registrableDomain(domain)} }},
		{"won_stages_unused", "opportunities.won_stages", findings.Warning, "no opportunity has or had the stage",
			without(o.Opportunities.WonStages, shipped.Opportunities.WonStages), stages, plainForm},
		{"lost_stages_unused", "opportunities.lost_stages", findings.Warning, "no opportunity has or had the stage",
			without(o.Opportunities.LostStages, shipped.Opportunities.LostStages), stages, plainForm},
		{"types_unused", "opportunities.types", findings.Warning, "no opportunity has the type",
			without(allWords(o.Opportunities.Types), allWords(contract.OpportunityTypeWords)),
			`SELECT word FROM words WHERE kind = 'opportunity_type'`, typeForms},
	}
	list = append(list, agreedWords(o, shipped)...)
	list = append(list, scopeWords(o)...)
	var spellings, shippedSpellings []string
	for _, s := range o.Funnel {
		spellings = append(spellings, s.Spellings...)
	}
	for _, s := range shipped.Funnel {
		shippedSpellings = append(shippedSpellings, s.Spellings...)
	}
	return append(list, setting{"funnel_spellings_unused", "funnel.stages", findings.Info, "no row of stage_history has the stage",
		without(spellings, shippedSpellings), history, plainForm})
}

// agreedWords returns the checks of the words on which marketing and sales agreed. It leaves out
// the names and spellings of stages, which funnel_stages_unused and funnel_spellings_unused check.
func agreedWords(o Options, shipped config.Job) []setting {
	const history = `SELECT DISTINCT stage FROM stage_history WHERE entity_type IN ('lead', 'contact')`
	outside := func(words, shipped []string) []string {
		return slices.DeleteFunc(without(words, shipped), func(word string) bool { return config.StageOf(o.Funnel, word) >= 0 })
	}
	own, usual := o.Agreed, shipped.Alignment
	const nobody = "no row of stage_history about people has the stage"
	return []setting{
		{"handoff_accepted_unused", "handoff.accepted", findings.Warning, nobody, outside(own.Handoff.Accepted, usual.Handoff.Accepted), history, plainForm},
		{"handoff_rejected_unused", "handoff.rejected", findings.Warning, nobody, outside(own.Handoff.Rejected, usual.Handoff.Rejected), history, plainForm},
		{"handoff_recycled_unused", "handoff.recycled", findings.Warning, nobody, outside(own.Handoff.Recycled, usual.Handoff.Recycled), history, plainForm},
		{"vocabulary_unused", "vocabulary", findings.Warning, nobody,
			outside(slices.Collect(maps.Keys(own.Vocabulary)), slices.Collect(maps.Keys(usual.Vocabulary))), history, plainForm},
		{"response_activities_unused", "service_level.activities", findings.Warning, "no activity has the type",
			without(own.ServiceLevel.Activities, usual.ServiceLevel.Activities), `SELECT word FROM words WHERE kind = 'activity'`, plainForm},
		{"fit_unused", "quality.fit", findings.Warning, "no lead has the fit_grade",
			without(slices.Concat(own.Quality.Fit.Good, own.Quality.Fit.Bad), slices.Concat(usual.Quality.Fit.Good, usual.Quality.Fit.Bad)),
			`SELECT word FROM words WHERE kind = 'fit'`, plainForm},
		{"ratings_unused", "quality.ratings", findings.Warning, "no lead has the sales_rating", slices.Collect(maps.Keys(own.Quality.Ratings)),
			`SELECT word FROM words WHERE kind = 'rating'`, plainForm},
	}
}

// lookForUnusedSettings finds the settings whose words are not in the data.
func lookForUnusedSettings(ctx context.Context, eng *engine.Engine, o Options) ([]findings.Finding, error) {
	var found []findings.Finding
	for _, s := range settings(o) {
		f, err := s.findUnused(ctx, eng)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", s.check, err)
		}
		found = append(found, f)
	}
	stages, err := unusedStages(ctx, eng, o.Funnel)
	return append(found, stages), err
}

// findUnused finds the words of a setting that the data does not have, each with the nearest word
// of the data as its hint.
func (s setting) findUnused(ctx context.Context, eng *engine.Engine) (findings.Finding, error) {
	var data []string
	if len(s.words) > 0 {
		var err error
		if data, err = eng.Texts(ctx, s.data); err != nil {
			return findings.Finding{}, err
		}
	}
	known := map[string]bool{}
	for _, word := range data {
		for _, form := range s.forms(word) {
			known[form] = true
		}
	}
	var unused []string
	for _, word := range s.words {
		if !known[s.forms(word)[0]] {
			unused = append(unused, word)
		}
	}
	return unusedWords(s.check, s.key, s.severity, s.nothing, unused, data), nil
}

// stagesUnused is the check of stages that never occur in stage_history.
const stagesUnused = "funnel_stages_unused"

// unusedStages finds the stages of a configured funnel that should occur in stage_history and do
// not: those whose entries have no other source. Stages of persons are checked only if the history
// has persons, and stages of opportunities only if it has opportunities.
func unusedStages(ctx context.Context, eng *engine.Engine, funnel []config.Stage) (findings.Finding, error) {
	var unused, all []string
	if !reflect.DeepEqual(funnel, config.Default().Funnel) {
		for unit, entities := range map[string]string{config.Person: `'lead', 'contact'`, config.Opportunity: `'opportunity'`} {
			history, err := eng.Texts(ctx, `SELECT DISTINCT stage FROM stage_history WHERE entity_type IN (`+entities+`)`)
			if err != nil {
				return findings.Finding{}, err
			}
			all = append(all, history...)
			entered := set(history)
			for i, s := range funnel {
				if s.Unit != unit || i == 0 || s.At != "" || len(history) == 0 {
					continue
				}
				if !slices.ContainsFunc(append([]string{s.Name}, s.Spellings...), func(word string) bool { return entered[contract.PlainWord(word)] }) {
					unused = append(unused, s.Name)
				}
			}
		}
	}
	return unusedWords(stagesUnused, "funnel.stages", findings.Warning, "no row of stage_history has, under any spelling, the stage", unused, all), nil
}

// mostHinted is the number of words of the data that are searched for a hint.
const mostHinted = 10_000

// unusedWords is the finding about words of a setting.
func unusedWords(check, key string, severity findings.Severity, nothing string, unused, data []string) findings.Finding {
	f := findings.Of(findings.Run, check, severity, int64(len(unused)), "{word|words} of "+key+" {is|are} not in the data")
	slices.Sort(unused)
	for _, word := range unused {
		if len(f.Examples) < findings.MaxExamples && !strings.Contains(word, "@") {
			f.Examples = append(f.Examples, findings.Shortened(word))
		}
	}
	if len(f.Examples) == 0 {
		return f
	}
	if len(data) <= mostHinted {
		f.Hint(data)
	}
	f.Sentence = fmt.Sprintf("`%s`: %s %s", key, nothing, f.Named())
	if more := len(unused) - min(len(f.Examples), findings.MostNamed); more > 0 {
		f.Sentence += ", and " + words.Number(more) + " more"
	}
	return f
}

// namedChannels returns the channels that source_groups names; none if the groups follow from
// sales_channels.
func namedChannels(o Options) []string {
	if len(o.SalesChannels) > 0 {
		return nil
	}
	return o.Agreed.NamedChannels()
}

// without returns the words that are not among the shipped ones, compared in their plain form.
func without(words, shipped []string) []string {
	known := set(shipped)
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool { return known[contract.PlainWord(word)] })
}

func allWords(lists map[string][]string) []string {
	return slices.Concat(slices.Collect(maps.Values(lists))...)
}

func plainForm(word string) []string { return []string{contract.PlainWord(word)} }
