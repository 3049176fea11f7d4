package parquet

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow/csv"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// File is what a Parquet file is read from: its directory stands at its end. An
// *os.File and a *bytes.Reader are one.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
}

// rowsAtOnce is how many rows are held in memory, beside one page of each column.
const rowsAtOnce = 8192

// WriteCSV writes the rows of a Parquet file to w: a header line, then a line for
// each row. Numbers are written in the fewest digits that read back to the same
// bits, booleans as 1 and 0, categories as their names, and what is missing as an
// empty cell. Line breaks within a text become spaces, so that line n+1 is row n.
func WriteCSV(w io.Writer, f File) (err error) {
	// The reader of a malformed file may panic, and a caller is owed an error.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("malformed Parquet file: %v", p)
		}
	}()
	magic := make([]byte, 4)
	if _, err := f.ReadAt(magic, 0); err != nil || string(magic) != "PAR1" {
		return errors.New("not a Parquet file, which would begin with PAR1")
	}
	from, err := file.NewParquetReader(f)
	if err != nil {
		return err
	}
	defer from.Close()
	rows, err := pqarrow.NewFileReader(from, pqarrow.ArrowReadProperties{BatchSize: rowsAtOnce}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	records, err := rows.GetRecordReader(context.Background(), nil, nil)
	if err != nil {
		return err
	}
	defer records.Release()
	out := csv.NewWriter(w, records.Schema(),
		csv.WithHeader(true),
		csv.WithNullWriter(""),
		csv.WithBoolWriter(digit),
		csv.WithStringsReplacer(oneLine),
		csv.WithCustomTypeConverter(others))
	// A file of no rows has a header all the same: a record of none writes it.
	if err := out.Write(none(records.Schema())); err != nil {
		return err
	}
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return out.Error()
}
