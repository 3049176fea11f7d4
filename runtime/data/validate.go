package data

import (
	"errors"
	"io/fs"
	"math"
	"strconv"
)

// Validate reports a spec that no file can satisfy. Generated specs are
// valid; specs made by hand may not be.
func (s *Spec) Validate() error {
	fail := func(message string) error { return errors.New("data " + s.Name + ": " + message) }
	if s.Format != "csv" && s.Format != "idx" && s.Format != "text" {
		return fail("format " + strconv.Quote(s.Format) + " is not known; csv, idx and text are")
	}
	switch s.Header {
	case HeaderAuto, HeaderNames, HeaderSkip, HeaderNone:
	default:
		return fail("header " + strconv.Quote(string(s.Header)) + " is none of names, skip, none")
	}
	if len(s.Columns) == 0 {
		return fail("no column is bound to an object")
	}
	if s.HasTest() && s.Split[1] != 0 {
		return fail("the test files are what is held out, so there is nothing to split")
	}
	if s.TestPart < 0 || s.TestPart > 0 && s.Split[1] == 0 {
		return fail("a test part stands behind one that is held out")
	}
	if (s.TestPart > 0 || s.Stratify != "") && s.Format == "text" {
		return fail("a text is split in two, and not stratified: its rows are not independent of those beside them")
	}
	if s.Split[0] < 0 || s.Split[1] < 0 || s.Split[0] == 0 && s.Split[1] != 0 {
		return fail("the split leaves nothing to train on")
	}
	for i := range s.Columns {
		c := &s.Columns[i]
		message := ""
		switch s.Format {
		case "csv":
			message = c.columnsMessage()
			if len(c.Names) > 0 && message == "" && (s.Header == HeaderNone || s.Header == HeaderSkip) {
				message = "columns are bound by name, and the header is " + string(s.Header)
			}
		case "idx":
			message = c.fileMessage(s.HasTest())
		case "text":
			message = s.tokensMessage(c)
		}
		switch {
		case message != "":
			return fail(c.Object + ": " + message)
		case c.Kind > Bool:
			return fail(c.Object + ": of no kind that a file can hold")
		case c.classesMessage() != "":
			return fail(c.Object + ": " + c.classesMessage())
		case c.Kind == Fin && c.N < 1:
			return fail(c.Object + ": no classes")
		case c.Kind != Real && (c.Standardize || c.Scale != 0):
			return fail(c.Object + ": only real numbers can be scaled or standardized")
		case c.Range != [2]float64{} && (!c.Standardize || !(c.Range[0] < c.Range[1]) || math.IsInf(c.Range[1]-c.Range[0], 0)):
			return fail(c.Object + ": the range is not of two finite numbers, the lower first, of a standardized column")
		case math.IsNaN(c.Scale) || math.IsInf(c.Scale, 0):
			return fail(c.Object + ": the scale is not finite")
		}
	}
	return nil
}

func (c *Column) columnsMessage() string {
	switch {
	case c.File != "" || c.Test != "":
		return "CSV has columns, not files"
	case len(c.Names) > 0:
		return c.namesMessage()
	case c.First < 1 || c.Last < c.First:
		return "columns " + strconv.Itoa(c.First) + ".." + strconv.Itoa(c.Last) + " are no columns; they count from 1"
	case c.Last > maxRecord:
		return "no record has " + strconv.Itoa(c.Last) + " columns"
	}
	return ""
}

func (c *Column) namesMessage() string {
	if c.First != 0 || c.Last != 0 {
		return "columns are bound by name or by number, not by both"
	}
	for _, r := range c.Names {
		if r.From == "" || r.To == "" {
			return "the name of a column is empty"
		}
	}
	return c.shapeMessage()
}

func (c *Column) fileMessage(test bool) string {
	switch {
	case c.First != 0 || c.Last != 0 || c.Names != nil || c.Classes != nil:
		return "IDX has files, not columns"
	case !fs.ValidPath(c.File) || test && !fs.ValidPath(c.Test):
		return "the path of its file does not lead into the folder"
	case (c.Test != "") != test:
		return "all objects have a test file, or none"
	}
	return c.shapeMessage()
}

func (c *Column) shapeMessage() string {
	n := 1
	for _, d := range c.Shape {
		if d < 1 || d > maxCells/n {
			return "no record has such a shape"
		}
		n *= d
	}
	return ""
}

// tokensMessage says what is wrong with a column of text.
func (s *Spec) tokensMessage(c *Column) string {
	if c.First != 0 || c.Last != 0 || c.Names != nil || c.Classes != nil || c.File != "" || c.Test != "" {
		return "text has tokens, neither columns nor files"
	}
	if c.Kind != Fin {
		return "tokens are of kind Fin"
	}
	switch s.Rows {
	case RowsFixed:
		if s.Stride < 1 {
			return "rows lie at least one token apart"
		}
	case RowsLines, RowsWhole:
		if len(s.Columns) > 1 || len(c.Shape) > 0 {
			return "lists stand alone in their rows, and have no shape"
		}
	default:
		return "rows " + strconv.Quote(string(s.Rows)) + " are none of lines, whole"
	}
	alphabet, err := NewAlphabet(s.Alphabet, s.Other)
	if err != nil {
		return err.Error()
	}
	if c.N != alphabet.Size() {
		return "tokens have " + plural(c.N, "value") + ", and the alphabet " + strconv.Itoa(alphabet.Size())
	}
	return c.shapeMessage()
}
