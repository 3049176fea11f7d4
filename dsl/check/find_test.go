package check

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// TestFoundTermsCheck requires of every term that leads from one object of a
// spec to another that the checker takes it between these objects, with the
// parameters that it is said to have.
func TestFoundTermsCheck(t *testing.T) {
	specs, err := filepath.Glob("../../specs/*.cat")
	require.NoError(t, err)
	texts := []string{workshop}
	for _, file := range specs {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	found := 0
	for _, text := range texts {
		c := sound(t, text)
		ends := []string{"1"}
		for _, o := range c.Objects {
			ends = append(ends, o.Name, "tangent "+o.Name)
		}
		for i, o := range c.Objects[1:] {
			ends = append(ends, o.Name+" * "+c.Objects[i].Name)
		}
		r := rand.New(rand.NewPCG(7, 8))
		for range 300 {
			from, to := ends[r.IntN(len(ends))], ends[r.IntN(len(ends))]
			result, diags := Find(diag.NewSource("t.cat", text), from, to, 4, Options{})
			require.NotNil(t, result, "%s %s %v", from, to, diags.All())
			longest := 0
			for _, f := range result.List {
				found++
				require.GreaterOrEqual(t, len(f.Arrows), 1)
				longest = max(longest, len(f.Arrows))
				decl := fmt.Sprintf("\narrow zz: %s -> %s = %s\n", from, to, f.Term)
				x := arrowOf(t, sound(t, text+decl), "zz")
				require.Equal(t, f.Given.String(), x.Given.String(), decl)
				var open []string
				for _, s := range x.Open {
					open = append(open, s.Name)
				}
				require.ElementsMatch(t, open, f.Open, decl)
			}
		}
	}
	require.Greater(t, found, 200)
}

func TestFind(t *testing.T) {
	const holed = workshop + "arrow still = f >> ? >> size\narrow net given Net = dense >> ?\n"
	for _, tt := range []struct{ from, to, want string }{
		{"A", "B", "f"},
		{"A", "C", "f >> g"},
		{"C", "A", ""},
		{"Pair", "C", "h"},
		{"A * B", "C", "h"},
		{"tangent L2", "L2", "sgd"},
		{"V", "tangent L2", "grad head, grad whole"},
	} {
		found, diags := Find(diag.NewSource("t.cat", holed), tt.from, tt.to, 10, Options{})
		require.NotNil(t, found, "%v", diags.All())
		var terms []string
		for _, f := range found.List {
			terms = append(terms, f.Term)
		}
		require.Equal(t, tt.want, strings.Join(terms, ", "), "%s to %s", tt.from, tt.to)
	}
	for _, tt := range []struct{ from, to, want string }{
		{"A", "Z", "CT0203 there is no object `Z`"},
		{"Aa", "B", "CT0203 there is no object `Aa`"},
		{"f", "B", "CT0205 `f` is an arrow, and an object is needed here"},
		{"A", "B -> C", "CT0101 expected an operator such as `*` or the end of the object after `B`, found `->`"},
		{"A", "", "CT0101 expected an object or a dimension, but the file ends here"},
		{"A", "Net", "CT0313 this object waits for a hole to be filled"},
	} {
		found, diags := Find(diag.NewSource("t.cat", holed), tt.from, tt.to, 10, Options{})
		require.Nil(t, found)
		var errors []string
		for _, d := range diags.All() {
			if d.Severity == diag.Error {
				errors = append(errors, string(d.Code)+" "+d.Message)
			}
		}
		require.Equal(t, []string{tt.want}, errors)
	}
	_, diags := Find(diag.NewSource("t.cat", "object A\narrow f: A -> B"), "A", "A", 10, Options{})
	require.Equal(t, diag.CT0203, diags.All()[0].Code)
}

// BenchmarkFind is the whole of a search: parsing and checking a spec of 2000
// arrows, and searching it.
func BenchmarkFind(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	var text strings.Builder
	for i := range 700 {
		fmt.Fprintf(&text, "object A%d = R[4]\n", i)
	}
	text.WriteString("object L = { weight: R[4, 4], bias: R[4] }\n")
	for i := range 2000 {
		ends := fmt.Sprintf("A%d -> A%d", r.IntN(700), r.IntN(700))
		switch i % 4 {
		case 0:
			fmt.Fprintf(&text, "arrow f%d: %s given L = std.affine\n", i, ends)
		case 1:
			fmt.Fprintf(&text, "arrow f%d: %s = std.tanh\n", i, ends)
		case 2:
			fmt.Fprintf(&text, "arrow f%d: A%d * %s = std.mul\n", i, r.IntN(700), ends)
		default:
			fmt.Fprintf(&text, "arrow f%d = f%d\n", i, i-1-r.IntN(3))
		}
	}
	src := diag.NewSource("b.cat", text.String())
	for _, ends := range [][2]string{{"A1", "A2"}, {"A1 * A3", "A2"}} {
		b.Run(ends[0], func(b *testing.B) {
			for b.Loop() {
				if found, diags := Find(src, ends[0], ends[1], 10, Options{}); found == nil {
					b.Fatal(diags.All()[0].Message)
				}
			}
		})
	}
}
