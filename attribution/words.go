package attribution

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/failure"
)

// A lexicon has the meanings of the words of the data.
type lexicon struct {
	won, lost, notResponse, allowed, reach, direct map[string]bool
	types                                          map[string]string
	stages                                         map[string]int32 // places in the funnel, from 1
	groupOf                                        func(channel string) string
}

func newLexicon(o Options) lexicon {
	l := lexicon{
		won: set(o.Opportunities.WonStages), lost: set(o.Opportunities.LostStages),
		notResponse: set(append(slices.Clone(contract.NotResponses), o.Journey.NotResponses...)),
		allowed:     set(o.Journey.TouchTypes), reach: set(contract.Reach), direct: set(o.Journey.DirectChannels),
		types:  map[string]string{"": "new_business"},
		stages: map[string]int32{}, groupOf: o.Agreed.GroupOf(),
	}
	for _, status := range o.Journey.Responses {
		delete(l.notResponse, contract.PlainWord(status))
	}
	for i, stage := range o.Funnel {
		for _, word := range append([]string{stage.Name}, stage.Spellings...) {
			l.stages[contract.PlainWord(word)] = int32(i + 1)
		}
	}
	for _, spellings := range []map[string][]string{contract.OpportunityTypeWords, o.Opportunities.Types} {
		for kind, words := range spellings {
			for _, word := range words {
				l.types[contract.PlainWord(word)] = kind
			}
		}
	}
	return l
}

func set(words []string) map[string]bool {
	found := map[string]bool{}
	for _, word := range words {
		found[contract.PlainWord(word)] = true
	}
	return found
}

// typeOf maps a CRM's opportunity type; known is false if the type is unknown and becomes "other".
func (l lexicon) typeOf(word string) (mapped string, known bool) {
	for _, form := range typeForms(word) {
		if mapped, known := l.types[form]; known {
			return mapped, true
		}
	}
	return "other", false
}

// typeForms are the forms in which an opportunity type is looked for: as any word, and without
// punctuation.
func typeForms(word string) []string {
	plain := contract.PlainWord(word)
	return []string{plain, strings.NewReplacer("/", "", "&", "", ".", "", ",", "", "(", "", ")", "").Replace(plain)}
}

// defineWords makes the engine's table "words": one row per kind and distinct word of the data,
// with what it means. It returns the opportunity types that had to become "other", which the table
// "unknown_types" has too. When no stage at all is recognised as won or lost, and the data does not
// say itself what is won, it refuses.
func defineWords(ctx context.Context, eng *engine.Engine, o Options) (unknownTypes []string, err error) {
	l := newLexicon(o)
	b := engine.NewTable("kind VARCHAR", "word VARCHAR", "is_won BOOLEAN", "is_lost BOOLEAN", "is_response BOOLEAN", "is_allowed BOOLEAN", "is_direct BOOLEAN",
		"source_group VARCHAR", "opportunity_type VARCHAR", "stage_position INTEGER", "plain VARCHAR") // plain is the form in which words are compared
	err = eng.Each(ctx, queryText("distinct_words"), func(scan engine.Scan) error {
		var kind, word string
		if err := scan(&kind, &word); err != nil {
			return err
		}
		mapped, known := l.typeOf(word)
		if kind == "opportunity_type" && !known {
			unknownTypes = append(unknownTypes, word)
		}
		plain := contract.PlainWord(word)
		var stage any
		if position, known := l.stages[plain]; known {
			stage = position
		}
		isAllowed := len(l.allowed) == 0 && !l.reach[plain] || l.allowed[plain]
		b.Add(kind, word, l.won[plain], l.lost[plain], !l.notResponse[plain], isAllowed, l.direct[plain], l.groupOf(word), mapped, stage, plain)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the words of stages, types, statuses and channels: %w", err)
	}
	if err := eng.StoreTable(ctx, "words", b); err != nil {
		return nil, err
	}
	if err := storeWords(ctx, eng, "unknown_types", "opportunity_type", unknownTypes); err != nil {
		return nil, err
	}
	return unknownTypes, recogniseStages(ctx, eng)
}

// recogniseStages refuses data from which no one can tell what was won.
func recogniseStages(ctx context.Context, eng *engine.Engine) error {
	var undecided, recognised int64
	if err := eng.Row(ctx, `
		SELECT COUNT(CASE WHEN o.is_won IS NULL THEN 1 END), COUNT(CASE WHEN w.is_won OR w.is_lost THEN 1 END)
		FROM opportunities AS o
		INNER JOIN words AS w ON w.kind = 'stage' AND w.word = o.stage`, nil, &undecided, &recognised); err != nil {
		return err
	}
	if undecided == 0 || recognised > 0 {
		return nil
	}
	stages, err := eng.Texts(ctx, `SELECT DISTINCT stage FROM opportunities ORDER BY stage LIMIT 20`)
	if err != nil {
		return err
	}
	for i, stage := range stages {
		stages[i] = strconv.Quote(stage)
	}
	return failure.Errorf(failure.Contract, "opportunities: stage: no stage is known to mean won or lost, and is_won is empty; the stages are %s\nhint: name your stages under opportunities: won_stages and lost_stages, or deliver is_won", strings.Join(stages, ", "))
}
