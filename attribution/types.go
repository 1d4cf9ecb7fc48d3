package attribution

// Conversion types, as the engine's tables hold them.
const (
	pipeline = int32(iota)
	revenue
)

// ConversionTypes are the conversion types as reports call them; a type is its index.
var ConversionTypes = []string{pipeline: "pipeline", revenue: "revenue"}
