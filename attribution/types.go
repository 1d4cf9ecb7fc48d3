package attribution

import "github.com/tributary-engine/tributary/internal/config"

// Conversion types, as the engine's tables hold them: those of opportunities, then one per stage of
// persons.
const (
	pipeline = int32(iota)
	revenue
	firstOfPersons
)

// lead is the name of conversions to the first stage of the funnel, whatever the name of the stage.
const lead = "lead"

// conversionTypes are the conversion types as reports call them; a type is its index.
func conversionTypes(funnel []config.Stage) []string {
	names := []string{pipeline: "pipeline", revenue: "revenue"}
	for i, stage := range funnel {
		switch {
		case stage.Unit != config.Person:
		case i == 0:
			names = append(names, lead)
		default:
			names = append(names, stage.ID())
		}
	}
	return names
}
