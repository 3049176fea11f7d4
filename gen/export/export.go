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
	Imports    []imported  `json:"imports"`
	Dims       []dim       `json:"dims"`
	Objects    []object    `json:"objects"`
	Arrows     []arrow     `json:"arrows"`
	Laws       []law       `json:"laws"`
	Data       []data      `json:"data"`
	Trains     []train     `json:"trains"`
	Primitives []primitive `json:"primitives"`
}

// imported is another specification that this one names.
type imported struct {
	Name     string `json:"name"` // stands before the dot
	Category string `json:"category"`
	File     string `json:"file"`
	At       *place `json:"at"`
}

type dim struct {
	Name  string   `json:"name"`
	Doc   []string `json:"doc"`
	At    *place   `json:"at"`
	Value int      `json:"value"`
}

// JSON returns c as a JSON document, indented, with a newline at its end.
func JSON(c *category.Category) ([]byte, error) {
	d := newExporter(c).document()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(d); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (e *exporter) document() *document {
	c := e.home
	d := &document{
		Version: Version, Category: c.Name, Doc: lines(c.Doc),
		Imports: []imported{}, Dims: []dim{}, Objects: []object{}, Arrows: []arrow{}, Laws: []law{}, Data: []data{}, Trains: []train{},
	}
	if c.Source != nil {
		d.File = c.Source.Name
	}
	for _, i := range c.Imports {
		d.Imports = append(d.Imports, imported{i.Name, i.Category.Name, i.Category.Source.Name, at(i.Span)})
	}
	for _, m := range c.Dims {
		d.Dims = append(d.Dims, dim{m.Name, lines(m.Doc), at(m.Span), m.Value})
	}
	for _, o := range c.Objects {
		e.objects.name(o)
	}
	for _, a := range c.Arrows {
		e.arrows.name(a)
	}
	for _, x := range c.Data {
		e.data.name(x)
	}
	for _, l := range c.Laws {
		d.Laws = append(d.Laws, e.law(l))
	}
	for _, t := range c.Trains {
		d.Trains = append(d.Trains, e.train(t))
	}
	// Each may name further ones, which are imported, or states.
	for i := 0; i < len(e.arrows.all); i++ {
		d.Arrows = append(d.Arrows, e.arrow(e.arrows.all[i]))
	}
	for i := 0; i < len(e.data.all); i++ {
		d.Data = append(d.Data, e.dataOf(e.data.all[i]))
	}
	d.Primitives = e.primitives()
	for i := 0; i < len(e.objects.all); i++ {
		d.Objects = append(d.Objects, e.object(e.objects.all[i]))
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
