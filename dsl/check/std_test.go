package check

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStdLoadsWithoutDiagnostics(t *testing.T) {
	lib := loadStd()
	for _, d := range stdDiags.All() {
		t.Errorf("%s: %s %s", d.Span, d.Code, d.Message)
	}
	for _, name := range []string{"affine", "relu", "sigmoid", "tanh", "softmax", "logit", "exp", "log", "relabel", "scale", "add", "mul",
		"binary_cross_entropy", "cross_entropy", "softmax_cross_entropy", "sigmoid_binary_cross_entropy", "squared_error",
		"mean_squared_error", "squared_distance", "mean", "sum", "affine_relu", "affine_sigmoid", "affine_tanh", "affine_transposed",
		"affine_transposed_relu", "sgd", "momentum", "adam", "adamw"} {
		require.Contains(t, lib.prims, name)
	}
	for name, p := range lib.prims {
		require.NotEmpty(t, p.Doc, "%s has no doc comment", name)
		require.NotEmpty(t, p.Means, name)
	}
	require.Len(t, lib.rewrites, 7)
	require.Equal(t, "sigmoid_into_loss", lib.rewrites[0].Name, "losses take a sigmoid before affine maps do")
	require.Contains(t, lib.states, "Adam")
	require.Same(t, lib.prims["affine_transposed"], lib.prims["affine"].Stores)
	require.Same(t, lib.prims["affine_transposed_relu"], lib.prims["affine_relu"].Stores)
}
