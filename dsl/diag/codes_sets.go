package diag

// Sets and constants.
const (
	// CT0501: outside the domain
	//
	// The declared object may hold values that the arrow does not take:
	// `std.binary_cross_entropy` takes probabilities, and not every real number is
	// one.
	//
	// Remedy: Use an object whose set lies within what the arrow takes, or lead
	// there by an arrow, such as `std.sigmoid` to [0, 1].
	//
	// Example:
	//
	//	object A
	//	object L
	//	arrow f: A * A -> L = std.binary_cross_entropy
	//
	// Instead:
	//
	//	object P = R in [0, 1]
	//	object L
	//	arrow f: P * P -> L = std.binary_cross_entropy
	CT0501 Code = "CT0501"

	// CT0502: outside the codomain
	//
	// The arrow may give values that the declared object does not hold.
	//
	// Remedy: Widen the object's set, or take an arrow that stays within it.
	//
	// Example:
	//
	//	object A
	//	object P = R in [0, 1]
	//	arrow f: A -> P = std.tanh
	//
	// Instead:
	//
	//	object A
	//	object P = R in [-1, 1]
	//	arrow f: A -> P = std.tanh
	CT0502 Code = "CT0502"

	// CT0503: constant outside its set
	//
	// A constant does not lie in the set of what it stands for: a setting, an
	// object, a tolerance.
	//
	// Remedy: Choose a value in the set that the message names.
	//
	// Example:
	//
	//	object P = R in [0, 1]
	//	arrow half: 1 -> P = 1.5
	//
	// Instead:
	//
	//	object P = R in [0, 1]
	//	arrow half: 1 -> P = 0.5
	CT0503 Code = "CT0503"

	// CT0504: set does not apply
	//
	// The carrier cannot be refined by this set: sets refine real numbers and
	// tensors of them, and a simplex needs an axis.
	//
	// Remedy: Leave the set out, or write it on the real numbers inside.
	//
	// Example:
	//
	//	object A = Fin[3] in [0, 1]
	//
	// Instead:
	//
	//	object A = Fin[3]
	CT0504 Code = "CT0504"

	// CT0505: malformed set
	//
	// The set is empty, its ends are out of order, an end at infinity is closed,
	// or an element repeats.
	//
	// Remedy: Write the lower end first and round brackets at infinity; list each
	// element once.
	//
	// Example:
	//
	//	object A in [1, 0]
	//
	// Instead:
	//
	//	object A in [0, 1]
	CT0505 Code = "CT0505"

	// CT0507: wider set
	//
	// An object over another has a set that does not lie within the other's. What
	// is said of an object holds for those over it.
	//
	// Remedy: Narrow the set, or take the carrier itself as the base.
	//
	// Example:
	//
	//	object A in [0, 1]
	//	object B = A in [0, 2]
	//
	// Instead:
	//
	//	object A in [0, 1]
	//	object B = A in [0, 0.5]
	CT0507 Code = "CT0507"

	// CT0508: number out of range
	//
	// A number is larger than what computes with it can hold, or infinite where a
	// finite number is needed.
	//
	// Remedy: Write a smaller number. Constants lie within the range of float32.
	//
	// Example:
	//
	//	object A in [0, 1e99]
	//
	// Instead:
	//
	//	object A in [0, 1e9]
	CT0508 Code = "CT0508"

	// CT0509: division by zero
	//
	// A constant is divided by zero.
	//
	// Remedy: Write another divisor, or `inf` where infinity is meant.
	//
	// Example:
	//
	//	object A in [0, 1/0)
	//
	// Instead:
	//
	//	object A in [0, inf)
	CT0509 Code = "CT0509"

	// CT0510: literal of no number
	//
	// A literal stands for an object that is not a single number.
	//
	// Remedy: Declare the literal of a single number. A tensor of constants is
	// data or a parameter with `init constant(…)`.
	//
	// Example:
	//
	//	object V = R[3]
	//	arrow zero: 1 -> V = 0
	//
	// Instead:
	//
	//	object V
	//	arrow zero: 1 -> V = 0
	CT0510 Code = "CT0510"

	// CT0511: set on a named object
	//
	// A set is written beside an object that has a name. Where an object is used
	// it brings its own set.
	//
	// Remedy: Declare another object with that set, and use it here.
	//
	// Example:
	//
	//	object A
	//	object B = { a: A in [0, 1] }
	//
	// Instead:
	//
	//	object A
	//	object P = A in [0, 1]
	//	object B = { a: P }
	CT0511 Code = "CT0511"
)
