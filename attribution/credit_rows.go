package attribution

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// batchRows is how many credit rows are handed over at a time.
const batchRows = 16_384

// creditRows collects the credit of one conversion at a time, all models side by side, and sends it on in record
// batches. A nil *creditRows collects nothing: rows were not asked for.
type creditRows struct {
	models  int
	send    func(arrow.RecordBatch) error
	builder *array.RecordBuilder

	conversion int64
	noValue    bool
	touches    []touchRow
	credits    []credit // one per touch and model
	left       []credit // one per model: what no touch earned
	reason     string   // why; empty if the touches earned all
}

type credit struct{ minor, millionths int64 }

// creditSchema is the shape of the engine's table "credit_rows": one row per conversion and touch of its journey, and one
// per conversion for what no touch earns (touch_key is NULL); per model the money, NULL where the amount is missing, and
// the count credit.
func creditSchema(models []Model) *arrow.Schema {
	fields := []arrow.Field{
		{Name: "conversion_key", Type: arrow.PrimitiveTypes.Int64},
		{Name: "touch_key", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
		{Name: "unattributed_reason", Type: arrow.BinaryTypes.String, Nullable: true},
	}
	for _, m := range models {
		fields = append(fields,
			arrow.Field{Name: m.Name + "_minor", Type: arrow.PrimitiveTypes.Int64, Nullable: true},
			arrow.Field{Name: m.Name + "_millionths", Type: arrow.PrimitiveTypes.Int64})
	}
	return arrow.NewSchema(fields, nil)
}

func newCreditRows(models []Model, send func(arrow.RecordBatch) error) *creditRows {
	return &creditRows{
		models:  len(models),
		send:    send,
		builder: array.NewRecordBuilder(memory.DefaultAllocator, creditSchema(models)),
	}
}

func (r *creditRows) begin(key int64, conv *conversion, touches []touchRow) {
	if r == nil {
		return
	}
	r.conversion, r.noValue, r.touches, r.reason = key, conv.noValue, touches, ""
	r.credits = append(r.credits[:0], make([]credit, len(touches)*r.models)...)
	r.left = append(r.left[:0], make([]credit, r.models)...)
}

// earn records what a touch earns under a model.
func (r *creditRows) earn(model, touch int, minor, millionths int64) {
	if r != nil {
		r.credits[touch*r.models+model] = credit{minor, millionths}
	}
}

// leave records that no touch earns the conversion under a model, and why.
func (r *creditRows) leave(model int, reason string, minor, millionths int64) {
	if r != nil {
		r.left[model], r.reason = credit{minor, millionths}, reason
	}
}

// end adds the conversion's rows to the batch under way.
func (r *creditRows) end() error {
	if r == nil {
		return nil
	}
	for i, t := range r.touches {
		r.builder.Field(1).(*array.Int64Builder).Append(t.key)
		r.builder.Field(2).AppendNull()
		r.append(r.credits[i*r.models : (i+1)*r.models])
	}
	if r.reason != "" {
		r.builder.Field(1).AppendNull()
		r.builder.Field(2).(*array.StringBuilder).Append(r.reason)
		r.append(r.left)
	}
	if r.builder.Field(0).Len() < batchRows {
		return nil
	}
	return r.flush()
}

func (r *creditRows) append(credits []credit) {
	r.builder.Field(0).(*array.Int64Builder).Append(r.conversion)
	for m, c := range credits {
		minor := r.builder.Field(3 + 2*m).(*array.Int64Builder)
		if r.noValue {
			minor.AppendNull()
		} else {
			minor.Append(c.minor)
		}
		r.builder.Field(4 + 2*m).(*array.Int64Builder).Append(c.millionths)
	}
}

// flush sends what the batch under way holds.
func (r *creditRows) flush() error { return r.send(r.builder.NewRecordBatch()) }
