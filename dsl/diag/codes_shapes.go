package diag

// Carriers and shapes.
const (
	// CT0401: carrier does not fit
	//
	// The objects' carriers do not match the scheme of the standard arrow. A
	// scheme such as `R[..t, i] -> R[..t, ..o]` names dimensions, and one name
	// stands for one number; the message says which two objects make it differ.
	//
	// Remedy: Correct the shape of one of the objects, or take an arrow with
	// another scheme. An affine map leads from any shape to any other.
	//
	// Example:
	//
	//	object A = R[3]
	//	object B = R[4]
	//	arrow f: A -> B = std.tanh
	//
	// Instead:
	//
	//	object A = R[3]
	//	object B = R[3]
	//	arrow f: A -> B = std.tanh
	CT0401 Code = "CT0401"

	// CT0402: dimension out of range
	//
	// A dimension is a whole number from 1 to 2147483647, and this comes to
	// another.
	//
	// Remedy: Correct the number or the arithmetic.
	//
	// Example:
	//
	//	dim D = 8
	//	object A = R[D - 8]
	//
	// Instead:
	//
	//	dim D = 8
	//	object A = R[D - 7]
	CT0402 Code = "CT0402"

	// CT0403: inexact quotient
	//
	// A dimension is divided with a remainder. Nothing is rounded.
	//
	// Remedy: Choose dimensions that divide each other.
	//
	// Example:
	//
	//	object A = R[7/2]
	//
	// Instead:
	//
	//	object A = R[8/2]
	CT0403 Code = "CT0403"

	// CT0404: not a dimension
	//
	// Something else stands where a dimension is needed, which is a whole number,
	// a dim, or `+ - * /` of these.
	//
	// Remedy: Write a dimension.
	//
	// Example:
	//
	//	object A = R[{ a: R }]
	//
	// Instead:
	//
	//	object A = R[3]
	CT0404 Code = "CT0404"

	// CT0405: wrong brackets
	//
	// A name takes other brackets than it is given: `R` takes dimensions, `Fin`
	// the number of its elements, `List` and `Option` and the states of optimizers
	// one object, and other names nothing. The object in the brackets of `id`,
	// `copy`, `swap` and their like must be one that they act on.
	//
	// Remedy: Write the brackets as the message says.
	//
	// Example:
	//
	//	object A = Fin
	//
	// Instead:
	//
	//	object A = Fin[10]
	CT0405 Code = "CT0405"

	// CT0406: not an object
	//
	// Something else stands where an object is needed: a number other than 1, or
	// objects combined by something else than `*` and `^`.
	//
	// Remedy: Write an object. Arithmetic belongs into the brackets of `R[…]` and
	// into `dim` lines.
	//
	// Example:
	//
	//	object A = 3
	//
	// Instead:
	//
	//	object A = R[3]
	CT0406 Code = "CT0406"

	// CT0407: empty part
	//
	// A field of a record would hold nothing, because its type is 1.
	//
	// Remedy: Leave the field out.
	//
	// Example:
	//
	//	object A = { a: 1, b: R }
	//
	// Instead:
	//
	//	object A = { b: R }
	CT0407 Code = "CT0407"

	// CT0408: nothing to train
	//
	// A state is made of parameters that have no direction to move in, because
	// they are indices, whole numbers or texts only.
	//
	// Remedy: Make the state of an object that holds real numbers.
	//
	// Example:
	//
	//	object D = Fin[3]
	//	object S = Adam[D]
	//
	// Instead:
	//
	//	object D = R[3]
	//	object S = Adam[D]
	CT0408 Code = "CT0408"
)
