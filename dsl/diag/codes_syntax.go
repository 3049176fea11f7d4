package diag

// Syntax.
const (
	// CT0101: unexpected word
	//
	// The text does not go on as the grammar asks. The message says what was
	// expected, and behind what.
	//
	// Remedy: Write what is expected at the place of the carets. Where the place
	// looks right, the fault may stand just before it: a bracket, a comma or an
	// operator too many or too few.
	//
	// Example:
	//
	//	object Logit R
	//
	// Instead:
	//
	//	object Logit = R
	//
	// Example:
	//
	//	object A
	//	arrow f: A -> A = g >>
	//
	// Instead:
	//
	//	object A
	//	arrow g: A -> A
	//	arrow f: A -> A = g >> g
	CT0101 Code = "CT0101"

	// CT0102: not text
	//
	// The file is not UTF-8, or holds a NUL byte.
	//
	// Remedy: Save the file as UTF-8. An editor that wrote UTF-16 or another
	// encoding can convert it; a file with NUL bytes was probably never a
	// specification.
	//
	// Construction: a file that holds the byte 0xff, which no UTF-8 text has.
	CT0102 Code = "CT0102"

	// CT0103: unknown character
	//
	// No part of the language begins with this character. Some look like others: a
	// long arrow, a typographic quotation mark, a space that does not break.
	//
	// Remedy: Write what the help says, or delete the character. Comments begin
	// with two slashes.
	//
	// Example:
	//
	//	object A = R # input
	//
	// Instead:
	//
	//	object A = R  // input
	CT0103 Code = "CT0103"

	// CT0104: unfinished text
	//
	// A text in quotation marks does not end on its line.
	//
	// Remedy: Close the quotation mark on the same line.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv { A: column 1 }
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 1 }
	CT0104 Code = "CT0104"

	// CT0105: bracket not closed
	//
	// The declaration ends inside brackets. The carets show the bracket that was
	// opened and never closed.
	//
	// Remedy: Close the bracket.
	//
	// Example:
	//
	//	object A = R[3
	//
	// Instead:
	//
	//	object A = R[3]
	CT0105 Code = "CT0105"

	// CT0106: malformed number
	//
	// What begins with a digit is neither a number nor a name: numbers are
	// decimal, without separators, and a product needs its `*`.
	//
	// Remedy: Write the number in decimal, or the product with `*`.
	//
	// Example:
	//
	//	dim N = 0x10
	//
	// Instead:
	//
	//	dim N = 16
	CT0106 Code = "CT0106"

	// CT0107: not a declaration
	//
	// What opens a declaration is none of the words that do: category, dim,
	// object, arrow, endo, law, data and train.
	//
	// Remedy: Correct the word. Where the line was meant to go on the one above,
	// the fault may stand there.
	//
	// Example:
	//
	//	objekt A
	//
	// Instead:
	//
	//	object A
	CT0107 Code = "CT0107"

	// CT0108: keyword as name
	//
	// A word of the language stands where a name is expected.
	//
	// Remedy: Choose another name. Only fields of records may be called like
	// keywords.
	//
	// Example:
	//
	//	object data
	//
	// Instead:
	//
	//	object measurements
	CT0108 Code = "CT0108"

	// CT0109: category misplaced
	//
	// `category` names the specification as a whole, so it is written once and
	// before all declarations.
	//
	// Remedy: Keep one `category` line and move it to the top.
	//
	// Example:
	//
	//	object A
	//	category late
	//
	// Instead:
	//
	//	category late
	//	object A
	CT0109 Code = "CT0109"

	// CT0110: repeated part
	//
	// A declaration has one of its parts twice.
	//
	// Remedy: Remove one of them.
	//
	// Example:
	//
	//	arrow f(x: R) -> R { partial means y = x partial }
	//
	// Instead:
	//
	//	arrow f(x: R) -> R {
	//	    partial
	//	    means    y = x
	//	}
	CT0110 Code = "CT0110"

	// CT0111: backslash in a text
	//
	// A path in quotation marks holds a `\`, which is not read as part of a path,
	// or another text one that begins no escape: those are `\n`, `\t`, `\"` and
	// `\\`.
	//
	// Remedy: Write paths with `/`, on Windows too, and the character itself as
	// `\\`.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "data\a.csv" { A: column 1 }
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "data/a.csv" { A: column 1 }
	CT0111 Code = "CT0111"

	// CT0112: not a whole number
	//
	// A number with a fraction or an exponent stands where things are counted.
	//
	// Remedy: Write a whole number.
	//
	// Example:
	//
	//	dim N = 1.5
	//
	// Instead:
	//
	//	dim N = 2
	CT0112 Code = "CT0112"

	// CT0113: number too large
	//
	// A number is larger than what it stands for may be, such as the number of a
	// column.
	//
	// Remedy: Write a smaller number.
	//
	// Example:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 99999999999 }
	//
	// Instead:
	//
	//	object A
	//	data d: A from csv "a.csv" { A: column 99 }
	CT0113 Code = "CT0113"

	// CT0114: monoid in other form
	//
	// What stands behind the equals sign of a monoid is no pair in parentheses.
	//
	// Remedy: Write its unit and its multiplication: `= (zero, plus)`.
	//
	// Example:
	//
	//	object Loss = R in [0, inf)
	//	arrow plus(a: Loss, b: Loss) -> Loss { a + b }
	//	arrow zero: 1 -> Loss = 0
	//	monoid total on Loss = plus
	//
	// Instead:
	//
	//	object Loss = R in [0, inf)
	//	arrow plus(a: Loss, b: Loss) -> Loss { a + b }
	//	arrow zero: 1 -> Loss = 0
	//	monoid total on Loss = (zero, plus)
	CT0114 Code = "CT0114"
)
