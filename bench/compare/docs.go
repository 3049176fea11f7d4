package main

import (
	"bytes"
	"fmt"
	"os"
)

// What stands between these lines of a document is written by compare.
const (
	docsBegin = "<!-- results: written by bench/compare -->\n"
	docsEnd   = "<!-- end of results -->\n"
)

// withResults is a document with the tables between its markers.
func (r *results) withResults(doc []byte) ([]byte, error) {
	before, rest, begins := bytes.Cut(doc, []byte(docsBegin))
	_, after, ends := bytes.Cut(rest, []byte(docsEnd))
	if !begins || !ends {
		return nil, fmt.Errorf("it lacks the lines %q and %q, between which the tables go", docsBegin, docsEnd)
	}
	var tables bytes.Buffer
	r.printForDocs(&tables)
	return bytes.Join([][]byte{before, []byte(docsBegin + "\n"), tables.Bytes(), []byte(docsEnd), after}, nil), nil
}

func (r *results) intoDocs(path string) error {
	doc, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	doc, err = r.withResults(doc)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, doc, 0o644)
}
