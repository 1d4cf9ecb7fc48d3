package contract

import "github.com/apache/arrow-go/v18/arrow"

// Stored is the column of the contract table's view that reports whether a cell is filled.
func (c Column) Stored() string {
	if c.Kind == Money {
		return c.Name + "_minor"
	}
	return c.Fields()[0].Name
}

// Raw is the column of raw_<table> that tells it, before a currency that a row leaves out is filled
// in.
func (c Column) Raw() string { return c.Fields()[0].Name }

// Fields are the storage columns of a contract column.
func (c Column) Fields() []arrow.Field {
	field := func(suffix string, t arrow.DataType) arrow.Field {
		return arrow.Field{Name: c.Name + suffix, Type: t, Nullable: true}
	}
	switch c.Kind {
	case Instant:
		return []arrow.Field{field("", &arrow.TimestampType{Unit: arrow.Microsecond})}
	case DayStart, DayEnd:
		return []arrow.Field{field("", &arrow.TimestampType{Unit: arrow.Microsecond}), field("_span_us", arrow.PrimitiveTypes.Int64)}
	case Date:
		return []arrow.Field{field("", arrow.FixedWidthTypes.Date32)}
	case Bool:
		return []arrow.Field{field("", arrow.FixedWidthTypes.Boolean)}
	case Money, Rate:
		return []arrow.Field{field("_digits", arrow.PrimitiveTypes.Int64), field("_scale", arrow.PrimitiveTypes.Int8)}
	case Micros:
		return []arrow.Field{field("_micros", arrow.PrimitiveTypes.Int64)}
	case Whole:
		return []arrow.Field{field("", arrow.PrimitiveTypes.Int64)}
	}
	return []arrow.Field{field("", arrow.BinaryTypes.String)}
}
