package diag

// Sets and constants.
const (
	// CT0501: outside the domain
	//
	// The declared object may hold values that the standard arrow does not take.
	CT0501 Code = "CT0501"

	// CT0502: outside the codomain
	//
	// The standard arrow may give values that the declared object does not hold.
	CT0502 Code = "CT0502"

	// CT0503: constant outside its set
	CT0503 Code = "CT0503"

	// CT0504: set does not apply
	//
	// The carrier cannot be refined by this set.
	CT0504 Code = "CT0504"

	// CT0505: malformed set
	//
	// Its ends are out of order, closed at infinity, or an element repeats.
	CT0505 Code = "CT0505"

	// CT0506: not a constant
	//
	// The value is not a number or the name of a dim.
	CT0506 Code = "CT0506"

	// CT0507: wider set
	//
	// An object over another has a set that does not lie within the other's.
	CT0507 Code = "CT0507"

	// CT0508: number out of range
	//
	// A constant is larger than compiled code can hold, or divided by zero.
	CT0508 Code = "CT0508"
)
