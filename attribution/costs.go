package attribution

import (
	"context"
	"fmt"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/contract"
	"github.com/tributary-engine/tributary/internal/engine"
)

// defineProvisionalDays makes provisional_days: how many of the newest days up to as-of are not
// final, by channel. Advertising platforms correct the cost and the clicks of their newest days.
func defineProvisionalDays(ctx context.Context, eng *engine.Engine, rules config.CostRules) error {
	plains, days := []string{}, []int32{}
	for _, channel := range rules.Channels() {
		plains, days = append(plains, contract.PlainWord(channel)), append(days, int32(rules.ByChannel[channel]))
	}
	err := eng.Exec(ctx, `
		CREATE OR REPLACE TABLE provisional_days AS
		WITH own AS (
			SELECT UNNEST(lists.plains) AS plain, UNNEST(lists.days) AS days
			FROM (SELECT CAST(? AS VARCHAR[]) AS plains, CAST(? AS INTEGER[]) AS days) AS lists
		)
		SELECT channels.channel_key, COALESCE(own.days, CAST(? AS INTEGER)) AS days
		FROM channels
		LEFT JOIN words ON words.kind = 'channel' AND words.word = channels.channel
		LEFT JOIN own ON own.plain = words.plain`, plains, days, rules.ProvisionalDays)
	if err != nil {
		return fmt.Errorf("defining provisional days: %w", err)
	}
	return nil
}
