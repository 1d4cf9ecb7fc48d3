// Package zone loads time zones from the database that is built into the program, and finds the
// instants at which their days begin.
package zone

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"time"
)

// database is zoneinfo.zip of the Go 1.26 distribution: the IANA time zone database, which is in
// the public domain. Results must not depend on the copy that a machine happens to have.
//
//go:embed zoneinfo.zip
var database []byte

// Load returns an IANA zone. "Local" and "" are none.
func Load(name string) (*time.Location, error) {
	if name == "UTC" {
		return time.UTC, nil
	}
	archive, err := zip.NewReader(bytes.NewReader(database), int64(len(database)))
	if err != nil {
		return nil, fmt.Errorf("reading the time zones: %w", err)
	}
	for _, entry := range archive.File {
		if entry.Name != name || entry.FileInfo().IsDir() {
			continue
		}
		f, err := entry.Open()
		if err != nil {
			return nil, fmt.Errorf("reading the time zone %s: %w", name, err)
		}
		defer f.Close()
		text, err := io.ReadAll(f)
		if err != nil {
			return nil, fmt.Errorf("reading the time zone %s: %w", name, err)
		}
		return time.LoadLocationFromTZData(name, text)
	}
	return nil, fmt.Errorf("%q is not an IANA time zone\nhint: write one such as UTC or Europe/Berlin", name)
}

// StartOfDay returns the first instant of a day of a zone: midnight, the first of two where clocks
// show it twice, and where they skip it the instant to which they jump.
func StartOfDay(year int, month time.Month, day int, z *time.Location) time.Time {
	return At(year, month, day, 0, z)
}

// At returns the instant at which clocks of a zone show a minute of a day, which may be the last
// one, 24:00: the first of two where clocks show it twice, and where they skip it the instant to
// which they jump.
func At(year int, month time.Month, day, minute int, z *time.Location) time.Time {
	clock := time.Date(year, month, day, 0, minute, 0, 0, time.UTC).Unix()
	const farApart, look = 26 * 3600, 6 * 3600 // no zone is further from UTC, none changes its clocks twice between two looks
	first, found := int64(0), false
	for at := clock - farApart; at <= clock+farApart; at += look {
		candidate := clock - offset(at, z)
		if offset(candidate, z) == clock-candidate && (!found || candidate < first) {
			first, found = candidate, true
		}
	}
	if !found {
		// Skipped: the first second at which the clocks show that or a later time.
		before, after := clock-farApart, clock+farApart
		for after-before > 1 {
			if middle := before + (after-before)/2; middle+offset(middle, z) < clock {
				before = middle
			} else {
				after = middle
			}
		}
		first = after
	}
	return time.Unix(first, 0).In(z)
}

func offset(utc int64, z *time.Location) int64 {
	_, east := time.Unix(utc, 0).In(z).Zone()
	return int64(east)
}
