package config_test

import (
	"strings"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
)

func TestWrongCampaignFields(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`campaign_fields: '^(?P<region>[A-Z+_'`, `t.yaml:1:18: campaign_fields: "^(?P<region>[A-Z+_" is not a pattern of RE2: missing closing ]`},
		{`campaign_fields: '^(?P<region>\d+)(?=x)'`, "is not a pattern of RE2"},
		{"\ncampaign_fields: '^([A-Z]+)_'", `t.yaml:2:18: campaign_fields: "^([A-Z]+)_" has no named group`},
		{"campaign_fields: '^(?P<Region>[A-Z]+)_'", `the group "Region" is not lower_snake_case`},
		{"campaign_fields: '^(?P<channel>[A-Z]+)_'", `the group "channel" has the name of a dimension`},
		{"campaign_fields: '^(?P<campaign_level_1>[A-Z]+)_'", `the group "campaign_level_1" has the name of a dimension`},
		{"campaign_fields: '^(?P<a>x)(?P<a>y)'", `the group "a" is there twice`},
		{"campaign_field: x", "did you mean campaign_fields?"},
		{"reporting: {dimension_values: 0}", "reporting.dimension_values: the number 0 is not a whole number from 1 to 10000"},
		{"reporting: {dimension_values: 10001}", "is not a whole number from 1 to 10000"},
	} {
		if _, err := config.Parse("t.yaml", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", c.text, err, c.want)
		}
	}
	job, err := config.Parse("t.yaml", []byte(`campaign_fields: '^(?P<region>[A-Z]+)_(?:\d+)'`))
	if err != nil || job.CampaignFields != `^(?P<region>[A-Z]+)_(?:\d+)` {
		t.Errorf("%q, %v", job.CampaignFields, err)
	}
}
