package train

// trajectory is what a run looks back on: its epochs, and means of its steps.
// It takes no more memory for a long run than for one of a thousand epochs: of
// steps, two means become one.
type trajectory struct {
	epochs []Epoch
	steps  []stretch
	size   int // steps of a stretch
	open   stretch
}

// stretch is the mean of some steps in a row.
type stretch struct {
	at       float64 // epochs that are done where it ends
	loss     float64
	settings []float32 // of its last step
	rows     int
	steps    int
}

// mostStretches is how many a trajectory holds.
const mostStretches = 800

func newTrajectory() *trajectory { return &trajectory{size: 1} }

func (t *trajectory) step(l *loop) {
	s := &t.open
	if s.add(l); s.steps < t.size {
		return
	}
	s.at = float64(l.at.epoch) + float64(l.at.step)/float64(l.steps())
	s.settings = append([]float32(nil), l.tuner.values...)
	t.steps = append(t.steps, *s)
	t.open = stretch{}
	if len(t.steps) == mostStretches {
		t.size *= 2
		for i := range t.steps[:mostStretches/2] {
			a, b := t.steps[2*i], t.steps[2*i+1]
			b.loss, b.rows, b.steps = a.loss+b.loss, a.rows+b.rows, a.steps+b.steps
			t.steps[i] = b
		}
		t.steps = t.steps[:mostStretches/2]
	}
}

// add takes in the step that was made last.
func (s *stretch) add(l *loop) {
	s.loss += float64(l.last.Loss) * float64(l.last.Rows)
	s.rows += l.last.Rows
	s.steps++
}

// mean is the mean loss of a stretch over its rows.
func (s *stretch) mean() float64 { return s.loss / float64(s.rows) }

func (t *trajectory) epoch(r *run) { t.epochs = append(t.epochs, r.report.asEpoch()) }
