package explain

import (
	"fmt"
	"path"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// Diagnose checks an example of the table of codes, which diagnostics call
// example.cat. Files that it imports stand behind it, in the format of txtar.
func Diagnose(text string) []diag.Diagnostic {
	archive := txtar.Parse([]byte(text))
	beside := map[string]*diag.Source{}
	for _, f := range archive.Files {
		beside[f.Name] = diag.NewSource(f.Name, string(f.Data))
	}
	program := check.NewProgram(func(from *diag.Source, to string) (*diag.Source, error) {
		if s := beside[path.Join(path.Dir(from.Name), to)]; s != nil {
			return s, nil
		}
		return nil, &check.ImportError{Message: fmt.Sprintf("there is no file `%s`", to)}
	})
	_, diags := check.Check(diag.NewSource("example.cat", string(archive.Comment)), check.Options{Program: program, Vet: true})
	return diags.All()
}
