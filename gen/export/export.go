package export

import (
	"bytes"
	"encoding/json"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Version is the version of the form.
const Version = 1

// document is the whole of an export.
type document struct {
	Version    int         `json:"version"`
	Category   string      `json:"category"`
	File       string      `json:"file"`
	Doc        []string    `json:"doc"`
	Dims       []dim       `json:"dims"`
	Objects    []object    `json:"objects"`
	Arrows     []arrow     `json:"arrows"`
	Laws       []law       `json:"laws"`
	Data       []data      `json:"data"`
	Trains     []train     `json:"trains"`
	Primitives []primitive `json:"primitives"`
}

type dim struct {
	Name  string   `json:"name"`
	Doc   []string `json:"doc"`
	At    *place   `json:"at"`
	Value int      `json:"value"`
}

// JSON returns c as a JSON document, indented, with a newline at its end.
func JSON(c *category.Category) ([]byte, error) {
	d := newExporter().document(c)
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// exporter gathers what diagrams refer to.
type exporter struct {
	seen    map[*category.PrimDecl]bool
	prims   []*category.PrimDecl
	met     map[*category.Object]bool
	objects []*category.Object
}

func newExporter() *exporter {
	return &exporter{seen: map[*category.PrimDecl]bool{}, met: map[*category.Object]bool{}}
}

func (e *exporter) document(c *category.Category) *document {
	d := &document{
		Version: Version, Category: c.Name, Doc: lines(c.Doc),
		Dims: []dim{}, Objects: []object{}, Arrows: []arrow{}, Laws: []law{}, Data: []data{}, Trains: []train{},
	}
	if c.Source != nil {
		d.File = c.Source.Name
	}
	for _, m := range c.Dims {
		d.Dims = append(d.Dims, dim{m.Name, lines(m.Doc), at(m.Span), m.Value})
	}
	for _, o := range c.Objects {
		e.meet(o)
	}
	for _, a := range c.Arrows {
		d.Arrows = append(d.Arrows, e.arrow(a))
	}
	for _, l := range c.Laws {
		d.Laws = append(d.Laws, e.law(l))
	}
	for _, x := range c.Data {
		d.Data = append(d.Data, e.data(x))
	}
	for _, t := range c.Trains {
		d.Trains = append(d.Trains, e.train(t))
	}
	d.Primitives = e.primitives()
	for i := 0; i < len(e.objects); i++ { // each may name further ones
		d.Objects = append(d.Objects, e.object(e.objects[i]))
	}
	return d
}

// place is where something is declared: lines and columns count from 1,
// columns in Unicode code points; the end is exclusive.
type place struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

// at is nil where the span lies in no file.
func at(s diag.Span) *place {
	if !s.Known() {
		return nil
	}
	from, to := s.Src.Position(s.Start), s.Src.Position(s.End)
	return &place{s.Src.Name, from.Line, from.Column, to.Line, to.Column}
}

// lines is never null in JSON.
func lines(doc []string) []string { return append([]string{}, doc...) }
