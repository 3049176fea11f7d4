package golang_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/internal/agree"
)

// leastOfRandomModels is how many of each construct thirty models hold at
// least, so that they are no chains.
var leastOfRandomModels = map[string]int{
	"products": 50, "tuples": 150, "sums": 15, "copies": 30, "maps": 2, "repeats": 10, "shares": 5,
	"records": 4, "named forms": 30, "parameters handed on": 6, "records handed on": 6, "shared parameters": 8,
}

// TestRandomModels holds random specs over all of std against the
// interpreter: values, and gradients by all inputs and parameters. Many specs
// are one package, since a package costs the compiler more than a spec.
func TestRandomModels(t *testing.T) {
	t.Parallel()
	count, packages := 30, 2
	if os.Getenv("CTGEN_FULL") != "" {
		count, packages = 500, 20
	}
	prims, _ := check.Std()
	std := randomStd(t, prims)
	sources, found, used := map[string]source{}, map[string]int{}, map[string]bool{}
	for i := range count {
		pkg := fmt.Sprintf("models%d", i*packages/count)
		text := sources[pkg].text
		if text == "" {
			text = fmt.Sprintf("category %s\nobject Pulled\n", pkg)
		}
		sources[pkg] = source{text: text + randomModelText(t, std, int64(i), found, used), quick: true, lean: true}
	}
	for construct, least := range leastOfRandomModels {
		require.GreaterOrEqual(t, found[construct], least*count/30, "%s in %v", construct, found)
	}
	if count > 10*len(std) {
		for _, d := range std {
			require.True(t, used[d.Name], "std.%s is in no composite", d.Name)
		}
	}
	p := compile(t, false, sources)
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		p.requireAgreement(t, name, 2)
	}
}

// randomModelText is the spec of a seed, with the pulls of its composites. It
// counts what they are made of.
func randomModelText(t *testing.T, std []*category.PrimDecl, seed int64, found map[string]int, used map[string]bool) string {
	prefix, must := fmt.Sprintf("m%d_", seed), std[int(seed)%len(std)]
	text, ok := newRandomModel(seed, prefix, std, must)
	require.True(t, ok, "std.%s is at no extents that are tried", must.Name)
	constructs(found, text)
	for _, a := range load(t, "model.cat", text).Arrows {
		if name := strings.TrimPrefix(a.Name, prefix); name == "dag" || name == "comp" {
			wiring(found, used, a.Diagram)
			text += agree.Pull(a, "Pulled")
		}
	}
	return text
}

// randomStd are the standard arrows that random models lift, by name.
func randomStd(t *testing.T, prims map[string]*category.PrimDecl) (out []*category.PrimDecl) {
	for _, name := range slices.Sorted(maps.Keys(prims)) {
		switch d := prims[name]; {
		case d.Type != "" || d.OverLists(): // TestStandardArrowsCompiled names each, and those over lists stand in lists.cat
		case slices.ContainsFunc(d.Ins, func(q category.Port) bool { return q.Kind == category.Int }): // schedules: no arrow of a model makes a count
		default:
			require.Len(t, d.Outs, 1, "std.%s has several results", name)
			out = append(out, d)
		}
	}
	require.Greater(t, len(out), 30)
	return out
}
