package workload

import (
	"encoding/binary"
	"math"
	"os"
	"strconv"
)

// WriteONNX puts the model of a workload and its first parameters into
// prefix.onnx: Gemm and Relu in turn, from x to scores, of one batch.
//
// The format is protobuf (github.com/onnx/onnx, onnx.proto3); numbers below
// are its field numbers.
func (w Workload) WriteONNX(prefix string) error {
	d := w.Data()
	var graph message
	from := "x"
	for l, p := range d.Layers {
		n := strconv.Itoa(l)
		in, out := w.Dims[l], w.Dims[l+1]
		to := "z" + n
		if l == len(d.Layers)-1 {
			to = "scores"
		}
		transposed := new(message).text(1, "transB").varint(3, 1).varint(20, 2)
		graph.inner(1, new(message).text(1, from).text(1, "w"+n).text(1, "b"+n).text(2, to).text(4, "Gemm").inner(5, transposed))
		from = to
		if to != "scores" {
			from = "a" + n
			graph.inner(1, new(message).text(1, to).text(2, from).text(4, "Relu"))
		}
		graph.inner(5, tensor("w"+n, p.Weight, out, in))
		graph.inner(5, tensor("b"+n, p.Bias, out))
	}
	graph.text(2, w.Name)
	graph.inner(11, value("x", w.Batch, w.In()))
	graph.inner(12, value("scores", w.Batch, w.Out()))

	model := new(message).varint(1, 7).inner(7, &graph).inner(8, new(message).text(1, "").varint(2, 13))
	return os.WriteFile(prefix+".onnx", *model, 0o644)
}

// tensor is a TensorProto of float32.
func tensor(name string, v []float32, dims ...int) *message {
	m := new(message)
	for _, d := range dims {
		m.varint(1, d)
	}
	raw := make([]byte, 0, 4*len(v))
	for _, f := range v {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(f))
	}
	return m.varint(2, 1).text(8, name).text(9, string(raw))
}

// value is a ValueInfoProto of a float32 tensor.
func value(name string, dims ...int) *message {
	shape := new(message)
	for _, d := range dims {
		shape.inner(1, new(message).varint(1, d))
	}
	return new(message).text(1, name).inner(2, new(message).inner(1, new(message).varint(1, 1).inner(2, shape)))
}

// message is a protobuf message being written.
type message []byte

func (m *message) varint(field, v int) *message {
	*m = binary.AppendUvarint(*m, uint64(field)<<3)
	*m = binary.AppendUvarint(*m, uint64(v))
	return m
}

func (m *message) text(field int, s string) *message {
	*m = binary.AppendUvarint(*m, uint64(field)<<3|2)
	*m = binary.AppendUvarint(*m, uint64(len(s)))
	*m = append(*m, s...)
	return m
}

func (m *message) inner(field int, part *message) *message { return m.text(field, string(*part)) }
