package golang

import (
	"go/token"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ spec, exported, unexported string }{
		{"learning_rate", "LearningRate", "learningRate"},
		{"LearningRate", "LearningRate", "learningRate"},
		{"GPT", "GPT", "gpt"},
		{"HTTPServer", "HTTPServer", "httpServer"},
		{"layer1", "Layer1", "layer1"},
		{"x", "X", "x"},
		{"_x__y_", "XY", "xy"},
		{"2fold", "X2fold", "x2fold"},
		{"größe", "Größe", "größe"},
		{"名", "X名", "x名"},
	} {
		require.Equal(t, c.exported, exported(c.spec), c.spec)
		require.True(t, token.IsExported(exported(c.spec)), c.spec)
		require.Equal(t, c.unexported, unexported(c.spec), c.spec)
	}
}

func TestNames(t *testing.T) {
	n := newNames(nil)
	require.Equal(t, "Logit", n.claim("Logit", "Object"))
	require.Equal(t, "LogitOf", n.claim("Logit", "Of"))
	require.Equal(t, "LogitOf2", n.claim("Logit", "Of"))
	require.Equal(t, "gradMeasure", n.claim("gradMeasure", "Plan"))

	s := n.scope("work")
	for _, c := range []struct{ want, got string }{
		{"input", s.local("Input")},
		{"input2", s.local("Input")},   // taken in this function
		{"typeValue", s.local("type")}, // a keyword
		{"lenValue", s.local("len")},   // predeclared
		{"float32Value", s.local("Float32")},
		{"runtime2", s.local("runtime")}, // an import
		{"work2", s.local("work")},       // the function's own
		{"gradMeasure2", s.local("grad_measure")},
	} {
		require.Equal(t, c.want, c.got)
	}
	require.Equal(t, "input", n.scope().local("Input"), "locals of one function do not reach another")
	require.Equal(t, []string{"token1", "word", "token2"}, n.scope().locals([]string{"Token", "word", "token"}))
}

func TestPackageNames(t *testing.T) {
	n := newNames(map[string]bool{"swish": true})
	require.Equal(t, "outLoops", n.claim("out", "Loops"), "generated functions have a variable out")
	require.Equal(t, "out", n.scope().local("out"))
	require.Equal(t, "swish2", n.scope().local("swish"), "a function that is named later")
	require.Equal(t, "swish", n.claim("swish", "Loops"))
	n.hold([]string{"Save"})
	require.Equal(t, "SaveObject", n.claim("Save", "Object"))
	n.release([]string{"Save"})
	require.Equal(t, "Save", n.claim("Save", "Of"))
}
