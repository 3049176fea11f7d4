package golang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// Missing compares the hand-written Go files of the generated package, those in
// opts, with what the hand-written arrows of c owe. Each Note says what is
// missing or has another signature, with Go to paste. Files are read for
// their syntax only; one that does not parse is left to the Go compiler.
func Missing(c *category.Category, opts Options) []Note {
	e := newEmitter(c, nil, Options{Hand: opts.Hand, Imports: opts.Imports})
	for _, all := range e.types.byKey {
		for _, d := range all {
			d.spelt = d.pkg != ""
		}
	}
	have := e.handWritten(opts.Hand)
	var notes []Note
	for _, a := range c.Arrows {
		if !byHand(a) {
			continue
		}
		for _, h := range e.handFuncs(a) {
			want := e.wanted(a, h)
			got, ok := have[want.key]
			switch {
			case !ok:
				notes = append(notes, Note{
					Message: fmt.Sprintf("arrow %s: %s is not written yet%s; paste into arrows.go:", a.Name, want.key, until(a)),
					Span:    a.Span,
					Paste:   source(e.stub(a, h)),
				})
			case !slices.Equal(got.params, want.params) || !slices.Equal(got.results, want.results):
				notes = append(notes, Note{
					Message: fmt.Sprintf("arrow %s: %s at %s is no longer what %s wants; its signature is now:", a.Name, want.key, got.place, cite(a.Span)),
					Span:    a.Span,
					Paste:   want.head,
				})
			}
		}
	}
	return notes
}

// until says what runs for an arrow while nobody has written it.
func until(a *category.Arrow) string {
	if a.Implements == nil {
		return ""
	}
	return ", so the arrow runs `" + a.Implements.Text + "`"
}

// handSignature is a function or method reduced to its types.
type handSignature struct {
	key             string // "Sigmoid", "(*Neuron).Affine"
	params, results []string
	place           string // file:line
	head            string // as Go
}

func (e *emitter) wanted(a *category.Arrow, h *handFunc) handSignature {
	s := handSignature{key: e.handKey(a, h.name)}
	head := jen.Func()
	if e.method(a) {
		typ := e.types.name(a.Given)
		head = head.Params(jen.Id(initialLetter(typ)).Op("*").Id(typ))
	}
	for i, t := range h.types {
		text := source(t)
		if h.pointer[i] {
			text = "*" + text
		}
		s.params = append(s.params, text)
	}
	for _, r := range h.results {
		s.results = append(s.results, source(r))
	}
	s.head = source(head.Id(h.name).Params(h.params...).Add(resultList(h.results)))
	return s
}

// source prints a statement as Go.
func source(c jen.Code) string { return strings.TrimSpace(fmt.Sprintf("%#v", jen.Add(c))) }

// handWritten lists the functions and methods that files declare. Packages of
// imported specifications are called in types as this package calls them.
func (e *emitter) handWritten(files map[string][]byte) map[string]handSignature {
	out := map[string]handSignature{}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, name, files[name], parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		e.renamePackages(f)
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				s := declared(fn)
				pos := set.Position(fn.Pos())
				s.place = fmt.Sprintf("%s:%d", name, pos.Line)
				out[s.key] = s
			}
		}
	}
	return out
}

// renamePackages calls the packages of imported specifications in the
// signatures of f as this package calls them.
func (e *emitter) renamePackages(f *ast.File) {
	names := map[string]string{}
	for _, i := range f.Imports {
		for _, other := range e.foreign {
			if strings.Trim(i.Path.Value, "\"`") != other.path {
				continue
			}
			name := path.Base(other.path)
			if i.Name != nil {
				name = i.Name.Name
			}
			names[name] = other.alias
		}
	}
	if len(names) == 0 {
		return
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(fn.Type, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && names[x.Name] != "" {
					x.Name = names[x.Name]
				}
			}
			return true
		})
	}
}

func declared(fn *ast.FuncDecl) handSignature {
	s := handSignature{key: fn.Name.Name, params: fieldTypes(fn.Type.Params), results: fieldTypes(fn.Type.Results)}
	if fn.Recv != nil && len(fn.Recv.List) == 1 {
		// A value receiver satisfies the contract of a pointer as well.
		s.key = "(*" + strings.TrimPrefix(types.ExprString(fn.Recv.List[0].Type), "*") + ")." + fn.Name.Name
	}
	return s
}

// fieldTypes spells the types of parameters or results, one for each name.
func fieldTypes(list *ast.FieldList) []string {
	if list == nil {
		return nil
	}
	var out []string
	for _, f := range list.List {
		for range max(len(f.Names), 1) {
			out = append(out, types.ExprString(f.Type))
		}
	}
	return out
}
