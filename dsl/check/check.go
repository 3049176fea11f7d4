package check

import (
	"slices"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/find"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// Options adjust a check.
type Options struct {
	Set map[string]int // dims overridden from outside (--set Hidden=128)
	// Holes: a hole is a note, and the category lacks what depends on it.
	// Otherwise it is an error.
	Holes bool
	// Program is where imports are found and checked, each once. Without one
	// there are no files to import.
	Program *Program
	// Fixes: diagnostics carry those remedies that prove themselves when they
	// are tried, which takes a check for each.
	Fixes bool
	// Vet: warnings of what is rarely meant, where nothing is wrong and no
	// hole is left; with Docs of what has no doc comment as well. What other
	// specifications of the program use counts once they are checked.
	Vet, Docs bool
}

// Check parses and checks one specification and what it imports. The category
// is nil where the list holds an error. The list tells of imported
// specifications too; whoever checks several that share some reports each
// fault once.
func Check(src *diag.Source, opts Options) (*category.Category, *diag.List) {
	if opts.Program == nil {
		opts.Program = NewProgram(nil)
	}
	u := opts.checked(src)
	cat, diags := u.result()
	if opts.Vet || opts.Fixes {
		diags = opts.advise(u, diags)
	}
	return cat, diags
}

// checked returns src, checked in its program.
func (o Options) checked(src *diag.Source) *unit {
	p := o.Program
	if p == nil {
		p = NewProgram(nil)
	}
	return p.checked(src, o)
}

// all runs the check's stages over the file.
func (c *checker) all() {
	c.std = loadStd()
	c.cat.Rewrites, c.cat.Row = c.std.rewrites, c.std.row
	c.declarations() // one flat namespace: every name once, kinds recorded
	c.dimensions()
	c.objects()
	c.arrows() // signatures, bodies, parameters, diagrams
	c.laws()
	c.monoids()
	c.methodNames()
	c.batches() // what normalizes by the batch has one
	c.data()
	c.trains()
	c.reportMissing()
	c.reportHoles()
}

// checker is the state of one check. Whatever could not be resolved is
// recorded as nil under its name, so that its uses stay silent: one fault, one
// diagnostic.
type checker struct {
	file  *syntax.File
	diags *diag.List
	opts  Options
	cat   *category.Category
	std   *stdlib

	decls      map[string]syntax.Decl        // the namespace
	dims       map[string]*category.Dim      // nil value: declared but faulty
	objectsBy  map[string]*category.Object   // nil value: declared but faulty
	gatheredBy map[string]bool               // names that only a `given` on a composite declares
	instances  map[string][]*category.Object // state instances by "Adam[Network]"; different objects may read alike
	arrowsBy   map[string]*category.Arrow    // nil value: declared but faulty
	dataBy     map[string]*category.Data
	imports    []*imported

	graded     map[*category.Diagram]bool // see holdsGrad
	holes      map[*node]*hole
	unfinished map[string]*unfinished // arrows with holes; nil under arrowsBy
	generics   map[string]*generic    // nil value: declared but faulty
	monoidsBy  map[string]*monoid     // nil value: declared but faulty
	views      map[*checker]*checker  // see viewOf
	vars       map[string]*choice     // what the generic arrow at hand leaves open
	within     *instance              // the use of a generic arrow that is at hand
	searched   []find.Arrow           // see edges
	graph      *find.Graph            // the same

	resolution // of names, carriers and dims
}

func newChecker(file *syntax.File, diags *diag.List, opts Options) *checker {
	c := &checker{
		file: file, diags: diags, opts: opts,
		cat:        &category.Category{Source: file.Source, Doc: file.Doc},
		decls:      make(map[string]syntax.Decl, len(file.Decls)),
		dims:       map[string]*category.Dim{},
		objectsBy:  make(map[string]*category.Object, len(file.Decls)/2),
		gatheredBy: map[string]bool{},
		instances:  map[string][]*category.Object{},
		arrowsBy:   make(map[string]*category.Arrow, len(file.Decls)/2),
		dataBy:     map[string]*category.Data{},
		unfinished: map[string]*unfinished{},
		generics:   map[string]*generic{},
		monoidsBy:  map[string]*monoid{},
		holes:      map[*node]*hole{},
		graded:     map[*category.Diagram]bool{},
	}
	c.missing = map[missingKey]*missing{}
	c.ambiguous = map[string]bool{}
	c.accused = map[diag.Span][]*diag.Diagnostic{}
	c.nameless = slices.Clone(file.Nameless)
	c.sizes = map[*category.Type]size{}
	c.unfolded = map[*category.Diagram]int{}
	c.objectSizes = make(map[*category.Object]size, len(file.Decls)/2)
	return c
}

// report adds an error and returns it for further labels and help.
func (c *checker) report(code diag.Code, span diag.Span, message string) *diag.Diagnostic {
	d := c.diags.Report(diag.Diagnostic{Code: code, Span: span, Message: message})
	c.within.tell(d)
	return d
}

// stdlib is the standard library, checked once per process.
type stdlib struct {
	prims    map[string]*category.PrimDecl
	terms    map[string]*syntax.ArrowDecl  // standard arrows that are terms of others
	states   map[string]*syntax.ObjectDecl // Adam[P] and the like
	rewrites []*category.Rewrite
	row      *category.PrimDecl // to one row of a tensor
}
