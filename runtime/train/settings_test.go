package train_test

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/data"
	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// paced is a program whose steps do not follow the rate but write it down.
type paced struct {
	*tiny.Instance
	values [1]float32
	seen   *[]float32
}

func (p *paced) Settings() []float32 { return p.values[:] }

func (p *paced) Step(b *data.Batch) float32 {
	*p.seen = append(*p.seen, p.values[0])
	return p.Instance.Step(b)
}

func pacedProgram(seen *[]float32) *train.Program {
	p := tiny.FitProgram()
	plain := p.New
	p.New = func(capacity, threads int) (train.Instance, error) {
		in, err := plain(capacity, threads)
		return &paced{Instance: in.(*tiny.Instance), seen: seen}, err
	}
	p.Settings = []train.Setting{{
		Name: "rate", By: "fall", Set: runtime.Interval{Low: 0, High: math.Inf(1), OpenLow: true},
		At: func(step, steps int64) float32 { return float32(steps - step) },
	}}
	return p
}

// A schedule counts from the very beginning, also where the run resumes, and
// knows how many steps there are in all.
func TestSchedule(t *testing.T) {
	path, file := points(t, 40), filepath.Join(t.TempDir(), "m.safetensors") // 30 rows: 4 steps an epoch
	var seen []float32
	fit := func(ctx context.Context, options ...train.Option) *train.Result {
		r, err := train.Run(ctx, pacedProgram(&seen), append(options, train.Data(path), train.Epochs(2))...)
		if err != nil {
			require.ErrorIs(t, err, context.Canceled)
		}
		return r
	}
	whole := fit(context.Background())
	require.Equal(t, []float32{8, 7, 6, 5, 4, 3, 2, 1}, seen)
	require.Equal(t, []train.Figure{{Name: "rate", Value: 1}}, whole.Report.Settings)

	seen = nil
	ctx, cancel := context.WithCancel(context.Background())
	fit(ctx, train.SaveTo(file), train.Schedule("rate", func(step, _ int64) float32 {
		if step == 2 {
			cancel()
		}
		return 0.5
	}))
	_, err := train.Run(context.Background(), pacedProgram(&seen), train.Data(path), train.ResumeFrom(file))
	require.ErrorContains(t, err, "was trained with a schedule of Go for rate: give it again")
	seen = nil
	fit(context.Background(), train.ResumeFrom(file), train.Schedule("rate", pacedProgram(nil).Settings[0].At))
	require.Equal(t, []float32{5, 4, 3, 2, 1}, seen)

	// A value that an option gave is kept by whoever resumes.
	ctx, cancel = context.WithCancel(context.Background())
	cancel()
	fit(ctx, train.SaveTo(file), train.Set("rate", 0.1))
	seen = nil
	fit(context.Background(), train.ResumeFrom(file))
	require.Equal(t, []float32{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, seen)
}

func TestSettingFaults(t *testing.T) {
	path := points(t, 40)
	var seen []float32
	for want, options := range map[string][]train.Option{
		"the step of fit leaves no setting pace open; open: rate":                 {train.Set("pace", 1)},
		"rate 0 does not lie in (0, inf)":                                         {train.Set("rate", 0)},
		"rate NaN does not lie in (0, inf)":                                       {train.Set("rate", float32(math.NaN()))},
		"the schedule makes rate 0 after 2 steps, which does not lie in (0, inf)": {train.Schedule("rate", func(step, _ int64) float32 { return float32(2 - step) }), train.Epochs(1)},
	} {
		_, err := train.Run(context.Background(), pacedProgram(&seen), append(options, train.Data(path))...)
		require.EqualError(t, err, want)
	}
	_, err := train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.Set("rate", 1))
	require.ErrorContains(t, err, "all are fixed in the spec; `given` on the endo leaves one open")
	_, err = train.Run(context.Background(), pacedProgram(&seen), train.Data(path), train.Schedule("rate", func(int64, int64) float32 { return -1 }))
	var outside *train.SettingError
	require.True(t, errors.As(err, &outside))
	require.Equal(t, int64(0), outside.Step)
	p := tiny.FitProgram()
	p.Settings = pacedProgram(nil).Settings
	_, err = train.Run(context.Background(), p, train.Data(path))
	require.ErrorContains(t, err, "generate the package again")
}
