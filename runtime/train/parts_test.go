package train_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ctgen-lang/ctgen/runtime/train"
	"github.com/ctgen-lang/ctgen/runtime/train/internal/tiny"
)

// A step that takes its batch as a whole has no parts, and says where they come
// from.
func TestPartsNeedAnEntry(t *testing.T) {
	path := points(t, 20)
	_, err := train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.MicroBatch(4))
	require.EqualError(t, err, "the step of fit takes its batch as a whole; an entry `micro_batch: 4` in the spec makes one that takes it in parts")
	_, err = train.Run(context.Background(), tiny.FitProgram(), train.Data(path), train.MicroBatch(-1))
	require.EqualError(t, err, "the micro-batch cannot have -1 rows")
	run(t, train.Data(path), train.Epochs(1), train.MicroBatch(0))
}

// The capacity that an instance is asked for is the part, for evaluations as
// well.
func TestPartsBoundMemory(t *testing.T) {
	path := points(t, 200)
	for _, tt := range []struct {
		options []train.Option
		want    int
	}{
		{nil, 4},
		{[]train.Option{train.MicroBatch(3)}, 3},
		{[]train.Option{train.MicroBatch(0)}, 150},
		{[]train.Option{train.MicroBatch(1000)}, 150},
	} {
		p := tiny.FitProgram()
		p.MicroBatch, p.Batch = 4, 0
		capacity := 0
		made := p.New
		p.New = func(k, threads int) (train.Instance, error) {
			capacity = k
			return made(150, threads) // whose step takes the batch as a whole
		}
		_, err := train.Run(context.Background(), p, append(tt.options, train.Data(path), train.Epochs(1))...)
		require.NoError(t, err)
		require.Equal(t, tt.want, capacity)
	}
}
