package syntax

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// dump prints a tree, every set field on a line of its own. Nodes show the
// lines and columns that they cover.
func dump(v any) string {
	var b strings.Builder
	dumpValue(&b, reflect.ValueOf(v), 0)
	return b.String()
}

func dumpValue(b *strings.Builder, v reflect.Value, depth int) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	switch x := v.Interface().(type) {
	case diag.Span:
		b.WriteString(place(x))
		return
	case Name:
		fmt.Fprintf(b, "%s %s", x.Text, place(x.Span))
		return
	case byte:
		fmt.Fprintf(b, "%c", x)
		return
	}
	pad := "\n" + strings.Repeat("  ", depth+1)
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			b.WriteString(pad + "- ")
			dumpValue(b, v.Index(i), depth+1)
		}
	case reflect.Struct:
		b.WriteString(v.Type().Name())
		if f := v.FieldByName("Span"); f.IsValid() {
			b.WriteString(" " + place(f.Interface().(diag.Span)))
		}
		for i := range v.NumField() {
			f, name := v.Field(i), v.Type().Field(i).Name
			if f.IsZero() || name == "Span" || name == "Source" {
				continue
			}
			b.WriteString(pad + name + ": ")
			dumpValue(b, f, depth+1)
		}
	default:
		fmt.Fprintf(b, "%#v", v.Interface())
	}
}

func place(s diag.Span) string {
	from, to := s.Src.Position(s.Start), s.Src.Position(s.End)
	return fmt.Sprintf("@%d:%d-%d:%d", from.Line, from.Column, to.Line, to.Column)
}

// TestTrees holds the trees of all specs, and of forms.cat, which has what
// they lack, against golden files.
func TestTrees(t *testing.T) {
	paths, err := filepath.Glob("testdata/specs/*.cat")
	require.NoError(t, err)
	for _, path := range append(paths, "testdata/forms.cat") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			file, ds := parse(string(text))
			require.Empty(t, ds)
			got := dump(file) + "\n"
			golden := strings.TrimSuffix(filepath.Join("testdata/trees", filepath.Base(path)), ".cat") + ".txt"
			if *update {
				require.NoError(t, os.MkdirAll("testdata/trees", 0o755))
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, strings.ReplaceAll(string(want), "\r\n", "\n"), got)
		})
	}
}
