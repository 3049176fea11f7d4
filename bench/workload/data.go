package workload

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
)

// Data is what a workload runs on: the inputs and targets of all calls, one
// after another, and the first parameters.
type Data struct {
	X      []float32 // [Buffers][Examples][In], uniform in [0, 1)
	Y      []float32 // [Buffers][Examples]: 0 or 1, a class, or a number
	Layers []Layer
}

// Layer holds the first parameters of one affine map.
type Layer struct {
	Weight []float32 // [out][in], uniform in ±1/√in
	Bias   []float32 // [out], the same
}

// Data draws the workload's data, the same on every machine.
func (w Workload) Data() *Data {
	r := random(88172645463325252)
	n := w.Buffers * w.Examples()
	d := &Data{X: make([]float32, n*w.In()), Y: make([]float32, n)}
	for i := range d.X {
		d.X[i] = r.uniform()
	}
	for i := range d.Y {
		x := d.X[i*w.In():]
		switch {
		case w.Loss == Softmax:
			d.Y[i] = float32(int(r.uniform() * float32(w.Out())))
		case w.Loss == Squared:
			d.Y[i] = r.uniform()
		case x[0] > x[1]:
			d.Y[i] = 1
		}
	}
	for l := 1; l < len(w.Dims); l++ {
		in, out := w.Dims[l-1], w.Dims[l]
		bound := float32(1 / math.Sqrt(float64(in)))
		p := Layer{make([]float32, out*in), make([]float32, out)}
		for i := range p.Weight {
			p.Weight[i] = (2*r.uniform() - 1) * bound
		}
		for i := range p.Bias {
			p.Bias[i] = (2*r.uniform() - 1) * bound
		}
		d.Layers = append(d.Layers, p)
	}
	return d
}

// Write puts the workload into prefix.json and its data into prefix.f32:
// little-endian float32 without a header, X, Y, then weight and bias of each
// layer.
func (w Workload) Write(prefix string) error {
	text, err := json.Marshal(w)
	if err != nil {
		return err
	}
	if err := os.WriteFile(prefix+".json", text, 0o644); err != nil {
		return err
	}
	f, err := os.Create(prefix + ".f32")
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	d := w.Data()
	parts := [][]float32{d.X, d.Y}
	for _, l := range d.Layers {
		parts = append(parts, l.Weight, l.Bias)
	}
	for _, p := range parts {
		if err := binary.Write(out, binary.LittleEndian, p); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// random is Marsaglia's xorshift64 (Xorshift RNGs, 2003).
type random uint64

// uniform draws from [0, 1) with 24 bits.
func (r *random) uniform() float32 {
	*r ^= *r << 13
	*r ^= *r >> 7
	*r ^= *r << 17
	return float32(*r>>40) / (1 << 24)
}
