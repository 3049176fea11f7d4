package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// catChain is a specification of n objects and n-1 arrows from each to the
// next.
func catChain(n int) string {
	var b strings.Builder
	b.WriteString("category chain\n\n")
	for i := range n {
		fmt.Fprintf(&b, "object Thing%d = R\n", i)
	}
	b.WriteByte('\n')
	for i := range n - 1 {
		fmt.Fprintf(&b, "arrow step%d: Thing%d -> Thing%d = std.relabel\n", i, i, i+1)
	}
	return b.String()
}

// wireChain is a package of n types, a provider of each from the one before,
// and an injector of the last.
func wireChain(n int) string {
	var types, names strings.Builder
	for i := range n {
		fmt.Fprintf(&types, "type Thing%d struct{}\n\n", i)
		if i == 0 {
			types.WriteString("func Step0() Thing0 { return Thing0{} }\n\n")
		} else {
			fmt.Fprintf(&types, "func Step%d(x Thing%d) Thing%d { return Thing%d{} }\n\n", i, i-1, i, i)
		}
		fmt.Fprintf(&names, "\t\tStep%d,\n", i)
	}
	return fmt.Sprintf("//go:build wireinject\n\npackage chain\n\nimport \"github.com/google/wire\"\n\nfunc Last() Thing%d {\n\twire.Build(\n%s\t)\n\treturn Thing%d{}\n}\n", n-1, names.String(), n-1) +
		"\x00" + "package chain\n\n" + types.String()
}

// protoChain is a file of n messages, each with a field of the one before.
func protoChain(n int) string {
	var b strings.Builder
	b.WriteString("syntax = \"proto3\";\n\npackage chain;\n\noption go_package = \"example.com/chain/gen;gen\";\n\n")
	for i := range n {
		if i == 0 {
			b.WriteString("message Thing0 {\n  float value = 1;\n}\n\n")
			continue
		}
		fmt.Fprintf(&b, "message Thing%d {\n  Thing%d from = 1;\n}\n\n", i, i-1)
	}
	return b.String()
}

// sqlChain is a schema of n tables, each with a key of the one before, and a
// query for each step.
func sqlChain(n int) (schema, queries string) {
	var s, q strings.Builder
	s.WriteString("CREATE TABLE thing0 (id INTEGER PRIMARY KEY, value REAL NOT NULL);\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&s, "CREATE TABLE thing%d (id INTEGER PRIMARY KEY, from_id INTEGER NOT NULL);\n", i)
		fmt.Fprintf(&q, "-- name: Step%d :one\nSELECT id, from_id FROM thing%d WHERE from_id = ?;\n\n", i, i)
	}
	return s.String(), q.String()
}

// lay writes files below dir, by relative path.
func lay(dir string, files map[string]string) error {
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
