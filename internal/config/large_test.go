package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tributary-engine/tributary/internal/config"
)

// A file of just under 1 MiB is judged in seconds, whatever is in it.
func TestLargeFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("reads a megabyte several times")
	}
	const most = 1 << 20
	fill := func(head, row string) string { return head + strings.Repeat(row, (most-len(head)-8)/len(row)) }
	for name, text := range map[string]string{
		"numbers":   fill("sales_channels: [", "1,") + "1]",
		"texts":     fill("sales_channels: [", "a,") + "a]",
		"rows":      fill("sales_channels:\n", "- {}\n"),
		"keys":      fill("", "a: 1\n"),
		"some keys": strings.Repeat("a: 1\n", 19_999),
		"columns":   fill("tables: {touchpoints: {columns: {", "a: b,") + "}}}",
		"indented":  indented(most),
		"quote":     fill("primary_model: \"", "a\n  "),
		"comments":  fill("", "#\n"),
		"digits":    fill("journey: {lookback_days: ", "9") + "}",
		"name":      fill("", "a"),
	} {
		start := time.Now()
		_, err := config.Parse("t.yaml", []byte(text))
		if d := time.Since(start); d > 5*time.Minute {
			t.Errorf("%s: took %v", name, d)
		}
		if err == nil && name != "comments" {
			t.Errorf("%s: accepted", name)
		}
		if err != nil && len(err.Error()) > 10_000 {
			t.Errorf("%s: a message of %d bytes", name, len(err.Error()))
		}
		t.Log(name, time.Since(start))
	}
}

func indented(most int) string {
	var b strings.Builder
	for depth := 0; b.Len()+depth+8 < most; depth++ {
		b.WriteString(strings.Repeat(" ", depth) + "a:\n")
	}
	return b.String()
}
