package diag

// Data and training.
const (
	// CT0901: unknown entry
	//
	// A data or training declaration has no row or entry of that name.
	//
	// Remedy: Correct the name. A row of data is named after its object; a
	// training declaration has step, on, batch, epochs, report, and the settings
	// that its step leaves open.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A:     column 1
	//	    spilt: 80 / 20
	//	}
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A:     column 1
	//	    split: 80 / 20
	//	}
	CT0901 Code = "CT0901"

	// CT0902: entry twice
	//
	// A row, an entry or a metric is written twice.
	//
	// Remedy: Remove one of them.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A: column 1
	//	    A: column 2
	//	}
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 1 }
	CT0902 Code = "CT0902"

	// CT0903: columns do not fit
	//
	// The columns bound to an object are more or fewer than the numbers that it
	// holds, run backwards, or are not counted from 1.
	//
	// Remedy: Bind as many columns as the object has numbers; the help says which
	// would fit.
	//
	// Example:
	//
	//	object V = R[3]
	//	data d: V from csv "v.csv" { V: columns 1..4 }
	//
	// Instead:
	//
	//	object V = R[3]
	//	data d: V from csv "v.csv" { V: columns 1..3 }
	CT0903 Code = "CT0903"

	// CT0904: row missing
	//
	// A part of a row is bound to no columns, or to no file.
	//
	// Remedy: Add a row for it; the help shows one.
	//
	// Example:
	//
	//	object A
	//	object B
	//	data d: A * B from csv "ab.csv" { A: column 1 }
	//
	// Instead:
	//
	//	object A
	//	object B
	//	data d: A * B from csv "ab.csv" {
	//	    A: column 1
	//	    B: column 2
	//	}
	CT0904 Code = "CT0904"

	// CT0905: wrong split
	//
	// A split has two parts, for training and held out, or a third one for a test at
	// the end, each a whole number from 1 to 1000000. It is stratified by an object of
	// the row that has one class for each: a Fin, a Bool or a finite set. A text is
	// split in two and not stratified.
	//
	// Remedy: Write the parts: `split: 80 / 20`, `split: 70 / 15 / 15` or
	// `split: 80 / 20 stratified by Digit`.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A:     column 1
	//	    split: 100 / 0
	//	}
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A:     column 1
	//	    split: 80 / 20
	//	}
	CT0905 Code = "CT0905"

	// CT0906: unknown data format
	//
	// Data in this format cannot be read.
	//
	// Remedy: Convert the data; the help names the formats.
	//
	// Example:
	//
	//	object A
	//	data d: A from xls "a.xls" { A: column 1 }
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 1 }
	CT0906 Code = "CT0906"

	// CT0907: step and data do not fit
	//
	// What the step takes is not what a row of the data is.
	//
	// Remedy: Declare the data over the objects that the step takes, in their
	// order.
	//
	// Example:
	//
	//	object A
	//	object B
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: B from csv "b.csv" { B: column 1 }
	//	train fit {
	//	    step: step
	//	    on:   d
	//	}
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit {
	//	    step: step
	//	    on:   d
	//	}
	CT0907 Code = "CT0907"

	// CT0908: entry missing
	//
	// A training declaration names no step or no data, or gives no value to a
	// setting that its step leaves open.
	//
	// Remedy: Add the entry.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 1 }
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	train fit { step: step }
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 1 }
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	train fit {
	//	    step: step
	//	    on:   d
	//	}
	CT0908 Code = "CT0908"

	// CT0909: wrong value of an entry
	//
	// An entry of a data or training declaration has a value that it cannot have.
	//
	// Remedy: Write a value as the message says.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A:      column 1
	//	    header: first
	//	}
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    A:      column 1
	//	    header: names
	//	}
	CT0909 Code = "CT0909"

	// CT0910: metric does not fit
	//
	// A metric is taken of something that it does not measure: each says what
	// prediction and what target it needs.
	//
	// Remedy: Choose a metric that fits the loss, or say of which arrow it is
	// taken: `report: accuracy of predict`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit {
	//	    step:   step
	//	    on:     d
	//	    report: accuracy
	//	}
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit {
	//	    step: step
	//	    on:   d
	//	}
	CT0910 Code = "CT0910"

	// CT0911: row without shape
	//
	// A row of data is a product of distinct, named objects of fixed size, and
	// this is not: an object has no name, stands twice, holds a list, or is
	// nothing that a file of this format holds. A row of text is a product of
	// tokens, where names do not matter, or one list of tokens.
	//
	// Remedy: Declare an object for each part, under a name of its own.
	//
	// Example:
	//
	//	object A
	//	data d: A * A from csv "a.csv" { A: column 1 }
	//
	// Instead:
	//
	//	object A
	//	object B = A
	//	data d: A * B from csv "a.csv" {
	//	    A: column 1
	//	    B: column 2
	//	}
	CT0911 Code = "CT0911"

	// CT0912: preprocessing does not apply
	//
	// Columns are scaled or standardized whose object is no measured quantity, or
	// whose set the result would leave.
	//
	// Remedy: Leave it out, or use an object without a set.
	//
	// Example:
	//
	//	object Digit = Fin[10]
	//	data d: Digit from csv "d.csv" { Digit: column 1 standardized }
	//
	// Instead:
	//
	//	object Digit = Fin[10]
	//	data d: Digit from csv "d.csv" { Digit: column 1 }
	CT0912 Code = "CT0912"

	// CT0913: columns and files mixed up
	//
	// csv binds columns, idx binds files, and text binds its tokens by the order
	// of the objects alone.
	//
	// Remedy: Bind as the format asks; the help shows the row.
	//
	// Example:
	//
	//	object Image = R[784]
	//	data d: Image from idx "mnist" { Image: columns 1..784 }
	//
	// Instead:
	//
	//	object Image = R[784]
	//	data d: Image from idx "mnist" { Image: file "train-images-idx3-ubyte" }
	CT0913 Code = "CT0913"

	// CT0914: unknown metric
	//
	// There is no metric of that name, or what is reported is no name.
	//
	// Remedy: Correct the name; the help says what is spelt alike.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit {
	//	    step:   step
	//	    on:     d
	//	    report: perplexty
	//	}
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit {
	//	    step:   step
	//	    on:     d
	//	    report: perplexity
	//	}
	CT0914 Code = "CT0914"

	// CT0915: unusable path
	//
	// A path is empty, or a file of a folder of data is not inside it.
	//
	// Remedy: Write the path, with `/` between names. The files of a folder are
	// named from the folder on, without `..`.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "" { A: column 1 }
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 1 }
	CT0915 Code = "CT0915"

	// CT0916: two ways of holding out
	//
	// What is held out of training comes from test files for all parts of a row,
	// or from a split: here some parts have a test file and some have none, or
	// there is a split besides.
	//
	// Remedy: Give all rows a test file and remove the split, or keep the split
	// and no test file.
	//
	// Example:
	//
	//	object A
	//	data d: A from idx "a" {
	//	    A:     file "train" test "test"
	//	    split: 80 / 20
	//	}
	//
	// Instead:
	//
	//	object A
	//	data d: A from idx "a" { A: file "train" test "test" }
	CT0916 Code = "CT0916"

	// CT0917: alphabet does not fit
	//
	// Tokens of a text are bytes, `Fin[256]`, or the characters of an alphabet,
	// each of which stands in it once, and of which there are as many as the
	// tokens have values. All tokens of a row are of one alphabet.
	//
	// Remedy: Give the token as many values as there are characters, or list the
	// characters; the help says how many there are.
	//
	// Example:
	//
	//	object Token = Fin[3]
	//	data d: Token * Token from text "genome.txt" { alphabet: "ACGT" }
	//
	// Instead:
	//
	//	object Token = Fin[4]
	//	data d: Token * Token from text "genome.txt" { alphabet: "ACGT" }
	CT0917 Code = "CT0917"

	// CT0918: arrow is no schedule
	//
	// A setting is given an arrow that does not lead from the step count to the
	// setting's object. The step count is an object over Int, alone or with a
	// second one: the number of steps that the training makes in all. A schedule
	// takes no parameters and always has a result.
	//
	// Remedy: Declare an arrow between these objects; `std.cosine`,
	// `std.one_cycle` and others are schedules.
	//
	// Example:
	//
	//	object A
	//	object W
	//	object Rate = R in (0, inf)
	//	object Time = R in [0, inf)
	//	arrow fall: Time -> Rate { means y = 1 / (1 + x) }
	//	arrow loss: A -> R given W
	//	endo  step on W given Rate = grad loss >> sgd
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit { step: step, on: d, rate: fall }
	//
	// Instead:
	//
	//	object A
	//	object W
	//	object Rate = R in (0, inf)
	//	object Step = Int
	//	arrow fall: Step -> Rate = std.step_decay(rate: 0.1, every: 100)
	//	arrow loss: A -> R given W
	//	endo  step on W given Rate = grad loss >> sgd
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit { step: step, on: d, rate: fall }
	CT0918 Code = "CT0918"

	// CT0919: nothing held out
	//
	// When to stop and what to keep goes by a figure of rows that training does
	// not see, and the data holds none out.
	//
	// Remedy: Give the data a split, or test files.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit { step: step, on: d, patience: 5 }
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1, split: 80 / 20 }
	//	train fit { step: step, on: d, patience: 5 }
	CT0919 Code = "CT0919"

	// CT0920: names without a header
	//
	// Columns are bound by their names in the header, and the data is said to
	// have no header, or one that is skipped.
	//
	// Remedy: Remove the row `header`, or bind the columns by number.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    header: none
	//	    A:      column "a"
	//	}
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" {
	//	    header: none
	//	    A:      column 1
	//	}
	CT0920 Code = "CT0920"

	// CT0921: class names do not fit
	//
	// The values of an object are named that has none to name, or there are more
	// or fewer names than values, or two values have one name.
	//
	// Remedy: Name every value once: those of `Fin[k]` in order, false and true of
	// `Bool`, the members of a finite set from the smallest. `one_hot` names the
	// k places of a `R[k]`.
	//
	// Example:
	//
	//	object Species = Fin[3]
	//	data d: Species from csv "iris.csv" { Species: column 5 classes "setosa", "virginica" }
	//
	// Instead:
	//
	//	object Species = Fin[3]
	//	data d: Species from csv "iris.csv" { Species: column 5 classes "setosa", "versicolor", "virginica" }
	CT0921 Code = "CT0921"

	// CT0922: training without loss
	//
	// The step of a training makes no gradient, so there is no loss to report, to
	// stop by, or to tell one epoch from the next.
	//
	// Remedy: Train a step that is a gradient followed by an optimizer. A step of
	// another kind runs from Go, by its trainer.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow follow: A -> W given W
	//	endo  step on W = follow
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit { step: step, on: d }
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	data d: A from csv "a.csv" { A: column 1 }
	//	train fit { step: step, on: d }
	CT0922 Code = "CT0922"
)
