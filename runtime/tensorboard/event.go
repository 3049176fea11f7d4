package tensorboard

import (
	"encoding/binary"
	"math"

	"github.com/ctgen-lang/ctgen/runtime/histogram"
)

// The numbers of the fields that are written, by message.
const (
	eventWallTime = 1 // double
	eventStep     = 2 // int64
	eventVersion  = 3 // string
	eventSummary  = 5 // Summary

	summaryValue = 1 // repeated Value

	valueTag       = 1 // string
	valueSimple    = 2 // float
	valueHistogram = 5 // HistogramProto

	histogramMin     = 1 // double, as the four behind it
	histogramMax     = 2
	histogramNum     = 3
	histogramSum     = 4
	histogramSquares = 5
	histogramLimits  = 6 // repeated double: where each bucket ends
	histogramBuckets = 7 // repeated double: what it counts
)

// The wire types of protobuf.
const (
	varint  = 0
	fixed64 = 1
	bytes   = 2
	fixed32 = 5
)

// message is a protobuf message in the making.
type message []byte

func (m *message) key(field, wire int) { *m = binary.AppendUvarint(*m, uint64(field<<3|wire)) }

func (m *message) double(field int, v float64) {
	m.key(field, fixed64)
	*m = binary.LittleEndian.AppendUint64(*m, math.Float64bits(v))
}

func (m *message) float(field int, v float32) {
	m.key(field, fixed32)
	*m = binary.LittleEndian.AppendUint32(*m, math.Float32bits(v))
}

func (m *message) whole(field int, v int64) {
	m.key(field, varint)
	*m = binary.AppendUvarint(*m, uint64(v))
}

func (m *message) bytes(field int, v []byte) {
	m.key(field, bytes)
	*m = append(binary.AppendUvarint(*m, uint64(len(v))), v...)
}

// doubles writes a repeated field, packed.
func (m *message) doubles(field int, v []float64) {
	m.key(field, bytes)
	*m = binary.AppendUvarint(*m, uint64(8*len(v)))
	for _, x := range v {
		*m = binary.LittleEndian.AppendUint64(*m, math.Float64bits(x))
	}
}

// scalar is a Value with one number.
func scalar(tag string, v float64) message {
	var m message
	m.bytes(valueTag, []byte(tag))
	m.float(valueSimple, float32(v))
	return m
}

// histo is a Value with a histogram. Numbers that are not finite are in no
// bucket.
func histo(tag string, h *histogram.Histogram) message {
	limits, counts := make([]float64, len(h.Bins)), make([]float64, len(h.Bins))
	for i, n := range h.Bins {
		limits[i], counts[i] = h.Edge(i+1), float64(n)
	}
	var p message
	p.double(histogramMin, h.Min)
	p.double(histogramMax, h.Max)
	p.double(histogramNum, float64(h.Finite))
	p.double(histogramSum, h.Sum)
	p.double(histogramSquares, h.SumSquares)
	p.doubles(histogramLimits, limits)
	p.doubles(histogramBuckets, counts)
	var m message
	m.bytes(valueTag, []byte(tag))
	m.bytes(valueHistogram, p)
	return m
}
