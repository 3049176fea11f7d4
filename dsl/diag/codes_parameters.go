package diag

// Parameters.
const (
	// CT0601: repeated label
	//
	// Two parameters of a composition have one label. Each use of an arrow with
	// parameters is one of its own, labelled by the arrow's name.
	//
	// Remedy: Label one by `as`: `f >> (f as second)`. Where both uses are meant
	// to have the same parameters, merge them by `share (f >> f)`.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A given R
	//	arrow g = f >> f
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A given R
	//	arrow g = f >> (f as again)
	CT0601 Code = "CT0601"

	// CT0602: nothing to share
	//
	// `share` merges the parameters of repeated uses of one arrow, and no arrow
	// with parameters repeats here.
	//
	// Remedy: Leave `share` out, or put it around all of the uses.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A given R
	//	arrow g = share f
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A given R
	//	arrow g = share (f >> f)
	CT0602 Code = "CT0602"

	// CT0603: other parameters
	//
	// The parameters that a composition gathers are not the ones that its
	// declaration names.
	//
	// Remedy: Declare what is gathered; a name that is not declared anywhere else
	// names it.
	//
	// Example:
	//
	//	object A
	//	object V
	//	object W
	//	arrow f: A -> A given V
	//	arrow g: A -> A given W = f
	//
	// Instead:
	//
	//	object A
	//	object V
	//	arrow f: A -> A given V
	//	arrow g: A -> A given V = f
	CT0603 Code = "CT0603"

	// CT0604: nothing is given
	//
	// A declaration has a `given`, and nothing in its body has parameters or
	// leaves a setting open.
	//
	// Remedy: Remove the `given`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow f: A -> A
	//	arrow g: A -> A given W = f
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g: A -> A = f
	CT0604 Code = "CT0604"

	// CT0605: label without parameter
	//
	// `as` labels a term that has no parameter, or several. A label is the name of
	// one.
	//
	// Remedy: Move the label to the one use of an arrow with parameters, or remove
	// it.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = f as first_layer
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A given R
	//	arrow g = f as first_layer
	CT0605 Code = "CT0605"

	// CT0606: other parameters handed on
	//
	// An arrow is given, by name, another object than its parameters are; or the
	// term has no parameter, or several, to be given.
	//
	// Remedy: Give each arrow with parameters its own: `f(x given p)`.
	//
	// Example:
	//
	//	object A
	//	object V
	//	object W
	//	arrow f: A -> A given V
	//	arrow g(a: A) -> A given (w: W) { f(a given w) }
	//
	// Instead:
	//
	//	object A
	//	object V
	//	arrow f: A -> A given V
	//	arrow g(a: A) -> A given (v: V) { f(a given v) }
	CT0606 Code = "CT0606"

	// CT0607: parameters missing
	//
	// A standard arrow with parameters is declared without them.
	//
	// Remedy: Say which object holds them: `given W`.
	//
	// Example:
	//
	//	object A = R[3]
	//	arrow f: A -> A = std.affine
	//
	// Instead:
	//
	//	object A = R[3]
	//	object W = { weight: R[3, 3], bias: R[3] }
	//	arrow f: A -> A given W = std.affine
	CT0607 Code = "CT0607"

	// CT0608: wrong arguments of an initialiser
	//
	// An initialiser has more or fewer arguments than it takes, or one out of
	// range.
	//
	// Remedy: Write them as the message says: `normal(0.1)`, `uniform(-1, 1)`,
	// `constant(1)`; `zeros`, `ones`, `glorot` and `he` take none.
	//
	// Example:
	//
	//	object W = { w: R[3] init normal }
	//
	// Instead:
	//
	//	object W = { w: R[3] init normal(0.1) }
	CT0608 Code = "CT0608"

	// CT0609: initialiser leaves the set
	//
	// The initialiser may give values outside the set of the field.
	//
	// Remedy: Choose one that stays inside, such as `uniform` or `constant`.
	//
	// Example:
	//
	//	object W = { w: R[3] in (0, inf) init zeros }
	//
	// Instead:
	//
	//	object W = { w: R[3] in (0, inf) init ones }
	CT0609 Code = "CT0609"

	// CT0610: unlike parameters of a law
	//
	// The two sides of a law have different parameters. Both are drawn once for a
	// case, so they must be the same, or one side has none.
	//
	// Remedy: Build both sides from arrows with the same parameters in the same
	// order; `as` gives them the same labels.
	//
	// Example:
	//
	//	object A
	//	object V
	//	object W
	//	arrow f: A -> A given V
	//	arrow g: A -> A given W
	//	law   same: f = g
	//
	// Instead:
	//
	//	object A
	//	object V
	//	arrow f: A -> A given V
	//	arrow g: A -> A given V
	//	law   same: f = g
	CT0610 Code = "CT0610"

	// CT0611: parameters not handed on
	//
	// An arrow takes its parameters by name, `given (p: P)`; then every arrow with
	// parameters in its body is handed its own, and one is not.
	//
	// Remedy: Hand them on: `f(a given p)`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow f: A -> A given W
	//	arrow g(a: A) -> A given (w: W) { f(a) }
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow f: A -> A given W
	//	arrow g(a: A) -> A given (w: W) { f(a given w) }
	CT0611 Code = "CT0611"

	// CT0612: handed on outside the named form
	//
	// The declaration names its parameters, `given (p: P)`, and the body is a term
	// of arrows, which cannot speak of them.
	//
	// Remedy: Write the body in the named form and hand them on, or name the
	// gathered parameters as a whole: `given P`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow f: A -> A given W
	//	arrow g: A -> A given (w: W) = f
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow f: A -> A given W
	//	arrow g: A -> A given W = f
	CT0612 Code = "CT0612"

	// CT0613: product of parameters
	//
	// An arrow is given a product. Parameters are one object, whose parts have
	// names: these are the names in checkpoints.
	//
	// Remedy: Declare a record of the parts and give that.
	//
	// Example:
	//
	//	object A
	//	object V
	//	object W
	//	arrow f: A -> A given V * W
	//
	// Instead:
	//
	//	object A
	//	object V
	//	object W
	//	object P = { v: V, w: W }
	//	arrow f: A -> A given P
	CT0613 Code = "CT0613"

	// CT0614: nothing to initialise
	//
	// An initialiser fills a real number or a tensor of them, `seed` a count
	// (`Int`), and the field holds something else.
	//
	// Remedy: Leave it out, or write it on the fields of the record inside.
	//
	// Example:
	//
	//	object V = { w: R[3] }
	//	object W = { v: V init ones }
	//
	// Instead:
	//
	//	object V = { w: R[3] init ones }
	//	object W = { v: V }
	CT0614 Code = "CT0614"

	// CT0615: running statistics of something else
	//
	// A field that says `running` holds statistics that training moves on:
	// numbers without a tangent, which no optimizer touches. They are real,
	// and the word is part of their type, so the type is written beside it.
	//
	// Remedy: Write the carrier itself, `mean: R[8] running`.
	//
	// Example:
	//
	//	object Mean = R[8]
	//	object Norm = { scale: R[8], shift: R[8], mean: Mean running, variance: R[8] running }
	//
	// Instead:
	//
	//	object Norm = { scale: R[8], shift: R[8], mean: R[8] running, variance: R[8] running }
	CT0615 Code = "CT0615"
)
