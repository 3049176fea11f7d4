package diag

// Primitives and their equations.
const (
	// CT0801: unknown name in an equation
	//
	// No tensor, setting, index or dimension of that name.
	CT0801 Code = "CT0801"

	// CT0802: wrong indices
	//
	// A tensor is indexed by more, fewer or other dimensions than it has.
	CT0802 Code = "CT0802"

	// CT0803: unknown function
	CT0803 Code = "CT0803"

	// CT0804: wrong target
	//
	// The line defines something that is no output, intermediate or cotangent.
	CT0804 Code = "CT0804"

	// CT0805: missing line
	//
	// An output or a cotangent is never defined.
	CT0805 Code = "CT0805"

	// CT0806: not kept
	//
	// A reverse line reads what `keeps` does not name.
	CT0806 Code = "CT0806"

	// CT0807: free index
	//
	// An index variable is bound neither by the target nor by a sum.
	CT0807 Code = "CT0807"

	// CT0808: defined twice, or read before its definition
	CT0808 Code = "CT0808"

	// CT0809: wrong scheme
	//
	// Segments or dimensions of the signature cannot be solved.
	CT0809 Code = "CT0809"

	// CT0810: wrong `where`, `kink`, `each` or `kernel` line
	CT0810 Code = "CT0810"
)
