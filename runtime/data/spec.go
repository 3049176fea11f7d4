package data

import "github.com/ctgen-lang/ctgen/runtime"

// Spec is a data declaration: columns of a CSV file, IDX files of a folder, or
// the tokens of a text, bound to the factors of a row.
type Spec struct {
	Name   string // of the declaration: "cohort"
	Format string // "csv", "idx" or "text"
	Path   string // of the file, or of the folder of IDX files, as the spec writes it
	Header Header // of CSV
	Split  [2]int // training and held-out parts, such as {80, 20}; {0, 0} or {1, 0} without a split
	// TestPart is a third part, evaluated once, at the end; 0 without one.
	TestPart int
	// Stratify is the object each of whose classes is split for itself, or "".
	Stratify string
	Columns  []Column

	// Of text: its characters in the order of their tokens, "" for bytes; the
	// one that those outside the alphabet are read as, "" where they are
	// errors; and the tokens from the beginning of a row to that of the next.
	Alphabet, Other string
	Stride          int
	Rows            Rows // what a row is where its one column is a list
}

// Rows says how a text falls into rows whose only column is a list.
type Rows string

const (
	RowsFixed Rows = ""      // a row is as many tokens as the columns hold, Stride apart
	RowsLines Rows = "lines" // a row is a line, without its end
	RowsWhole Rows = "whole" // a row is the whole text, or the part of it that is trained on or held out
)

// Header says what the first record of a file is.
type Header string

const (
	HeaderAuto  Header = ""      // decided from the file, see Table.Header
	HeaderNames Header = "names" // column names
	HeaderSkip  Header = "skip"  // something else that is no data
	HeaderNone  Header = "none"  // data
)

// Column binds consecutive columns of a CSV file, one IDX file, or tokens of a
// text, to one factor of a row. Columns stand in the order of the row's factors.
// Of text, the first begins the row, and each further one ends one token behind
// the one before it.
type Column struct {
	Object      string // name of the object, for messages and for the scaler: "Features"
	Kind        Kind
	First, Last int // of CSV, counted from 1, both included
	// Names are the columns of CSV as the header names them, in the place of
	// First and Last; Shape says how many they are.
	Names       []NameRange
	File        string  // of IDX, inside the folder; the same with or without .gz
	Test        string  // the file with the held-out records, or "": all columns have one, or none
	Shape       []int   // of a record of an IDX file, of columns by name, or of tokens; nil for one number
	Scale       float64 // factor applied to each cell; 0 for none
	Standardize bool    // shift and scale to mean 0, deviation 1 over the training part
	// Range is what the least and the greatest number of the training part become,
	// in the place of mean 0 and deviation 1; {0, 0} for none. With Standardize.
	Range [2]float64
	N     int // of Fin: classes are 0 … N-1
	// Classes are the cells that stand for the classes of Fin in order, for
	// false and true, or for the members of a finite Set in order; nil where
	// cells are numbers.
	Classes []string
	// OneHot makes a cell a number for each of Classes: 1 at its own place, 0
	// elsewhere.
	OneHot bool
	// Set is what cells must lie in after scaling, or, of a standardized
	// column, after standardizing; nil for any finite number.
	Set runtime.Set
}

// Width is the number of values that the column makes of a record.
func (c *Column) Width() int {
	if c.OneHot {
		return len(c.Classes)
	}
	return c.cells()
}

// cells is the number of cells that the column takes from a record of CSV.
func (c *Column) cells() int {
	if c.OneHot {
		return 1
	}
	if c.First > 0 {
		return c.Last - c.First + 1
	}
	n := 1
	for _, d := range c.Shape {
		n *= d
	}
	return n
}

// HasTest reports whether the held-out part lies in files of its own.
func (s *Spec) HasTest() bool { return len(s.Columns) > 0 && s.Columns[0].Test != "" }

// Kind is the carrier of a column's cells.
type Kind uint8

const (
	Real Kind = iota // Values.Real
	Fin              // Values.Fin
	Int              // Values.Int
	Bool             // Values.Bool
)

// Values holds one factor of n rows: n·Width elements, row by row, or lists.
// Exactly the slice that belongs to Kind is set.
type Values struct {
	Object string
	Kind   Kind
	Width  int
	// Step is the number of elements from the beginning of a row to that of
	// the next, in tables whose rows may overlap; 0 where a row begins behind
	// the one before it, as in every batch.
	Step int
	// Starts is where each row begins in Fin, and last where the last one ends,
	// in lists, whose rows differ in length and whose Width is 0; else nil.
	Starts []int
	Real   []float32
	Fin    []int32
	Int    []int64
	Bool   []bool
}

// Batch is n rows, one Values for each factor of a row, in order.
type Batch struct {
	N       int
	Factors []Values

	own [][]int32 // for each factor, the memory of rows that are copied
}
