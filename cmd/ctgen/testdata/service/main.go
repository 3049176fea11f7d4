// Command service answers HTTP requests with the breast cancer model:
//
//	CGO_ENABLED=0 go build ./cmd/ctgen/testdata/service
//	./service -address :8080 -model new.safetensors
//	curl -H 'Content-Type: application/json' -d '[13.54, 14.36, …]' localhost:8080/predict
//
// The model is in the program. Where -model names a file, that one serves; on
// SIGHUP it is read again, and where it is damaged the one before goes on. On
// SIGTERM the service drains.
package main

import (
	"context"
	_ "embed"
	"flag"
	"log"

	"github.com/ctgen-lang/ctgen/generated/wdbc"
	"github.com/ctgen-lang/ctgen/runtime/serve"
)

//go:embed wdbc.safetensors
var weights []byte

// screener is a model ready to serve: its scalers, and a predictor that
// allocates nothing.
type screener struct {
	model     *wdbc.FitModel
	predictor *wdbc.PredictPredictor
}

func load(file []byte) (*screener, error) {
	model, err := wdbc.LoadFit(file)
	if err != nil {
		return nil, err
	}
	return &screener{model, wdbc.NewPredictPredictor(&model.Neuron)}, nil
}

func predict(_ context.Context, s *screener, in wdbc.Features) (wdbc.Probability, error) {
	return s.predictor.Predict(s.model.PrepareFeatures(in)), nil
}

func main() {
	address := flag.String("address", "127.0.0.1:8080", "where to serve")
	file := flag.String("model", "", "the model to serve instead of the program's own")
	flag.Parse()

	models, err := serve.NewModels(load, weights)
	if err != nil {
		log.Fatal(err)
	}
	if *file != "" {
		if err := models.LoadFile(*file); err != nil {
			log.Fatal(err)
		}
	}
	service := serve.New()
	serve.HandleModel(service, "/predict", models, predict)
	ctx := context.Background()
	service.ReloadOnHangup(ctx, models.Reload)
	if err := service.Run(ctx, *address); err != nil {
		log.Fatal(err)
	}
}
