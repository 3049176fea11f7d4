package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDimFaults(t *testing.T) {
	runFaults(t, []fault{
		{"zero", "dim D = 0", []string{"CT0402 0"}},
		{"negative", "dim D = 3 - 5", []string{"CT0402 3 - 5"}},
		{"inexact", "dim D = 7 / 2", []string{"CT0403 7 / 2"}},
		{"by zero", "dim D = 7 / (2 - 2)", []string{"CT0403 7 / (2 - 2)"}},
		{"too large", "dim D = 1000000000000000000", []string{"CT0402 1000000000000000000"}},
		{"overflow", "dim A = 2000000000\ndim B = A * A * A", []string{"CT0402 A * A"}},
		{"beyond 64 bits", "dim D = 99999999999999999999999999", []string{"CT0402 99999999999999999999999999"}},
		{"power", "dim D = 2 ^ 3", []string{"CT0404 2 ^ 3"}},
		{"cycle", "dim A = B\ndim B = C + 1\ndim C = A", []string{"CT0207 A"}},
		{"own cycle", "dim A = A", []string{"CT0207 A"}},
		{"use of a cycle", "dim A = A\nobject X = R[A]\ndim B = A + 1", []string{"CT0207 A"}},
		{"record as dim", "object A = R[{ a: R }]", []string{"CT0404 { a: R }"}},
		{"bracketed dim", "dim D = 3\nobject A = R[D[2]]", []string{"CT0404 D[2]"}},
		{"zero axis", "object A = R[0]", []string{"CT0402 0"}},
		{"empty Fin", "object A = Fin[0]", []string{"CT0402 0"}},
		{"large tensor", "object A = R[100000, 100000]", []string{"CT1007 R[100000, 100000]"}},
		{"many axes", "object A = R[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", []string{"CT1007 R[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"}},
	})
}

func TestDimArithmetic(t *testing.T) {
	cat := mustCheck(t, "dim B = 2 * (A + 1) / 2 - 1\ndim A = 4\nobject X = R[4*A, B / 2]")
	require.Equal(t, "B", cat.Dims[0].Name)
	require.Equal(t, 4, cat.Dims[0].Value)
	require.Equal(t, []int{16, 2}, objectOf(t, cat, "X").Type.Dims)
}

func TestDimOverrides(t *testing.T) {
	spec := "dim Hidden = 64\ndim Twice = 2 * Hidden\nobject A = R[Twice]"
	cat, list := checkSpec(t, spec, Options{Set: map[string]int{"Hidden": 5}})
	require.Empty(t, found(list))
	require.Equal(t, []int{10}, objectOf(t, cat, "A").Type.Dims)

	_, list = checkSpec(t, spec, Options{Set: map[string]int{"Hiden": 5}})
	require.Equal(t, []string{"CT0213"}, found(list))
	require.Contains(t, hints(list), "`Hidden`")

	_, list = checkSpec(t, spec, Options{Set: map[string]int{"Hidden": 0}})
	require.Equal(t, []string{"CT0402 Hidden"}, found(list))
}

func TestLongDimChains(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&b, "dim d%d = d%d + 1\n", i, i+1)
	}
	b.WriteString("dim d5000 = 1\n")
	_, list := checkSpec(t, b.String(), Options{})
	require.Empty(t, found(list))

	_, list = checkSpec(t, "dim a = 1"+strings.Repeat(" + 1", 900), Options{})
	require.Empty(t, found(list))
}
