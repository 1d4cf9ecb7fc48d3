package config_test

import (
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tributary-engine/tributary/internal/config"
)

// What the template shows is a configuration: the defaults and examples of all keys are accepted.
func TestTheTemplateIsAConfiguration(t *testing.T) {
	settings := regexp.MustCompile(`(?m)^#([^ \n]|  )`).ReplaceAllString(config.Template(nil, "sales_channels"), "$1")
	if _, err := config.Parse("tributary.yaml", []byte(settings)); err != nil {
		t.Errorf("%v in\n%s", err, settings)
	}
	asItStands, err := config.Parse("tributary.yaml", []byte(config.Template(map[string]string{"journey.lookback_days": "30"})))
	want := config.Default()
	want.Journey.LookbackDays = 30
	if diff := cmp.Diff(want, asItStands); err != nil || diff != "" {
		t.Error(err, diff)
	}
}
