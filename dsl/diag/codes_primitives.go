package diag

// Primitives and their equations.
const (
	// CT0801: unknown name in an equation
	//
	// No input, parameter, output, intermediate, setting, index or dimension has
	// that name here. Inputs without names are x, or x1, x2 …; outputs y or y1, y2
	// …; parameters p or the fields of their record; a cotangent is d and the name
	// of its tensor.
	//
	// Remedy: Correct the name.
	//
	// Example:
	//
	//	arrow f(x: R) -> R { means y = z }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R { means y = x }
	CT0801 Code = "CT0801"

	// CT0802: wrong indices
	//
	// A tensor is indexed by more, fewer or other dimensions than it has, or an
	// index may leave its range.
	//
	// Remedy: Index each tensor once for each of its axes, by variables that run
	// over the same dimensions. Where an index is meant to leave its range, or to
	// be a quotient, the element can be `padded`: it is 0 there.
	//
	// Example:
	//
	//	object V = R[3]
	//	arrow f(x: V) -> V { means y[i] = x }
	//
	// Instead:
	//
	//	object V = R[3]
	//	arrow f(x: V) -> V { means y[i] = x[i] }
	//
	// Example:
	//
	//	object V = R[3]
	//	arrow f(x: V) -> V { means y[i] = x[i - 1] }
	//
	// Instead:
	//
	//	object V = R[3]
	//	arrow f(x: V) -> V { means y[i] = padded(x[i - 1]) }
	CT0802 Code = "CT0802"

	// CT0803: unknown function
	//
	// There is no elementary function of that name.
	//
	// Remedy: Correct the name. The language's reference lists the functions.
	//
	// Example:
	//
	//	arrow f(x: R) -> R { means y = sinus(x) }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R { means y = sin(x) }
	CT0803 Code = "CT0803"

	// CT0804: wrong target
	//
	// A line defines what it may not: an input or parameter, which comes from
	// outside, or the cotangent of indices, which have none.
	//
	// Remedy: Define outputs and intermediates in `means`, cotangents of inputs
	// and parameters in `reverse`.
	//
	// Example:
	//
	//	arrow f(x: R) -> R { means x = 1 }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R { means y = x }
	CT0804 Code = "CT0804"

	// CT0805: missing line
	//
	// An output, or a cotangent that the reverse lines owe, is never defined.
	//
	// Remedy: Add the line.
	//
	// Example:
	//
	//	arrow f(x: R) -> R * R { means y1 = x }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R * R {
	//	    means    y1 = x
	//	             y2 = x
	//	}
	CT0805 Code = "CT0805"

	// CT0806: not kept
	//
	// A reverse line reads an input, output or intermediate that `keeps` does not
	// name, so that its memory may be gone by then.
	//
	// Remedy: Add the name to `keeps`.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x * x
	//	    reverse  dx = 2 * x * dy
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x * x
	//	    keeps    x
	//	    reverse  dx = 2 * x * dy
	//	}
	CT0806 Code = "CT0806"

	// CT0807: free index
	//
	// Nothing says what an index variable runs over: it indexes no tensor whose
	// axis is known, and no whole number of at least 1 stands beside it as in
	// `sum i < n: …`.
	//
	// Remedy: Use the variable as an index of a tensor, say what it stays below,
	// or remove it.
	//
	// Example:
	//
	//	arrow f(x: R) -> R { means y = sum j: x }
	//
	// Instead:
	//
	//	object V = R[3]
	//	arrow f(x: V) -> R { means y = sum j: x[j] }
	CT0807 Code = "CT0807"

	// CT0808: one name for two things
	//
	// Inside one arrow by equations a name stands for two things: a line defines
	// it twice, an index is bound twice, or inputs, outputs, parameters, settings
	// and intermediates share it.
	//
	// Remedy: Rename one of them.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x
	//	             y = 1
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R {
	//	    means    s = x
	//	             y = s + 1
	//	}
	CT0808 Code = "CT0808"

	// CT0809: faulty scheme
	//
	// The scheme of a standard arrow cannot be read, or nothing around the arrow
	// decides one of its dimensions. It is a fault of the standard library, never
	// of a specification.
	//
	// Remedy: Report it to the project.
	//
	// Construction: a standard arrow whose scheme takes a Text.
	CT0809 Code = "CT0809"

	// CT0810: for the standard library only
	//
	// `kernel`, `stores`, `adds`, `splits` and `each` belong to standard arrows,
	// for which kernels are written. Those of a specification become plain Go
	// loops.
	//
	// Remedy: Leave the line out.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x
	//	    kernel   affine
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R { means y = x }
	CT0810 Code = "CT0810"

	// CT0811: wrong number of arguments
	//
	// An elementary function has more or fewer arguments than it takes, or `size`
	// and `padded` something else than what they are about: a dimension, and an
	// element of a tensor.
	//
	// Remedy: Write what the message says.
	//
	// Example:
	//
	//	arrow f(x: R) -> R { means y = exp(x, x) }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R { means y = exp(x) }
	CT0811 Code = "CT0811"

	// CT0812: kept needlessly
	//
	// `keeps` names a parameter, which reverse lines may always read, or one
	// tensor twice.
	//
	// Remedy: Remove the name from `keeps`.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x * x
	//	    keeps    x, x
	//	    reverse  dx = 2 * x * dy
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x * x
	//	    keeps    x
	//	    reverse  dx = 2 * x * dy
	//	}
	CT0812 Code = "CT0812"

	// CT0813: read too early
	//
	// A line reads an output before the line that defines it. Lines of `means` are
	// computed in their order.
	//
	// Remedy: Put the line that defines it first.
	//
	// Example:
	//
	//	arrow f(x: R) -> R * R {
	//	    means    y1 = y2
	//	             y2 = x
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R * R {
	//	    means    y2 = x
	//	             y1 = y2
	//	}
	CT0813 Code = "CT0813"

	// CT0814: no tensor
	//
	// Equations speak of numbers and tensors, and the arrow takes, gives or is
	// given something else, such as a record.
	//
	// Remedy: Take the parts of a record as inputs of their own, or write the
	// arrow as a term.
	//
	// Example:
	//
	//	object P = { a: R, b: R }
	//	arrow f(x: P) -> R { means y = 1 }
	//
	// Instead:
	//
	//	arrow f(a: R, b: R) -> R { means y = a + b }
	CT0814 Code = "CT0814"

	// CT0815: wrong kink
	//
	// `kink x = 0` says where an input or intermediate has no derivative: this
	// names something else, or a place that is no number.
	//
	// Remedy: Write the name of an input or intermediate, and a number.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = abs(x)
	//	    kink     y = 0
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = abs(x)
	//	    kink     x = 0
	//	}
	CT0815 Code = "CT0815"

	// CT0816: setting of no number
	//
	// A setting is one number, and this object is not.
	//
	// Remedy: Write `R`, or `Int` for a whole number that indices may use, with a
	// set where the setting has bounds; several numbers are several settings.
	//
	// Example:
	//
	//	object V = R[3]
	//	arrow f(x: R) -> R with (a: V) { means y = x }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R with (a: R in [0, 1] = 0.5) { means y = a * x }
	CT0816 Code = "CT0816"

	// CT0817: no computed dimension
	//
	// A `where` line computes a dimension from something else than dimensions,
	// numbers, `+ - * /` and `floor`.
	//
	// Remedy: Write it from the dimensions and dims that the arrow's objects have.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    where    n = exp(2)
	//	    means    y = x
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R) -> R { means y = x }
	CT0817 Code = "CT0817"

	// CT0825: no statement about lists
	//
	// Of a list, equations may say how long it must at least be, and an arrow for
	// lists of any object may move what they hold, and nothing else.
	//
	// Remedy: `partial unless n >= 1` speaks of the length n of a list `List[A, n]`
	// in the arrow's scheme.
	//
	// Example:
	//
	//	arrow f(x: R) -> R {
	//	    means    y = x
	//	    partial  unless x >= 1
	//	}
	//
	// Instead:
	//
	//	arrow f(x: R in [1, inf)) -> R { means y = x }
	CT0825 Code = "CT0825"
)
