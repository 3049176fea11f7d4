package diag

// Syntax.
const (
	// CT0101: unexpected word
	//
	// The text does not continue as the grammar asks.
	CT0101 Code = "CT0101"

	// CT0102: not text
	//
	// The file is not UTF-8, or holds a NUL byte.
	CT0102 Code = "CT0102"

	// CT0103: unknown character
	//
	// No part of the language begins with it.
	CT0103 Code = "CT0103"

	// CT0104: unfinished string
	//
	// A quoted text does not end on its line, or holds an unknown escape.
	CT0104 Code = "CT0104"

	// CT0105: bracket not closed
	//
	// The declaration ends inside brackets.
	CT0105 Code = "CT0105"

	// CT0106: malformed number
	//
	// A number has a form that the language does not read.
	CT0106 Code = "CT0106"

	// CT0107: not a declaration
	//
	// What opens a declaration is none of its keywords.
	CT0107 Code = "CT0107"

	// CT0108: keyword as name
	//
	// A word of the language stands where a name is expected.
	CT0108 Code = "CT0108"

	// CT0109: category misplaced
	//
	// `category` is written twice or after a declaration.
	CT0109 Code = "CT0109"

	// CT0110: repeated part
	//
	// A declaration has one of its parts twice.
	CT0110 Code = "CT0110"
)
