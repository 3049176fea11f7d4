package kernel

import (
	"syscall"
	"unsafe"
)

// level is an instruction set that float32 kernels are written for. All but
// portable give the same bits; portable stays within a stated bound of them.
type level uint8

const (
	portable level = iota // plain Go, for every machine and for float64
	neon                  // 128-bit vectors with fused multiply-add, arm64
	avx2                  // 256-bit vectors with fused multiply-add, amd64
	avx512                // 512-bit vectors and masks, amd64
)

// Variable is the environment variable that forces a level, read once at
// start-up: portable, neon, avx2 or avx512. A level that the machine lacks,
// and a word that names none, give the best one below it.
const Variable = "CTGEN_KERNELS"

// active is the level that the kernels of this process run at.
var active = choose(best(), environment())

// environment is the level asked for; package os would double the size of
// small programs.
func environment() string {
	word, _ := syscall.Getenv(Variable)
	return word
}

// Level names the instruction set that this process runs its float32 kernels
// at.
func Level() string { return active.String() }

func (l level) String() string { return [...]string{"portable", "neon", "avx2", "avx512"}[l] }

// choose lowers best to what the environment asks for.
func choose(best level, asked string) level {
	for l := portable; l < best; l++ {
		if l.String() == asked && l.supported(best) {
			return l
		}
	}
	return best
}

// supported reports whether a machine whose best level is given runs l too.
func (l level) supported(best level) bool {
	return l == portable || l <= best && (l == neon) == (best == neon)
}

// is32 reports whether T is a float32, which is known when code for T is
// compiled.
func is32[T Float]() bool { return size[T]() == 4 }

// size is the number of bytes of a T.
func size[T Float]() uintptr {
	var x T
	return unsafe.Sizeof(x)
}

// narrow views reals that are known to be float32 as such.
func narrow[T Float](x []T) []float32 {
	return unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(x))), len(x))
}

// fast reports whether kernels for T are written in assembly at the active
// level.
func fast[T Float]() bool { return is32[T]() && active != portable }
