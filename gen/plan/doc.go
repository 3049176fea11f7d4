// Package plan turns the diagram of an arrow into straight-line code over
// flat buffers. Shapes, order, fusion and buffers are all decided here; a
// back end only prints what a Plan says, and `ctgen generate --plan` prints
// the same Plan.
//
// NewForward, NewGradient and NewStep make plans; Slots says how parameters
// start. They run these passes, one file each:
//
//   - inline: calls, projections, records, map, repeat and grad unfold into
//     a graph of single tensors; identities are aliases
//   - rewrite: std's laws fuse and stabilize what stands next to each other
//   - batch: data is one tensor per example, parameters are not
//   - reverse: the reverse derivative by composition, residuals kept once,
//     first contributions assigned, unused cotangents never computed
//   - optimizer: one statement per leaf of the state, in place
//   - layout: one workspace, places reused by lifetime
//
// What has no plan (lists, randomness, arrows that may fail) is an *Error
// with the line of the spec to blame; no diagram makes the planner panic.
package plan
