// Package kernel holds the fast form of the standard arrows: one function per
// forward line set and one per reverse line, named and with arguments ordered
// by the kernel convention of docs/architecture.md.
//
// All functions are pure loops over slices whose lengths the caller
// guarantees; a slice that is too short panics. They allocate nothing, keep
// no state, and add in an order that depends on an operation's own dimensions
// alone, so the same inputs give the same bits, whatever lies beside them.
// Those of float32 run at the Level of the machine; all levels but portable
// give the same bits.
// NaN passes through. Logarithms and quotients clamp at the smallest normal
// float32, 2^-126, and no result overflows for scores up to 1e4 in magnitude.
package kernel

// Float is float32 in products and float64 in derivative tests.
type Float interface{ ~float32 | ~float64 }

// Tiny is the smallest normal float32: logarithms and quotients clamp there.
const Tiny = 0x1p-126
