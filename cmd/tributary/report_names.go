package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/tributary-engine/tributary/internal/published"
)

// readNames are the names of ids, by column: of ids that have one name, which no other id of the
// answer has. Where the columns were chosen, they are shown as they are.
func (p *reportPage) readNames(ctx context.Context) (map[string]map[string]string, error) {
	names := map[string]map[string]string{}
	if p.reader.isAsTheyAre() {
		return names, nil
	}
	for i, id := range p.header {
		label := slices.Index(p.header, nameOf[id])
		switch {
		case label >= 0:
			pairs := map[string]string{}
			for _, row := range p.rows {
				pairs[row[i].Text] = row[label].Text
			}
			names[id] = unambiguous(pairs)
		case id == "campaign_id" || id == "dimension_value":
			pairs, err := p.reader.campaignNames(ctx)
			if err != nil {
				return nil, err
			}
			names[id] = unambiguous(pairs)
		}
	}
	return names, nil
}

// nameOf are the columns that name the ids of others.
var nameOf = map[string]string{"campaign_id": "campaign_name", "opportunity_id": "opportunity_name", "value": "label", "member": "campaign_name"}

// unambiguous drops the names that several ids have.
func unambiguous(names map[string]string) map[string]string {
	ids := map[string]int{}
	for _, name := range names {
		ids[name]++
	}
	for id, name := range names {
		if ids[name] > 1 {
			delete(names, id)
		}
	}
	return names
}

// campaignNames are the names of the campaigns, as far as the run has the table.
func (r *reportReader) campaignNames(ctx context.Context) (map[string]string, error) {
	names := map[string]string{}
	file := published.TableFile("campaigns")
	if !published.Has(r.directory, file) {
		return names, nil
	}
	_, rows, err := everything(ctx, r.eng, "SELECT campaign_id, name FROM "+published.Rows(r.directory, file)+" WHERE name <> ''")
	if err != nil {
		return nil, fmt.Errorf("reading the names of campaigns: %w", err)
	}
	for _, row := range rows {
		names[row[0].Text] = row[1].Text
	}
	return names, nil
}
