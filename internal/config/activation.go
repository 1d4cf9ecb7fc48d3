package config

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/tributary-engine/tributary/internal/words"
)

// What activation has where the file says nothing.
const (
	defaultActivationConversion = "revenue"
	defaultClickDays            = 90
)

// Activation names the systems for which a run writes files of credit. A nil target is off.
type Activation struct {
	SalesforceInfluence *SalesforceInfluence `json:"salesforce_influence,omitempty"`
	AccountSources      *AccountSources      `json:"account_sources,omitempty"`
	GoogleAds           *GoogleAds           `json:"google_ads,omitempty"`
}

// IsOn reports whether any file is written.
func (a Activation) IsOn() bool {
	return a != (Activation{})
}

// SalesforceInfluence is records of Salesforce's CampaignInfluence.
type SalesforceInfluence struct {
	Model      string `json:"model,omitempty"`      // empty: the primary model
	Conversion string `json:"conversion,omitempty"` // revenue or pipeline
	ModelID    string `json:"model_id,omitempty"`   // of the influence model in Salesforce; empty: to be filled in

	isOff bool
}

// AccountSources is the first, last and primary source of every account.
type AccountSources struct {
	Model string `json:"model,omitempty"` // empty: the primary model

	isOff bool
}

// GoogleAds is an import of offline conversions into Google Ads.
type GoogleAds struct {
	Model          string `json:"model,omitempty"`      // empty: the primary model
	Conversion     string `json:"conversion,omitempty"` // pipeline, revenue, lead, or a further stage of persons
	ConversionName string `json:"conversion_name"`      // of the conversion action in Google Ads
	TimeZone       string `json:"time_zone,omitempty"`  // empty: the reporting zone
	ClickDays      int    `json:"click_days,omitempty"` // how old a click may be at as-of
}

// UnmarshalJSON takes true, false, or a mapping.
func (s *SalesforceInfluence) UnmarshalJSON(text []byte) error {
	type mapping SalesforceInfluence
	return switchOr(text, &s.isOff, (*mapping)(s))
}

// UnmarshalJSON takes true, false, or a mapping.
func (s *AccountSources) UnmarshalJSON(text []byte) error {
	type mapping AccountSources
	return switchOr(text, &s.isOff, (*mapping)(s))
}

// switchOr decodes a mapping into a target; true leaves it as it is, and false turns it off.
func switchOr(text []byte, isOff *bool, target any) error {
	switch string(bytes.TrimSpace(text)) {
	case "true":
		return nil
	case "false":
		*isOff = true
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(target)
}

// withDefaults returns the targets that are on, with every default filled in except those that follow
// from other keys.
func (a Activation) withDefaults() Activation {
	var on Activation
	if s := a.SalesforceInfluence; s != nil && !s.isOff {
		copied := *s
		if copied.Conversion == "" {
			copied.Conversion = defaultActivationConversion
		}
		on.SalesforceInfluence = &copied
	}
	if s := a.AccountSources; s != nil && !s.isOff {
		copied := *s
		on.AccountSources = &copied
	}
	if s := a.GoogleAds; s != nil {
		copied := *s
		if copied.Conversion == "" {
			copied.Conversion = defaultActivationConversion
		}
		if copied.ClickDays == 0 {
			copied.ClickDays = defaultClickDays
		}
		on.GoogleAds = &copied
	}
	return on
}

// ModelsByKey returns the models that targets name, by the key that names them, and the keys in the
// order of the file.
func (a Activation) ModelsByKey() (keys, models []string) {
	add := func(target, model string) {
		if model != "" {
			keys, models = append(keys, "activation."+target+".model"), append(models, model)
		}
	}
	if a.SalesforceInfluence != nil {
		add("salesforce_influence", a.SalesforceInfluence.Model)
	}
	if a.AccountSources != nil {
		add("account_sources", a.AccountSources.Model)
	}
	if a.GoogleAds != nil {
		add("google_ads", a.GoogleAds.Model)
	}
	return keys, models
}

// checkActivation reports a zone that does not exist, and a conversion that no run has.
func (t *tree) checkActivation(d document) {
	ads := d.Activation.GoogleAds
	if ads == nil {
		return
	}
	t.checkZone(ads.TimeZone, "activation", "google_ads", "time_zone")
	known := []string{"pipeline", "revenue", "lead"}
	for i, stage := range d.Funnel.withDefaults() {
		if stage.Unit == Person && i > 0 {
			known = append(known, stage.ID())
		}
	}
	if ads.Conversion != "" && !slices.Contains(known, ads.Conversion) {
		t.report([]string{"activation", "google_ads", "conversion"}, "wrong value",
			quoted(ads.Conversion)+" is not one of "+listed(known)+words.DidYouMean(ads.Conversion, known))
	}
}
