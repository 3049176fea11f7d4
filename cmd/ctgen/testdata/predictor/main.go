// Command predictor reads the thirty features of one sample as arguments and
// prints how probable it is that the sample is benign. The model is in the
// program.
package main

import (
	_ "embed"
	"fmt"
	"log"
	"os"
	"strconv"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
)

//go:embed wdbc.safetensors
var weights []byte

func main() {
	model, err := wdbc.LoadFit(weights)
	if err != nil {
		log.Fatal(err)
	}
	var row []float32
	for _, cell := range os.Args[1:] {
		v, err := strconv.ParseFloat(cell, 32)
		if err != nil {
			log.Fatal(err)
		}
		row = append(row, float32(v))
	}
	features, err := wdbc.NewFeatures(row...)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%.3f\n", model.Predict(model.PrepareFeatures(features)))
}
