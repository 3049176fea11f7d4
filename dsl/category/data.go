package category

import "github.com/ctgen-lang/ctgen/dsl/diag"

// Data is a data declaration: columns of a file, files of a folder, or the
// tokens of a text, bound to objects.
type Data struct {
	Name    string
	Doc     []string
	Span    diag.Span
	Type    *Type // the product that one row is
	Format  string
	Path    string // of the file, or of the folder of idx files; relative to the spec
	Columns []Column
	Split   [2]int // training and held-out parts; {1, 0} without a split, also where test files hold the second
	// TestPart is a third part, evaluated once, at the end; 0 without one.
	TestPart int
	Stratify *Type     // the object each of whose classes is split for itself, or nil
	Header   string    // "", names, skip, none
	Text     *TextForm // how a text is read; nil for other formats
}

// TextForm says how a text becomes rows. A row is a stretch of tokens: its first
// factor begins it, and each further one ends one token behind the one before.
// Or it is one list of tokens.
type TextForm struct {
	Alphabet string // token k is its k-th character; "": tokens are bytes
	Other    string // the character that those outside the alphabet are read as; "": they are errors
	Stride   int    // tokens from the beginning of a row to that of the next; 0 where Rows says what a row is
	Rows     string // of lists: RowsLines, RowsWhole, or "" where a list has Length tokens
	Length   int    // of every list; 0 where they differ, or rows are no lists
}

// What a row of text is that is a list of no given length.
const (
	RowsLines = "lines" // a line, without its end
	RowsWhole = "whole" // the text, or the part that is trained on or held out
)

// InLists reports whether a row of d is a list.
func (d *Data) InLists() bool { return d.Type.Carrier().Kind == List }

// Column binds consecutive columns, counted from 1, or one file, to one factor
// of a row. Factors of a text are bound by their order alone.
type Column struct {
	Object       *Type
	First, Last  int           // of csv by number, else 0
	Names        []ColumnNames // of csv by the header, else nil
	Classes      []string      // the cells that stand for the classes, truth values or members of the object, in order; nil: cells are numbers
	OneHot       bool          // a cell becomes as many numbers as there are Classes: 1 at its own place, 0 elsewhere
	File         string        // inside the folder
	Test         string        // the file with the held-out records, or ""; all columns of a declaration have one, or none
	Scale        float64       // 0: none
	Standardized bool
	Range        [2]float64 // the least and the greatest number of the training part are scaled to; {0, 0}: none
	Span         diag.Span
}

// Fitted reports whether the column is shifted and scaled by numbers that are
// taken from the training part.
func (c *Column) Fitted() bool { return c.Standardized || c.Range != [2]float64{} }

// ColumnNames is the columns from the one of the first name to the one of the
// second, which are the same for one column.
type ColumnNames struct{ From, To string }

// Train is a training declaration.
type Train struct {
	Name  string
	Doc   []string
	Span  diag.Span
	Step  *Arrow
	On    *Data
	Batch int // 0: the whole training part
	// MicroBatch, if not 0, is how many examples of a batch a step takes at once:
	// it gathers the gradients of such parts before it moves parameters.
	MicroBatch int
	Epochs     int
	Metrics    []Metric
	// Patience, if not 0, is after how many epochs without a better figure of
	// what is held out training stops; MinDelta by how much it must be better.
	Patience int
	MinDelta float64
	Watch    string // the figure: "" or loss, or a metric as Title writes it
	Keep     string // best, last or "": the best with patience
	// Settings are the values of the step's open settings, in the order of
	// Step.Open.
	Settings []TrainSetting
	// Measure is the differentiated arrow of the step (its diagram ends in
	// the loss); Predict is its diagram up to the wires that enter the last
	// arrow, which is what a metric reads.
	Measure *Diagram
	Predict *Diagram
}

// TrainSetting is what a training gives an open setting of its step: one
// value, or a schedule from the step count, or from that and the number of all
// steps, to the setting's object.
type TrainSetting struct {
	Value    float64
	Schedule *Arrow // nil: Value
}

// Metric is a reported figure: accuracy, top_k(3), f1(macro) of predict, or the
// mean of an arrow of the specification over the rows.
type Metric struct {
	Name    string
	K       int    // of top_k
	Average string // "", macro or micro: of precision, recall and f1
	Of      *Arrow // `accuracy of predict`, or nil
	// Own is the arrow that the metric is the mean of, else nil. It takes what
	// enters the measured diagram's last arrow, or else, if OfRow, a row.
	Own   *Arrow
	OfRow bool
	Span  diag.Span
}
