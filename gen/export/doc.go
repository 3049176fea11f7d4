// Package export prints a checked category as JSON, for programs that draw,
// count or translate models: objects, arrows with their diagrams as graphs of
// typed wires, laws, data, trainings, and the primitives that all of these
// use.
//
// JSON is pure: it reads a category and returns bytes. The same category gives
// the same bytes on every machine. docs/export.md describes the form,
// docs/export.schema.json is its schema; Version changes where a reader of the
// former form would go wrong, and not where fields are added.
package export
