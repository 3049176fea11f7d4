// Package bench holds the benchmarks of generated code, and the packages they
// run: specs/ is their source, generated/ what ctgen makes of it.
//
//	go test -bench .     our own figures, by Go's benchmarks
//	go run ./compare     the same workloads beside other libraries and C
//
// docs/performance.md says how to read the figures.
package bench
