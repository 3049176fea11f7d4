// Package predict is the command line of programs that apply a trained arrow to
// each row of a file, as `ctgen predict` compiles them: rows are read as the data
// declaration says, prepared as the training did, and answered in their order.
package predict
