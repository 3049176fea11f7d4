package laws

import (
	"fmt"
	"math"

	"github.com/ctgen-lang/ctgen/dsl/category"
	"github.com/ctgen-lang/ctgen/gen/eval"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

const (
	// derivativeWithin is how far the reverse derivative may be from
	// differences, relative to the norm of the gradient, in float64.
	derivativeWithin = 1e-7
	// symmetryWithin is the same for second derivatives, which are
	// differences of gradients.
	symmetryWithin = 1e-6
	// gradientFloor is the norm, for a value of one, below which a gradient
	// counts as that large.
	gradientFloor = 1e-2
	// step is the length of the shorter of the two steps. The error of the
	// fourth order that is left, and that of rounding, stay below 1e-9 a twentieth
	// away from the ends of a set.
	step = 2e-4
	// kinkMargin is how close to a declared kink no point is taken.
	kinkMargin = 3 * step
	// redraws is how many points in a row may lie next to a kink. Half as many
	// may be saturated; where all are, they are taken.
	redraws = 100
)

// subject is a diagram that is differentiated, and the interpreter for it.
type subject struct {
	it *eval.Interp
	d  *category.Diagram
}

// measured is what a law saw in one case: a difference relative to what is
// allowed to differ.
type measured struct {
	difference float64
	fault      string // what differs, where it is too much
}

// derivativeAt compares, for a random cotangent w at a point drawn by s, the
// reverse derivative with differences: ⟨J v, w⟩ = ⟨v, R(w)⟩ for a direction v
// of each tensor, and of all at once.
func (j *subject) derivativeAt(s *sampler) (measured, error) {
	p, cot, err := j.start(s)
	if err != nil {
		return measured{}, err
	}
	out, din, dgiven, err := j.reverse(&p, cot)
	if err != nil {
		return measured{}, err
	}
	value := pair(out, cot)
	slots := p.slots(j.d, din, dgiven)
	worst := measured{}
	for _, dir := range directions(s.r, slots) {
		said, length := 0.0, 0.0
		for i := range slots {
			if dir[i] != 0 {
				said += dir[i] * slots[i].grad
				length = math.Hypot(length, slots[i].grad)
			}
		}
		along := func(h float64) (v float64, err error) {
			err = shift(slots, dir, h, func() error {
				out, err := j.run(&p)
				v = pair(out, cot)
				return err
			})
			return v, err
		}
		seen, err := slope(along)
		if err != nil {
			return measured{}, err
		}
		d := math.Abs(said-seen) / math.Max(length, gradientFloor*math.Max(1, math.Abs(value)))
		if d != d {
			d = math.Inf(1)
		}
		if d > derivativeWithin {
			doubt, err := doubtful(along)
			if err != nil {
				return measured{}, err
			}
			if math.Abs(said-seen) < doubt {
				continue // differences cannot tell here; another point will
			}
		}
		if d > worst.difference {
			worst = measured{d, fmt.Sprintf("the reverse derivative says %.9g along a direction, differences say %.9g", said, seen)}
		}
	}
	return worst, nil
}

// symmetryAt compares second derivatives of ⟨f, w⟩ by differences of the
// reverse derivative: ⟨H u, v⟩ = ⟨H v, u⟩. No other reading of the lines of
// means is needed for it.
func (j *subject) symmetryAt(s *sampler) (measured, error) {
	p, cot, err := j.start(s)
	if err != nil {
		return measured{}, err
	}
	slots := p.slots(j.d, nil, eval.Value{})
	if len(slots) < 2 {
		return measured{}, nil
	}
	u, v := direction(s.r, slots, -1), direction(s.r, slots, -1)
	size := 0.0
	along := func(dir, by []float64) func(h float64) (float64, error) {
		return func(h float64) (g float64, err error) {
			err = shift(slots, dir, h, func() error {
				_, din, dgiven, err := j.reverse(&p, cot)
				if err != nil {
					return err
				}
				length := 0.0
				for i, at := range p.slots(j.d, din, dgiven) {
					g += at.grad * by[i]
					length = math.Hypot(length, at.grad)
				}
				size = math.Max(size, length)
				return nil
			})
			return g, err
		}
	}
	a, err := slope(along(u, v))
	if err != nil {
		return measured{}, err
	}
	b, err := slope(along(v, u))
	if err != nil {
		return measured{}, err
	}
	d := math.Abs(a-b) / math.Max(math.Max(math.Abs(a), math.Abs(b)), math.Max(size, gradientFloor))
	if d != d {
		d = math.Inf(1)
	}
	if d > symmetryWithin {
		first, err := doubtful(along(u, v))
		if err != nil {
			return measured{}, err
		}
		second, err := doubtful(along(v, u))
		if err != nil {
			return measured{}, err
		}
		if math.Abs(a-b) < first+second {
			return measured{}, nil
		}
	}
	return measured{d, fmt.Sprintf("the second derivative by u and v is %.9g, by v and u %.9g", a, b)}, nil
}

// start draws a point away from kinks and ends of sets, and cotangents of the
// results there.
func (j *subject) start(s *sampler) (p point, cot []eval.Value, err error) {
	for try := range redraws {
		p = s.point(j.d)
		near, err := j.it.CloseBatch(j.d, j.split(p.in), p.given, p.settings, kinkMargin)
		if tooShort(err) {
			continue
		}
		if err != nil {
			return p, nil, err
		}
		if near.Kink || near.Saturated && try < redraws/2 {
			continue
		}
		cot, err = j.run(&p) // lists are as long as they turn out
		for i := range cot {
			cot[i] = cot[i].Clone()
			fill(&cot[i], s.r)
		}
		return p, cot, err
	}
	return p, nil, fmt.Errorf("%d points in a row lay next to a kink, or were lists that are too short", redraws)
}

func fill(v *eval.Value, r *rng.Rand) {
	for i := range v.Data {
		v.Data[i] = r.Normal()
	}
	for i := range v.Parts {
		fill(&v.Parts[i], r)
	}
}

func pair(out, cot []eval.Value) float64 {
	s := 0.0
	for i := range out {
		s += dot(out[i].Flat(), cot[i].Flat())
	}
	return s
}

// directions are a unit vector within each tensor, and one through all.
func directions(r *rng.Rand, slots []slot) [][]float64 {
	if len(slots) == 0 {
		return nil
	}
	var out [][]float64
	last := slots[len(slots)-1].leaf
	for leaf := 0; leaf <= last; leaf++ {
		out = append(out, direction(r, slots, leaf))
	}
	if last > 0 {
		out = append(out, direction(r, slots, -1))
	}
	return out
}

// direction is a unit vector within one tensor, or through all where leaf is
// negative.
func direction(r *rng.Rand, slots []slot, leaf int) []float64 {
	dir := make([]float64, len(slots))
	for i := range slots {
		if leaf < 0 || slots[i].leaf == leaf {
			dir[i] = r.Normal()
		}
	}
	if l := norm(dir); l > 0 {
		for i := range dir {
			dir[i] /= l
		}
	}
	return dir
}

// slope is the derivative of f at 0, of the fourth order.
func slope(f func(h float64) (float64, error)) (float64, error) {
	var v [4]float64
	for i, k := range [4]float64{-2, -1, 1, 2} {
		var err error
		if v[i], err = f(k * step); err != nil {
			return 0, err
		}
	}
	return (8*(v[2]-v[1]) - (v[3] - v[0])) / (12 * step), nil
}

// doubtful bounds what rounding in f may do to its slope. Over steps this
// short f is a line, and how far it is from one is rounding: behind a sigmoid
// that has all but reached 1, 1 - y has few digits even in float64.
func doubtful(f func(h float64) (float64, error)) (float64, error) {
	const short = step / 1e4
	var v [7]float64
	for i := range v {
		var err error
		if v[i], err = f(float64(i-3) * short); err != nil {
			return 0, err
		}
	}
	bend := 0.0
	for i := 1; i < len(v)-1; i++ {
		bend = math.Max(bend, math.Abs(v[i-1]-2*v[i]+v[i+1]))
	}
	return 2 * bend / step, nil
}
