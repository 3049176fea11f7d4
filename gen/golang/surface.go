package golang

import (
	"github.com/dave/jennifer/jen"

	"github.com/ctgen-lang/ctgen/dsl/category"
)

// module is the import path of the runtime's parent: everything a generated
// package imports besides the standard library lies below it.
const module = "github.com/ctgen-lang/ctgen/"

const (
	runtimePath    = module + "runtime"
	kernelPath     = module + "runtime/kernel"
	rngPath        = module + "runtime/rng"
	dataPath       = module + "runtime/data"
	trainPath      = module + "runtime/train"
	samplePath     = module + "runtime/sample"
	checkpointPath = module + "runtime/checkpoint"
	lawtestPath    = module + "runtime/lawtest"
	scalarPath     = module + "runtime/scalar"
)

// rt and its like refer to a name of a runtime package.
func rt(name string) *jen.Statement         { return jen.Qual(runtimePath, name) }
func kernel(name string) *jen.Statement     { return jen.Qual(kernelPath, name) }
func rng(name string) *jen.Statement        { return jen.Qual(rngPath, name) }
func data(name string) *jen.Statement       { return jen.Qual(dataPath, name) }
func train(name string) *jen.Statement      { return jen.Qual(trainPath, name) }
func sample(name string) *jen.Statement     { return jen.Qual(samplePath, name) }
func checkpoint(name string) *jen.Statement { return jen.Qual(checkpointPath, name) }
func lawtest(name string) *jen.Statement    { return jen.Qual(lawtestPath, name) }
func scalar(name string) *jen.Statement     { return jen.Qual(scalarPath, name) }

// flat views the object that pointer points at as a slice of its elements.
func flat(kind category.Kind, pointer jen.Code) *jen.Statement {
	return rt(viewName(kind)).Call(pointer)
}

// flatSlice views a column of objects.
func flatSlice(kind category.Kind, column jen.Code) *jen.Statement {
	if kind == category.Real {
		return rt("FlatSlice").Call(column)
	}
	return rt(viewName(kind) + "Slice").Call(column)
}

func viewName(kind category.Kind) string {
	switch kind {
	case category.Fin:
		return "Ints"
	case category.Int:
		return "Longs"
	case category.Bool:
		return "Bools"
	}
	return "Flat"
}

// element is the Go type of one element of a leaf; real is what stands for
// the reals: T in generic plans, float32 elsewhere.
func element(kind category.Kind, real jen.Code) *jen.Statement {
	switch kind {
	case category.Fin:
		return jen.Int32()
	case category.Int:
		return jen.Int64()
	case category.Bool:
		return jen.Bool()
	}
	return jen.Add(real)
}
