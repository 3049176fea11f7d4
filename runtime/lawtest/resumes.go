package lawtest

import (
	"encoding/json"
	"testing"
)

// Steps of Resumes: before the state is saved, and after it is loaded.
const (
	stepsBefore = 2
	StepsInAll  = 5
)

// Resumes checks that training goes on from a saved state as if it had never
// stopped, bit for bit: step^(m+n) = step^n ∘ load ∘ save ∘ step^m. open starts
// a trainer from a state; step k takes its own data, the same in both runs.
func Resumes[S any](t testing.TB, name string, start *S, open func(*S) (step func(k int) error, state func() *S)) {
	t.Helper()
	defer guard(t)
	run := func(from *S, first, last int) []byte {
		step, state := open(from)
		for k := first; k < last; k++ {
			if err := step(k); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		saved, err := json.Marshal(state())
		if err != nil {
			t.Fatalf("%s, after %d steps: %v", name, last, err)
		}
		return saved
	}
	whole := run(start, 0, StepsInAll)
	loaded := new(S)
	if err := json.Unmarshal(run(start, 0, stepsBefore), loaded); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if parts := run(loaded, stepsBefore, StepsInAll); string(parts) != string(whole) {
		t.Errorf("%s: %d steps and %d after loading what was saved give another state than %d steps at once",
			name, stepsBefore, StepsInAll-stepsBefore, StepsInAll)
	}
}
