// Package plan turns the diagram of an arrow into straight-line code over
// flat buffers: it inlines calls, batches, derives reverse passes by
// composition, applies std's rewrites, and lays out one static workspace.
// Shapes, order, fusion and buffers are all decided here; a back end only
// prints what a Plan says, and `ctgen generate --plan` prints the same Plan.
package plan
