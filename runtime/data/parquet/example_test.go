package parquet_test

import (
	"context"
	"fmt"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/data/parquet"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

// Trains the breast cancer model on a Parquet file of the same columns. (Not run:
// the file is not part of the repository.)
func ExampleRead() {
	program := wdbc.FitProgram()
	cohort, err := parquet.Read(&program.Data, "cohort.parquet")
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := wdbc.Fit(context.Background(), train.Table(cohort))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(model.Save("wdbc.safetensors"))
}
