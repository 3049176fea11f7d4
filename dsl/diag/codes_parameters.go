package diag

// Parameters.
const (
	// CT0601: repeated label
	//
	// Two parameters of a composite have one label.
	CT0601 Code = "CT0601"

	// CT0602: nothing to share
	//
	// Share merges repeated uses of an arrow, and none repeats.
	CT0602 Code = "CT0602"

	// CT0603: other parameters
	//
	// The parameters gathered are not the ones declared.
	CT0603 Code = "CT0603"

	// CT0604: nothing is given
	//
	// The arrow has no parameters or settings to bind.
	CT0604 Code = "CT0604"

	// CT0605: label without parameter
	//
	// `as` labels a term that has no parameter, or several.
	CT0605 Code = "CT0605"

	// CT0606: parameters handed on wrongly
	//
	// An arrow is given other parameters by name than it takes.
	CT0606 Code = "CT0606"

	// CT0607: parameters missing
	//
	// A parametric arrow is declared without them, or with a product.
	CT0607 Code = "CT0607"

	// CT0608: wrong initialiser
	//
	// It is unknown, or its arguments do not fit.
	CT0608 Code = "CT0608"

	// CT0609: initialiser does not apply
	//
	// Its values may leave the field's set, or the field holds no numbers.
	CT0609 Code = "CT0609"
)
