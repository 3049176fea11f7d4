package runtime

import "github.com/ctgen-lang/ctgen/runtime/kernel"

// Float is the constraint of everything that runs at float32 in products and
// at float64 in derivative tests.
type Float = kernel.Float
