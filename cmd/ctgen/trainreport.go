package main

import (
	"fmt"
	"path/filepath"

	"github.com/ctgen-lang/ctgen"
	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/draw"
	"github.com/ctgen-lang/ctgen/gen/golang"
)

// reportingProgram is trainProgram that shows the specification in its reports.
func reportingProgram(s *spec, t *category.Train, with extras) (*program, error) {
	p, err := modelProgram(s, with)
	if err != nil {
		return nil, err
	}
	diagram, caption := draw.SVG(s.category, t.Measure), "What the training measures, from a row to its loss."
	if diagram == "" {
		caption = "The diagram of what the training measures has too many boxes to be drawn."
	}
	p.files["main.go"] = []byte(fmt.Sprintf(`// Command main runs the training declaration %[1]s of category %[2]s.
package main

import (
	"os"

	model %[3]q
	%[4]q
	%[5]q
)

func main() {
	p := model.%[6]s()
	p.Source = &report.Source{
		Doc: %#[7]v,
		File: %[8]q,
		Text: %[9]q,
		Diagram: %[10]q,
		Caption: %[11]q,
	}
	os.Exit(train.Main(p, os.Args[1:], os.Stdout, os.Stderr))
}
`, t.Name, s.category.Name, ctgen.Path+"/model", ctgen.Path+"/runtime/report", ctgen.Path+"/runtime/train", golang.ProgramName(t),
		t.Doc, filepath.Base(s.path), s.category.Source.Text, diagram, caption))
	return p, nil
}
