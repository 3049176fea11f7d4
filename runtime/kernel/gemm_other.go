//go:build !amd64 && !arm64

package kernel

// None of these is reached: the only level of such a machine is portable.

const (
	tileHeight = 1
	noTiles    = "kernel: no tiles for this processor"
)

func tileWidth(int) int { panic(noTiles) }

func (*panel) run() { panic(noTiles) }

func (*panel) runFirst() { panic(noTiles) }

func (*panel) runScattered() { panic(noTiles) }

func (*dots) run() { panic(noTiles) }

func transposeBlocks(_, _ *float32, _, _, _, _ int) { panic(noTiles) }

// runShort is run: there are no short dot products of its own.
func (d *dots) runShort() { d.run() }
