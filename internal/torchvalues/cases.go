package torchvalues

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/internal/agree"
)

// pulled is the object of results paired with cotangents.
const pulled = "Pulled"

//go:embed cases/*.cat cases/*.json
var files embed.FS

// Group is one specification and the cases of its arrows.
type Group struct {
	Name     string
	Text     string // the specification, and a pull for each case that has slopes
	Category *category.Category
	Cases    []*Case
}

// Case is what PyTorch says of an arrow or of an endo.
type Case struct {
	Arrow *category.Arrow

	// Of an arrow: one value per factor of its domain, its parameters, one
	// value per factor of its codomain.
	In    []eval.Value
	Given eval.Value
	Out   []eval.Value

	// What the reverse derivative makes of cotangents of the results: those
	// of the inputs that move, and of the parameters. Pull is the arrow that
	// pairs the results with cotangents, whose parameters are all that moves;
	// it and Slope, its gradient, are nil where nothing does.
	Cotangent   []eval.Value
	DIn         []eval.Value
	DGiven      eval.Value
	Pull, Slope *category.Arrow

	// Of an endo: its states, the first before the first input.
	Inputs  [][]eval.Value
	Batches [][][]eval.Value // in place of inputs: of each step, all examples
	States  []eval.Value
}

// Load reads all groups.
func Load() ([]*Group, error) {
	specs, err := files.ReadDir("cases")
	if err != nil {
		return nil, err
	}
	var out []*Group
	for _, s := range specs {
		name, ok := strings.CutSuffix(s.Name(), ".cat")
		if !ok {
			continue
		}
		g, err := load(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, g)
	}
	return out, nil
}

func load(name string) (*Group, error) {
	text, err := files.ReadFile(path.Join("cases", name+".cat"))
	if err != nil {
		return nil, err
	}
	values, err := files.ReadFile(path.Join("cases", name+".json"))
	if err != nil {
		return nil, err
	}
	var said map[string]record
	if err := json.Unmarshal(values, &said); err != nil {
		return nil, err
	}
	plain, err := checked(name, string(text))
	if err != nil {
		return nil, err
	}
	g := &Group{Name: name, Text: string(text) + "\nobject " + pulled + "\n"}
	names := slices.Sorted(maps.Keys(said))
	for _, n := range names {
		a := arrow(plain, n)
		if a == nil {
			return nil, fmt.Errorf("there is no arrow %s", n)
		}
		if said[n].DIn != nil {
			pull := agree.Pull(a, pulled)
			if pull == "" {
				return nil, fmt.Errorf("%s: nothing moves", n)
			}
			g.Text += pull
		}
	}
	if g.Category, err = checked(name, g.Text); err != nil {
		return nil, err
	}
	for _, n := range names {
		c := &Case{Arrow: arrow(g.Category, n), Pull: arrow(g.Category, n+"_pull"), Slope: arrow(g.Category, n+"_slope")}
		if err := c.decode(said[n]); err != nil {
			return nil, fmt.Errorf("%s: %w", n, err)
		}
		g.Cases = append(g.Cases, c)
	}
	return g, nil
}

func checked(name, text string) (*category.Category, error) {
	c, diags := check.Check(diag.NewSource(name+".cat", text), check.Options{})
	if c == nil || diags.HasErrors() {
		return nil, fmt.Errorf("%v", diags.All())
	}
	return c, nil
}

func arrow(c *category.Category, name string) *category.Arrow {
	i := slices.IndexFunc(c.Arrows, func(a *category.Arrow) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return c.Arrows[i]
}

// record is a case as values.py writes it.
type record struct {
	In        []json.RawMessage     `json:"in"`
	Given     json.RawMessage       `json:"given"`
	Out       []json.RawMessage     `json:"out"`
	Cotangent []json.RawMessage     `json:"cotangent"`
	DIn       []json.RawMessage     `json:"din"` // null where nothing moves
	DGiven    json.RawMessage       `json:"dgiven"`
	Steps     [][]json.RawMessage   `json:"steps"`
	Batches   [][][]json.RawMessage `json:"batches"`
	States    []json.RawMessage     `json:"states"`
}

func (c *Case) decode(r record) (err error) {
	decode := func(text json.RawMessage, t *category.Type) (v eval.Value) {
		if err == nil {
			v, err = eval.Decode(text, t)
		}
		return v
	}
	several := func(texts []json.RawMessage, t *category.Type) (out []eval.Value) {
		factors := t.Factors()
		if len(texts) != len(factors) {
			err = fmt.Errorf("%d values for %s", len(texts), t)
			return nil
		}
		for i, f := range factors {
			out = append(out, decode(texts[i], f))
		}
		return out
	}
	a := c.Arrow
	if a.Endo {
		for _, s := range r.States {
			c.States = append(c.States, decode(s, a.State))
		}
		for _, s := range r.Steps {
			c.Inputs = append(c.Inputs, several(s, a.Dom))
		}
		for _, b := range r.Batches {
			var batch [][]eval.Value
			for _, example := range b {
				batch = append(batch, several(example, a.Dom))
			}
			c.Batches = append(c.Batches, batch)
		}
		return err
	}
	c.In, c.Out = several(r.In, a.Dom), several(r.Out, a.Cod)
	if !a.Given.IsUnit() {
		c.Given = decode(r.Given, a.Given)
	}
	if r.DIn == nil {
		return err
	}
	c.Cotangent = several(r.Cotangent, category.NewTangent(a.Cod))
	for i, f := range a.Dom.Factors() {
		if !f.IndexLike() {
			c.DIn = append(c.DIn, decode(r.DIn[i], category.NewTangent(f)))
		}
	}
	if !a.Given.IsUnit() {
		c.DGiven = decode(r.DGiven, category.NewTangent(a.Given))
	}
	return err
}
