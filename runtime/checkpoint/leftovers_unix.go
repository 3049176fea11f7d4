//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package checkpoint

import (
	"os"
	"syscall"
)

// renamesOpen says whether an open file can get another name.
const renamesOpen = true

// lock marks f as being written. The system takes the mark away with the
// process, however that ends. File systems without locks do without.
func lock(f *os.File) bool {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return err != syscall.EWOULDBLOCK
}

// removeAbandoned removes the file unless it is being written.
func removeAbandoned(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer f.Close()
	// With the lock, whoever wrote the file is gone; another may bear its name.
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil && still(f) {
		_ = os.Remove(name)
	}
}
