package parquet

import (
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

var oneLine = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// digit writes a boolean so that it fits Bool and R in {0, 1} alike.
func digit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// others writes the cells of a type that the CSV writer of Arrow has no form for:
// categories, which are dictionaries, by their names, and what nests as JSON, so
// that a file's other columns can be read beside it.
func others(t arrow.DataType, column arrow.Array) ([]string, bool) {
	switch t.ID() {
	case arrow.DICTIONARY, arrow.STRUCT, arrow.MAP, arrow.SPARSE_UNION, arrow.DENSE_UNION, arrow.RUN_END_ENCODED,
		arrow.STRING_VIEW, arrow.BINARY_VIEW, arrow.TIME32, arrow.TIME64, arrow.DURATION,
		arrow.INTERVAL_MONTHS, arrow.INTERVAL_DAY_TIME, arrow.INTERVAL_MONTH_DAY_NANO,
		arrow.DECIMAL32, arrow.DECIMAL64:
	default:
		return nil, false
	}
	cells := make([]string, column.Len())
	for i := range cells {
		if column.IsValid(i) {
			cells[i] = oneLine.Replace(column.ValueStr(i))
		}
	}
	return cells, true
}

func none(schema *arrow.Schema) arrow.RecordBatch {
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	return b.NewRecordBatch()
}
