package workload

// Runner does the work of a workload in Go.
type Runner struct {
	// Call makes call i: Steps steps on the data of buffer i modulo Buffers. It
	// returns the sum of the steps' mean losses, and 0 in inference.
	Call func(i int) float64

	// Scores are what the last call of an inference computed, [Batch][Out].
	Scores func() []float32
}

// Check goes through all buffers once and returns the mean loss, or the mean
// square of the scores. From the first parameters on it is the same number for
// every peer but for rounding; that is how a peer shows that it does the work.
func (w Workload) Check(r Runner) float64 {
	sum := 0.0
	for i := range w.Buffers {
		loss := r.Call(i)
		if w.Optimizer != None {
			sum += loss / float64(w.Steps)
			continue
		}
		scores := r.Scores()
		for _, s := range scores {
			sum += float64(s) * float64(s) / float64(len(scores))
		}
	}
	return sum / float64(w.Buffers)
}
