// Package ctgen carries the sources of the runtime, from which the command
// compiles training programs and the modules it sets up. Only cmd/ctgen
// imports it.
package ctgen

import "embed"

// Sources holds go.mod, go.sum and the directory runtime of this module.
//
//go:embed go.mod go.sum runtime
var Sources embed.FS

// Path is the path of this module, as generated code imports it.
const Path = "github.com/ctgen-lang/ctgen"
