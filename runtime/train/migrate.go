package train

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/runtime/checkpoint"
	"github.com/ctgen-lang/ctgen/runtime/data"
)

// migration carries the tensors of one file over to another program.
type migration struct {
	*Mapping
	old    map[string]*checkpoint.Tensor // of the file, by name
	used   map[string]string             // new name by old
	faults []string
	said   []string
	kept   int // names that stayed
	// followed counts what the optimizer keeps and came along.
	followed int
}

// Migrate returns the model of file f, which another version of the
// specification made, as one of p: tensors and metadata. Parameters go where
// the mapping says, and what an optimizer keeps of each goes with it. A saved
// training stays one that can be resumed. said tells, a line each, what did not
// simply keep its name. All that does not fit, and all that the mapping leaves
// open, is in one error.
func Migrate(p *Program, f *checkpoint.File, m *Mapping) (metadata map[string]string, tensors []checkpoint.Tensor, said []string, err error) {
	list, err := f.Tensors()
	if err != nil {
		return nil, nil, nil, err
	}
	g := &migration{Mapping: m, old: map[string]*checkpoint.Tensor{}, used: map[string]string{}}
	for i := range list {
		g.old[list[i].Name] = &list[i]
	}
	training := f.Metadata["format"] == format
	in, err := p.New(1, 1)
	if err != nil {
		return nil, nil, nil, err
	}
	seed := uint64(defaultSeed)
	if training {
		r := metadataReader{m: f.Metadata}
		if seed = r.whole("seed", 1<<64-1); r.err != nil {
			return nil, nil, nil, r.err
		}
	}
	in.Init(seed)
	tensors = in.Tensors() // once: asking again would bring back what was drawn
	params := parametersOf(tensors, p.Params)
	for i := range params {
		g.parameter(&params[i])
	}
	if training {
		g.optimizer(tensors, params, p.Params)
	} else {
		tensors = params
	}
	best := g.best(params)
	scalers := blankScalers(&p.Data)
	for _, t := range ScalerTensors(p.Data.Name, scalers) {
		g.rest(&t)
	}
	g.leftOver()
	if len(g.faults) > 0 {
		return nil, nil, nil, &checkpoint.MismatchError{Faults: g.faults}
	}
	metadata = map[string]string{}
	for k, v := range f.Metadata {
		metadata[k] = v
	}
	if training {
		metadata["category"], metadata["train"], metadata["spec"] = p.Category, p.Name, p.Spec
	}
	if best == nil {
		forgetBest(metadata)
	}
	tensors = append(tensors, best...)
	if g.kept > 0 {
		g.said = append(g.said, count(g.kept, "tensor")+" as before")
	}
	if g.followed > 0 {
		g.said = append(g.said, count(g.followed, "tensor")+" of the optimizer with them")
	}
	return metadata, append(tensors, ScalerTensors(p.Data.Name, scalers)...), g.said, nil
}

// best are the parameters of the best epoch, where the file keeps them: each
// goes where the parameter goes. Where one of them starts anew, none is kept.
func (g *migration) best(params []checkpoint.Tensor) []checkpoint.Tensor {
	var list []checkpoint.Tensor
	for _, t := range params {
		name, ok := g.source(t.Name)
		from := g.old[keptPrefix+name]
		t = copyOf(t)
		t.Name = keptPrefix + t.Name
		if ok && from != nil && fill(&t, from) {
			list = append(list, t)
		}
	}
	held := false
	for name := range g.old {
		if isKept(name) {
			g.used[name], held = name, true
		}
	}
	if len(list) == len(params) {
		return list
	}
	if held {
		g.said = append(g.said, "the parameters of the best epoch are not taken over: some start anew")
	}
	return nil
}

// blankScalers are scalers of the spec's columns, to be filled.
func blankScalers(spec *data.Spec) []*data.Scaler {
	var list []*data.Scaler
	for i := range spec.Columns {
		if c := &spec.Columns[i]; c.Standardize {
			list = append(list, &data.Scaler{Object: c.Object, Mean: make([]float64, c.Width()), Deviation: make([]float64, c.Width())})
		}
	}
	return list
}

// inState is where a parameter lies in the file: alone, or inside a state.
func (g *migration) inState(name string) string {
	if g.old[name] == nil && g.old[statePrefix+name] != nil {
		return statePrefix + name
	}
	return name
}

// parameter fills t, a parameter of the new program.
func (g *migration) parameter(t *checkpoint.Tensor) {
	name, ok := g.source(t.Name)
	if !ok {
		g.said = append(g.said, t.Name+" starts anew")
		return
	}
	g.copy(t, g.inState(name), t.Name, name)
}

// rest fills a tensor that is no part of a state.
func (g *migration) rest(t *checkpoint.Tensor) {
	name, ok := g.source(t.Name)
	if !ok {
		g.faults = append(g.faults, t.Name+": what the data was prepared with cannot start anew")
		return
	}
	g.copy(t, name, t.Name, name)
}

