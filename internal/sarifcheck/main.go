// Command sarifcheck holds SARIF logs against a JSON schema, which for SARIF
// 2.1.0 OASIS publishes. It is a module of its own, so that nothing else needs
// a validator.
//
//	go run . SCHEMA LOG...
//
// Exit code 1 where a log does not conform, 2 where something cannot be read.
package main

import (
	"fmt"
	"os"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: sarifcheck SCHEMA LOG...")
		os.Exit(2)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "sarifcheck:", err)
		os.Exit(2)
	}
	code := 0
	for _, name := range os.Args[2:] {
		switch results, err := check(schema, name); {
		case results < 0:
			fmt.Fprintln(os.Stderr, "sarifcheck:", err)
			code = 2
		case err != nil:
			fmt.Fprintf(os.Stderr, "%s: %#v\n", name, err)
			code = max(code, 1)
		default:
			fmt.Printf("%s conforms: %d results\n", name, results)
		}
	}
	os.Exit(code)
}

// check returns how many results a log holds, negative where it cannot be
// read, and how it departs from the schema.
func check(schema *jsonschema.Schema, name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return -1, err
	}
	defer f.Close()
	log, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		return -1, fmt.Errorf("%s is no JSON: %w", name, err)
	}
	results := 0
	if object, ok := log.(map[string]any); ok {
		runs, _ := object["runs"].([]any)
		for _, run := range runs {
			if run, ok := run.(map[string]any); ok {
				of, _ := run["results"].([]any)
				results += len(of)
			}
		}
	}
	return results, schema.Validate(log)
}
