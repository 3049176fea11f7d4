package golang

import (
	"bytes"
	"go/format"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dave/jennifer/jen"
)

// part is a run of declarations, printed and formatted apart from the rest of
// its file: no declaration looks different for what stands around it.
type part struct {
	decls   []jen.Code
	sent    bool     // to the press, which has it to itself from then on
	text    []byte   // formatted, once printed
	imports []string // lines of an import block
	err     error
}

// seam opens the declarations of a part in what jennifer prints.
const seam = "//ctgen:declarations\n"

// print turns the declarations into text. Every package that generated code
// imports has a name of its own, so parts agree on what to call it.
func (p *part) print(imports []importName) {
	j := jen.NewFile("p")
	j.NoFormat = true
	for _, path_ := range []string{runtimePath, kernelPath, rngPath, dataPath, trainPath, checkpointPath, lawtestPath, scalarPath} {
		j.ImportName(path_, path.Base(path_))
	}
	for _, i := range imports {
		if i.name == path.Base(i.path) {
			j.ImportName(i.path, i.name)
		} else {
			j.ImportAlias(i.path, i.name)
		}
	}
	j.Op(seam)
	for i, d := range p.decls {
		if i > 0 {
			j.Line()
		}
		j.Add(d)
	}
	p.decls = nil
	var b bytes.Buffer
	if p.err = j.Render(&b); p.err != nil {
		return
	}
	head, body, _ := bytes.Cut(b.Bytes(), []byte(seam))
	for line := range strings.Lines(string(head)) {
		if strings.Contains(line, `"`) {
			p.imports = append(p.imports, "\t"+strings.TrimSpace(strings.TrimPrefix(line, "import ")))
		}
	}
	p.text, p.err = format.Source(body)
}

// press prints parts while the emitter goes on: printing and formatting take
// longer than making what is printed, and hold far less memory.
type press struct {
	imports []importName // of the packages of other specifications
	mu      sync.Mutex
	queue   []*part
	running int
	workers sync.WaitGroup
}

// importName is what files call an imported package.
type importName struct{ path, name string }

// foreign reports whether path is that of another specification's package.
func (s *press) foreign(path string) bool {
	return slices.ContainsFunc(s.imports, func(i importName) bool { return i.path == path })
}

// mostQueued bounds the parts that wait, and so the memory that they hold.
const mostQueued = 8

// submit has p printed, by the caller where too many wait already.
func (s *press) submit(p *part) {
	p.sent = true
	s.mu.Lock()
	if len(s.queue) >= mostQueued {
		s.mu.Unlock()
		p.print(s.imports)
		return
	}
	s.queue = append(s.queue, p)
	if s.running < runtime.GOMAXPROCS(0) {
		s.running++
		s.workers.Go(s.work)
	}
	s.mu.Unlock()
}

// work prints what waits, and ends where nothing does.
func (s *press) work() {
	for {
		s.mu.Lock()
		if len(s.queue) == 0 {
			s.running--
			s.mu.Unlock()
			return
		}
		p := s.queue[0]
		s.queue = s.queue[1:]
		s.mu.Unlock()
		p.print(s.imports)
	}
}

// wait returns when everything submitted is printed.
func (s *press) wait() { s.workers.Wait() }
