package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// block is the part of a document that shows a file of results/.
var block = regexp.MustCompile(`(?s)(<!-- results/(\S+) -->\n).*?(<!-- end of results -->\n)`)

// showResults returns a document with the tables of each results file between
// the lines that name it and end it.
func showResults(doc []byte, dir string) ([]byte, error) {
	if !block.Match(doc) {
		return nil, fmt.Errorf("it has no line <!-- results/FILE.jsonl --> with <!-- end of results --> below it, between which tables go")
	}
	var failed error
	doc = block.ReplaceAllFunc(doc, func(old []byte) []byte {
		m := block.FindSubmatch(old)
		r, err := readResults(filepath.Join(dir, string(m[2])))
		if err != nil {
			failed = err
			return old
		}
		var tables bytes.Buffer
		r.printForDocs(&tables)
		return bytes.Join([][]byte{m[1], []byte("\n"), tables.Bytes(), m[3]}, nil)
	})
	return doc, failed
}

// refreshDocs brings a document's tables in line with results/.
func refreshDocs(path string) error {
	doc, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	doc, err = showResults(doc, "results")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, doc, 0o644)
}
