package diag

// Carriers and shapes.
const (
	// CT0401: carrier does not fit
	//
	// The objects' carriers do not match the scheme of the standard arrow.
	CT0401 Code = "CT0401"

	// CT0402: dimension out of range
	//
	// A dimension is less than 1, or larger than any tensor.
	CT0402 Code = "CT0402"

	// CT0403: inexact quotient
	//
	// A dimension divides with a remainder.
	CT0403 Code = "CT0403"

	// CT0404: not a dimension
	//
	// Something else stands where a dimension is needed.
	CT0404 Code = "CT0404"

	// CT0405: wrong brackets
	//
	// A name takes other brackets than it is given.
	CT0405 Code = "CT0405"

	// CT0406: not an object
	//
	// Something else stands where an object is needed.
	CT0406 Code = "CT0406"

	// CT0407: empty part
	//
	// A field or factor would hold nothing.
	CT0407 Code = "CT0407"

	// CT0408: no tangent
	//
	// The object has no directions, or tangent is taken of no object.
	CT0408 Code = "CT0408"
)
