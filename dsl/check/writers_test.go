package check

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Which arrows continue a text, and which of them is meant.
func TestWriters(t *testing.T) {
	const base = `
object Token   = Fin[256]
object Context = Token ^ 4
object Next    = Token ^ 4
object Stream  = R[4, 256]
object Scores  = R[4, 256]
object Last    = R[256]
object Shares  = R[4, 256] in simplex
object Loss    = R in [0, inf)
object Table   = R[256, 256]
object Layer   = { weight: R[256, 256], bias: R[256] }
arrow look:    Context -> Stream given Table = std.lookup
arrow score:   Stream -> Scores given Layer  = std.affine
arrow softmax: Scores -> Shares              = std.softmax
arrow nll:     Scores * Next -> Loss         = std.softmax_cross_entropy
arrow end: Scores -> Last {
    means    y[j] = x[3, j]
    reverse  dx[i, j] = (i == 3) * dy[j]
}
arrow other: Context -> Scores given Foreign = look >> (score as s)
endo step on Adam[Model] = grad measure >> adam(rate: 0.1)
data corpus: Context * Next from text "a.txt" { }
train fit { step: step, on: corpus }
`
	for _, c := range []struct {
		name, arrows string
		all          []string
		meant        string
	}{
		{"what the loss takes", "arrow write: Context -> Scores given Model = look >> score\narrow measure = write * id >> nll", []string{"look", "write"}, "write"},
		{"all parameters", "arrow write: Context -> Scores given Model = look >> score\narrow measure: Context * Next -> Loss given Model = (look >> score) * id >> nll", []string{"look", "write"}, "write"},
		{"shares, and the last place", "arrow write: Context -> Scores given Model = look >> score\narrow shares = write >> softmax\narrow ends = write >> end\narrow measure: Context * Next -> Loss given Model = (look >> score) * id >> nll",
			[]string{"look", "write", "shares", "ends"}, ""},
		{"a part alone", "arrow measure: Context * Next -> Loss given Model = (look >> score) * id >> nll", []string{"look"}, "look"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cat := mustCheck(t, base+c.arrows)
			var names []string
			for _, a := range cat.Trains[0].Writers(cat) {
				names = append(names, a.Name)
			}
			require.Equal(t, c.all, names)
			meant := ""
			if a := cat.Trains[0].Writer(cat); a != nil {
				meant = a.Name
			}
			require.Equal(t, c.meant, meant)
		})
	}
	cat := mustCheck(t, `
object A = R[2]
object N = { weight: R[2], bias: R }
object L = R in [0, inf)
arrow f: A -> R given N = std.affine
arrow sq: R -> L { means y = x * x keeps x reverse dx = 2 * x * dy }
arrow measure: A -> L given N = f >> sq
endo step on N = grad measure >> sgd(rate: 0.1)
data d: A from csv "a.csv" { A: columns 1..2 }
train fit { step: step, on: d }`)
	require.Nil(t, cat.Trains[0].Writers(cat))
	require.Nil(t, cat.Trains[0].Writer(cat))
}
