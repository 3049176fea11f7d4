package diag

// Warnings.
const (
	// CT1101: unused declaration
	//
	// Nothing in the specification uses an object, an arrow or a dim. Terms,
	// endos, laws, data and training are what a specification is for and need
	// no use. Where no arrow is composed of others, single arrows need none
	// either, for then Go composes them.
	//
	// Remedy: use it, or remove it. An arrow that is there for Go alone may be
	// allowed: `// ctgen:allow CT1101 because Go calls it`.
	//
	// Example:
	//
	//	object Raw    = R
	//	object Scaled = R
	//	object Score  = R in [0, 1]
	//
	//	arrow scale:  Raw -> Scaled    = std.relabel
	//	arrow tame:   Scaled -> Scaled = std.tanh
	//	arrow squash: Scaled -> Score  = std.sigmoid
	//
	//	arrow score = scale >> squash
	//
	// Instead:
	//
	//	object Raw    = R
	//	object Scaled = R
	//	object Score  = R in [0, 1]
	//
	//	arrow scale:  Raw -> Scaled    = std.relabel
	//	arrow tame:   Scaled -> Scaled = std.tanh
	//	arrow squash: Scaled -> Score  = std.sigmoid
	//
	//	arrow score = scale >> tame >> squash
	CT1101 Code = "CT1101"

	// CT1102: unreachable declaration
	//
	// What uses a declaration is unused itself. It comes with CT1101, which
	// says where the unused ones begin.
	//
	// Remedy: use or remove what CT1101 names first.
	//
	// Construction: `object Half` that only `object Pair = Half ^ 2` mentions,
	// where nothing mentions `Pair`.
	CT1102 Code = "CT1102"

	// CT1103: unread local
	//
	// A named body binds a local, or is handed a parameter by name, and never
	// reads it. What computes it is wasted; what it would be part of may lack
	// it.
	//
	// Remedy: read it, or remove it. One of several that a term gives may have
	// a name that begins with an underscore.
	//
	// Example:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	//
	//	arrow g(x: A) -> A {
	//	    y = f(x)
	//	    f(x)
	//	}
	//
	// Instead:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	//
	//	arrow g(x: A) -> A {
	//	    y = f(x)
	//	    f(y)
	//	}
	CT1103 Code = "CT1103"

	// CT1104: hidden name
	//
	// A name hides another that could be meant at the same place: an arrow is
	// called like a standard one that terms use without `std.`, or an input,
	// local, parameter, setting or index is called like a declaration or like
	// an arrow of the language.
	//
	// Remedy: choose another name.
	//
	// Example:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	//
	//	arrow g(x: A) -> A {
	//	    first = f(x)
	//	    f(first)
	//	}
	//
	// Instead:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	//
	//	arrow g(x: A) -> A {
	//	    once = f(x)
	//	    f(once)
	//	}
	CT1104 Code = "CT1104"

	// CT1105: loss apart from its activation
	//
	// A sigmoid directly before binary cross entropy, or a softmax directly
	// before cross entropy, is computed together with it: one operation that
	// is finite for every score, and so is its gradient. Here another arrow
	// stands between the two, in something that is differentiated, so each is
	// computed alone, and for scores far from zero the gradient in float32
	// overflows or vanishes. Arrows that change nothing, such as std.relabel,
	// do not part the two, nor does it matter which arrows they stand in, or
	// whether the probability is read elsewhere as well.
	//
	// Remedy: let the loss read what the activation gives, or take a loss of
	// the scores.
	//
	// Example:
	//
	//	object Input       = R[2]
	//	object Logit       = R
	//	object Probability = R in [0, 1]
	//	object Target      = R in {0, 1}
	//	object Loss        = R in [0, inf)
	//	object Neuron      = { weight: R[2], bias: R }
	//
	//	arrow affine:  Input -> Logit given Neuron  = std.affine
	//	arrow sigmoid: Logit -> Probability         = std.sigmoid
	//	arrow bce:     Probability * Target -> Loss = std.binary_cross_entropy
	//
	//	// Written in Go.
	//	arrow calibrate: Probability -> Probability
	//
	//	arrow measure = (affine >> sigmoid >> calibrate) * id >> bce
	//
	//	endo step on Neuron = grad measure >> sgd(rate: 0.1)
	//
	// Instead:
	//
	//	object Input       = R[2]
	//	object Logit       = R
	//	object Probability = R in [0, 1]
	//	object Target      = R in {0, 1}
	//	object Loss        = R in [0, inf)
	//	object Neuron      = { weight: R[2], bias: R }
	//
	//	arrow affine:  Input -> Logit given Neuron  = std.affine
	//	arrow sigmoid: Logit -> Probability         = std.sigmoid
	//	arrow bce:     Probability * Target -> Loss = std.binary_cross_entropy
	//
	//	// Written in Go.
	//	arrow calibrate: Probability -> Probability
	//
	//	arrow measure  = (affine >> sigmoid) * id >> bce
	//	arrow adjusted = affine >> sigmoid >> calibrate
	//
	//	endo step on Neuron = grad measure >> sgd(rate: 0.1)
	CT1105 Code = "CT1105"

	// CT1106: law that cannot fail
	//
	// Both sides of a law are the same diagram. It would hold for any arrows
	// whatever, as associativity and the laws of `id` do, so testing it says
	// nothing.
	//
	// Remedy: state what these arrows promise, or remove the law.
	//
	// Example:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	//
	//	law neutral: f >> id = f
	//
	// Instead:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	//	arrow g: A -> A = std.scale(by: -1)
	//
	//	law odd: g >> f = f >> g
	CT1106 Code = "CT1106"

	// CT1107: undocumented declaration
	//
	// An object, arrow, endo, dim, data or training declaration has no doc
	// comment, so its Go name has none. Given with `check --docs` only: in a
	// small model most names speak for themselves.
	//
	// Remedy: say what it stands for in a comment on the line above or at the
	// end of its line.
	//
	// Construction: `object A` alone, under --docs.
	CT1107 Code = "CT1107"

	// CT1108: needless allowance
	//
	// A comment allows a warning that is not given on its line. One at the end
	// of a line is about that line, one on a line of its own about the next
	// line that is no comment.
	//
	// Remedy: remove the code, or move the comment to the line it is about.
	//
	// Example:
	//
	//	object A = R  // ctgen:allow CT1101 because Go uses it
	//
	//	arrow f: A -> A = std.tanh
	//
	// Instead:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	CT1108 Code = "CT1108"

	// CT1109: wrong allowance
	//
	// A comment that begins with `ctgen:` is no allowance, names no warning,
	// one that is not known, or one that cannot be allowed: errors cannot, nor
	// can warnings about such comments.
	//
	// Remedy: name the codes of warnings, and the reason behind a colon or
	// `because`.
	//
	// Example:
	//
	//	object A = R  // ctgen:allow CT1199 because it is early
	//
	//	arrow f: A -> A = std.tanh
	//
	// Instead:
	//
	//	object A = R
	//
	//	arrow f: A -> A = std.tanh
	CT1109 Code = "CT1109"
)
