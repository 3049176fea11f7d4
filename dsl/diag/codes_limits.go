package diag

// Limits, and what the language does not have.
const (
	// CT1001: nested too deeply
	CT1001 Code = "CT1001"

	// CT1002: file too large
	CT1002 Code = "CT1002"

	// CT1003: declaration too large
	//
	// It has more operators than any reader could follow.
	CT1003 Code = "CT1003"

	// CT1004: repeated too often
	//
	// Repeat[n] with a large n.
	CT1004 Code = "CT1004"

	// CT1005: functor without map
	//
	// Map over this functor is not in the language.
	CT1005 Code = "CT1005"

	// CT1006: generic declaration outside std
	CT1006 Code = "CT1006"

	// CT1007: object too large
	//
	// Too many numbers, axes or parts.
	CT1007 Code = "CT1007"

	// CT1008: not in this version of the language
	CT1008 Code = "CT1008"

	// CT1009: too many digits in a number
	CT1009 Code = "CT1009"

	// CT1010: too many syntax errors
	//
	// The rest of the file is not read.
	CT1010 Code = "CT1010"
)
