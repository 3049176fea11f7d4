// Package runtime is what generated code stands on: views between declared
// objects and flat buffers, validation of sets, strict JSON, and one-line
// forms of the standard arrows for hand-written stubs. It holds no graph, no
// registry and no reflection; shapes and order were decided when the code was
// generated.
package runtime
