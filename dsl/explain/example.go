package explain

import (
	"fmt"
	"path"
	"strings"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Diagnose checks an example of the table of codes, which diagnostics call
// example.cat. Files that it imports stand behind it, each below a line
// `-- NAME --`.
func Diagnose(text string) []diag.Diagnostic {
	first, beside := divide(text)
	program := check.NewProgram(func(from *diag.Source, to string) (*diag.Source, error) {
		if s := beside[path.Join(path.Dir(from.Name), to)]; s != nil {
			return s, nil
		}
		return nil, &check.ImportError{Message: fmt.Sprintf("there is no file `%s`", to)}
	})
	_, diags := check.Check(diag.NewSource("example.cat", first), check.Options{Program: program, Vet: true})
	return diags.All()
}

// divide splits an example into its own text and the files behind it.
func divide(text string) (first string, beside map[string]*diag.Source) {
	beside = map[string]*diag.Source{}
	var name string
	var part strings.Builder
	end := func() {
		if name == "" {
			first = part.String()
		} else {
			beside[name] = diag.NewSource(name, part.String())
		}
		part.Reset()
	}
	for line := range strings.Lines(text) {
		inner, opens := strings.CutPrefix(strings.TrimSpace(line), "-- ")
		if inner, closes := strings.CutSuffix(inner, " --"); opens && closes {
			end()
			name = inner
			continue
		}
		part.WriteString(line)
	}
	end()
	return first, beside
}
