package check

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// fault is a spec with the diagnostics that it must give, each as code and
// text of its span; an empty span text stands for the file as a whole.
type fault struct {
	name string
	spec string
	want []string
}

func checkSpec(t *testing.T, spec string, opts Options) (*category.Category, *diag.List) {
	t.Helper()
	return Check(diag.NewSource("spec.cat", spec), opts)
}

func found(l *diag.List) []string {
	var out []string
	for _, d := range l.All() {
		out = append(out, strings.TrimSpace(string(d.Code)+" "+d.Span.Text()))
	}
	return out
}

func runFaults(t *testing.T, faults []fault) {
	t.Helper()
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			cat, list := checkSpec(t, f.spec, Options{})
			var messages []string
			for _, d := range list.All() {
				messages = append(messages, d.Message)
				require.NotEmpty(t, d.Message)
				require.Equal(t, strings.TrimRight(d.Message, "."), d.Message)
			}
			require.Equal(t, f.want, found(list), "%s", strings.Join(messages, "\n"))
			require.Nil(t, cat)
		})
	}
}

func hints(l *diag.List) string {
	var b strings.Builder
	for _, d := range l.All() {
		b.WriteString(d.Message + "\n" + strings.Join(d.Help, "\n") + "\n")
	}
	return b.String()
}

func mustCheck(t *testing.T, spec string) *category.Category {
	t.Helper()
	cat, list := checkSpec(t, spec, Options{})
	require.Empty(t, found(list), "%s", hints(list))
	require.NotNil(t, cat)
	return cat
}

func objectOf(t *testing.T, cat *category.Category, name string) *category.Object {
	t.Helper()
	for _, o := range cat.Objects {
		if o.Name == name {
			return o
		}
	}
	require.Fail(t, "no object "+name)
	return nil
}
