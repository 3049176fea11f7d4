package diag

// Names.
const (
	// CT0201: declared twice
	//
	// Two declarations have one name.
	CT0201 Code = "CT0201"

	// CT0202: reserved name
	//
	// A name of the language or of generated code is declared anew.
	CT0202 Code = "CT0202"

	// CT0203: unknown name
	//
	// Nothing of that name is declared, or nothing of the kind that is needed
	// here.
	//
	// Remedy: declare the name, or write one that is declared. Names are case
	// sensitive.
	//
	// Example:
	//
	//	arrow half: R -> Probabilty = std.sigmoid
	//	object Probability = R in [0, 1]
	//
	// Instead:
	//
	//	arrow half: R -> Probability = std.sigmoid
	//	object Probability = R in [0, 1]
	CT0203 Code = "CT0203"

	// CT0204: unknown standard arrow
	//
	// Std holds no arrow of that name.
	CT0204 Code = "CT0204"

	// CT0205: other kind of name
	//
	// The name is declared as something else.
	CT0205 Code = "CT0205"

	// CT0206: repeated local
	//
	// A local or input is bound twice or hides a declaration.
	CT0206 Code = "CT0206"

	// CT0207: cycle
	//
	// A declaration is defined through itself.
	CT0207 Code = "CT0207"

	// CT0208: clash in Go
	//
	// Two names would become one in the generated code.
	CT0208 Code = "CT0208"

	// CT0209: method meets field
	//
	// An arrow would be a method with the name of a field of its parameters.
	CT0209 Code = "CT0209"

	// CT0210: reserved method
	//
	// A name is that of a method of every generated type.
	CT0210 Code = "CT0210"

	// CT0211: unusable category name
	//
	// Go could not build a package of that name.
	CT0211 Code = "CT0211"

	// CT0212: name without capital
	//
	// Go could not export the name.
	CT0212 Code = "CT0212"

	// CT0213: unknown override
	//
	// A dim set from outside is not declared.
	CT0213 Code = "CT0213"

	// CT0214: repeated field
	//
	// A record has two fields of one name.
	CT0214 Code = "CT0214"

	// CT0215: import of nothing
	//
	// An import leads to no specification: there is no such file, it is a
	// directory, its path is not relative, or it lies outside the Go module of
	// the specification that imports it.
	//
	// Remedy: write the path from this specification to the other, with
	// forward slashes.
	//
	// Example:
	//
	//	import "layrs.cat"
	CT0215 Code = "CT0215"
)
