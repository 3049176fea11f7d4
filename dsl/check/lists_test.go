package check

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

// A map takes its functor from its brackets or from what stands around it, and
// its element may be a product.
func TestMapTypes(t *testing.T) {
	for _, tc := range []struct {
		decl, dom, cod string
		over           category.Kind
	}{
		{"arrow x = map[List] f", "List[A]", "List[B]", category.List},
		{"arrow x = map[Option] f", "Option[A]", "Option[B]", category.Option},
		{"arrow x = map[3] f", "A ^ 3", "B ^ 3", category.Power},
		{"arrow x: List[A] -> List[B] = map f", "List[A]", "List[B]", category.List},
		{"arrow x: Option[A] -> Option[C] = map (f >> g)", "Option[A]", "Option[C]", category.Option},
		{"arrow x = map[List] h", "List[A * B]", "List[C]", category.List},
		{"arrow x: Pair ^ 4 -> C ^ 4 = map h", "(A * B) ^ 4", "C ^ 4", category.Power},
		{"arrow x: A -> List[B] = single >> map f", "A", "List[B]", category.List},
		{"arrow x: List[A] -> List[B * B] = map (f >> copy)", "List[A]", "List[B * B]", category.List},
		{"arrow w: List[A] -> List[A * A] = std.windows\narrow m: A * A -> B\narrow x = w >> map m", "List[A]", "List[B]", category.List},
		{"arrow l: 1 -> List[A]\narrow x: 1 -> List[A] = l >> map id", "1", "List[A]", category.List},
	} {
		a := arrowOf(t, sound(t, prelude+tc.decl), "x")
		require.Equal(t, tc.dom, a.Dom.String(), tc.decl)
		require.Equal(t, tc.cod, a.Cod.String(), tc.decl)
		for _, n := range a.Diagram.Nodes {
			if m, ok := n.Op.(*category.Map); ok {
				require.Equal(t, tc.over, m.Over, tc.decl)
			}
		}
	}
}

// Standard arrows that move what a list holds are about any object, products
// included; those that add it up are about numbers. What may fail spreads.
func TestListArrows(t *testing.T) {
	for _, tc := range []struct {
		decl, dom, cod string
		partial        bool
	}{
		{"arrow x: List[A] -> List[A * A] = std.windows", "List[A]", "List[A * A]", true},
		{"arrow x: List[Pair] -> List[Pair * Pair] = std.windows", "List[A * B]", "List[A * B * A * B]", true},
		{"arrow x: List[A] -> A = std.first", "List[A]", "A", true},
		{"arrow x: List[Pair] -> Pair = std.first", "List[A * B]", "A * B", true},
		{"arrow x: List[A] -> C = std.last >> f >> g", "List[A]", "C", true},
		{"arrow x: List[A] -> Option[B] = std.head >> map f", "List[A]", "Option[B]", false},
		{"arrow x: List[A] -> List[A] = std.tail", "List[A]", "List[A]", true},
		{"arrow x: A * B -> List[Pair] = std.single", "A * B", "List[A * B]", false},
		{"arrow x: A -> Option[B] = f >> some", "A", "Option[B]", false},
		{"arrow x: List[S] -> S = std.mean", "List[S]", "S", true},
		{"arrow x: List[U] -> U = std.mean", "List[U]", "U", true},
		{"arrow x: List[V] -> W = std.mean", "List[V]", "W", true},
		{"arrow x: List[V] -> V = std.sum", "List[V]", "V", false},
		{"arrow x: V -> A = std.sum", "V", "A", false},
		{"arrow e: List[V] -> V = std.mean\narrow x = map[List] dense >> e >> head", "List[V]", "A", true},
	} {
		a := arrowOf(t, sound(t, prelude+tc.decl), "x")
		require.Equal(t, tc.dom, a.Dom.String(), tc.decl)
		require.Equal(t, tc.cod, a.Cod.String(), tc.decl)
		require.Equal(t, tc.partial, a.Partial, tc.decl)
	}
}

