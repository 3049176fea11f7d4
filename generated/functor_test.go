package generated_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/ctgen-lang/ctgen/gen/laws"
)

// functors states for each functor of the language that map keeps identities
// and compositions, and that what is natural commutes with it. The wrong law
// shows that such laws can fail.
const functors = `category functors

object Token  = Fin[5]
object Score
object Chance = R in [0, 1]

arrow rate: Token -> Score {
    means    y = 0.5 * (x == 0) - 0.3 * (x == 1) + 0.2 * (x == 2) + (x == 3)
}
arrow squash: Score -> Chance = std.sigmoid
arrow judge = rate >> squash

law list_identity:      map[List] id[Score] = id[List[Score]] exactly
law list_composition:   map[List] judge = map[List] rate >> map[List] squash exactly
law option_identity:    map[Option] id[Score] = id[Option[Score]] exactly
law option_composition: map[Option] judge = map[Option] rate >> map[Option] squash exactly
law power_identity:     map[3] id[Score] = id[Score ^ 3] exactly
law power_composition:  map[3] judge = map[3] rate >> map[3] squash exactly

law head_is_natural:    map[List] judge >> std.head = std.head >> map[Option] judge exactly
law tail_is_natural:    map[List] judge >> std.tail = std.tail >> map[List] judge exactly
law windows_is_natural: map[List] judge >> std.windows = std.windows >> map[List] (judge * judge) exactly

law wrong: map[List] judge = map[List] rate >> map[List] std.scale(by: 2) >> map[List] squash
`

// TestMapIsAFunctor runs these laws on lists of several lengths, the empty one
// among them.
func TestMapIsAFunctor(t *testing.T) {
	c, diags := check.Check(diag.NewSource("functors.cat", functors), check.Options{})
	require.NotNil(t, c, diags.All())
	stated := lawsOf(t, c)
	require.Len(t, stated, 10)
	for _, l := range stated {
		require.Equal(t, l.Law != "wrong", l.Holds, l.Law)
	}
}

// TestNaturality runs the law of that name that next_token states: the first
// element of what becomes of a list is what becomes of its first element, if
// it has one.
func TestNaturality(t *testing.T) {
	src, err := source("../specs/next_token.cat")
	require.NoError(t, err)
	c, diags := check.Check(src, check.Options{})
	require.NotNil(t, c, diags.All())
	for _, l := range lawsOf(t, c) {
		if l.Law == "naturality" {
			require.True(t, l.Holds)
			return
		}
	}
	t.Fatal("next_token states no naturality")
}

// lawsOf runs the laws that a specification states.
func lawsOf(t *testing.T, c *category.Category) []laws.Check {
	var out []laws.Check
	for _, k := range laws.Certify(c, laws.Options{Seed: 1}).Checks {
		if k.Arrow == "" && k.Skipped == "" {
			require.GreaterOrEqual(t, k.Cases, 1, k.Law)
			out = append(out, k)
		}
	}
	require.NotEmpty(t, out)
	return out
}
