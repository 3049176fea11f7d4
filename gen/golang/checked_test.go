package golang_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// TestCheckedAddsOneFile: without the option nothing changes, with it there is
// one file more and all others are the same.
func TestCheckedAddsOneFile(t *testing.T) {
	for _, spec := range specs(t) {
		text, err := os.ReadFile(spec)
		require.NoError(t, err)
		plain, _, err := golang.Generate(load(t, filepath.Base(spec), string(text)), golang.Options{})
		require.NoError(t, err)
		checked, _, err := golang.Generate(load(t, filepath.Base(spec), string(text)), golang.Options{Checked: true})
		require.NoError(t, err)
		require.Len(t, checked, len(plain)+1, spec)
		require.Equal(t, plain, checked[:len(plain)], spec)
		require.Equal(t, "checked_gen.go", checked[len(plain)].Name)
	}
}

// masked replaces what differs from run to run in a table: times, shares, and
// the spaces that align them.
func masked(text string) string {
	text = regexp.MustCompile(`(?m) +\S+s +(\d+%|-)$`).ReplaceAllString(text, " TIME SHARE")
	return regexp.MustCompile(`(\S) {2,}`).ReplaceAllString(text, "$1  ")
}

// TestCheckedPrograms runs programs over checked packages and compares what
// they print.
func TestCheckedPrograms(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("testdata/checked/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	dir, err := os.MkdirTemp("testdata", "run")
	require.NoError(t, err)
	defer os.RemoveAll(dir)
	archives := map[string]*txtar.Archive{}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		require.NoError(t, err)
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		archives[name] = archive
		files := map[string]string{}
		for _, f := range archive.Files {
			files[f.Name] = string(f.Data)
		}
		generated, _, err := golang.Generate(load(t, name+".cat", files[name+".cat"]), golang.Options{Checked: true})
		require.NoError(t, err)
		pkg := filepath.Join(dir, "cmd"+name, name)
		require.NoError(t, os.MkdirAll(pkg, 0o777))
		for _, f := range generated {
			if f.Once {
				f.Content = []byte(files[f.Name])
			}
			require.NoError(t, os.WriteFile(filepath.Join(pkg, f.Name), f.Content, 0o666))
		}
		at := "github.com/ctgen-lang/ctgen/gen/golang/" + filepath.ToSlash(pkg)
		main := strings.ReplaceAll(files["main.go"], `"example/`+name+`"`, `"`+at+`"`)
		require.NoError(t, os.WriteFile(filepath.Join(dir, "cmd"+name, "main.go"), []byte(main), 0o666))
	}
	bin := t.TempDir()
	out, err := exec.Command("go", "build", "-ldflags=-w", "-o", bin+string(filepath.Separator), "./"+filepath.ToSlash(dir)+"/...").CombinedOutput()
	require.NoError(t, err, "%s", out)
	for name, archive := range archives {
		t.Run(name, func(t *testing.T) {
			out, err := exec.Command(filepath.Join(bin, "cmd"+name)).CombinedOutput()
			require.NoError(t, err, "%s", out)
			want := &archive.Files[len(archive.Files)-1]
			require.Equal(t, "want", want.Name)
			if *update {
				want.Data = []byte(masked(string(out)))
				require.NoError(t, os.WriteFile("testdata/checked/"+name+".txtar", txtar.Format(archive), 0o666))
				return
			}
			require.Equal(t, string(want.Data), masked(string(out)))
		})
	}
}
