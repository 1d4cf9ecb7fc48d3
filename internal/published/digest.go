package published

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tributary-engine/tributary/internal/failure"
)

// Digest is the SHA-256 of the CSV reports of a run: of one line for each file, in the order of
// their names, as `sha256sum FILES | sha256sum` computes it over reports/NAME.csv. The reports
// findings and data_quality, which also depend on earlier runs, and the data dictionary are not part
// of it.
func Digest(directory string) (string, error) {
	files, err := filepath.Glob(filepath.Join(directory, "reports", "*.csv"))
	if err != nil {
		return "", failure.Errorf(failure.IO, "listing the reports: %w", err)
	}
	slices.Sort(files)
	list := &strings.Builder{}
	for _, file := range files {
		name := filepath.Base(file)
		if name == "findings.csv" || name == "data_quality.csv" || name == "data_dictionary.csv" {
			continue
		}
		digest, err := fileDigest(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(list, "%s  reports/%s\n", digest, name)
	}
	digest := sha256.Sum256([]byte(list.String()))
	return hex.EncodeToString(digest[:]), nil
}

func fileDigest(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", failure.Errorf(failure.IO, "reading a report: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", failure.Errorf(failure.IO, "reading %s: %w", name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
