package diag

// Endos, gradients and settings.
const (
	// CT0701: no endomorphism
	//
	// The term does not give the state back.
	CT0701 Code = "CT0701"

	// CT0702: foreign parameter
	//
	// A parameter inside an endo is not its state.
	CT0702 Code = "CT0702"

	// CT0703: gradient of no scalar
	//
	// Grad needs an arrow to one real number.
	CT0703 Code = "CT0703"

	// CT0704: gradient without parameters
	//
	// Nothing can be differentiated by.
	CT0704 Code = "CT0704"

	// CT0705: gradient of a gradient
	CT0705 Code = "CT0705"

	// CT0706: unknown setting
	//
	// There is no setting of that name here, or it is given twice.
	CT0706 Code = "CT0706"

	// CT0707: open setting
	//
	// A setting has no value, or is bound by an object that does not fit.
	CT0707 Code = "CT0707"

	// CT0708: endo in a composition
	//
	// An endo acts on its state and does not compose.
	CT0708 Code = "CT0708"

	// CT0709: no reverse
	//
	// A differentiated primitive has no `reverse` lines.
	CT0709 Code = "CT0709"
)
