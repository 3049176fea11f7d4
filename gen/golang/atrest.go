package golang

import (
	"github.com/ctgen-lang/ctgen/dsl/category"
	models "github.com/ctgen-lang/ctgen/runtime/checkpoint"
)

// Tensors lists the tensors of an object by slot path, as generated code names
// them, with memory of their own.
func Tensors(t *category.Type) []models.Tensor {
	var list []models.Tensor
	for _, p := range piecesOf(t) {
		x := models.Tensor{Name: p.name(), Shape: p.dims, Object: p.object((*category.Type).String)}
		switch tensorField(p.leaf.Kind) {
		case "I32":
			x.I32 = make([]int32, x.Size())
		case "I64":
			x.I64 = make([]int64, x.Size())
		default:
			x.F32 = make([]float32, x.Size())
		}
		list = append(list, x)
	}
	return list
}
