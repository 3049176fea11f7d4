package report

import (
	"time"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
)

// Training is what a page shows. All strings but Source.Diagram are plain
// text.
type Training struct {
	Category, Name string
	Outcome        string // how it ended: "finished 60 epochs"
	Trouble        bool   // it ended as it should not
	Made           time.Time
	Figures        []Figure // what it came to
	Notes          []string
	Curves         []Curve
	Confusions     []Confusion
	Tensors        []Tensor
	// Gradient says of what the gradients are, or why there are none.
	Gradient string
	Facts    []Facts
	Source   *Source // nil where it is not known
}

// Figure is one number at the top of a page.
type Figure struct {
	Name  string
	Value string
	Of    string // a few words below it: "held out"
}

// Curve is one chart over the epochs.
type Curve struct {
	Name  string
	Lines []Line
	Kept  float64 // the epoch whose parameters were kept; 0 where they are the last
}

// Line is one line of a chart, from left to right. A Y that is not finite is a
// gap.
type Line struct {
	Name string
	Part Part
	X, Y []float64
}

// Part says how a line looks.
type Part uint8

// Lines of a chart.
const (
	Trained Part = iota
	HeldOut
	Steps // means of a few steps each, below the others
)

// Confusion counts, for each class, what it was predicted to be: a row for each
// class and a column for each prediction.
type Confusion struct {
	Of      string // "114 rows held out"
	Classes []string
	Counts  [][]int64
}

// Tensor is one tensor of parameters. Gradient is nil where there is none.
type Tensor struct {
	Name     string
	Shape    []int
	Values   *histogram.Histogram
	Gradient *histogram.Histogram
}

// Facts are names and values under a heading.
type Facts struct {
	Title string
	List  []Fact
}

// Fact is one of Facts.
type Fact struct{ Name, Value string }

// Source is the specification behind a training.
type Source struct {
	Doc     []string // what it says of the training
	File    string   // without a folder
	Text    string
	Diagram string // an svg element, which goes into the page as it is; "" without one
	Caption string // of the diagram, or why there is none
}
