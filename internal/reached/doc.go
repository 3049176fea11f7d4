// Command reached says which places of the checker report a diagnostic without
// any test that makes them do so. A place that reports is the smallest
// statement that mentions a code (diag.CT0301) or calls a function whose one
// result is a diagnostic. It is reached where the block of statements that
// holds it ran under the tests; because a block is entered as a whole, a place
// behind && or || could be counted without having reported, so that there are
// none.
//
//	go test -coverpkg=./dsl/... -coverprofile=cover.out ./dsl/...
//	go run ./internal/reached cover.out dsl
//
// It prints how many places there are, lists those that are not reached, and
// ends with exit code 1 if there are any.
package main
