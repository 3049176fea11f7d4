package golang_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/gen/golang"
)

// Models at rest are described in the spec's words: each tensor by its object,
// with the set or the classes that its values lie in.
func TestModelsSayWhatTheyHold(t *testing.T) {
	c := load(t, "hand.cat", `category hand
object Point  = R[2]
object Answer = R in {0, 1}
object Kind   = Fin[3]
object Loss   = R in [0, inf)
object Weight = R[2]
object Inner  = { a: Weight, kinds: Fin[4]^2 }
object Model  = { weight: Weight, shift: R[3], kind: Kind, seen: R in [0, 1] running, inner: Inner, two: Inner^2, apart: { b: Weight, c: R }, counts: Int^3 }
arrow loss: Point * Answer -> Loss given Model
endo step on Adam[Model] = grad loss >> adam(rate: 0.1)
data d: Point * Answer from csv "d.csv" { Point: columns 1..2  Answer: column 3 }
train fit { step: step, on: d, batch: 1, epochs: 1 }
`)
	compilesIn(t, importsOfPackages(t), c, golang.Options{})
	files, _, err := golang.Generate(c, golang.Options{})
	require.NoError(t, err)
	var got []string
	for _, f := range files {
		if f.Name == "data_gen.go" {
			list := regexp.MustCompile(`{Name: ("[^"]*").*\((?:&s|s)\.[^)]*\), (Object.*)},`).FindAllStringSubmatch(string(f.Content), -1)
			for _, m := range list {
				got = append(got, m[1]+": "+m[2])
			}
		}
	}
	require.Equal(t, []string{
		`"params.weight": Object: "Weight"`, `"params.shift": Object: "Model.shift"`,
		`"params.kind": Object: "Kind", Classes: 3`,
		`"params.seen": Object: "Model.seen", Set: runtime.Interval{Low: 0, High: 1}`,
		`"params.inner.a": Object: "Weight"`, `"params.inner.kinds": Object: "Inner.kinds", Classes: 4`,
		`"params.two.0.a": Object: "Weight"`, `"params.two.1.a": Object: "Weight"`,
		`"params.two.0.kinds": Object: "Inner.kinds", Classes: 4`, `"params.two.1.kinds": Object: "Inner.kinds", Classes: 4`,
		`"params.apart.b": Object: "Weight"`, `"params.apart.c": Object: "Model.apart.c"`, `"params.counts": Object: "Model.counts"`,
		`"mean.weight": Object: "tangent Weight"`, `"mean.shift": Object: "tangent Model.shift"`,
		`"mean.inner.a": Object: "tangent Weight"`, `"mean.two": Object: "tangent Model.two"`,
		`"mean.apart.b": Object: "tangent Weight"`, `"mean.apart.c": Object: "tangent Model.apart.c"`,
		`"variance.weight": Object: "tangent Weight"`, `"variance.shift": Object: "tangent Model.shift"`,
		`"variance.inner.a": Object: "tangent Weight"`, `"variance.two": Object: "tangent Model.two"`,
		`"variance.apart.b": Object: "tangent Weight"`, `"variance.apart.c": Object: "tangent Model.apart.c"`,
		`"count": Object: "Adam[Model].count"`,
	}, got)
	var names []string
	for _, x := range golang.Tensors(c.Trains[0].Step.State) {
		names = append(names, fmt.Sprintf("%q: Object: %q", x.Name, x.Object))
	}
	for i := range got { // these have no sets: what a file holds is checked where it is loaded
		got[i] = strings.Split(got[i], ", ")[0]
	}
	require.Equal(t, got, names)
}
