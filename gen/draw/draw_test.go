package draw

import (
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/dsl/check"
	"github.com/ctgen-lang/ctgen/dsl/diag"
)

func checked(t testing.TB, path string) *category.Category {
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	c, faults := check.Check(diag.NewSource(filepath.Base(path), string(text)), check.Options{})
	require.False(t, faults.HasErrors(), path)
	return c
}

// Composites are opened down to arrows that are made of no others.
func TestUnfold(t *testing.T) {
	c := checked(t, "../../specs/digits.cat")
	s := newSheet(c, c.Trains[0].Measure)
	require.Equal(t, "Diagram from Image * Digit: layer1 relu layer2 softmax nll", s.words())
	require.Equal(t, "given Layer2", s.boxes[2].below)
	rows := s.arrange()
	require.Len(t, rows, 7)
	require.Len(t, rows[3], 2, "layer2, and the digit that passes it")
	require.Equal(t, []string{"Distribution", "Digit"}, []string{s.wires[s.boxes[4].in[0]], s.wires[s.boxes[4].in[1]]})
}

// What is drawn of every training of the repository is XML, every box gets
// all of its wires, and no two boxes overlap.
func TestDrawings(t *testing.T) {
	drawn := 0
	for _, pattern := range []string{"../../specs/*.cat", "../../bench/specs/*.cat", "../../gen/golang/testdata/*.cat"} {
		paths, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, path := range paths {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			c, faults := check.Check(diag.NewSource(filepath.Base(path), string(text)), check.Options{})
			if faults.HasErrors() {
				continue
			}
			for _, a := range c.Arrows {
				if a.Diagram == nil {
					continue
				}
				drawn++
				svg := SVG(c, a.Diagram)
				dec := xml.NewDecoder(strings.NewReader(svg))
				for err = error(nil); err == nil; {
					_, err = dec.Token()
				}
				require.Equal(t, io.EOF, err, "%s %s", path, a.Name)
				require.NotRegexp(t, "NaN|Inf[^a-z]", svg)
				requirePlaced(t, newSheet(c, a.Diagram), path+" "+a.Name)
			}
		}
	}
	require.Greater(t, drawn, 100)
}

func requirePlaced(t *testing.T, s *sheet, what string) {
	rows := s.arrange()
	rows.sort()
	width := rows.place()
	boxes := 0
	for _, r := range rows {
		for i, x := range r {
			require.GreaterOrEqual(t, x.x-x.width/2, 0.0, what)
			require.LessOrEqual(t, x.x+x.width/2, width, what)
			if i > 0 {
				require.GreaterOrEqual(t, x.x-x.width/2+1e-6, r[i-1].x+r[i-1].width/2, what)
			}
			if x.box < 0 {
				continue
			}
			boxes++
			want := 0
			for _, w := range s.boxes[x.box].in {
				if w != noWire {
					want++
				}
			}
			require.Len(t, x.up, want, "%s: %s", what, s.boxes[x.box].label)
		}
	}
	require.Equal(t, len(s.boxes), boxes)
}
