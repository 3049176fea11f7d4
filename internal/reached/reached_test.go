package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const source = `package p

import "example.org/m/diag"

type fault struct{ diag.Diagnostic }

func (f *fault) hint() *fault { return f }

func fail(code diag.Code) *fault { return &fault{} }

func unexpected() *fault {
	return fail(diag.CT0101).hint()
}

func f(n int) bool {
	switch {
	case n == 1:
		fail(diag.CT0203).hint()
	case n == 2:
		unexpected()
	case n == 3:
		func() { fail(diag.CT0204) }()
	}
	g(func() int { return n }, func() int {
		return 0
	}, diag.CT0302)
	ok := n > 0 && fail(diag.CT0301) != nil
	if fail("").Code == diag.CT0101 {
		return ok
	}
	return false
}
`

func write(t *testing.T, root string) {
	t.Helper()
	for name, text := range map[string]string{
		"go.mod":           "module example.org/m\n",
		"p/p.go":           source,
		"p/p_test.go":      strings.Replace(source, "package p", "package p_test", 1),
		"p/testdata/no.go": "no Go at all",
	} {
		path := filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	}
}

func TestListsWhatNoTestReaches(t *testing.T) {
	root := t.TempDir()
	write(t, root)
	t.Chdir(root)
	// As go test writes it: the function, its cases and the literal are blocks,
	// and a second package's counts of the same blocks may follow.
	profile := `mode: set
example.org/m/p/p.go:11.26,13.2 1 1
example.org/m/p/p.go:15.20,16.9 1 1
example.org/m/p/p.go:17.14,18.27 1 0
example.org/m/p/p.go:19.14,20.15 1 0
example.org/m/p/p.go:21.14,22.33 1 1
example.org/m/p/p.go:22.10,22.31 1 0
example.org/m/p/p.go:24.2,24.15 1 1
example.org/m/p/p.go:24.15,24.27 1 0
example.org/m/p/p.go:24.39,26.3 1 0
example.org/m/p/p.go:27.2,28.34 2 1
example.org/m/p/p.go:17.14,18.27 1 0
example.org/m/p/p.go:19.14,20.15 1 1
`
	var b strings.Builder
	missed, err := run(&b, strings.NewReader(profile), ".", "p")
	require.NoError(t, err)
	require.Equal(t, 3, missed, b.String())
	require.Equal(t, `p/p.go:18: no test reaches CT0203
p/p.go:22: no test reaches CT0204
p/p.go:27: CT0301 stands behind && or ||, so nothing shows whether it was reached
3 of 6 places that report are reached by tests
`, b.String())
}

func TestRefusesWhatItCannotRead(t *testing.T) {
	root := t.TempDir()
	write(t, root)
	t.Chdir(root)
	_, err := run(&strings.Builder{}, strings.NewReader("mode: set\nexample.org/m/p/p.go:1 2\n"), ".", "p")
	require.ErrorContains(t, err, "line 2 is no block")
	_, err = run(&strings.Builder{}, strings.NewReader(""), ".", "nowhere")
	require.Error(t, err)
	_, err = run(&strings.Builder{}, strings.NewReader(""), "p", "p")
	require.Error(t, err)
	require.NoError(t, os.WriteFile("go.mod", nil, 0o666))
	_, err = run(&strings.Builder{}, strings.NewReader(""), ".", "p")
	require.ErrorContains(t, err, "names no module")
}
