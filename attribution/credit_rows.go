package attribution

import (
	"slices"

	"github.com/tributary-engine/tributary/attribution/credit"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// batchRows is how many credit rows are handed over at a time.
const batchRows = 16_384

// creditRows collects the credit of one conversion at a time, with a column for each model, and
// sends it on in record batches. A nil *creditRows collects nothing; it is used if credit rows are
// not wanted.
type creditRows struct {
	models  int
	send    func(arrow.RecordBatch) error
	builder *array.RecordBuilder

	touches *touches

	conversion int32
	noValue    bool
	steps      []step
	credits    []share // one per touch and model
	left       []share // one per model: what no touch earned
	reasons    []int8  // one per model: why; credited if the touches earned all
}

type share struct{ minor, millionths int64 }

// creditSchema is the schema of the engine's view "credit_rows": one row per conversion and
// touchpoint of its journey, by position, from 0, and after these one row per conversion and reason
// of unattributed credit. It has the money (NULL if the amount is missing) and the count credit of
// each model.
func creditSchema(models []credit.Model) *arrow.Schema {
	fields := []arrow.Field{
		{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64},
		{Name: "position", Type: arrow.PrimitiveTypes.Int32},
		{Name: "touch_row", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "occurred_us", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
		{Name: "campaign_key", Type: arrow.PrimitiveTypes.Int32},
		{Name: "match_method", Type: arrow.BinaryTypes.String, Nullable: true},
		{Name: "unattributed_reason", Type: arrow.BinaryTypes.String, Nullable: true},
	}
	for _, m := range models {
		fields = append(fields,
			arrow.Field{Name: m.Name + "_minor", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
			arrow.Field{Name: m.Name + "_millionths", Type: arrow.PrimitiveTypes.Int64})
	}
	return arrow.NewSchema(fields, nil)
}

// creditColumns is the number of columns before those of the models.
const creditColumns = 8

func newCreditRows(models []credit.Model, touches *touches, send func(arrow.RecordBatch) error) *creditRows {
	return &creditRows{
		models:  len(models),
		touches: touches,
		send:    send,
		builder: array.NewRecordBuilder(memory.DefaultAllocator, creditSchema(models)),
	}
}

func (r *creditRows) begin(key int32, conv *conversion, steps []step) {
	if r == nil {
		return
	}
	r.conversion, r.noValue, r.steps = key, conv.noValue, steps
	r.credits = slices.Grow(r.credits[:0], len(steps)*r.models)[:len(steps)*r.models]
	clear(r.credits)
	r.left = slices.Grow(r.left[:0], r.models)[:r.models]
	clear(r.left)
	r.reasons = r.reasons[:0]
	for range r.models {
		r.reasons = append(r.reasons, credited)
	}
}

// earn records the credit of a touchpoint under a model.
func (r *creditRows) earn(model, touch int, minor, millionths int64) {
	if r != nil {
		r.credits[touch*r.models+model] = share{minor, millionths}
	}
}

// leave records that the conversion is unattributed under a model, and why.
func (r *creditRows) leave(model int, reason int8, minor, millionths int64) {
	if r != nil {
		r.left[model], r.reasons[model] = share{minor, millionths}, reason
	}
}

// end adds the rows of the conversion to the current batch.
func (r *creditRows) end() error {
	if r == nil {
		return nil
	}
	for i, s := range r.steps {
		k := &r.touches.kinds[s.kind]
		r.builder.Field(1).(*array.Int32Builder).Append(int32(i))
		r.builder.Field(2).(*array.Int64Builder).Append(int64(s.row))
		r.builder.Field(3).(*array.Int64Builder).Append(s.us)
		r.builder.Field(4).(*array.Int32Builder).Append(k.channel)
		r.builder.Field(5).(*array.Int32Builder).Append(k.campaign)
		r.builder.Field(6).(*array.StringBuilder).Append(matchMethods[s.method])
		r.builder.Field(7).AppendNull()
		r.append(r.credits[i*r.models : (i+1)*r.models])
	}
	position := len(r.steps)
	for m, reason := range r.reasons {
		if reason != credited && !slices.Contains(r.reasons[:m], reason) {
			r.appendLeft(reason, position)
			position++
		}
	}
	if r.builder.Field(0).Len() < batchRows {
		return nil
	}
	return r.flush()
}

// appendLeft adds the row of a reason. Models without unattributed credit of this reason have 0.
func (r *creditRows) appendLeft(reason int8, position int) {
	r.builder.Field(1).(*array.Int32Builder).Append(int32(position))
	for _, column := range []int{2, 3, 6} {
		r.builder.Field(column).AppendNull()
	}
	r.builder.Field(4).(*array.Int32Builder).Append(unattributed)
	r.builder.Field(5).(*array.Int32Builder).Append(unattributed)
	r.builder.Field(7).(*array.StringBuilder).Append(Reasons[reason])
	left := slices.Clone(r.left)
	for m, other := range r.reasons {
		if other != reason {
			left[m] = share{}
		}
	}
	r.append(left)
}

func (r *creditRows) append(credits []share) {
	r.builder.Field(0).(*array.Int64Builder).Append(int64(r.conversion))
	for m, c := range credits {
		minor := r.builder.Field(creditColumns + 2*m).(*array.Int64Builder)
		if r.noValue {
			minor.AppendNull()
		} else {
			minor.Append(c.minor)
		}
		r.builder.Field(creditColumns + 1 + 2*m).(*array.Int64Builder).Append(c.millionths)
	}
}

// flush sends the current batch.
func (r *creditRows) flush() error { return r.send(r.builder.NewRecordBatch()) }
