package histogram

import "math"

// Number is an element of a tensor.
type Number interface {
	~float32 | ~float64 | ~int32 | ~int64
}

// Histogram counts finite numbers in bins of equal width from Min to Max.
type Histogram struct {
	Bins []int64 // the last one counts Max too; one bin where all are equal, none where none is finite
	// Of the finite numbers, of which there are Finite.
	Min, Max        float64
	Sum, SumSquares float64
	Finite          int64
	NaN, Infinite   int64
	Zeros           int64
}

// Of counts v in so many bins, at least 1.
func Of[N Number](v []N, bins int) *Histogram {
	h := &Histogram{}
	for _, n := range v {
		x := float64(n)
		switch {
		case math.IsNaN(x):
			h.NaN++
			continue
		case math.IsInf(x, 0):
			h.Infinite++
			continue
		case h.Finite == 0:
			h.Min, h.Max = x, x
		}
		h.Finite++
		h.Min, h.Max = min(h.Min, x), max(h.Max, x)
		h.Sum += x
		h.SumSquares += x * x
		if x == 0 {
			h.Zeros++
		}
	}
	switch {
	case h.Finite == 0:
		return h
	case h.Max == h.Min:
		h.Bins = []int64{h.Finite}
		return h
	}
	h.Bins = make([]int64, max(bins, 1))
	// Where the range overflows, halves do not.
	unit := 1.0
	if math.IsInf(h.Max-h.Min, 0) {
		unit = 0.5
	}
	width := h.Max*unit - h.Min*unit
	for _, n := range v {
		if x := float64(n); x-x == 0 {
			share := (x*unit - h.Min*unit) / width
			h.Bins[min(int(share*float64(len(h.Bins))), len(h.Bins)-1)]++
		}
	}
	return h
}

// Edge is where bin k begins; where k is their number, where the last ends.
func (h *Histogram) Edge(k int) float64 {
	if n := len(h.Bins); k < n {
		share := float64(k) / float64(n)
		return h.Min*(1-share) + h.Max*share
	}
	return h.Max
}

// Mean is the mean of the finite numbers, NaN of none.
func (h *Histogram) Mean() float64 { return h.Sum / float64(h.Finite) }

// Deviation is their standard deviation, dividing by their number.
func (h *Histogram) Deviation() float64 {
	mean := h.Mean()
	return math.Sqrt(max(h.SumSquares/float64(h.Finite)-mean*mean, 0))
}

// Size is the number of all numbers, finite or not.
func (h *Histogram) Size() int64 { return h.Finite + h.NaN + h.Infinite }
