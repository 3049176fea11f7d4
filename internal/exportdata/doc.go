// Package exportdata lets tests type-check Go against packages as the compiler
// built them, which takes a fraction of the time that their sources take.
package exportdata
