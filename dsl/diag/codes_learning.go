package diag

// Endos, gradients and settings.
const (
	// CT0701: no endomorphism
	//
	// An endo acts on its state: what its term gives is the next state, and here
	// it gives something else. Most often the optimizer is missing, which turns a
	// gradient into the next state.
	//
	// Remedy: End the term in the state: `grad loss >> sgd(rate: 0.1)`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	CT0701 Code = "CT0701"

	// CT0702: foreign parameter
	//
	// Inside an endo every arrow reads its parameters from the state, and one
	// takes others.
	//
	// Remedy: Make these parameters part of the state, or use an arrow over the
	// state's.
	//
	// Example:
	//
	//	object A
	//	object V
	//	object W
	//	arrow f:    A -> A given V
	//	arrow loss: A -> R given W
	//	endo  step on W = f >> grad loss >> sgd(rate: 0.1)
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow f:    A -> A
	//	arrow loss: A -> R given W
	//	endo  step on W = f >> grad loss >> sgd(rate: 0.1)
	CT0702 Code = "CT0702"

	// CT0703: gradient of no scalar
	//
	// `grad` differentiates an arrow that gives one real number, such as a loss.
	//
	// Remedy: Compose an arrow to one real number: a loss, `std.sum` or
	// `std.mean`.
	//
	// Example:
	//
	//	object A
	//	object V = R[3]
	//	object W
	//	arrow f: A -> V given W
	//	arrow g = grad f
	//
	// Instead:
	//
	//	object A
	//	object V = R[3]
	//	object W
	//	arrow f:     A -> V given W
	//	arrow total: V -> R = std.sum
	//	arrow g = grad (f >> total)
	CT0703 Code = "CT0703"

	// CT0704: gradient without parameters
	//
	// `grad` differentiates by parameters, and the term has none, or none with a
	// direction to move in.
	//
	// Remedy: Take the gradient of an arrow that is `given` something.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> R
	//	arrow g = grad f
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow f: A -> R given W
	//	arrow g = grad f
	CT0704 Code = "CT0704"

	// CT0705: gradient of a gradient
	//
	// There is no gradient of a gradient in this version of the language.
	//
	// Remedy: Take the gradient once.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow f: A -> R given W
	//	arrow g = grad (grad f)
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow f: A -> R given W
	//	arrow g = grad f
	CT0705 Code = "CT0705"

	// CT0706: unknown setting
	//
	// The arrow has no setting of that name.
	//
	// Remedy: Correct the name, or leave it out.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A = std.leaky_relu(slop: 0.1)
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A = std.leaky_relu(slope: 0.1)
	CT0706 Code = "CT0706"

	// CT0707: open setting
	//
	// A setting has no value, and nothing here can bind it. Of a law, of an arrow
	// for which Go may stand in and of an endo without `given` all settings have
	// values.
	//
	// Remedy: Fix it, `sgd(rate: 0.1)`; or bind it to an object, so that it is
	// given at run time: `endo step on W given Rate = …`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	CT0707 Code = "CT0707"

	// CT0708: endo in a composition
	//
	// An endo acts on its state and does not compose with arrows.
	//
	// Remedy: Compose the arrows that the endo is made of, or name the endo in a
	// `train` declaration.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	//	arrow g = step >> loss
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	CT0708 Code = "CT0708"

	// CT0709: no reverse
	//
	// An arrow by equations is differentiated and has no `reverse` lines.
	//
	// Remedy: Add a `reverse` line for each input and parameter, and `keeps` for
	// what they read.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow f(x: A) -> R given W { means y = p * x }
	//	arrow g = grad f
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow f(x: A) -> R given W {
	//	    means    y = p * x
	//	    keeps    x
	//	    reverse  dx = p * dy
	//	             dp = x * dy
	//	}
	//	arrow g = grad f
	CT0709 Code = "CT0709"

	// CT0710: setting bound wrongly
	//
	// A setting is bound by an object that does not fit: it is no single real
	// number, its set is too wide, a record lacks the setting's name, or one
	// object stands for several settings.
	//
	// Remedy: Bind one setting by an object of one real number whose set lies
	// within the setting's, and several by a record of their names: `given (rate:
	// Rate, decay: Decay)`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	object Rate
	//	arrow loss: A -> R given W
	//	endo  step on W given Rate = grad loss >> sgd
	//
	// Instead:
	//
	//	object A
	//	object W
	//	object Rate = R in (0, 1]
	//	arrow loss: A -> R given W
	//	endo  step on W given Rate = grad loss >> sgd
	CT0710 Code = "CT0710"

	// CT0711: optimizer does not fit
	//
	// An optimizer takes the tangent of the parameters and gives the next state.
	// Here it is given something else, or it steps another state.
	//
	// Remedy: Lead a gradient into it, and declare the endo on its state: `sgd`
	// steps the parameters themselves, `adam` a state `Adam[P]`.
	//
	// Example:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> adam(rate: 0.1)
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on Adam[W] = grad loss >> adam(rate: 0.1)
	CT0711 Code = "CT0711"

	// CT0712: state of several objects
	//
	// The state of an endo is one object, and this is a product or nothing.
	//
	// Remedy: Declare a record of the parts and make that the state.
	//
	// Example:
	//
	//	object A
	//	object V
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on V * W = grad loss >> sgd(rate: 0.1)
	//
	// Instead:
	//
	//	object A
	//	object W
	//	arrow loss: A -> R given W
	//	endo  step on W = grad loss >> sgd(rate: 0.1)
	CT0712 Code = "CT0712"

	// CT0713: setting twice
	//
	// A setting is given two values in one place.
	//
	// Remedy: Remove one of them.
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A = std.leaky_relu(slope: 0.1, slope: 0.2)
	//
	// Instead:
	//
	//	object A
	//	arrow f: A -> A = std.leaky_relu(slope: 0.1)
	CT0713 Code = "CT0713"

	// CT0714: normalized by no batch of its own
	//
	// What is trained normalizes by the batch under `map`, where the elements are
	// those of one example, or a step uses one layer's running statistics in
	// several places, each of which would move them.
	//
	// Remedy: Normalize a tensor with positions in place of the elements of a
	// power; give each use parameters of its own.
	//
	// Example:
	//
	//	object A    = R[4]
	//	object Loss = R in [0, inf)
	//	object Norm = { scale: R[4], shift: R[4], mean: R[4] running, variance: R[4] running }
	//	arrow norm: A -> A given Norm = std.batch_norm
	//	arrow far:  A * A -> Loss     = std.squared_distance
	//	arrow measure(a: A) -> Loss { far((share (norm >> norm))(a), a) }
	//	endo  step on Norm = grad measure >> sgd(rate: 0.1)
	//
	// Instead:
	//
	//	object A    = R[4]
	//	object Loss = R in [0, inf)
	//	object Norm = { scale: R[4], shift: R[4], mean: R[4] running, variance: R[4] running }
	//	arrow norm:  A -> A given Norm = std.batch_norm
	//	arrow far:   A * A -> Loss     = std.squared_distance
	//	arrow twice: A -> A given Both = norm >> norm as again
	//	arrow measure(a: A) -> Loss { far(twice(a), a) }
	//	endo  step on Both = grad measure >> sgd(rate: 0.1)
	CT0714 Code = "CT0714"
)
