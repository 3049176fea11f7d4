package diag

// Composition.
const (
	// CT0301: no composition
	//
	// What the first arrow gives is not what the second takes.
	CT0301 Code = "CT0301"

	// CT0302: other than declared
	//
	// A body takes or gives other objects than its declaration says.
	CT0302 Code = "CT0302"

	// CT0303: open object
	//
	// Nothing says which object stands here.
	CT0303 Code = "CT0303"

	// CT0304: objects missing
	//
	// A standard arrow over carriers stands without objects of its own.
	CT0304 Code = "CT0304"

	// CT0305: tuple of unlike inputs
	//
	// The arrows of (f, g) take different objects.
	CT0305 Code = "CT0305"

	// CT0306: sum of unlike objects, or of an object not closed under +
	CT0306 Code = "CT0306"

	// CT0307: unknown field
	//
	// The record has no such field, or what is projected is no record.
	CT0307 Code = "CT0307"

	// CT0308: wrong application
	//
	// An arrow is applied to values that it does not take.
	CT0308 Code = "CT0308"

	// CT0309: unlike sides
	//
	// The two sides of a law go between different objects or have different
	// parameters.
	CT0309 Code = "CT0309"

	// CT0310: objects of the arrow missing
	//
	// Neither its line nor its body says between which objects it goes.
	CT0310 Code = "CT0310"

	// CT0311: map does not apply
	//
	// Its arrow or the object mapped over does not allow it.
	CT0311 Code = "CT0311"

	// CT0312: arrow and value confused
	//
	// A value stands where an arrow is needed, or the other way round.
	CT0312 Code = "CT0312"

	// CT0313: hole
	//
	// A term is still to be written. A specification with holes can be checked,
	// not compiled.
	CT0313 Code = "CT0313"
)
