package attribution

import (
	"testing"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
	"github.com/tributary-engine/tributary/internal/stagetest"
)

// A case runs "credit" first, and then the credit of other options over the same people.
func TestRecredit(t *testing.T) {
	models := []credit.Model{firstTouch, linear}
	stagetest.Dir(t, "testdata/recredit", stagetest.Stages{Run: func(t *testing.T, eng *engine.Engine, name string) {
		o := smallOptions(t)
		makes := Recredit
		switch name {
		case "credit":
			makes = Credit
			stagetest.CompleteContract(t, eng, false)
		case "recredit_with_seven_days":
			o.Journey.LookbackDays = 7
		case "recredit_with_roles_alone":
			o.BuyingGroup = "roles"
		}
		if err := makes(t.Context(), eng, models, o, nil); err != nil {
			t.Fatal(err)
		}
	}})
}
