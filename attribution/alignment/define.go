package alignment

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/words"
)

// define makes the small tables by which the agreement reaches SQL. Words stand in them in the form
// in which words are compared.
func define(ctx context.Context, eng *engine.Engine, o Options) error {
	handoff, level := o.Agreed.Handoff, o.Agreed.ServiceLevel
	var delivered any
	if i := config.StageOf(o.Funnel, handoff.Delivered); i >= 0 {
		delivered = i + 1
	}
	if err := eng.Exec(ctx, `CREATE TABLE handoff_settings AS SELECT
			CAST(? AS INTEGER) AS delivered_position, CAST(? AS BIGINT) AS expires_after_us,
			CAST(? AS BIGINT) AS assignment_us, CAST(? AS BIGINT) AS first_response_us`,
		delivered, handoff.ExpiresAfter.Duration().Microseconds(), level.Assignment.Duration().Microseconds(), level.FirstResponse.Duration().Microseconds(),
	); err != nil {
		return err
	}
	departments := maps.Clone(o.Agreed.Vocabulary)
	for _, stage := range o.Funnel {
		for _, word := range append([]string{stage.Name}, stage.Spellings...) {
			departments[word] = stage.Owner
		}
	}
	outcomes := inEverySpelling(o.Funnel, meanings(map[string][]string{"accepted": handoff.Accepted, "rejected": handoff.Rejected, "recycled": handoff.Recycled}))
	fit := meanings(map[string][]string{"good": o.Agreed.Quality.Fit.Good, "bad": o.Agreed.Quality.Fit.Bad})
	for _, t := range []struct {
		name, column string
		words        map[string]string
	}{
		{"handoff_words", "outcome", outcomes},
		{"vocabulary_words", "department", departments},
		{"response_words", "meaning", meanings(map[string][]string{"response": level.Activities})},
		{"fit_words", "fit", fit},
	} {
		if err := storeMeanings(ctx, eng, t.name, t.column, t.words); err != nil {
			return err
		}
	}
	if err := storeRatings(ctx, eng, o.Agreed.Quality.Ratings); err != nil {
		return err
	}
	if err := eng.Exec(ctx, `CREATE TABLE quality_settings AS SELECT CAST(? AS BIGINT) AS interest_high_micros`, micros(o.Agreed.Quality.Interest.High)); err != nil {
		return err
	}
	return defineDealSizes(ctx, eng, o.Agreed.DealSizes)
}

// meanings turns lists of words by meaning around.
func meanings(lists map[string][]string) map[string]string {
	found := map[string]string{}
	for meaning, words := range lists {
		for _, word := range words {
			found[word] = meaning
		}
	}
	return found
}

// inEverySpelling adds the name and the spellings of every stage that one of the words names: SQL
// accepts, and so does Sales Qualified Lead. A spelling that has a meaning of its own keeps it.
func inEverySpelling(funnel []config.Stage, meanings map[string]string) map[string]string {
	plain := map[string]string{}
	for word, meaning := range meanings {
		plain[contract.PlainWord(word)] = meaning
	}
	all := maps.Clone(plain)
	for _, word := range slices.Sorted(maps.Keys(plain)) {
		i := config.StageOf(funnel, word)
		if i < 0 {
			continue
		}
		for _, spelling := range append([]string{funnel[i].Name}, funnel[i].Spellings...) {
			if _, isGiven := plain[contract.PlainWord(spelling)]; !isGiven {
				all[contract.PlainWord(spelling)] = plain[word]
			}
		}
	}
	return all
}

// micros is a number of at most six decimals in whole millionths.
func micros(number float64) int64 { return int64(math.Round(number * 1_000_000)) }

// storeMeanings makes a table of words in the form in which they are compared, with a meaning.
func storeMeanings(ctx context.Context, eng *engine.Engine, table, column string, meanings map[string]string) error {
	b := engine.NewTable("plain VARCHAR", column+" VARCHAR")
	plain := map[string]string{}
	for word, meaning := range meanings {
		plain[contract.PlainWord(word)] = meaning
	}
	for _, word := range slices.Sorted(maps.Keys(plain)) {
		b.Add(word, plain[word])
	}
	return eng.StoreTable(ctx, table, b)
}

func storeRatings(ctx context.Context, eng *engine.Engine, ratings map[string]float64) error {
	b := engine.NewTable("plain VARCHAR", "rating_micros BIGINT")
	for _, word := range slices.Sorted(maps.Keys(ratings)) {
		b.Add(contract.PlainWord(word), micros(ratings[word]))
	}
	return eng.StoreTable(ctx, "rating_words", b)
}

// defineDealSizes makes deal_size_bands: one row per band, with its position from 0. A size belongs
// to the band whose lower bound it reaches; from_minor is NULL of the lowest band, below_minor of
// the highest.
func defineDealSizes(ctx context.Context, eng *engine.Engine, bounds []int64) error {
	if err := eng.Exec(ctx, `CREATE TABLE deal_size_bands (position INTEGER, band VARCHAR, from_minor BIGINT, below_minor BIGINT)`); err != nil {
		return err
	}
	for i := range len(bounds) + 1 {
		var label []string
		var from, below any
		if i > 0 {
			label, from = append(label, words.Number(bounds[i-1])), bounds[i-1]
		} else {
			label = append(label, "below")
		}
		switch {
		case i == len(bounds):
			label = append(label, "and above")
		case i > 0:
			label, below = append(label, "to below", words.Number(bounds[i])), bounds[i]
		default:
			label, below = append(label, words.Number(bounds[i])), bounds[i]
		}
		if err := eng.Exec(ctx, `INSERT INTO deal_size_bands
			SELECT ?, ?, CAST(? AS BIGINT) * minor_per_unit, CAST(? AS BIGINT) * minor_per_unit FROM settings`,
			i, strings.Join(label, " "), from, below); err != nil {
			return fmt.Errorf("deal sizes: %w", err)
		}
	}
	return nil
}
