package check

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/dsl/syntax"
	"github.com/ctgen-lang/ctgen/internal/mutant"
)

// figures count what became of the fixes of a corpus.
type figures struct{ texts, faulty, errors, offered, applied, cured, clean, restored int }

// Every fix over the corpus is sound: what it makes parses where it did, the
// diagnostic is gone, and no other error has come. All made together, round
// after round as `check --fix` does, leave fewer errors than there were.
func TestFixesAreSound(t *testing.T) {
	var n figures
	for _, text := range faultyTexts(t) {
		n.take(t, text, "")
	}
	require.Greater(t, n.offered, 15)
	t.Logf("specs with a known fault: %+v", n)

	each := 6
	if os.Getenv("CTGEN_FULL") != "" {
		each = 60
	}
	r := rand.New(rand.NewPCG(3, 4))
	for _, kind := range mutant.Kinds {
		n = figures{}
		for _, text := range soundTexts(t) {
			for _, m := range mutant.Some(r, text, kind, each) {
				n.take(t, m.Text, text)
			}
		}
		if kind == mutant.Rename {
			require.Greater(t, n.offered, n.faulty/2)
		}
		t.Logf("specs with one token spoilt, %s: %+v", kind, n)
	}
}

// take counts what the fixes of text do; meant is what it was before it was
// spoilt.
func (n *figures) take(t *testing.T, text, meant string) {
	src := diag.NewSource("a.cat", text)
	_, list := Check(src, Options{Fixes: true})
	before := list.All()
	n.texts++
	if !list.HasErrors() {
		return
	}
	n.faulty++
	n.errors += len(before)
	for _, d := range before {
		for _, f := range d.Fixes {
			n.offered++
			one := d
			one.Fixes = []diag.Fix{f}
			made, fixed := diag.Apply(src, []diag.Diagnostic{one})
			require.Len(t, fixed, 1)
			n.applied++
			_, after := Check(diag.NewSource("a.cat", made), Options{})
			require.Less(t, times(after.All(), d), times(before, d), "%s\n%s\n%s", d.Message, f.Message, text)
			for _, e := range after.All() {
				require.LessOrEqual(t, times(after.All(), e), times(before, e), "%s\nbrings %s\n%s", f.Message, e.Message, text)
			}
			if !unparsed(text) {
				require.False(t, unparsed(made), made)
			}
			n.cured++
		}
	}
	for range len(before) {
		_, list := Check(src, Options{Fixes: true})
		made, fixed := diag.Apply(src, list.All())
		if len(fixed) == 0 {
			break
		}
		src = diag.NewSource("a.cat", made)
	}
	_, after := Check(src, Options{})
	require.LessOrEqual(t, after.Len(), len(before), "%s\n%s", text, src.Text)
	if !after.HasErrors() {
		n.clean++
	}
	if src.Text == meant {
		n.restored++
	}
}

func unparsed(text string) bool {
	var l diag.List
	syntax.Parse(diag.NewSource("a.cat", text), &l)
	return l.HasErrors()
}

// times counts the diagnostics that say the same as d.
func times(ds []diag.Diagnostic, d diag.Diagnostic) int {
	n := 0
	for _, o := range ds {
		if o.Code == d.Code && o.Message == d.Message {
			n++
		}
	}
	return n
}

// faultyTexts are the specifications that the command's tests refuse, the
// cases above and the examples in the table of codes.
func faultyTexts(t *testing.T) []string {
	var texts []string
	files, err := filepath.Glob("../../cmd/ctgen/testdata/bad/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		for _, f := range archive.Files {
			if strings.HasSuffix(f.Name, ".cat") && len(f.Data) < 1<<12 {
				texts = append(texts, string(f.Data))
			}
		}
	}
	for _, c := range fixed {
		texts = append(texts, fixBase+c.text)
	}
	for _, d := range diag.Descriptions() {
		for _, e := range d.Examples {
			texts = append(texts, e.Faulty)
		}
	}
	return texts
}

func soundTexts(t *testing.T) []string {
	var texts []string
	for _, pattern := range []string{"../../specs/*.cat", "testdata/sound/*.cat"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			texts = append(texts, string(text))
		}
	}
	return texts
}
