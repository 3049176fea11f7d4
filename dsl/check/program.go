package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
)

// Loader finds the specification that an import names: path as it is written
// in from, which it is relative to. The same file is the same source, whoever
// names it and how. An error is shown at the import, with the help of an
// *ImportError.
type Loader func(from *diag.Source, path string) (*diag.Source, error)

// ImportError says why an import leads nowhere, and what to do.
type ImportError struct {
	Message string // without capital or final stop
	Help    []string
}

func (e *ImportError) Error() string { return e.Message }

// Program is a set of specifications that import one another. Each is checked
// once, however many import it, so that its objects are the same for all of
// them. A program may be used from several goroutines; a category is complete
// once all checks are, since another one may come to import it.
type Program struct {
	load  Loader
	mu    sync.Mutex
	units map[*diag.Source]*unit
	set   map[*diag.Source]map[string]int
	named map[string]map[string]int // by category

	// Sources that have another text here, both ways; see With.
	edited, original map[*diag.Source]*diag.Source
}

// NewProgram returns a program without specifications. Where load is nil there
// are no files, and imports are refused.
func NewProgram(load Loader) *Program {
	return &Program{load: load, units: map[*diag.Source]*unit{}, set: map[*diag.Source]map[string]int{}, named: map[string]map[string]int{}}
}

// With returns a program of the same files in which edited stands for src, and
// in which nothing is checked yet.
func (p *Program) With(src, edited *diag.Source) *Program {
	q := &Program{load: p.load, units: map[*diag.Source]*unit{}, set: maps.Clone(p.set), named: p.named,
		edited: map[*diag.Source]*diag.Source{}, original: map[*diag.Source]*diag.Source{}}
	maps.Copy(q.edited, p.edited)
	maps.Copy(q.original, p.original)
	if set, ok := p.set[src]; ok {
		q.set[edited] = set
	}
	was := src
	if first := p.original[src]; first != nil {
		was = first
	}
	q.edited[was], q.original[edited] = edited, was
	return q
}

// Current is what stands for src in p.
func (p *Program) Current(src *diag.Source) *diag.Source {
	if was := p.original[src]; was != nil {
		src = was
	}
	if e := p.edited[src]; e != nil {
		return e
	}
	return src
}

// Set overrides dims of one specification. It has an effect before the first
// check only.
func (p *Program) Set(src *diag.Source, dims map[string]int) { p.set[src] = dims }

// SetNamed overrides a dim of the specifications that are called category,
// imported ones among them. It has an effect before the first check only.
func (p *Program) SetNamed(category, dim string, value int) {
	if p.named[category] == nil {
		p.named[category] = map[string]int{}
	}
	p.named[category][dim] = value
}

// Unset lists the overrides by SetNamed, as category.dim, that no specification
// took so far, and the dims that there are, written likewise.
func (p *Program) Unset() (missing, known []string) {
	taken := map[string]bool{}
	for _, u := range p.units {
		if u.c == nil {
			continue
		}
		for _, dim := range u.c.dimNames() {
			name := u.c.cat.Name + "." + dim
			taken[name] = true
			known = append(known, name)
		}
	}
	slices.Sort(known)
	for _, name := range keys(p.named) {
		for _, dim := range keys(p.named[name]) {
			if !taken[name+"."+dim] {
				missing = append(missing, name+"."+dim)
			}
		}
	}
	return missing, known
}

// unit is one specification of a program.
type unit struct {
	file    *syntax.File
	diags   diag.List
	opts    Options
	imports []*unit // one for each import; nil where it leads nowhere
	loading bool
	once    sync.Once
	c       *checker // once it is checked
	failed  bool     // it or what it imports has an error
}

// checked returns the unit of src with all that it imports checked.
func (p *Program) checked(src *diag.Source, opts Options) *unit {
	u := p.loaded(src, opts)
	p.check(u)
	return u
}

// Read reads specifications, side by side, and then what they import, in their
// order: which import is blamed for a cycle depends on the order.
func (p *Program) Read(sources []*diag.Source, opts Options) {
	units := make([]*unit, len(sources))
	var all sync.WaitGroup
	for i, src := range sources {
		all.Go(func() { units[i] = read(src, opts) })
	}
	all.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, src := range sources {
		if p.units[src] == nil {
			p.enter(units[i], nil)
		}
	}
}

func read(src *diag.Source, opts Options) *unit {
	u := &unit{opts: opts}
	u.file = syntax.Parse(src, &u.diags)
	return u
}

// loaded reads src and what it imports, unless that has been done.
func (p *Program) loaded(src *diag.Source, opts Options) *unit {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.units[src] == nil {
		p.enter(read(src, opts), nil)
	}
	return p.units[src]
}

// entry is a specification that is being read, and its import that led on.
type entry struct {
	unit *unit
	by   *syntax.Import
}

