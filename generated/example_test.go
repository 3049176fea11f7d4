package generated_test

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/train"
)

//go:embed testdata/wdbc.safetensors
var weights []byte

// Train and save once; embed the file in the program that predicts.
func Example() {
	trained, err := wdbc.Fit(context.Background(), train.Data("../specs/breast_cancer.csv"))
	if err != nil {
		panic(err)
	}
	file := filepath.Join(os.TempDir(), "wdbc-example.safetensors")
	defer os.Remove(file)
	if err := trained.Save(file); err != nil {
		panic(err)
	}

	model, err := wdbc.LoadFit(weights) // //go:embed wdbc.safetensors
	if err != nil {
		panic(err)
	}
	row := wdbc.Features{13.54, 14.36, 87.46, 566.3, 0.09779, 0.08129, 0.06664, 0.04781, 0.1885, 0.05766, 0.2699, 0.7886, 2.058, 23.56, 0.008462,
		0.0146, 0.02387, 0.01315, 0.0198, 0.0023, 15.11, 19.26, 99.7, 711.2, 0.144, 0.1773, 0.239, 0.1288, 0.2977, 0.07259}
	fmt.Printf("benign with probability %.2f\n", model.Predict(model.PrepareFeatures(row)))
	// Output: benign with probability 0.93
}