// copy fills t from the file's tensor at, which messages call name.
func (g *migration) copy(t *checkpoint.Tensor, at, to, name string) {
	from := g.old[at]
	switch {
	case from == nil && name == to, name == to && g.moved(name):
		remedy := fmt.Sprintf(" or `init %s`", to)
		if t.F64 != nil { // preprocessing
			remedy = ""
		}
		g.faults = append(g.faults, fmt.Sprintf("%s: nothing in the file goes there; add `OLD -> %s`%s", to, to, remedy))
	case from == nil:
		g.faults = append(g.faults, fmt.Sprintf("%s: the file has no %s to go there", to, name))
	case g.dropped(name):
		g.faults = append(g.faults, fmt.Sprintf("%s: %s is dropped; add `init %s` to let it start anew", to, name, to))
	case g.used[at] != "":
		g.faults = append(g.faults, fmt.Sprintf("%s goes to both %s and %s", name, g.used[at], to))
	case !fill(t, from):
		g.used[at] = to
		g.faults = append(g.faults, fmt.Sprintf("%s: is %s in the file, want %s; `drop %s` and `init %s` let it start anew", to, shapeOf(from), shapeOf(t), name, to))
	default:
		g.used[at] = to
		if g.kept++; name != to {
			g.kept--
			g.said = append(g.said, name+" -> "+to)
		}
	}
}

func shapeOf(t *checkpoint.Tensor) string { return strings.ReplaceAll(fmt.Sprint(t.Shape), " ", ", ") }

// fill copies from's elements where shapes and types agree.
func fill(t, from *checkpoint.Tensor) bool {
	if !slices.Equal(t.Shape, from.Shape) || (t.F32 == nil) != (from.F32 == nil) || (t.F64 == nil) != (from.F64 == nil) ||
		(t.I32 == nil) != (from.I32 == nil) || (t.I64 == nil) != (from.I64 == nil) {
		return false
	}
	copy(t.F32, from.F32)
	copy(t.F64, from.F64)
	copy(t.I32, from.I32)
	copy(t.I64, from.I64)
	return true
}

// optimizer fills what the state keeps besides its parameters: what it keeps of
// one parameter goes where that goes, what it counts stays. Where the file has
// none of it, it starts as in a new training.
func (g *migration) optimizer(state, params []checkpoint.Tensor, prefix string) {
	if prefix == "" {
		return
	}
	anew := map[string]bool{}
	for i := range state {
		t := &state[i]
		if strings.HasPrefix(t.Name, prefix) {
			continue
		}
		at, part := t.Name, t.Name
		for k := range params {
			if section, ok := strings.CutSuffix(t.Name, "."+params[k].Name); ok {
				part = section
				name, ok := g.source(params[k].Name)
				if at = section + "." + name; !ok {
					at = ""
				}
				break
			}
		}
		if from := g.old[at]; from != nil && g.used[at] == "" && fill(t, from) {
			g.used[at] = t.Name
			g.followed++
		} else if at != "" && !anew[part] {
			anew[part] = true
			g.said = append(g.said, part+" starts anew")
		}
	}
}

// leftOver looks at what the file holds and nobody took.
func (g *migration) leftOver() {
	inFile := map[string]bool{} // parameters
	for name := range g.old {
		if p, ok := strings.CutPrefix(name, statePrefix); ok {
			inFile[p] = true
		}
	}
	state := len(inFile) > 0
	var names []string
	for name := range g.old {
		if g.used[name] == "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	gone := map[string]bool{}
	for _, name := range names {
		p, isParam := strings.CutPrefix(name, statePrefix)
		switch {
		case g.dropped(p):
			g.said = append(g.said, p+" is dropped")
		case state && !isParam && g.old[name].F64 == nil: // the optimizer's
			part := name
			for k := range inFile {
				if section, ok := strings.CutSuffix(name, "."+k); ok {
					part = section
				}
			}
			if !gone[part] {
				gone[part] = true
				g.said = append(g.said, part+" of the optimizer is not taken over, or not wholly")
			}
		default:
			g.faults = append(g.faults, fmt.Sprintf("%s: goes nowhere; add `%s -> NEW` or `drop %s`", p, p, p))
		}
	}
}

// MigrateMain is the command line of a program that migrates: the file of the
// mapping, "" for none, the model, and where it goes. It tells stdout what went
// where, and returns the exit code: 0 fine, 1 the mapping leaves something
// open, 2 a file cannot be read or written.
func MigrateMain(p *Program, args []string, stdout, stderr io.Writer) int {
	said, err := migrateFile(p, args[0], args[1], args[2])
	var mismatch *checkpoint.MismatchError
	switch {
	case errors.As(err, &mismatch):
		fmt.Fprintf(stderr, "ctgen migrate: %s does not become a model of %s:\n  %s\n", args[1], p.Category, mismatch.List())
		return exitFinding
	case err != nil:
		fmt.Fprintf(stderr, "ctgen migrate: %s\n", err)
		return exitUsage
	}
	for _, line := range said {
		fmt.Fprintln(stdout, line)
	}
	return exitFine
}

func migrateFile(p *Program, mapping, from, to string) ([]string, error) {
	m, err := ParseMapping("", "")
	if mapping != "" {
		var text []byte
		if text, err = os.ReadFile(mapping); err == nil {
			m, err = ParseMapping(mapping, string(text))
		}
	}
	if err != nil {
		return nil, err
	}
	f, err := checkpoint.Open(from)
	if err != nil {
		return nil, err
	}
	metadata, tensors, said, err := Migrate(p, f, m)
	if err != nil {
		var mismatch *checkpoint.MismatchError
		if errors.As(err, &mismatch) {
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", from, err)
	}
	return said, checkpoint.Save(to, metadata, tensors)
}