func TestListReports(t *testing.T) {
	const objects = "object A\nobject B\nobject U = R in [0, 1]\nobject W\narrow f: A -> B\n"
	runFaults(t, []fault{
		{"map over another functor", objects + "arrow g: Option[A] -> Option[B] = map[List] f", []string{"CT0302 map[List] f"}},
		{"map over another functor, whatever is mapped", objects + "arrow g: Option[A] -> Option[A] = map[List] id", []string{"CT0311 map[List] id"}},
		{"map to another functor", objects + "arrow g: List[A] -> Option[B] = map f", []string{"CT0311 map f"}},
		{"map over a power of another length", objects + "arrow g: A ^ 3 -> B ^ 3 = map[4] f", []string{"CT0302 map[4] f"}},
		{"map over a power of another length, whatever is mapped", objects + "arrow g: A ^ 3 -> A ^ 3 = map[4] id", []string{"CT0311 map[4] id"}},
		{"map over other elements", objects + "arrow g: List[B] -> List[B] = map f", []string{"CT0311 f"}},
		{"map to other elements", objects + "arrow g: List[A] -> List[A] = map f", []string{"CT0311 map f"}},
		{"map over no functor", objects + "arrow g: A -> B = map f", []string{"CT0311 map f"}},
		{"map to nothing", objects + "arrow g = map[List] drop[A]", []string{"CT0311 drop[A]"}},
		{"map without functor", objects + "arrow g = map f", []string{"CT0303 map f"}},
		{"windows of no list", objects + "arrow g: A -> List[A * A] = std.windows", []string{"CT0401 std.windows"}},
		{"windows of another object", objects + "arrow g: List[A] -> List[B * B] = std.windows", []string{"CT0401 std.windows"}},
		{"windows that are no pairs", objects + "arrow g: List[A] -> List[A] = std.windows", []string{"CT0401 std.windows"}},
		{"windows, composed, of no list", objects + "arrow g: A -> List[A * A]  = id >> windows", []string{"CT0401 windows"}},
		{"head of another object", objects + "arrow g: List[A] -> Option[B]  = id >> std.head", []string{"CT0401 std.head"}},
		{"head of nothing known", objects + "arrow g = id >> std.head", []string{"CT0303 std.head"}},
		{"mean of what has no numbers", objects + "object T = Fin[3]\narrow g: List[T] -> A = std.mean", []string{"CT0401 std.mean"}},
		{"sum leaves the set", objects + "arrow g: List[U] -> U = std.sum", []string{"CT0502 std.sum"}},
		{"two lists where one is", objects + "arrow g: List[A] * List[A] -> A = std.first", []string{"CT0401 std.first"}},
	})
}

// What schemes over lists may say.
func TestFaultyListSchemes(t *testing.T) {
	for _, c := range []struct{ old, new, says string }{
		{"unless n >= 2", "unless n < 2", "`partial unless` says how long a list must at least be"},
		{"unless n >= 2", "unless k >= 2", "`partial unless` says how long a list must at least be"},
		{"y[i, k] = x[i + k]", "y[i, k] = x[i + k] + x[i + k]", "A may be any object, so a line can only move it"},
		{"y[i, k] = x[i + k]\n", "y[i, k] = x[i + k]\n    reverse  dx[i] = 0\n", "what only moves objects has its reverse derivative by that"},
		{"List[R[..s], n] -> R[..s] {\n    means    y[s] = sum", "List[R[..s], ..n] -> R[..s] {\n    means    y[s] = sum", "a scheme is made of R[…]"},
		{"List[R[..s], n] -> R[..s] {\n    means    y[s] = sum", "List[R[..s]] -> R[..s] {\n    means    y[s] = sum", "a scheme is made of R[…]"},
		{"List[R[..s], n] -> R[..s] {\n    means    y[s] = sum", "List[R * R, n] -> R[..s] {\n    means    y[s] = sum", "a scheme is made of R[…]"},
	} {
		_, diags := CheckStd(func(name, text string) string {
			if name != "std/lists.cat" {
				return text
			}
			require.Contains(t, text, c.old)
			return strings.Replace(text, c.old, c.new, 1)
		})
		var messages []string
		for _, d := range diags.All() {
			messages = append(messages, d.Message)
		}
		require.Contains(t, strings.Join(messages, "\n"), c.says, c.new)
	}
}

// The specification of the next token is sound as it stands.
func TestNextToken(t *testing.T) {
	text, err := os.ReadFile("../syntax/testdata/specs/next_token.cat")
	require.NoError(t, err)
	c, diags := Check(diag.NewSource("next_token.cat", string(text)), Options{})
	require.Empty(t, found(diags))
	require.True(t, arrowOf(t, c, "corpus").Partial)
	require.True(t, arrowOf(t, c, "step").Partial)
	require.False(t, arrowOf(t, c, "measure").Partial)
	require.Equal(t, "{ embed: Embedding, linear: Head }", arrowOf(t, c, "corpus").Given.Carrier().String())
}
