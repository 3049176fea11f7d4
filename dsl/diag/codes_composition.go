package diag

// Composition.
const (
	// CT0301: no composition
	//
	// In `f >> g`, what f gives is not what g takes. Objects are told apart by
	// name, not by what they are made of: a Logit is not a Probability. The labels
	// show both ends, and what is declared there.
	//
	// Remedy: Put an arrow that leads from one to the other in between; the help
	// names it where one is declared. Where the two are the same thing under two
	// names, use one name, or declare an arrow with `std.relabel` that says the
	// change of meaning.
	//
	// Example:
	//
	//	object Logit
	//	object Probability = R in [0, 1]
	//	arrow score:  R -> Logit
	//	arrow decide: Probability -> R
	//	arrow predict = score >> decide
	//
	// Instead:
	//
	//	object Logit
	//	object Probability = R in [0, 1]
	//	arrow score:  R -> Logit
	//	arrow squash: Logit -> Probability = std.sigmoid
	//	arrow decide: Probability -> R
	//	arrow predict = score >> squash >> decide
	CT0301 Code = "CT0301"

	// CT0302: other than declared
	//
	// The body of an arrow takes or gives other objects than its declaration says.
	//
	// Remedy: Correct the declaration or the body. Where only the last step is
	// missing, append the arrow that gives the declared object.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g: A -> A = f
	//
	// Instead:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g: A -> B = f
	CT0302 Code = "CT0302"

	// CT0303: open object
	//
	// Nothing around it says which object stands here. `id`, `copy`, `drop` and
	// projections take any object, and most often their neighbours decide which.
	//
	// Remedy: Declare the arrow's objects, or name the object: `id[A]`, `copy[A]`.
	//
	// Example:
	//
	//	arrow f = id
	//
	// Instead:
	//
	//	object A
	//	arrow f = id[A]
	CT0303 Code = "CT0303"

	// CT0304: objects missing
	//
	// A standard arrow works on shapes, such as `R[..s]`, and has no objects of
	// its own. It stands inside a term, or under a name without objects.
	//
	// Remedy: Give it a line of its own between your objects, and use that name in
	// the term.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = f >> std.tanh
	//
	// Instead:
	//
	//	object A
	//	arrow f:      A -> A
	//	arrow squash: A -> A = std.tanh
	//	arrow g = f >> squash
	CT0304 Code = "CT0304"

	// CT0305: unlike inputs
	//
	// In `(f, g)` and in `f + g` all arrows read the same input, and these take
	// different objects.
	//
	// Remedy: Use arrows on one object. Arrows side by side on inputs of their own
	// are `f * g`.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> A
	//	arrow g: B -> A
	//	arrow h = (f, g)
	//
	// Instead:
	//
	//	object A
	//	object B
	//	arrow f: A -> A
	//	arrow g: B -> A
	//	arrow h = f * g
	CT0305 Code = "CT0305"

	// CT0306: sum of unlike objects
	//
	// What is added is not of one object.
	//
	// Remedy: Bring both sides to one object first.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> A
	//	arrow g: A -> B
	//	arrow h = f + g
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g: A -> A
	//	arrow h = f + g
	CT0306 Code = "CT0306"

	// CT0307: unknown field
	//
	// The record has no field of that name, or what `.field` is taken of is no
	// record.
	//
	// Remedy: Correct the name. The parts of a product have no names: take them by
	// `first`, `second` and `third`.
	//
	// Example:
	//
	//	object P = { x: R, y: R }
	//	arrow f: P -> R = .z
	//
	// Instead:
	//
	//	object P = { x: R, y: R }
	//	arrow f: P -> R = .y
	CT0307 Code = "CT0307"

	// CT0308: wrong application
	//
	// An arrow is applied to values that it does not take.
	//
	// Remedy: Apply it to as many values as it takes, of these objects and in this
	// order.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> A
	//	arrow g(b: B) -> A { f(b) }
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g(a: A) -> A { f(a) }
	CT0308 Code = "CT0308"

	// CT0309: unlike sides
	//
	// The two sides of a law go between different objects, so they cannot be
	// equal.
	//
	// Remedy: Correct the side that was not meant so.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> A
	//	arrow g: B -> B
	//	law   same: f = g
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g: A -> A
	//	law   same: f = g
	CT0309 Code = "CT0309"

	// CT0310: objects of the arrow missing
	//
	// Neither the line of the arrow nor a body says between which objects it goes.
	// An arrow that is written in Go or by equations needs them on its line.
	//
	// Remedy: Write the objects: `arrow f: A -> B`.
	//
	// Example:
	//
	//	object A
	//	arrow f
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	CT0310 Code = "CT0310"

	// CT0311: map does not apply
	//
	// `map f` applies f to each element of a power `A ^ n`, of a list `List[A]`, or
	// to what an `Option[A]` holds: f goes from A to B, and what stands around the
	// map is that functor over A and over B.
	//
	// Remedy: Map an arrow from A over a power, a list or an option of A. What
	// surrounds the map must be of one functor, and powers of one n.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g: B ^ 3 -> B ^ 3 = map f
	//
	// Instead:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g: A ^ 3 -> B ^ 3 = map f
	CT0311 Code = "CT0311"

	// CT0312: arrow for a value
	//
	// In the named form, with inputs in parentheses and a body in braces, every
	// line is a value, and here stands an arrow.
	//
	// Remedy: Apply the arrow to a value: `f(a)`.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g(a: A) -> A { f }
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g(a: A) -> A { f(a) }
	CT0312 Code = "CT0312"

	// CT0313: hole
	//
	// A term is still to be written. A specification with holes can be checked and
	// searched, and nothing else; `ctgen check` says in a note which objects the
	// hole goes between and what could stand there.
	//
	// Remedy: Write the term in the place of `?`.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g: A -> B = ?
	//
	// Instead:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g: A -> B = f
	CT0313 Code = "CT0313"

	// CT0314: repetition of no loop
	//
	// `repeat[n] f` is f after itself n times, so f must give what it takes.
	//
	// Remedy: Repeat an arrow from an object to itself, such as a block of layers
	// as a whole.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow f: A -> B
	//	arrow g = repeat[3] f
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = repeat[3] f
	CT0314 Code = "CT0314"

	// CT0315: sum leaves the set
	//
	// The sum of two values of the object need not be a value of it again: the sum
	// of two probabilities may exceed 1, and the sum of two classes is no class.
	//
	// Remedy: Add on an object whose set is closed under addition, such as one
	// without a set, and turn the sum into the other object by an arrow.
	//
	// Example:
	//
	//	object P = R in [0, 1]
	//	arrow f: P -> P
	//	arrow g = f + f
	//
	// Instead:
	//
	//	object P = R in [0, 1]
	//	object Score
	//	arrow f: P -> Score
	//	arrow g = f + f
	CT0315 Code = "CT0315"

	// CT0316: wrong number of names
	//
	// A line `a, b = …` parts a value into as many names as it has factors.
	//
	// Remedy: Write as many names as the value has factors.
	//
	// Example:
	//
	//	object A
	//	arrow f(a: A) -> A {
	//	    b, c = a
	//	    b
	//	}
	//
	// Instead:
	//
	//	object A
	//	arrow f(a: A) -> A * A {
	//	    b, c = (a, a)
	//	    (b, c)
	//	}
	CT0316 Code = "CT0316"

	// CT0317: inputs without names
	//
	// An arrow has a body in braces that is made of values, and its inputs have no
	// names, so the body cannot speak of them.
	//
	// Remedy: Name the inputs: `arrow f(a: A) -> B { … }`.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g: A -> A { f(a) }
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g(a: A) -> A { f(a) }
	CT0317 Code = "CT0317"

	// CT0318: value for an arrow
	//
	// A term of arrows holds a value: a record, an application, or the name of a
	// local.
	//
	// Remedy: Write arrows alone, composed by `>>` and `*`; or use the named form,
	// in which values have names: `arrow f(a: A) -> B { … }`.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = f(f)
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A
	//	arrow g = f >> f
	CT0318 Code = "CT0318"

	// CT0319: record does not fit
	//
	// A record value `{ w: a, b: c }` stands where another object is expected: one
	// that is no record, or one with other fields.
	//
	// Remedy: Give the fields that the message names, each with a value of the
	// object that it holds.
	//
	// Example:
	//
	//	object P = { x: R, y: R }
	//	arrow f(a: R) -> P { { x: a } }
	//
	// Instead:
	//
	//	object P = { x: R, y: R }
	//	arrow f(a: R) -> P { { x: a, y: a } }
	CT0319 Code = "CT0319"

	// CT0320: use of a generic arrow
	//
	// A generic arrow is used without the arrows that it is applied to, with more
	// or fewer of them, or with another number of objects in its brackets; or it
	// stands where one arrow is needed.
	//
	// Remedy: Apply it to as many arrows as it takes. Its brackets hold all that it
	// leaves open, in that order, or the dims alone; or leave them out.
	//
	// Example:
	//
	//	object A
	//	arrow residual[X](f: X -> X): X -> X = id + f
	//	arrow dense: A -> A
	//	arrow g = dense >> residual
	//
	// Instead:
	//
	//	object A
	//	arrow residual[X](f: X -> X): X -> X = id + f
	//	arrow dense: A -> A
	//	arrow g = dense >> residual(dense)
	CT0320 Code = "CT0320"

	// CT0321: argument does not fit
	//
	// The arrow that a generic arrow is applied to does not go between the objects
	// that the declaration says, or an object is not of the form that it says.
	//
	// Remedy: Apply it to an arrow of that form: for `f: X -> X`, one from an object
	// to itself.
	//
	// Example:
	//
	//	object A
	//	object B
	//	arrow residual[X](f: X -> X): X -> X = id + f
	//	arrow dense: A -> B
	//	arrow g = residual(dense)
	//
	// Instead:
	//
	//	object A
	//	object B
	//	arrow residual[X](f: X -> X): X -> X = id + f
	//	arrow dense: A -> B
	//	arrow back:  B -> A
	//	arrow g = residual(dense >> back)
	CT0321 Code = "CT0321"

	// CT0322: dim left open
	//
	// A generic arrow needs the size of a dim in its body, and neither the brackets
	// nor the arrows that it is applied to say it.
	//
	// Remedy: Say it in brackets behind the name. They may hold the dims alone.
	//
	// Example:
	//
	//	object A
	//	arrow often[X, dim n](f: X -> X): X -> X = repeat[n] f
	//	arrow dense: A -> A
	//	arrow g = often(dense)
	//
	// Instead:
	//
	//	object A
	//	arrow often[X, dim n](f: X -> X): X -> X = repeat[n] f
	//	arrow dense: A -> A
	//	arrow g = often[3](dense)
	CT0322 Code = "CT0322"

	// CT0323: fold
	//
	// `fold` takes one arrow S * A -> S and gives one from S and a power A ^ n, or
	// a list of A, to S: S is carried from element to element.
	//
	// Remedy: Apply it to an arrow that takes what is carried on and one element,
	// in this order, and gives what is carried on.
	//
	// Example:
	//
	//	object State
	//	object Sample
	//	arrow cell: Sample * State -> State
	//	arrow read: State * Sample ^ 8 -> State = fold(cell)
	//
	// Instead:
	//
	//	object State
	//	object Sample
	//	arrow cell: State * Sample -> State
	//	arrow read: State * Sample ^ 8 -> State = fold(cell)
	CT0323 Code = "CT0323"

	// CT0324: no monoid
	//
	// A monoid on A is a unit, an arrow 1 -> A, and a multiplication, an arrow
	// A * A -> A, both without parameters.
	//
	// Remedy: Name two such arrows, the unit first.
	//
	// Example:
	//
	//	object Loss = R in [0, inf)
	//	arrow plus(a: Loss, b: Loss) -> Loss { a + b }
	//	arrow zero: 1 -> Loss = 0
	//	monoid total on Loss = (plus, zero)
	//
	// Instead:
	//
	//	object Loss = R in [0, inf)
	//	arrow plus(a: Loss, b: Loss) -> Loss { a + b }
	//	arrow zero: 1 -> Loss = 0
	//	monoid total on Loss = (zero, plus)
	CT0324 Code = "CT0324"
)
