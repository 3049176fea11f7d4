package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Options say what is generated, and what the package's directory holds
// already.
type Options struct {
	// Checked adds checked_gen.go: every arrow once more, in a form that
	// validates what it makes. The other files are the same without it.
	Checked bool
	// Gradients adds gradients_gen.go: the derivative of what each training
	// declaration measures, which reports show. The other files are the same
	// without it.
	Gradients bool
	// Hand are the hand-written files of the package, by name. Where there
	// are none, the stubs that come with the package are written too.
	Hand map[string][]byte
	// Attested is the content of AttestedFile, nil where there is none.
	Attested []byte
	// Imports are the packages of all categories that the printed one leads to,
	// also through others.
	Imports map[*category.Category]*Import
}

// File is one file of the generated package.
type File struct {
	Name    string // without a directory: "arrows_gen.go"
	Content []byte
	Once    bool // a hand-written file's first version: never overwritten
}

// Note is something worth telling the user that is no fault.
type Note struct {
	Message string
	Span    diag.Span
	Paste   string // Go to paste into a hand-written file, or ""
}

// Package is a generated package.
type Package struct {
	Files   []File
	Notes   []Note
	exports *exports
}

// Generate is Print for a category whose package nothing imports.
func Generate(c *category.Category, opts Options) ([]File, []Note, error) {
	p, err := Print(c, opts)
	if err != nil {
		return nil, nil, err
	}
	return p.Files, p.Notes, nil
}

// Print prints c as a Go package. It fails only where a plan cannot be made,
// with an error that names the arrow.
func Print(c *category.Category, opts Options) (*Package, error) {
	// Some names of the package block are given out while functions are being
	// printed. Where that is too late for a local of an earlier one, a second
	// pass knows them from the start.
	e := newEmitter(c, nil, opts)
	files := e.files()
	if e.err == nil && e.names.hidden() {
		e = newEmitter(c, e.names.taken, opts)
		files = e.files()
	}
	if e.err != nil {
		return nil, e.err
	}
	offered := e.exports()
	if opts.Gradients {
		// Behind all others, so that no name in it changes one in another file.
		files = append(files, e.gradientsFile())
		if e.err != nil {
			return nil, e.err
		}
	}
	if opts.Checked {
		// Behind them, so that no name in it changes one in another file.
		files = append(files, e.checkedFile())
		if e.err != nil {
			return nil, e.err
		}
	}
	out, err := e.render(files)
	if err != nil {
		return nil, err
	}
	return &Package{out, e.notes, offered}, nil
}

// files prints the package.
func (e *emitter) files() []*file {
	files := []*file{
		e.arrowsFile(),
		e.stepsFile(),
		e.predictorsFile(),
		e.dataFile(),
		e.lawsFile(),
		e.stubsFile(),
	}
	if e.err != nil {
		return nil
	}
	files = append(files, e.plansFile(), e.loopsFile())
	return append([]*file{e.objectsFile()}, files...) // knows by now which types are reachable
}

// emitter holds what all files of one package share.
type emitter struct {
	c     *category.Category // home, where Go that stands in for arrows is known
	home  *category.Category
	press *press
	names *names
	types *typeTable
	loops *loopTable
	funcs map[*category.Arrow]string // functions and methods
	sets  map[string]string          // by Go type: the variable that describes its object

	foreign  map[*category.Category]*foreign
	standIns map[*category.Arrow]*standIn
	plans    []*planned
	bounds   []*boundPlan

	trainers   []*trainer
	predictors []*predictor
	benches    []*trainBench
	inits      []*initial
	notes      []Note
	err        error
}

func newEmitter(c *category.Category, later map[string]bool, opts Options) *emitter {
	e := &emitter{c: c, home: c, press: &press{}, foreign: map[*category.Category]*foreign{}, names: newNames(later), funcs: map[*category.Arrow]string{}, sets: map[string]string{}, standIns: map[*category.Arrow]*standIn{}}
	e.types = &typeTable{names: e.names, wanted: map[string]bool{}}
	e.loops = &loopTable{names: e.names}
	e.bindImports(c, opts.Imports)
	for _, d := range c.Dims {
		e.names.claim("Dim"+exported(d.Name), "Size")
	}
	members := e.modelMembers()
	e.names.hold(members)
	e.types.declare(c.Objects)
	e.names.release(members)
	for _, a := range c.Arrows {
		if parametric(a) {
			e.types.parameters(a.Name, receiver(a))
		}
		if e.method(a) {
			e.funcs[a] = exported(a.Name)
			continue
		}
		e.funcs[a] = e.names.claim(exported(a.Name), "Of")
		if e.funcs[a] != exported(a.Name) {
			e.note(a.Span, "arrow "+a.Name+" becomes the function "+e.funcs[a]+": "+exported(a.Name)+" is another name already")
		}
	}
	e.findStandIns(opts)
	return e
}

// fail keeps the first error.
func (e *emitter) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *emitter) note(span diag.Span, message string) {
	e.notes = append(e.notes, Note{Message: message, Span: span})
}
