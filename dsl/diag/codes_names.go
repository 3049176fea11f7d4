package diag

// Names.
const (
	// CT0201: declared twice
	//
	// Two declarations have one name. Objects, arrows, dims, laws, data and
	// training share one namespace.
	//
	// Remedy: Rename one of them, or remove it.
	//
	// Example:
	//
	//	object A
	//	arrow A: R -> R
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> R
	CT0201 Code = "CT0201"

	// CT0202: reserved name
	//
	// A name of the language is declared anew: a carrier such as `R`, a wiring
	// arrow such as `id`, `std`, `inf` or `simplex`.
	//
	// Remedy: Choose another name.
	//
	// Example:
	//
	//	object R
	//
	// Instead:
	//
	//	object Real
	CT0202 Code = "CT0202"

	// CT0203: unknown name
	//
	// Nothing of that name is declared, or nothing of the kind that is needed
	// here. The help names what is spelt alike, if anything is.
	//
	// Remedy: Correct the name, or declare it. Names are case sensitive, and the
	// order of declarations does not matter.
	//
	// Example:
	//
	//	object Probability = R in [0, 1]
	//	arrow squash: R -> Probabilty = std.sigmoid
	//
	// Instead:
	//
	//	object Probability = R in [0, 1]
	//	arrow squash: R -> Probability = std.sigmoid
	CT0203 Code = "CT0203"

	// CT0204: unknown standard arrow
	//
	// The standard library holds no arrow of that name.
	//
	// Remedy: Correct the name. The language's reference lists the standard
	// arrows; any other can be written as equations or in Go.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A = std.tahn
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A = std.tanh
	CT0204 Code = "CT0204"

	// CT0205: other kind of name
	//
	// The name is declared, but as something else than what is needed here: a dim
	// where an object is needed, an object where an arrow is.
	//
	// Remedy: Use something of the right kind, or declare it under a name of its
	// own.
	//
	// Example:
	//
	//	dim D = 2
	//	object B = D
	//
	// Instead:
	//
	//	dim D = 2
	//	object B = R[D]
	CT0205 Code = "CT0205"

	// CT0206: repeated local
	//
	// A local or an input is bound twice, or has the name of an arrow or a dim.
	// Locals are bound once, so that a name means one thing from its line on.
	//
	// Remedy: Give one of the two another name.
	//
	// Example:
	//
	//	object A
	//	arrow f(a: A) -> A {
	//	    a = a
	//	    a
	//	}
	//
	// Instead:
	//
	//	object A
	//	arrow f(a: A) -> A {
	//	    b = a
	//	    b
	//	}
	CT0206 Code = "CT0206"

	// CT0207: cycle
	//
	// A declaration is defined through itself. The message shows the way around.
	//
	// Remedy: Break the cycle: one of the declarations on the way must not need
	// the next.
	//
	// Example:
	//
	//	object A = { b: B }
	//	object B = { a: A }
	//
	// Instead:
	//
	//	object A = { b: B }
	//	object B = { a: R }
	CT0207 Code = "CT0207"

	// CT0208: clash in Go
	//
	// Two names are different here and would be the same in the generated Go,
	// where a name begins with a capital and has no underscores.
	//
	// Remedy: Rename one of them.
	//
	// Example:
	//
	//	object learning_rate
	//	object LearningRate
	//
	// Instead:
	//
	//	object Rate
	//	object LearningRate
	CT0208 Code = "CT0208"

	// CT0209: method meets field
	//
	// An arrow with parameters becomes a method of its parameters, an endo a
	// method of its state, and Go does not let a method have the name of a field.
	//
	// Remedy: Rename the arrow or the field.
	//
	// Example:
	//
	//	object A
	//	object W = { weight: R, bias: R }
	//	arrow bias: A -> A given W
	//
	// Instead:
	//
	//	object A
	//	object W = { weight: R, bias: R }
	//	arrow shift: A -> A given W
	CT0209 Code = "CT0209"

	// CT0210: reserved method
	//
	// A field or an arrow would take the name of a method that every generated
	// type has: String, Error, Format, Validate, MarshalJSON or UnmarshalJSON.
	//
	// Remedy: Choose another name.
	//
	// Example:
	//
	//	object A = { format: R }
	//
	// Instead:
	//
	//	object A = { layout: R }
	CT0210 Code = "CT0210"

	// CT0211: unusable category name
	//
	// The category gives the generated Go package its name and its directory, and
	// Go could not build a package of this name.
	//
	// Remedy: Choose another name. Without a `category` line the name comes from
	// the file's.
	//
	// Example:
	//
	//	category main
	//	object A
	//
	// Instead:
	//
	//	category neuron
	//	object A
	CT0211 Code = "CT0211"

	// CT0212: name without capital
	//
	// The name begins with no letter that has a capital, so Go could not export
	// it.
	//
	// Remedy: Begin the name with a letter of an alphabet that has capitals.
	//
	// Example:
	//
	//	object _
	//
	// Instead:
	//
	//	object A
	CT0212 Code = "CT0212"

	// CT0213: unknown override
	//
	// A dim is set from outside, and the specification declares no dim of that
	// name.
	//
	// Remedy: Correct the name after `--set`, or declare the dim.
	//
	// Construction: a check of `dim Hidden = 3` with Hiden set to 4 from Go. On
	// the command line the same is refused before anything is checked.
	CT0213 Code = "CT0213"

	// CT0214: repeated field
	//
	// A record has two fields of one name, or a record value gives a field twice.
	//
	// Remedy: Rename one of them, or remove it.
	//
	// Example:
	//
	//	object A = { w: R, w: R[2] }
	//
	// Instead:
	//
	//	object A = { w: R, v: R[2] }
	CT0214 Code = "CT0214"

	// CT0215: import of nothing
	//
	// An import leads to no specification: there is no such file, it is a
	// directory, its path is not relative, or it lies outside the Go module of
	// the specification that imports it.
	//
	// Remedy: write the path from this specification to the other, with
	// forward slashes.
	//
	// Example:
	//
	//	import "layrs.cat"
	//	arrow f: layers.Hidden -> R
	//
	// Instead:
	//
	//	import "layers.cat"
	//	arrow f: layers.Hidden -> R
	//	-- layers.cat --
	//	object Hidden = R[3]
	CT0215 Code = "CT0215"
)
