package std

import "embed"

// Files holds the standard library. Every file is a specification of
// category std; their declarations share one namespace. Laws are tried as
// rewrites in the order in which they stand.
//
//go:embed *.cat
var Files embed.FS
