package kernel

// block is how many numbers one call of an assembly function goes through:
// goroutines are not preempted there.
const block = 4096

// perCall is how many rows of s numbers one call goes through, 0 if not one.
func perCall(rows, s int) int {
	if s == 0 {
		return 0
	}
	return block / s
}
