// Package std holds the standard arrows: .cat files that read like a
// textbook. It only carries their text; dsl/check gives them meaning.
package std

import "embed"

// Files holds the standard library. Every file is a specification of
// category std; their declarations share one namespace. Laws are tried as
// rewrites in the order in which they stand.
//
//go:embed *.cat
var Files embed.FS
