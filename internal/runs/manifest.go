package runs

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/tributary-engine/tributary/internal/failure"
)

const manifestFile = "manifest.json"

// A Manifest says what a run was made of and what it holds. It has no clock, no host and no path:
// the same inputs, configuration, as-of and version give the same bytes.
type Manifest struct {
	Program           string            `json:"program"`              // version of tributary
	Engines           map[string]string `json:"engines"`              // versions of what computes: duckdb, arrow
	Configuration     string            `json:"configuration_sha256"` // of config.yaml
	AsOf              string            `json:"as_of"`                // RFC 3339, UTC
	ReportingCurrency string            `json:"reporting_currency"`
	Reports           string            `json:"csv_reports_sha256,omitempty"` // published.Digest: one digest of all CSV reports
	CSVRaw            bool              `json:"csv_raw"`                      // text that looks like a formula was left as it is
	Inputs            []Input           `json:"inputs"`
	Totals            []Total           `json:"totals"`
	Checks            []Check           `json:"checks"`
	Overrides         []string          `json:"overrides,omitempty"` // flags that bent the period or the models: no later run is held against this one
	Accepted          []Acceptance      `json:"accepted,omitempty"`  // what gates refused, and a person let pass
	Refused           []string          `json:"refused,omitempty"`   // why the run was not published: codes, with their tables
	Outputs           []Output          `json:"outputs"`             // Publish and Refuse fill them
	SHA256            string            `json:"manifest_sha256"`     // Publish fills it: of the manifest with this field empty
}

// An Input is one file that was read, or the answer of a SELECT over files. RowsIn = Loaded + Quarantined + Deduplicated.
type Input struct {
	Table        string `json:"table"`
	File         string `json:"file"` // as the configuration names it
	SHA256       string `json:"sha256"`
	Bytes        int64  `json:"bytes"`
	RowsIn       int64  `json:"rows_in"`
	Loaded       int64  `json:"loaded"`
	Quarantined  int64  `json:"quarantined"`
	Deduplicated int64  `json:"deduplicated"`

	From []Input `json:"from,omitempty"` // of a SELECT: the files that it read
}

// A Total is what one model made of the conversions of a kind. Amounts and units are exact
// decimals, as JSON numbers; earlier versions wrote them as texts, which can be read too. Total = Attributed + Unattributed.
type Total struct {
	ConversionType    string      `json:"conversion_type"`
	OpportunityType   string      `json:"opportunity_type,omitempty"`
	Model             string      `json:"model"`
	Currency          string      `json:"currency,omitempty"`
	Total             json.Number `json:"total,omitempty"`
	Attributed        json.Number `json:"attributed,omitempty"`
	Unattributed      json.Number `json:"unattributed,omitempty"`
	TotalUnits        json.Number `json:"total_units"`
	AttributedUnits   json.Number `json:"attributed_units"`
	UnattributedUnits json.Number `json:"unattributed_units"`
}

// A Check ran over the results and passed: a run with a failed one is not published.
type Check struct {
	Name    string `json:"name"`
	Promise string `json:"promise"` // what would have been broken
	OK      bool   `json:"ok"`
}

// An Acceptance is what --accept said about a finding that would have refused the run.
type Acceptance struct {
	Code   string `json:"code"`
	Table  string `json:"table"`
	Reason string `json:"reason"`
}

// An Output is one file of the run.
type Output struct {
	Path   string `json:"path"` // within the run, with slashes
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// check refuses what must not be published.
func (m Manifest) check() error {
	for _, c := range m.Checks {
		if !c.OK {
			return failure.Errorf(failure.Check, "the check %s failed: nothing is published", c.Name)
		}
	}
	for _, in := range m.Inputs {
		if in.RowsIn != in.Loaded+in.Quarantined+in.Deduplicated {
			return failure.Errorf(failure.Internal, "%s: %d rows read, but %d loaded, %d quarantined, %d deduplicated",
				in.File, in.RowsIn, in.Loaded, in.Quarantined, in.Deduplicated)
		}
	}
	return nil
}

// encode writes the manifest in its one form, with its own digest.
func (m Manifest) encode() ([]byte, error) {
	m.SHA256 = ""
	plain, err := m.indented()
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(plain)
	m.SHA256 = hex.EncodeToString(digest[:])
	return m.indented()
}

func (m Manifest) indented() ([]byte, error) {
	// An empty list and an absent one are the same manifest.
	m.Inputs, m.Totals, m.Checks = append([]Input{}, m.Inputs...), append([]Total{}, m.Totals...), append([]Check{}, m.Checks...)
	m.Outputs = append([]Output{}, m.Outputs...)
	if m.Engines == nil {
		m.Engines = map[string]string{}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return nil, fmt.Errorf("writing the manifest: %w", err)
	}
	return text.Bytes(), nil
}

// decode reads a manifest and refuses one whose digest is not that of its text. Fields of other
// versions are passed over.
func decode(text []byte) (Manifest, error) {
	var m Manifest
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&m); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return m, errors.New("it is truncated")
		}
		return m, err
	}
	const field = `"manifest_sha256": "`
	at := bytes.LastIndex(text, []byte(field+m.SHA256+`"`))
	if len(m.SHA256) != hex.EncodedLen(sha256.Size) || at < 0 {
		return m, errors.New("it has no digest of its own")
	}
	start, end := at+len(field), at+len(field)+len(m.SHA256)
	if digest := sha256.Sum256(slices.Concat(text[:start], text[end:])); hex.EncodeToString(digest[:]) != m.SHA256 {
		return m, errors.New("it was changed after it was written")
	}
	return m, nil
}
