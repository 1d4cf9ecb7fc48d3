package acceptance

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/tributary-engine/tributary/internal/config"
	"github.com/tributary-engine/tributary/internal/oracle"
)

// What buying_group_sensitivity says of a policy is what a run with that policy says of itself.
func TestSensitivityIsWhatARunWithThePolicySays(t *testing.T) {
	Nightly(t, "many runs")
	t.Parallel()
	differs, worlds := 0, 3
	for i := range worlds {
		world := func() oracle.World { return oracle.Random(rand.New(rand.NewPCG(*seed+uint64(i), 29))) }
		of := map[string]map[string][]Row{} // by policy of the run, then by policy
		for _, policy := range []string{"roles", "roles_else_account", "account", "roles_and_account"} {
			directory := runWorld(t, world(), nil, func(j *config.Job) { j.BuyingGroup = policy })
			of[policy] = map[string][]Row{}
			for _, r := range ReadReport(t, filepath.Join(directory, "reports", "buying_group_sensitivity.csv")) {
				if (r["is_policy_of_the_run"] == "true") != (r["policy"] == policy) {
					t.Errorf("%s: %v", policy, r)
				}
				if r["revenue_difference"] != "0.00" && r["revenue_difference"] != "0" {
					differs++
				}
				name := r["policy"]
				delete(r, "is_policy_of_the_run")
				delete(r, "revenue_difference")
				of[policy][name] = append(of[policy][name], r)
			}
		}
		for policy, reports := range of {
			for name, rows := range reports {
				wantRows(t, fmt.Sprintf("world %d, run with %s, of %s", i, policy, name), rows, of[name][name])
			}
		}
	}
	if differs == 0 {
		t.Error("no policy made a difference: nothing was tested")
	}
}
