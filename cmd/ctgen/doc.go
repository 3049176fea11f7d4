// Command ctgen turns specifications of small models, written in the .cat
// language, into Go packages; checks, evaluates and trains them.
//
// The verbs are listed by `ctgen help`. Exit codes: 0 fine; 1 findings in
// what was given (errors in a spec, stale files); 2 wrong usage or I/O. Data
// goes to standard output, everything else to standard error.
//
// This is the only package of the module that writes files. One file holds
// one verb; scripts under testdata/script are the command's specification.
package main
