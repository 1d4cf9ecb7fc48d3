package attribution

import (
	"context"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
)

// A policy is a buying group, the run's own or another one, with the revenue credit that the
// primary model would give if it were configured.
type policy struct {
	name    string
	builder journeyBuilder
	credit  *allocator
}

// policyNames are all buying groups.
var policyNames = []string{"roles", "roles_else_account", "account", "roles_and_account"}

// newPolicies makes the policies of a worker; none without models.
func (p *pass) newPolicies(w *worker) []*policy {
	at := slices.IndexFunc(p.models, func(m credit.Model) bool { return m.Name == p.options.Primary })
	if w.credit == nil || at < 0 {
		return nil
	}
	var all []*policy
	for _, name := range policyNames {
		members := *p.groups
		members.steps = buyingGroups[name]
		c := allocator{graceUS: w.credit.graceUS, fromUS: w.credit.fromUS, toUS: w.credit.toUS, calendar: w.credit.calendar, touches: w.credit.touches,
			models: p.models[at : at+1], cube: newCube(1), primary: -1} // revenue by kind is that of the run's own buying group
		if p.scopes != nil {
			c.scopes = p.scopes[at : at+1]
		}
		all = append(all, &policy{name: name, credit: &c,
			builder: journeyBuilder{touches: p.touches, groups: &members, directIsFallback: w.builder.directIsFallback}})
	}
	return all
}

// compare credits a won opportunity under every policy. It defers the opportunity if one of its
// journeys has touchpoints whose order is not known yet.
func (w *worker) compare(key int32) error {
	c := &w.conversions[key]
	if len(w.policies) == 0 || c.opportunity < 0 || c.cell.conversionType != revenue {
		return nil
	}
	source := &w.conversions[c.source]
	if !w.buildPolicies(source) {
		w.uncompared = append(w.uncompared, key)
		return nil
	}
	for _, p := range w.policies {
		reason := credited
		if len(p.builder.steps) == 0 {
			reason = p.builder.reason(source)
		}
		if err := p.credit.add(key, c, source, reason, p.builder.steps); err != nil {
			return err
		}
	}
	return nil
}

// buildPolicies builds the journey under every policy. It returns false if the order of touchpoints
// of the same instant is not known yet, and records them.
func (w *worker) buildPolicies(source *conversion) bool {
	isBuilt := true
	for _, p := range w.policies {
		isBuilt = p.builder.build(source) && isBuilt
	}
	return isBuilt
}

// compareRest compares the deferred opportunities, after the order of touchpoints of the same
// instant is known.
func (p *pass) compareRest() error {
	for _, w := range p.workers {
		rest := w.uncompared
		w.uncompared = nil
		for _, key := range rest {
			if err := w.compare(key); err != nil {
				return err
			}
		}
	}
	return nil
}

// storePolicies makes the engine's tables policies, one row per policy, and policy_credit: the cube
// of won opportunities, with the policy in the place of the model.
func (p *pass) storePolicies(ctx context.Context, eng *engine.Engine) error {
	if err := eng.Exec(ctx, "CREATE TABLE policies (policy VARCHAR, is_of_run BOOLEAN, model VARCHAR)"); err != nil {
		return err
	}
	for _, policy := range p.workers[0].policies {
		if err := eng.Exec(ctx, "INSERT INTO policies VALUES (?, ?, ?)", policy.name, policy.name == p.options.BuyingGroup, p.options.Primary); err != nil {
			return err
		}
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, cubeSchemaOf("policy"))
	defer b.Release()
	for i, merged := range p.workers[0].policies {
		for _, w := range p.workers[1:] {
			merged.credit.cube.merge(w.policies[i].credit.cube)
		}
		merged.credit.cube.append(b, []string{merged.name})
	}
	return eng.Store(ctx, "policy_credit", b)
}
