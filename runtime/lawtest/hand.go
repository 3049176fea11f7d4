package lawtest

import (
	"math"
	"testing"

	"github.com/ctgen-lang/ctgen/runtime"
	"github.com/ctgen-lang/ctgen/runtime/rng"
)

// Hand is a hand-written arrow with its hand-written reverse.
type Hand struct {
	Name string
	Args []Tensor // leaves of the domain, then of the parameters (Param)
	Outs []Tensor
	// Run assigns out.
	Run func(in, out []Values[float32])
	// Reverse reads the cotangents dout of the results and assigns din[i],
	// or adds to it where Args[i] is a parameter. din[i] is nil for what has
	// no tangent (Fin, finite sets), dout[i] likewise.
	Reverse func(in, out []Values[float32], dout, din [][]float32)
}

// HandReverse checks that the reverse is the transpose of the derivative: for
// random cotangents w and directions v of each argument, the slope of
// ⟨w, f⟩ along v, by float32 differences, equals ⟨v, R[f](w)⟩ to 2e-3 of the
// cotangent's norm. It also checks that the reverse adds to the tangent of
// parameters instead of assigning it.
func HandReverse(t testing.TB, h Hand) {
	t.Helper()
	defer guard(t)
	r := rng.New(seed(), "reverse of "+h.Name)
	points, kinks := draws(1_000_000), 0
	for k := 0; k < points; {
		fault, kink := h.at(r)
		switch {
		case fault == "":
			k, kinks = k+1, 0
		case kink && kinks < redraws:
			kinks++
		default:
			t.Errorf("reverse of %s: %s", h.Name, fault)
			return
		}
	}
}

func (h *Hand) at(r *rng.Rand) (fault string, kink bool) {
	in, out := rooms[float32](h.Args, 1), rooms[float32](h.Outs, 1)
	drawAll(r, h.Args, in, middle)
	h.Run(in, out)
	dout, din := cotangents(h.Outs), cotangents(h.Args)
	for i := range dout {
		for j := range dout[i] {
			dout[i][j] = float32(r.Normal())
		}
	}
	h.Reverse(in, out, dout, din)
	if fault := h.adds(in, out, dout, din); fault != "" {
		return fault, false
	}
	p := precisionOf[float32]()
	at := h.pair(out, dout)
	for i := range h.Args {
		if din[i] == nil {
			continue
		}
		dir := make([][]float64, len(h.Args))
		dir[i] = direction(r, &h.Args[i], len(din[i]))
		room := rooms[float32](h.Outs, 1)
		s := slopeOf(func(x float64) float64 {
			h.Run(shifted(in, dir, x), room)
			return h.pair(room, dout)
		}, at, p.step)
		said := dot(din[i], dir[i])
		scale := math.Max(norm(din[i]), p.floor*math.Max(1, math.Abs(at)))
		if math.Abs(s.value-said) <= p.tol*scale {
			continue
		}
		return "by " + h.Args[i].Name + ": it says " + show(said) + ", differences say " + show(s.value) +
			" (allowed ±" + show(p.tol*scale) + ") at " + describe(h.Args, in), s.kinked(scale, p.tol)
	}
	return "", false
}

// adds checks that a second call doubles the tangents of parameters and
// repeats those of the domain.
func (h *Hand) adds(in, out []Values[float32], dout, din [][]float32) string {
	again := make([][]float32, len(din))
	for i := range din {
		again[i] = append([]float32(nil), din[i]...)
	}
	h.Reverse(in, out, dout, again)
	for i := range din {
		for j, x := range din[i] {
			want := x
			if h.Args[i].Param {
				want = 2 * x
			}
			if d := math.Abs(float64(again[i][j] - want)); !(d <= 1e-5*math.Max(1, math.Abs(float64(want)))) {
				if h.Args[i].Param {
					return "it must add to the tangent of " + h.Args[i].Name + ", and a second call does not double it"
				}
				return "by " + h.Args[i].Name + ": two calls give " + show(float64(x)) + " and " + show(float64(again[i][j]))
			}
		}
	}
	return ""
}

// pair is ⟨dout, out⟩.
func (h *Hand) pair(out []Values[float32], dout [][]float32) float64 {
	s := 0.0
	for i := range dout {
		for j, w := range dout[i] {
			s += float64(w) * float64(out[i].Real[j])
		}
	}
	return s
}

func cotangents(ts []Tensor) [][]float32 {
	d := make([][]float32, len(ts))
	for i := range ts {
		if ts[i].moves() {
			d[i] = make([]float32, ts[i].Size())
		}
	}
	return d
}

// Written reports, as failures, which of the calls reach a stub that nobody
// has written yet. Each call runs one hand-written arrow on any input;
// whatever else it does is of no concern here.
func Written(t testing.TB, calls ...func()) {
	t.Helper()
	for _, call := range calls {
		if err := stub(call); err != nil {
			t.Errorf("%v", err)
		}
	}
}

func stub(call func()) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err, _ = unwritten(p)
		}
	}()
	call()
	return nil
}

func unwritten(p any) (error, bool) {
	err, ok := p.(*runtime.UnwrittenError)
	if !ok {
		return nil, false
	}
	return err, true
}
