package attribution

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/tributary-engine/tributary/attribution/credit"
	"github.com/tributary-engine/tributary/internal/engine"
)

// winMeasures are the measures of a customer that are allocated: its unit in millionths, its first
// win, and the kinds of later_sales.
var winMeasures = []string{unitMeasure: "customers", firstWinMeasure: "first_win", "expansion", "renewal", "churn"}

const (
	unitMeasure = int8(iota)
	firstWinMeasure
)

// A customer is an account acquired in the reporting period, by the conversion of its first win.
type customer struct {
	monthsSeen int32
	sales      []laterSale
}

// A laterSale is a sale of a customer after its first win.
type laterSale struct {
	withinMonths int32 // unbounded if later than every bound
	measure      int8  // index in winMeasures
	minor        int64
}

// unbounded means all months after a win.
const unbounded = int32(0)

// A winCell has everything by which the value after the win is grouped, except the model.
type winCell struct {
	channel, monthsSeen, withinMonths int32
	measure                           int8 // index in winMeasures
}

// A winValue allocates the sales of customers after their first win to the touchpoints that earn
// credit for that win: each sale by the weights of the first win, by the allocation rule. It is not
// safe for concurrent use. A nil *winValue allocates nothing.
type winValue struct {
	customers map[int32]*customer // by the conversion of their first win
	models    int
	byCell    map[winCell][]wide // one per model
}

// readCustomers reads the customers of the reporting period and what they bought later.
func readCustomers(ctx context.Context, eng *engine.Engine) (map[int32]*customer, error) {
	found := map[int32]*customer{}
	columns, err := int32Columns(ctx, eng, 2, `SELECT CAST(conversion_key AS INTEGER), months_seen FROM customers WHERE in_period`)
	if err != nil {
		return nil, fmt.Errorf("reading customers: %w", err)
	}
	for i, key := range columns[0] {
		found[key] = &customer{monthsSeen: columns[1][i]}
	}
	err = eng.Stream(ctx, `
		SELECT CAST(s.acquired_key AS INTEGER), COALESCE(s.within_months, 0), s.kind, s.value_minor
		FROM later_sales AS s
		INNER JOIN customers AS k ON k.conversion_key = s.acquired_key AND k.in_period`,
		func(reader array.RecordReader) error {
			for reader.Next() {
				b := reader.RecordBatch()
				kinds, values := b.Column(2).(*array.String), int64s(b, 3)
				for i, key := range int32s(b, 0) {
					found[key].sales = append(found[key].sales, laterSale{int32s(b, 1)[i], int8(slices.Index(winMeasures, kinds.Value(i))), values[i]})
				}
			}
			return reader.Err()
		})
	if err != nil {
		return nil, fmt.Errorf("reading sales after the win: %w", err)
	}
	return found, nil
}

// newWinValue returns a winValue for these customers, which several may share.
func newWinValue(customers map[int32]*customer, models int) *winValue {
	return &winValue{customers: customers, models: models, byCell: map[winCell][]wide{}}
}

// earn allocates the later sales of the customer that a conversion acquired to the touchpoints of its
// journey, under a model with these weights.
func (v *winValue) earn(key int32, c *conversion, model int, steps []step, kinds []kind, weights []uint64, total uint64) {
	if v == nil || c.cell.conversionType != revenue {
		return
	}
	acquired := v.customers[key]
	if acquired == nil {
		return
	}
	acquired.each(c, func(at winCell, value int64) {
		share := credit.NewShare(value, total)
		for i, weight := range weights {
			if weight > 0 {
				at.channel = kinds[steps[i].kind].channel
				v.add(at, model, share.Next(weight))
			}
		}
	})
}

// leave counts them as unattributed, because no touchpoint earns the conversion under the model.
func (v *winValue) leave(key int32, c *conversion, model int) {
	if v == nil || c.cell.conversionType != revenue {
		return
	}
	if acquired := v.customers[key]; acquired != nil {
		acquired.each(c, func(at winCell, value int64) { v.add(at, model, value) })
	}
}

// each calls hand for every measure of a customer: its unit, its first win, and each later sale.
func (a *customer) each(c *conversion, hand func(at winCell, value int64)) {
	at := winCell{channel: unattributed, monthsSeen: a.monthsSeen, measure: unitMeasure}
	hand(at, wholeUnit)
	at.measure = firstWinMeasure
	hand(at, c.valueMinor)
	for _, s := range a.sales {
		at.measure, at.withinMonths = s.measure, s.withinMonths
		hand(at, s.minor)
	}
}

func (v *winValue) add(at winCell, model int, amount int64) {
	sums := v.byCell[at]
	if sums == nil {
		sums = make([]wide, v.models)
		v.byCell[at] = sums
	}
	sums[model].add(amount)
}

// merge adds the sums of another winValue.
func (v *winValue) merge(other *winValue) {
	for at, from := range other.byCell {
		to := v.byCell[at]
		if to == nil {
			v.byCell[at] = from
			continue
		}
		for m := range to {
			to[m].addWide(from[m])
		}
	}
}

var winValueSchema = arrow.NewSchema([]arrow.Field{
	{Name: "model", Type: arrow.BinaryTypes.String}, {Name: "channel_key", Type: arrow.PrimitiveTypes.Int32},
	{Name: "months_seen", Type: arrow.PrimitiveTypes.Int32}, {Name: "within_months", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
	{Name: "measure", Type: arrow.BinaryTypes.String}, {Name: "amount", Type: wideType},
}, nil)

// store makes win_value.
func (v *winValue) store(ctx context.Context, eng *engine.Engine, models []credit.Model) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, winValueSchema)
	defer b.Release()
	for _, at := range slices.SortedFunc(maps.Keys(v.byCell), func(a, b winCell) int {
		return cmp.Or(cmp.Compare(a.channel, b.channel), cmp.Compare(a.monthsSeen, b.monthsSeen), cmp.Compare(a.withinMonths, b.withinMonths), cmp.Compare(a.measure, b.measure))
	}) {
		for m, amount := range v.byCell[at] {
			b.Field(0).(*array.StringBuilder).Append(models[m].Name)
			b.Field(1).(*array.Int32Builder).Append(at.channel)
			b.Field(2).(*array.Int32Builder).Append(at.monthsSeen)
			if within := b.Field(3).(*array.Int32Builder); at.withinMonths == unbounded {
				within.AppendNull()
			} else {
				within.Append(at.withinMonths)
			}
			b.Field(4).(*array.StringBuilder).Append(winMeasures[at.measure])
			appendWide(b, 5, amount)
		}
	}
	return eng.Store(ctx, "win_value", b)
}
