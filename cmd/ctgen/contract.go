package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"sort"
	"strings"
)

// goFunc is a function or method as a file declares it.
type goFunc struct {
	receiver  string // name of the receiver's type, "" of functions
	name      string
	types     string // of parameters and results, without names
	signature string // as declared
	text      string // doc comment and body included
	file      string
	line      int
	start     int // byte range of the declaration with its doc comment
	end       int
}

func (f *goFunc) key() string { return f.receiver + "." + f.name }

// goFuncs lists what a file declares. Of a file that does not parse it lists
// what can be read; the compiler will say what is wrong with it.
func goFuncs(name string, data []byte) []*goFunc {
	fset := token.NewFileSet()
	file, _ := parser.ParseFile(fset, name, data, parser.ParseComments|parser.SkipObjectResolution)
	if file == nil {
		return nil
	}
	var funcs []*goFunc
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		start := fn.Pos()
		if fn.Doc != nil {
			start = fn.Doc.Pos()
		}
		from, head := fset.Position(start).Offset, fset.Position(fn.Pos()).Offset
		mid, to := fset.Position(fn.Type.End()).Offset, fset.Position(fn.End()).Offset
		if head > mid || mid > to || to > len(data) {
			continue // broken off
		}
		signature := string(data[head:mid])
		funcs = append(funcs, &goFunc{
			receiver: receiverName(fn), name: fn.Name.Name,
			types:     fieldTypes(fn.Recv) + "(" + fieldTypes(fn.Type.Params) + ") (" + fieldTypes(fn.Type.Results) + ")",
			signature: signature, text: string(data[from:to]),
			file: name, line: fset.Position(fn.Pos()).Line, start: from, end: to,
		})
	}
	return funcs
}

func receiverName(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return ""
	}
	t := fn.Recv.List[0].Type
	if s, ok := t.(*ast.StarExpr); ok {
		t = s.X
	}
	if id, ok := t.(*ast.Ident); ok {
		return id.Name
	}
	return "?"
}

// fieldTypes lists the types of parameters or results, one for each name.
func fieldTypes(list *ast.FieldList) string {
	if list == nil {
		return ""
	}
	var types []string
	for _, f := range list.List {
		var b bytes.Buffer
		if err := format.Node(&b, token.NewFileSet(), f.Type); err != nil {
			return "?"
		}
		for range max(1, len(f.Names)) {
			types = append(types, b.String())
		}
	}
	return strings.Join(types, ", ")
}

// contract is what the hand-written files of a package owe: the functions
// that the stubs declare.
type contract struct {
	stubs   []*goFunc
	written map[string]*goFunc // by key
	missing []*goFunc          // stubs that no file declares
	differ  []*goFunc          // stubs that a file declares with other types
}

// newContract holds the stub file against the hand-written files in dir.
func newContract(stub outFile, dir string) (*contract, error) {
	files, err := handFiles(dir)
	if err != nil {
		return nil, err
	}
	c := &contract{stubs: goFuncs(stub.name, stub.data), written: map[string]*goFunc{}}
	for name, data := range files {
		for _, f := range goFuncs(name, data) {
			c.written[f.key()] = f
		}
	}
	for _, s := range c.stubs {
		switch w := c.written[s.key()]; {
		case w == nil:
			c.missing = append(c.missing, s)
		case w.types != s.types:
			c.differ = append(c.differ, s)
		}
	}
	return c, nil
}

// trim takes the stubs out that another file declares already. It returns
// nil where none is left.
func (c *contract) trim(stub outFile) []byte {
	if len(c.missing) == 0 {
		return nil
	}
	data := stub.data
	declared := make([]*goFunc, 0, len(c.stubs))
	for _, s := range c.stubs {
		if c.written[s.key()] != nil {
			declared = append(declared, s)
		}
	}
	sort.Slice(declared, func(i, j int) bool { return declared[i].start > declared[j].start })
	for _, s := range declared {
		end := s.end
		for end < len(data) && data[end] == '\n' {
			end++
		}
		data = append(append([]byte{}, data[:s.start]...), data[end:]...)
	}
	if out, err := format.Source(data); err == nil {
		return out
	}
	return data
}

// notes says what is missing or differs, with text to paste.
func (c *contract) notes(dir, stubFile string) []string {
	var notes []string
	if len(c.missing) > 0 {
		var b strings.Builder
		for _, s := range c.missing {
			b.WriteString("\n" + s.text + "\n")
		}
		notes = append(notes, fmt.Sprintf("%s lacks what the specification leaves to you; paste:\n%s",
			shown(filepath.Join(dir, stubFile)), b.String()))
	}
	for _, s := range c.differ {
		w := c.written[s.key()]
		notes = append(notes, fmt.Sprintf("%s:%d: the specification now asks for another signature; change\n\n%s\n\nto\n\n%s\n",
			shown(filepath.Join(dir, w.file)), w.line, w.signature, s.signature))
	}
	return notes
}
