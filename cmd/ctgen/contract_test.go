package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

const stubText = `package neuron

import "example.com/runtime"

// Affine is the arrow affine.
func (n *Neuron) Affine(input Input) Logit {
	panic(runtime.Unwritten("affine"))
}

// Sigmoid is the arrow sigmoid.
func Sigmoid(logit Logit) Probability {
	panic(runtime.Unwritten("sigmoid"))
}
`

// TestContract holds hand-written files against the stubs: names of
// parameters are free, types are not, and a function may stand in any file.
func TestContract(t *testing.T) {
	stub := outFile{name: "arrows.go", data: []byte(stubText), once: true}
	tests := map[string]struct {
		files           map[string]string
		missing, differ []string
		trimmed         string // must not be in what is left of the stubs
	}{
		"nothing written": {missing: []string{"Neuron.Affine", ".Sigmoid"}},
		"other names, other files": {files: map[string]string{
			"a.go": "package neuron\n\nfunc (m *Neuron) Affine(x Input) Logit { return 0 }\n",
			"b.go": "package neuron\n\nfunc Sigmoid(z Logit) (p Probability) { return 0 }\n",
		}},
		"one elsewhere": {files: map[string]string{
			"a.go": "package neuron\n\nfunc Sigmoid(z Logit) Probability { return 0 }\n",
		}, missing: []string{"Neuron.Affine"}, trimmed: "Sigmoid"},
		"other types": {files: map[string]string{
			"a.go": "package neuron\n\nfunc (n *Neuron) Affine(x, y Input) Logit { return 0 }\nfunc Sigmoid(z Logit) Logit { return 0 }\n",
		}, differ: []string{"Neuron.Affine", ".Sigmoid"}},
		"value receiver": {files: map[string]string{
			"a.go": "package neuron\n\nfunc (n Neuron) Affine(x Input) Logit { return 0 }\nfunc Sigmoid(z Logit) Probability { return 0 }\n",
		}, differ: []string{"Neuron.Affine"}},
		"generated and test files do not count": {files: map[string]string{
			"gen.go":    headerPrefix + " from n.cat; DO NOT EDIT.\n\npackage neuron\n\nfunc Sigmoid(z Logit) Probability { return 0 }\n",
			"x_test.go": "package neuron\n\nfunc Sigmoid(z Logit) Probability { return 0 }\n",
		}, missing: []string{"Neuron.Affine", ".Sigmoid"}},
		"a file that does not parse": {files: map[string]string{
			"a.go": "package neuron\n\nfunc Sigmoid(z Logit) Probability { return 0 }\n\nfunc (n *Neuron) Affine(\n",
		}, missing: []string{"Neuron.Affine"}, trimmed: "Sigmoid"},
		"nothing Go can read": {files: map[string]string{
			"a.go": "\x00\xff",
		}, missing: []string{"Neuron.Affine", ".Sigmoid"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for file, text := range tt.files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, file), []byte(text), 0o644))
			}
			c, err := newContract(stub, dir)
			require.NoError(t, err)
			require.Equal(t, tt.missing, keys(c.missing))
			require.Equal(t, tt.differ, keys(c.differ))
			left := c.trim(stub)
			require.Equal(t, tt.missing != nil, left != nil)
			if tt.trimmed != "" {
				require.NotContains(t, string(left), tt.trimmed)
				require.Contains(t, string(left), "Affine")
			}
		})
	}
}

func keys(funcs []*goFunc) []string {
	var out []string
	for _, f := range funcs {
		out = append(out, f.key())
	}
	return out
}
