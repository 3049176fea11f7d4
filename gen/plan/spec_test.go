package plan_test

import (
	"flag"
	"fmt"
	"github.com/ctgen-lang/ctgen/gen/plan"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
	"github.com/stretchr/testify/require"
)

// checked checks a spec and requires that it is sound.
func checked(t *testing.T, name, text string) *category.Category {
	t.Helper()
	c, diags := check.Check(diag.NewSource(name, text), check.Options{})
	for _, d := range diags.All() {
		t.Log(d.Span, d.Message, d.Inline)
	}
	require.False(t, diags.HasErrors())
	return c
}

func specFile(t *testing.T, name string) *category.Category {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "specs", name))
	require.NoError(t, err)
	return checked(t, name, string(text))
}

var update = flag.Bool("update", false, "rewrite the golden plans")

// plansOf plans every arrow of a category, and the body of its first grad.
func plansOf(t *testing.T, c *category.Category) string {
	t.Helper()
	var b strings.Builder
	show := func(p *plan.Plan, err error) {
		if err != nil {
			fmt.Fprintf(&b, "no plan: %s\n\n", err)
			return
		}
		require.NoError(t, p.Print(&b))
		b.WriteByte('\n')
		requireSound(t, p)
	}
	for _, a := range c.Arrows {
		switch {
		case a.Diagram == nil:
		case a.Endo:
			show(plan.NewStep(c, a, plan.Declared))
		case gradBody(a.Diagram) != nil:
			show(plan.NewGradient(c, a.Name, gradBody(a.Diagram)))
		default:
			show(plan.NewForward(c, a.Name, a.Diagram, plan.Declared))
		}
	}
	return b.String()
}

// gradBody is the body of a diagram that is one grad.
func gradBody(d *category.Diagram) *category.Diagram {
	if len(d.Nodes) == 1 {
		if g, ok := d.Nodes[0].Op.(*category.Grad); ok {
			return g.Body
		}
	}
	return nil
}

// requireSound checks what every plan owes its reader.
func requireSound(t *testing.T, p *plan.Plan) {
	t.Helper()
	requireNoOverlap(t, p, 5)
	names := map[string]bool{}
	for _, v := range p.Values {
		require.False(t, names[v.Name], "two values are called %s", v.Name)
		names[v.Name] = true
	}
	for i := range p.Ops {
		require.GreaterOrEqual(t, p.Ops[i].Fold, 1)
		require.NotEmpty(t, p.Ops[i].Out)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".plan")
	if *update {
		require.NoError(t, os.WriteFile(path, []byte(got), 0o644))
		return
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}

func TestGoldenPlans(t *testing.T) {
	for _, name := range []string{"neuron", "wdbc", "digits"} {
		t.Run(name, func(t *testing.T) { golden(t, name, plansOf(t, specFile(t, name+".cat"))) })
	}
	card, err := os.ReadFile(filepath.Join("testdata", "card.cat"))
	require.NoError(t, err)
	golden(t, "card", plansOf(t, checked(t, "card.cat", string(card))))
}