// enter adds u, reached through the imports of path, and what it imports.
func (p *Program) enter(u *unit, path []entry) {
	src := u.file.Source
	p.units[src] = u
	if set, ok := p.set[src]; ok {
		u.opts.Set = set
	}
	u.loading = true
	for i := range u.file.Imports {
		u.imports = append(u.imports, p.follow(u, append(path, entry{u, &u.file.Imports[i]})))
	}
	u.loading = false
}

// follow reads what the last import of path names; nil after reporting.
func (p *Program) follow(u *unit, path []entry) *unit {
	by := path[len(path)-1].by
	src, err := p.find(u.file.Source, by.Path.Text)
	if err != nil {
		d := u.diags.Report(diag.Diagnostic{Code: diag.CT0215, Span: by.Path.Span, Message: err.Error()})
		var lost *ImportError
		if errors.As(err, &lost) {
			d.Help = lost.Help
		}
		return nil
	}
	next := p.units[src]
	switch {
	case next == nil:
		next = read(src, Options{Holes: u.opts.Holes})
		p.enter(next, path)
	case next.loading:
		reportImportCycle(next, path)
		return nil
	}
	return next
}

func (p *Program) find(from *diag.Source, path string) (*diag.Source, error) {
	quoted := "`" + path + "`"
	drive := len(path) > 1 && path[1] == ':'
	switch {
	case path == "":
		return nil, &ImportError{Message: "an import names a file, and this text is empty"}
	case strings.Contains(path, "://"):
		return nil, &ImportError{Message: quoted + " is an address, and an import names a file", Help: []string{"copy the specification beside this one"}}
	case strings.HasPrefix(path, "/"), strings.HasPrefix(path, "~"), drive:
		return nil, &ImportError{Message: quoted + " is not relative to this specification"}
	case strings.Contains(path, `\`):
		return nil, &ImportError{Message: quoted + " holds a backslash", Help: []string{"write paths with /"}}
	case p.load == nil:
		return nil, &ImportError{Message: "there are no files here to import " + quoted + " from"}
	}
	if was := p.original[from]; was != nil {
		from = was
	}
	src, err := p.load(from, path)
	return p.Current(src), err
}

// Of a long cycle the message shows its ends.
const (
	shownFirst = 4
	shownLast  = 3
)

// reportImportCycle blames the specification of the cycle that was read first,
// at its import, and points to the others. Path ends with the import of first.
func reportImportCycle(first *unit, path []entry) {
	for path[0].unit != first {
		path = path[1:]
	}
	var names []string
	for _, e := range path {
		names = append(names, e.unit.file.Source.Name)
	}
	shown := append(names, names[0])
	if hidden := len(shown) - shownFirst - shownLast; hidden > 1 {
		shown = append(append(append([]string{}, shown[:shownFirst]...), fmt.Sprintf("… %d more …", hidden)), shown[len(shown)-shownLast:]...)
	}
	d := first.diags.Report(diag.Diagnostic{Code: diag.CT0207, Span: path[0].by.Path.Span,
		Message: fmt.Sprintf("`%s` imports itself: %s", names[0], strings.Join(shown, " → "))})
	for i, e := range path[1:] {
		if i == maxElsewhere {
			break
		}
		d.Label(e.by.Path.Span, fmt.Sprintf("`%s` imports `%s`", names[i+1], append(names, names[0])[i+2]))
	}
}

// check checks u after what it imports.
func (p *Program) check(u *unit) {
	u.once.Do(func() {
		for _, of := range u.imports {
			if of == nil {
				u.failed = true
				continue
			}
			p.check(of)
			u.failed = u.failed || of.failed
			p.mu.Lock()
			if !of.c.cat.Imported {
				of.c.cat.Imported = true
			}
			p.mu.Unlock()
		}
		c := newChecker(u.file, &u.diags, u.opts)
		c.categoryName()
		if named := p.named[c.cat.Name]; named != nil {
			c.override(named)
		}
		c.bindImports(u)
		c.all()
		u.c, u.failed = c, u.failed || u.diags.HasErrors()
	})
}

// result returns the category of u, nil where it has failed, and what was
// reported of it and of all that it imports.
func (u *unit) result() (*category.Category, *diag.List) {
	diags := &u.diags
	if len(u.imports) > 0 {
		diags = &diag.List{}
		u.gather(diags, map[*unit]bool{})
	}
	if u.failed {
		return nil, diags
	}
	return u.c.cat, diags
}

func (u *unit) gather(all *diag.List, seen map[*unit]bool) {
	if u == nil || seen[u] {
		return
	}
	seen[u] = true
	for _, of := range u.imports {
		of.gather(all, seen)
	}
	for _, d := range u.diags.All() {
		all.Add(d)
	}
}
