package train_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// watched is an instance that can be checked. It makes a number that is none
// before the step called bad, or after it.
type watched struct {
	*tiny.Instance
	bad    int
	after  bool
	steps  int // made
	checks int
}

func (w *watched) Step(b *data.Batch) float32 {
	w.steps++
	return w.Instance.Step(b)
}

func (w *watched) look(t *runtime.Trace, step int, after bool) error {
	w.checks++
	v := []float32{1}
	if step == w.bad && after == w.after {
		v[0] /= 0 * v[0]
	}
	t.At(step, -1)
	return t.Arrow("affine", "tiny.cat:3", nil, []runtime.Operand{runtime.RealOperand("Logit", nil, v)}, func() {})
}

func (w *watched) CheckBatch(t *runtime.Trace, step int, _ *data.Batch) error {
	return w.look(t, step, false)
}

func (w *watched) CheckState(t *runtime.Trace, step int, _ float32) error {
	return w.look(t, step, true)
}

func watchedProgram(w *watched) *train.Program {
	p := tiny.FitProgram()
	p.New = func(capacity, _ int) (train.Instance, error) {
		w.Instance = tinyInstance(capacity)
		return w, nil
	}
	return p
}

func TestChecked(t *testing.T) {
	path := points(t, 40)
	for _, after := range []bool{false, true} {
		var trace runtime.Trace
		w := &watched{bad: 3, after: after}
		file := filepath.Join(t.TempDir(), "m")
		_, err := train.Run(context.Background(), watchedProgram(w), train.Data(path), train.Checked(&trace), train.SaveTo(file))
		require.EqualError(t, err, "affine (tiny.cat:3): Logit: inf is not a number of R; step 3")
		var blamed *runtime.ArrowError
		require.ErrorAs(t, err, &blamed)
		require.NoFileExists(t, file)
		require.Equal(t, map[bool]int{false: 2, true: 3}[after], w.steps, "the step is not made where the fault comes before it")
		require.Contains(t, trace.String(), "affine")
	}
	fine := &watched{}
	_, err := train.Run(context.Background(), watchedProgram(fine), train.Data(path), train.Checked(nil))
	require.NoError(t, err)
	require.Equal(t, 2*fine.steps, fine.checks)
	fine = &watched{}
	_, err = train.Run(context.Background(), watchedProgram(fine), train.Data(path))
	require.NoError(t, err)
	require.Zero(t, fine.checks, "only who asks is checked")
	_, err = train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.Checked(nil))
	require.EqualError(t, err, "the package was generated without checked arrows; run `ctgen generate --checked`")
}

func TestMainChecked(t *testing.T) {
	path := points(t, 40)
	code, _, stderr := call(watchedProgram(&watched{bad: 2}), "--data", path, "--checked")
	require.Equal(t, 1, code)
	require.Contains(t, stderr, "ctgen train: affine (tiny.cat:3): Logit: inf is not a number of R; step 2\n")
	require.Contains(t, stderr, "arrow   line        in  out    runs")
	code, _, stderr = call(watchedProgram(&watched{}), "--data", path, "--checked")
	require.Zero(t, code)
	require.Contains(t, stderr, "arrow   line        in  out    runs")
	code, _, stderr = call(watchedProgram(&watched{}), "--data", path+"x", "--checked")
	require.Equal(t, 2, code)
	require.NotContains(t, stderr, "traced")
	code, _, stderr = call(tiny.FitProgram(), "--data", path, "--checked")
	require.Equal(t, 2, code)
	require.Equal(t, "ctgen train: the package was generated without checked arrows; run `ctgen generate --checked`\n", stderr)
}
