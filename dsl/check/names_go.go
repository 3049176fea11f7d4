package check

import (
	"fmt"
	"go/token"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// reservedMethods are what generated types have for Go's own interfaces.
var reservedMethods = map[string]bool{
	"String": true, "Error": true, "Format": true, "Validate": true, "MarshalJSON": true, "UnmarshalJSON": true,
}

// platforms are the words that Go reads as build constraints at the end of a
// file or directory name (go/build: the known systems and architectures).
var platforms = func() map[string]bool {
	known := map[string]bool{}
	for _, word := range strings.Fields(`
		aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
		386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le
		ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm`) {
		known[word] = true
	}
	return known
}()

// device reports whether name is that of a device on Windows, in which no
// directory can be called so, and no import path of Go.
func device(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	stem := strings.TrimRight(name, "123456789")
	return len(name) == 4 && (stem == "com" || stem == "lpt")
}

// refusedPackage says why a Go package and its directory cannot be called
// name; "" where they can.
func refusedPackage(name string) string {
	switch name {
	case "main", "internal", "vendor", "testdata", "documentation":
		return fmt.Sprintf("%s means something else to Go", name)
	}
	last := name[strings.LastIndexByte(name, '_')+1:]
	switch {
	case token.IsKeyword(name):
		return fmt.Sprintf("%s is a keyword of Go", name)
	case device(name):
		return fmt.Sprintf("%s is a device on Windows, and no part of an import path in Go", name)
	case strings.HasPrefix(name, "_"):
		return "Go ignores directories that begin with an underscore"
	case strings.HasSuffix(name, "_test"):
		return "Go reads _test at the end as a test"
	case last != name && platforms[last]:
		return fmt.Sprintf("Go reads _%s at the end as a build constraint", last)
	}
	return ""
}

// methodNames reports arrows that would be methods of a type with a field of
// the same Go name, or with a method that every generated type has. It needs
// checked arrows.
func (c *checker) methodNames() {
	for _, a := range c.cat.Arrows {
		receiver := a.Given
		if a.Endo {
			receiver = a.State
		}
		if receiver == nil || receiver.Kind != category.Named || receiver.Object.Category != c.cat {
			continue // on an object of another specification it is a function
		}
		name := category.Exported(a.Name)
		if reservedMethods[name] {
			c.report(diag.CT0210, a.Span, fmt.Sprintf("`%s` would be the method %s of %s, which every generated type has for itself", a.Name, name, receiver)).
				Hint("choose another name for the arrow")
			continue
		}
		record := receiver.Carrier()
		for _, f := range record.Fields {
			if category.Exported(f.Name) == name {
				c.report(diag.CT0209, a.Span, fmt.Sprintf("`%s` would be a method of %s, which has a field `%s`", a.Name, receiver, f.Name)).
					Label(c.fieldSpan(receiver.Object, f.Name), fmt.Sprintf("the field `%s`", f.Name)).
					Hint("in Go a method and a field cannot share a name: rename one of them")
				break
			}
		}
	}
}

// fieldSpan finds where field of o is written: in o's own record, as a label
// of what o gathers, or below another object's name.
func (c *checker) fieldSpan(o *category.Object, field string) diag.Span {
	for o.Type.Kind == category.Named {
		o = o.Type.Object
	}
	for _, s := range o.Labels {
		if s.Label == field {
			return s.Span
		}
	}
	var decl *syntax.ObjectDecl
	if o.Category == c.cat {
		decl, _ = c.decls[o.Name].(*syntax.ObjectDecl)
	}
	if o.State != "" {
		decl = c.std.states[o.State]
	}
	if decl != nil {
		t := decl.Type
		for p, ok := t.(*syntax.TypeParen); ok; p, ok = t.(*syntax.TypeParen) {
			t = p.In
		}
		if rec, ok := t.(*syntax.TypeRecord); ok {
			for _, f := range rec.Fields {
				if f.Name.Text == field {
					return f.Name.Span
				}
			}
		}
	}
	return o.Span
}
