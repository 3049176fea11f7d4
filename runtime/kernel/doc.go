// Package kernel holds the fast form of the standard arrows: one function per
// forward line set and one per reverse line, named and with arguments ordered
// by the kernel convention of docs/architecture.md.
//
// All functions are pure loops over slices whose lengths the caller
// guarantees; a slice that is too short panics. They allocate nothing, keep
// no state, and add in an order that depends on an operation's own dimensions
// alone, so the same inputs give the same bits, whatever lies beside them.
// NaN passes through, subnormal numbers are kept, and infinities do what the
// formulas make of them. Logarithms and quotients clamp at the smallest normal
// float32, 2^-126, and no result overflows for scores up to 1e4 in magnitude.
// Elementwise kernels, softmax and optimizers may write over their inputs.
//
// Kernels of float32 run at the level that the machine allows (Level). All
// levels but portable give the same bits: each element goes through the same
// operations, each rounded once, and sums run in 16 interleaved lanes, except in
// matrix products other than Affine itself, which take term after term. Units in
// the last place that they may err by: exp and log 1, sigmoid 2.5, tanh 2.6,
// softplus 1.8, silu 3.2, gelu 6. portable, which float64 takes too, computes
// by package math.
package kernel

// Float is float32 in products and float64 in derivative tests.
type Float interface{ ~float32 | ~float64 }

// Tiny is the smallest normal float32: logarithms and quotients clamp there.
const Tiny = 0x1p-126
