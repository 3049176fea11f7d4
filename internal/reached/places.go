package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
)

// place is a statement that reports, and where it begins: blocks of coverage
// leave out what follows a function literal inside a statement. Lines and
// columns count from 1, columns in bytes, as in profiles of coverage.
type place struct {
	file         string // with forward slashes
	line, column int
	shown        int    // the line of what is mentioned
	what         string // the code or the function that makes the diagnostic
	conditional  bool   // behind && or ||
}

// findPlaces reads the packages below root, without their tests.
func findPlaces(root string) ([]place, error) {
	byFolder := map[string][]*ast.File{}
	var folders []string
	set := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder := filepath.Dir(path)
		if byFolder[folder] == nil {
			folders = append(folders, folder)
		}
		byFolder[folder] = append(byFolder[folder], file)
		return nil
	})
	var all []place
	for _, folder := range folders {
		makers := diagnosticMakers(byFolder[folder])
		for _, file := range byFolder[folder] {
			all = append(all, placesIn(set, file, makers)...)
		}
	}
	return all, err
}

// diagnosticMakers names the functions and methods of a package whose one
// result is a diagnostic: a *diag.Diagnostic, or a pointer to a struct that
// embeds one. Methods of such a struct only decorate it.
func diagnosticMakers(files []*ast.File) map[string]bool {
	kinds := map[string]bool{"diag.Diagnostic": true}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if t, ok := n.(*ast.TypeSpec); ok {
				if s, ok := t.Type.(*ast.StructType); ok {
					for _, f := range s.Fields.List {
						if len(f.Names) == 0 && nameOf(f.Type) == "diag.Diagnostic" {
							kinds[t.Name.Name] = true
						}
					}
				}
			}
			return true
		})
	}
	makers := map[string]bool{}
	for _, file := range files {
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Type.Results == nil || len(f.Type.Results.List) != 1 {
				continue
			}
			if f.Recv != nil && kinds[pointee(f.Recv.List[0].Type)] || takesCode(f) {
				continue
			}
			if kinds[pointee(f.Type.Results.List[0].Type)] {
				makers[f.Name.Name] = true
			}
		}
	}
	return makers
}

// takesCode reports whether callers of f name the code, which is mention
// enough.
func takesCode(f *ast.FuncDecl) bool {
	for _, p := range f.Type.Params.List {
		if nameOf(p.Type) == "diag.Code" {
			return true
		}
	}
	return false
}

func pointee(t ast.Expr) string {
	if p, ok := t.(*ast.StarExpr); ok {
		return nameOf(p.X)
	}
	return ""
}

func nameOf(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return nameOf(t.X) + "." + t.Sel.Name
	}
	return ""
}

var code = regexp.MustCompile(`^diag\.CT\d{4}$`)

// placesIn finds the places of one file, one for each statement.
func placesIn(set *token.FileSet, file *ast.File, makers map[string]bool) []place {
	var all []place
	var path []ast.Node
	seen := map[ast.Stmt]int{} // index in all
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil {
			path = path[:len(path)-1]
			return true
		}
		path = append(path, n)
		what := mentions(n, makers)
		if what == "" {
			return true
		}
		stmt, conditional := smallest(path)
		if stmt == nil {
			return true
		}
		if i, ok := seen[stmt]; ok {
			if code.MatchString("diag." + what) {
				all[i].what = what // the code says more than the function
			}
			all[i].conditional = all[i].conditional || conditional
			return true
		}
		seen[stmt] = len(all)
		at := set.Position(stmt.Pos())
		all = append(all, place{filepath.ToSlash(at.Filename), at.Line, at.Column, set.Position(n.Pos()).Line, what, conditional})
		return true
	})
	return all
}

func mentions(n ast.Node, makers map[string]bool) string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		if name := nameOf(n); code.MatchString(name) {
			return n.Sel.Name
		}
	case *ast.CallExpr:
		switch f := n.Fun.(type) {
		case *ast.Ident:
			if makers[f.Name] {
				return f.Name
			}
		case *ast.SelectorExpr:
			if makers[f.Sel.Name] {
				return f.Sel.Name
			}
		}
	}
	return ""
}

// smallest returns the statement around the last node of path. Comparing a
// code reports nothing.
func smallest(path []ast.Node) (stmt ast.Stmt, conditional bool) {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.BinaryExpr:
			switch n.Op {
			case token.EQL, token.NEQ:
				if _, isCode := path[len(path)-1].(*ast.SelectorExpr); isCode && i == len(path)-2 {
					return nil, false
				}
			case token.LAND, token.LOR:
				conditional = conditional || i+1 < len(path) && path[i+1] == n.Y
			}
		case ast.Stmt:
			return n, conditional
		}
	}
	return nil, false
}
